//! Villages and households of divided communes: where each lies, as those who know say.

use app::AppError;
use app::units::{DividedCommune, HOUSEHOLDS_SHOWN, PlaceInput, Placing as Found, field_of, place, placing};
use axum::Form as Posted;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use domain::units::{Placeable, Scope};
use kernel::Day;
use serde::Deserialize;

use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{number, with_faults};
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Link};
use crate::pages::units::{PlaceRow, PlacingCommune, PlacingPage};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/units/placing", get(page).post(save))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    day: String,
}

async fn page(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let on = Day::from_iso(&asked.day);
    let found = placing(&web.house, &signed.actor, &signed.scope, on).await?;
    Ok(shown(&placing_page(&signed, &found, Form::new(values(&found)))))
}

/// What is placed so far, as the form shows it.
fn values(found: &Found) -> Vec<(String, String)> {
    let placed = found.communes.iter().flat_map(|commune| &commune.villages);
    placed.filter_map(|(village, place)| Some((field_of(Placeable::Village(village.id)), place.clone()?))).collect()
}

fn placing_page(signed: &Signed, found: &Found, form: Form) -> PlacingPage {
    let l = signed.l();
    let unit = signed.scope.address();
    let steps = found.steps.iter().filter(|day| **day != found.on);
    let steps = steps.map(|day| Link::new(day.to_string(), format!("/units/placing?unit={unit}&day={}", day.iso())));
    PlacingPage {
        l,
        frame: signed.frame(Section::Admin),
        form,
        unit: unit.clone(),
        day: found.on.iso(),
        day_words: found.on.to_string(),
        steps: steps.collect(),
        communes: found.communes.iter().map(|commune| commune_part(signed, commune)).collect(),
        may_place: signed.actor.may(Verb::PlaceBoundary),
        changes_href: format!("/units/changes?unit={unit}"),
    }
}

fn commune_part(signed: &Signed, commune: &DividedCommune) -> PlacingCommune {
    let parts: Vec<Choice> =
        commune.parts.iter().map(|(code, name)| Choice::new(code.clone(), format!("{name} ({code})"))).collect();
    let unplaced = commune.villages.iter().filter(|(_, place)| place.is_none()).count();
    let shown = u32::try_from(commune.households.len()).unwrap_or(u32::MAX);
    let more = if shown >= HOUSEHOLDS_SHOWN { "+" } else { "" };
    PlacingCommune {
        name: format!("{} ({})", commune.name, commune.code),
        parts,
        villages: commune
            .villages
            .iter()
            .map(|(village, _)| PlaceRow {
                field: field_of(Placeable::Village(village.id)),
                name: village.name.clone(),
                detail: String::new(),
                href: String::new(),
            })
            .collect(),
        households: commune
            .households
            .iter()
            .map(|household| PlaceRow {
                field: field_of(Placeable::Household(household.id)),
                name: household.head_name.clone(),
                detail: household.village_name.clone(),
                href: format!("/registry/households/{}", household.id),
            })
            .collect(),
        left: signed
            .l()
            .tv("placing-left", &[("villages", number(unplaced)), ("households", format!("{}{more}", number(shown)))]),
    }
}

async fn save(
    signed: Signed,
    State(web): State<Web>,
    Posted(posted): Posted<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let value = |name: &str| posted.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).unwrap_or_default();
    let scope = Scope::from_address(value("unit"), signed.actor.scope.units_from).unwrap_or(signed.scope.clone());
    let on = Day::from_iso(value("day")).ok_or(AppError::Missing("step"))?;
    let inputs: Vec<PlaceInput> = posted.iter().filter_map(|(name, value)| input(name, value)).collect();
    match place(&web.house, &signed.actor, &scope, on, &inputs, value("pasted")).await {
        Ok(n) => {
            signed.say_text(&signed.l().t1("notice-placed", "n", number(n))).await;
            Ok(see(&format!("/units/placing?unit={}&day={}", scope.address(), on.iso())))
        }
        Err(AppError::Form(faults)) => {
            let signed = Signed { scope: scope.clone(), ..signed };
            let found = placing(&web.house, &signed.actor, &scope, Some(on)).await?;
            let form = with_faults(Form::new(posted), &faults);
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &placing_page(&signed, &found, form)))
        }
        Err(other) => Err(other.into()),
    }
}

fn input(name: &str, value: &str) -> Option<PlaceInput> {
    let (kind, id) = name.split_once('.')?;
    let what = match kind {
        "village" => Placeable::Village(id.parse().ok()?),
        "household" => Placeable::Household(id.parse().ok()?),
        _ => return None,
    };
    Some(PlaceInput { what, commune: value.to_owned() })
}
