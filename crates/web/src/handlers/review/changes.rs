//! This year's list beside last year's, household by household.

use std::collections::BTreeMap;

use app::AppError;
use app::review::people::{ChangeOf, changes as compared, people};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use kernel::{HouseholdId, Page, PageOf};
use serde::Deserialize;

use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::review::forms::definition::movement_words;
use crate::handlers::words::{class_tag, number, pager};
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::Choice;
use crate::pages::review::{ChangeRow, Changes};
use crate::visitor::Signed;

const CHANGES_PAGE: u32 = 100;

pub fn routes() -> Router<Web> {
    Router::new().route("/review/{year}/changes", get(changes))
}

#[derive(Deserialize)]
struct ChangesQuery {
    movement: Option<String>,
    page: Option<u32>,
}

async fn changes(signed: Signed, State(web): State<Web>, Query(query): Query<ChangesQuery>) -> Result<Response, Fail> {
    let (l, house, year, unit) = (signed.l(), &web.house, signed.year, signed.scope.address());
    let rules = house.rules(year, &house.province_of(&signed.scope)).map_err(AppError::from)?;
    let (all, has_previous) = compared(house, &signed.actor, Some(&signed.scope), year).await?;
    let mut totals: BTreeMap<&str, i64> = BTreeMap::new();
    for change in &all {
        *totals.entry(change.movement.as_str()).or_insert(0) += 1;
    }
    let wanted = query.movement.clone().filter(|m| !m.is_empty());
    let chosen: Vec<&ChangeOf> = all.iter().filter(|c| wanted.as_ref().is_none_or(|w| *w == c.movement)).collect();
    let page = page_of(chosen, query.page);
    let ids: Vec<HouseholdId> = page.rows.iter().map(|c| c.household).collect();
    let persons = people(house, &signed.actor, Some(&signed.scope), year, &ids).await?;
    let rows = page
        .rows
        .iter()
        .zip(persons)
        .map(|(change, person)| ChangeRow {
            href: format!("/registry/households/{}", change.household),
            head: person.head,
            place: person.place,
            before: class_tag(l, &rules, change.before.as_deref()),
            now: class_tag(l, &rules, change.now.as_deref()),
            size: size_words(change),
            movement: movement_words(l, &rules, &change.movement),
            question: if change.movement == "vanished" { l.t("changes-vanished") } else { String::new() },
        })
        .collect();
    let here = format!("/review/{year}/changes?unit={unit}&movement={}", wanted.clone().unwrap_or_default());
    Ok(shown(&Changes {
        l,
        frame: signed.frame(Section::Review),
        form: Form::new([("movement", wanted.unwrap_or_default())]),
        unit,
        action: format!("/review/{year}/changes"),
        movements: totals.keys().map(|id| Choice::new(*id, movement_words(l, &rules, id))).collect(),
        totals: totals.iter().map(|(id, n)| (movement_words(l, &rules, id), number(*n))).collect(),
        rows,
        pager: pager(&page, |n| format!("{here}&page={n}")),
        has_no_previous: !has_previous,
    }))
}

fn page_of(chosen: Vec<&ChangeOf>, page: Option<u32>) -> PageOf<&ChangeOf> {
    let page = Page::new(page.unwrap_or(1), CHANGES_PAGE);
    let total = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
    let skip = usize::try_from(page.offset()).unwrap_or(usize::MAX);
    PageOf { rows: chosen.into_iter().skip(skip).take(page.size as usize).collect(), total, capped: false, page }
}

fn size_words(change: &ChangeOf) -> String {
    let of = |size: Option<i64>| size.map_or_else(|| "–".to_owned(), |n| n.to_string());
    format!("{} → {}", of(change.size_before), of(change.size_now))
}
