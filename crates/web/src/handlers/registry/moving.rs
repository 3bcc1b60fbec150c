//! A whole household goes: to another village, to another commune, or out of the province, which closes it. Who answers
//! for both communes moves it at once; a commune officer hands it over, and the other commune accepts it.

use app::AppError;
use app::registry::{HouseholdView, close_household, move_household, offer_household};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use domain::units::{Scope, ScopeLevel};
use kernel::HouseholdId;
use serde::Deserialize;

use super::choices::{commune_of, villages};
use super::posted::{At, Filled, Moves, OnHousehold, Posted, address, again, subject};
use crate::Web;
use crate::fail::Fail;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::parts::Choice;
use crate::pages::registry::Moving;
use crate::visitor::{Signed, see};

/// The event of `norms/review/events.yaml` for a household that leaves the register's area.
const MOVED_AWAY: &str = "moved_away";

pub fn routes() -> Router<Web> {
    Router::new().route("/registry/households/{id}/move", get(blank).post(save))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Inside,
    Commune,
    Outside,
}

impl Target {
    const ALL: [Self; 3] = [Self::Inside, Self::Commune, Self::Outside];

    fn id(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Commune => "commune",
            Self::Outside => "outside",
        }
    }
}

impl std::str::FromStr for Target {
    type Err = ();

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|target| target.id() == id).ok_or(())
    }
}

/// `?commune=commune:18553`: whose villages are offered to somebody who answers for several communes.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    commune: Option<String>,
}

async fn blank(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Moves>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let commune = asked.commune.unwrap_or_else(|| commune_of(&view).address());
    let form = Form::new([("to", Target::Inside.id()), ("commune", commune.as_str())]);
    page(&web, &signed, &view, Filled::fresh(&signed, form)).await
}

/// Only villages of the actor's own area can be chosen: nobody writes into the list of another commune.
async fn page(web: &Web, signed: &Signed, view: &HouseholdView, filled: Filled) -> Result<Response, Fail> {
    let l = signed.l();
    let is_commune = signed.actor.scope.level == ScopeLevel::Commune;
    let commune = if is_commune { None } else { scope_of(signed, filled.form.value("commune")) };
    let mut villages = villages(web, signed, &commune.unwrap_or_else(|| commune_of(view))).await?;
    villages.retain(|village| village.value != view.household.place.village.to_string());
    // keys: move-*
    let target = |to: Target| Choice::new(to.id(), l.t(&format!("move-{}", to.id())));
    let page = Moving {
        l,
        frame: filled.frame,
        form: filled.form,
        subject: subject(view),
        villages,
        communes: communes(web, signed, view),
        targets: if is_commune { Target::ALL.map(target).to_vec() } else { Vec::new() },
    };
    Ok(answer(filled.status, &page))
}

/// The communes a household can go to: those of the province for a commune officer, else those of the actor's own area.
fn communes(web: &Web, signed: &Signed, view: &HouseholdView) -> Vec<Choice> {
    let place = &view.household.place;
    let is_commune = signed.actor.scope.level == ScopeLevel::Commune;
    let province = Scope::new(place.units_from, ScopeLevel::Province, place.province.clone());
    let area = if is_commune { &province } else { &signed.actor.scope };
    let units = web.house.units(area);
    let own = if is_commune { place.commune.as_str() } else { "" };
    let of_area = units.communes_below(area.level.into(), &area.code).into_iter().filter(|unit| unit.code != own);
    let choice = |unit: &norms::Unit| {
        let commune = Scope::new(place.units_from, ScopeLevel::Commune, unit.code.clone());
        Choice::new(commune.address(), web.house.scope_name(&commune))
    };
    of_area.map(choice).collect()
}

fn scope_of(signed: &Signed, address: &str) -> Option<Scope> {
    Scope::from_address(address, signed.actor.scope.units_from)
}

async fn save(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Moves>,
    posted: Posted,
) -> Result<Response, Fail> {
    match store(&web, &signed, &view, &posted).await {
        Ok((there, notice)) => {
            signed.say(notice).await;
            Ok(see(&there))
        }
        Err(error) => {
            let filled = again(&signed, Some(&view), &posted, error, at)?;
            page(&web, &signed, &view, filled).await
        }
    }
}

/// Where to go next, and what to say there.
async fn store(
    web: &Web,
    signed: &Signed,
    view: &HouseholdView,
    posted: &Posted,
) -> Result<(String, &'static str), AppError> {
    let as_form = |fault| AppError::Form(vec![fault]);
    let (house, actor, seen) = (&web.house, &signed.actor, posted.seen(view.household.id));
    let (day, note) = (posted.text("day"), posted.text("note"));
    let is_commune = actor.scope.level == ScopeLevel::Commune;
    let there = |id: HouseholdId, notice| (address(id), notice);
    let to = if is_commune { posted.chosen("to").map_err(as_form)? } else { Target::Inside };
    match to {
        Target::Inside => {
            let village = posted.chosen("village").map_err(as_form)?;
            Ok(there(move_household(house, actor, seen, village, &day).await?, "notice-household-moved"))
        }
        Target::Commune => {
            let commune: String = posted.chosen("commune").map_err(as_form)?;
            let to = scope_of(signed, &commune);
            let to = to.ok_or_else(|| as_form(app::FieldFault::at("commune", "field-choice")))?;
            let handover = offer_household(house, actor, seen, &to, (&day, &note)).await?;
            Ok((super::handover::address(handover), "notice-household-offered"))
        }
        Target::Outside => {
            let closed = close_household(house, actor, seen, (MOVED_AWAY, &day, &note)).await?;
            Ok(there(closed, "notice-household-closed"))
        }
    }
}

/// The event is said by where the household goes.
fn at(field: &str) -> At {
    (if field == "event" { "to" } else { field }.to_owned(), None)
}
