//! Households of a year's list by class and by the units of a day, with what is of no unit in rows of its own.

use std::collections::HashMap;

use app::AppError;
use app::units::{ByUnits, UnitCounts, count_by_units};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use domain::units::{RowOf, ScopeLevel, UnitKey};

use super::by_units::{By, choice, choice_words};
use super::life::href;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{class_tag, number};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Verdict};
use crate::pages::units::{CountRow, Counts};
use crate::visitor::Signed;

pub fn routes() -> Router<Web> {
    Router::new().route("/units/counts", get(page))
}

async fn page(signed: Signed, State(web): State<Web>, Query(by): Query<By>) -> Result<Response, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let own = ByUnits { on: signed.scope.units_from, level: ScopeLevel::Commune };
    let units = by.units().unwrap_or(own);
    let found = count_by_units(&web.house, &signed.actor, Some(&signed.scope), year, units).await?;
    let rules = web.house.rules(year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
    let mut heads: Vec<String> = found.classes.iter().map(|id| class_tag(l, &rules, Some(id)).label).collect();
    heads.push(l.t("class-none-yet"));
    heads.push(l.t("total"));
    let is_conserved = found.restated.is_conserved();
    Ok(shown(&Counts {
        l,
        frame: signed.frame(Section::Forms),
        subtitle: choice_words(l, units.level, found.restated.units_from),
        by: choice(&web, &signed, &by, "/units/counts".to_owned()).await?,
        year: year.to_string(),
        heads,
        rows: rows(l, &found),
        total: cells(&found.restated.total),
        check: l.t(if is_conserved { "conserved-met" } else { "conserved-failed" }),
        verdict: if is_conserved { Verdict::Good } else { Verdict::Bad },
        placing_href: format!("/units/placing?unit={}", signed.scope.address()),
        all_placed: found.restated.all_placed(),
    }))
}

/// The columns and their sum.
fn cells(counts: &[i128]) -> Vec<String> {
    let mut cells: Vec<String> = counts.iter().map(|n| number(*n)).collect();
    cells.push(number(counts.iter().sum::<i128>()));
    cells
}

fn rows(l: Lang, found: &UnitCounts) -> Vec<CountRow> {
    let link = |key: &UnitKey, names: &HashMap<UnitKey, String>| {
        Link::new(names.get(key).cloned().unwrap_or_else(|| key.code.clone()), href(key))
    };
    let restated = found.restated.rows.iter();
    restated
        .map(|row| {
            let (unit, state, verdict) = match &row.of {
                RowOf::Unit(key) => (Some(link(key, &found.names)), String::new(), Verdict::Plain),
                RowOf::Unplaced { old, .. } => (Some(link(old, &found.names)), l.t("restate-unplaced"), Verdict::Open),
                RowOf::Unresolved { old, open } => {
                    let why = l.t(&format!("why-{}", open.why.id()));
                    (Some(link(old, &found.names)), format!("{}: {why}", l.t("restate-unresolved")), Verdict::Bad)
                }
                RowOf::NotListed { .. } => (None, l.t("restate-not-listed"), Verdict::Bad),
            };
            let name = match (&unit, &row.of) {
                (None, RowOf::NotListed { code }) => code.clone(),
                _ => String::new(),
            };
            CountRow { unit, name, state, verdict, cells: cells(&row.counts) }
        })
        .collect()
}
