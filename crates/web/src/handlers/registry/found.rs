//! A household enters the register by hand: where it lives, how it came, who belongs to it.

use app::AppError;
use app::registry::{FoundInput, MemberInput, Saved, found};
use app::units::add_village;
use axum::Form as Received;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::access::{Verb, check};
use kernel::VillageId;
use norms::{Explains, Rulebook};

use super::choices::{relations, sexes, villages};
use super::posted::{At, Filled, Posted, again, done};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::label;
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::parts::Choice;
use crate::pages::registry::{Found, MemberFields};
use crate::visitor::Signed;

/// Rows of an empty form, and how many more the button adds.
const ROWS: usize = 4;

pub fn routes() -> Router<Web> {
    Router::new().route("/registry/households/new", get(blank).post(save))
}

async fn blank(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    check(&signed.actor, Verb::EditRegistry)?;
    let rules = web.house.rules(signed.year, &web.house.province_of(&signed.scope))?;
    let head = rules.relations.value.relations.iter().find(|relation| relation.is_head);
    let first = head.map(|head| ("members.0.relation".to_owned(), head.id.clone()));
    page(&web, &signed, Filled::fresh(&signed, Form::new(first)), ROWS).await
}

async fn page(web: &Web, signed: &Signed, filled: Filled, rows: usize) -> Result<Response, Fail> {
    let l = signed.l();
    let rules = web.house.rules(signed.year, &web.house.province_of(&signed.scope))?;
    let status = filled.status;
    let page = Found {
        l,
        frame: filled.frame,
        form: filled.form,
        unit: signed.scope.address(),
        villages: villages(web, signed, &signed.scope).await?,
        events: arrivals(l, &rules),
        sexes: sexes(l),
        relations: relations(l, &rules),
        rows: (0..rows).map(MemberFields::numbered).collect(),
    };
    Ok(answer(status, &page))
}

/// How a household may have come; it was here already unless somebody says otherwise.
fn arrivals(l: Lang, rules: &Rulebook) -> Vec<Choice> {
    let events = rules.events.value.events.iter().filter(|event| event.explains == Explains::Arrival);
    let events = events.map(|event| Choice::new(event.id.clone(), label(l, &event.label)));
    std::iter::once(Choice::new("", l.t("found-was-here"))).chain(events).collect()
}

async fn save(
    signed: Signed,
    State(web): State<Web>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let mut posted = Posted(posted);
    let rows = rows_in(&posted);
    if posted.get("more").is_some() {
        return page(&web, &signed, Filled::fresh(&signed, Form::new(posted.0)), rows + ROWS).await;
    }
    let (members, places) = members(&posted, rows);
    match store(&web, &signed, &mut posted, members).await {
        Ok(saved) => Ok(done(&signed, &saved, "notice-household-founded").await),
        Err(error) => {
            let filled = again(&signed, None, &posted, error, |field| on_page(field, &places))?;
            page(&web, &signed, filled, rows.max(ROWS)).await
        }
    }
}

/// A village that is not in the list yet is added first; the form then holds it as chosen.
async fn store(web: &Web, signed: &Signed, posted: &mut Posted, members: Vec<MemberInput>) -> Result<Saved, AppError> {
    let new_village = posted.text("new_village");
    if !new_village.is_empty() {
        let village = add_village(&web.house, &signed.actor, Some(&signed.scope), &new_village).await?.id;
        posted.0.retain(|(name, _)| name != "village" && name != "new_village");
        posted.0.push(("village".to_owned(), village.to_string()));
    }
    let village: VillageId = posted.chosen("village").map_err(|fault| AppError::Form(vec![fault]))?;
    let event = posted.text("event");
    let came = (!event.is_empty()).then(|| (event, posted.text("day")));
    let input = FoundInput { village, address: posted.text("address"), members, came };
    found(&web.house, &signed.actor, &input).await
}

fn rows_in(posted: &Posted) -> usize {
    let row = |name: &str| name.strip_prefix("members.")?.split('.').next()?.parse::<usize>().ok();
    posted.0.iter().filter_map(|(name, _)| row(name)).max().map_or(ROWS, |last| last.min(99) + 1)
}

/// The members of the form and the row each stands in; only rows without any word of a person are left out.
fn members(posted: &Posted, rows: usize) -> (Vec<MemberInput>, Vec<usize>) {
    let read = |row: usize| {
        let fields = MemberFields::numbered(row);
        MemberInput {
            person: None,
            name: posted.text(&fields.name),
            sex: posted.text(&fields.sex),
            birth: posted.text(&fields.birth),
            paper: posted.text(&fields.paper),
            ethnicity: posted.text(&fields.ethnicity),
            relation: posted.text(&fields.relation),
        }
    };
    let is_blank = |m: &MemberInput| m.name.is_empty() && m.birth.is_empty() && m.paper.is_empty();
    let filled = (0..rows).map(|row| (read(row), row)).filter(|(member, _)| !is_blank(member));
    filled.unzip()
}

/// Members are counted without the blank rows there, and with them here.
fn on_page(field: &str, places: &[usize]) -> At {
    let numbered = field.strip_prefix("members.").and_then(|rest| rest.split_once('.'));
    let field = match (field, numbered) {
        ("came", _) => "event".to_owned(),
        ("came_day", _) => "day".to_owned(),
        ("name", _) => "new_village".to_owned(),
        ("members", _) => "members.0.relation".to_owned(),
        (_, Some((place, part))) => {
            let row = place.parse::<usize>().ok().and_then(|place| places.get(place)).copied().unwrap_or_default();
            format!("members.{row}.{part}")
        }
        _ => field.to_owned(),
    };
    (field, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(pairs: &[(&str, &str)]) -> Posted {
        Posted(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_fault_is_shown_in_the_row_it_was_typed_in_although_a_blank_row_stands_before_it() {
        let form = posted(&[
            ("members.0.name", "Phan Thị Ân"),
            ("members.1.name", " "),
            ("members.1.relation", "child"),
            ("members.2.birth", "31/02/2001"),
        ]);
        let (members, places) = members(&form, rows_in(&form));
        assert_eq!(members.len(), 2);
        assert_eq!(on_page("members.1.birth", &places).0, "members.2.birth");
        assert_eq!(on_page("came_day", &places).0, "day");
    }
}
