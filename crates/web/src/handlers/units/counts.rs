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
use super::life::{href, why_words};
use crate::Web;
use crate::fail::Fail;
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
    let shown = shown_columns(&found);
    let class = |at: &usize| class_tag(l, &rules, found.classes.get(*at).map(String::as_str)).label;
    let mut heads: Vec<String> = shown.iter().map(class).collect();
    heads.push(l.t("total"));
    let is_conserved = found.restated.is_conserved();
    Ok(crate::fail::shown(&Counts {
        l,
        frame: signed.frame(Section::Forms),
        subtitle: choice_words(l, units.level, found.restated.units_from),
        by: choice(&web, &signed, &by, "/units/counts".to_owned()).await?,
        year: year.to_string(),
        heads,
        rows: rows(l, &found),
        total: cells(&found.restated.total, &shown),
        check: l.t(if is_conserved { "conserved-met" } else { "conserved-failed" }),
        verdict: if is_conserved { Verdict::Good } else { Verdict::Bad },
        placing_href: format!("/units/placing?unit={}", signed.scope.address()),
        all_placed: found.restated.all_placed(),
    }))
}

/// Columns that count somebody; one that counts nobody anywhere only takes room.
fn shown_columns(found: &UnitCounts) -> Vec<usize> {
    (0..).zip(&found.restated.total).filter(|(_, n)| **n != 0).map(|(at, _)| at).collect()
}

/// The shown columns and the sum of all.
fn cells(counts: &[i128], shown: &[usize]) -> Vec<String> {
    let mut cells: Vec<String> = shown.iter().filter_map(|at| counts.get(*at)).map(|n| number(*n)).collect();
    cells.push(number(counts.iter().sum::<i128>()));
    cells
}

fn rows(l: Lang, found: &UnitCounts) -> Vec<CountRow> {
    let link = |key: &UnitKey, names: &HashMap<UnitKey, String>| {
        Link::new(names.get(key).cloned().unwrap_or_else(|| key.code.clone()), href(key))
    };
    let shown = shown_columns(found);
    let restated = found.restated.rows.iter();
    restated
        .map(|row| {
            let unit = match &row.of {
                RowOf::Unit(key) | RowOf::Unplaced { old: key, .. } | RowOf::Unresolved { old: key, .. } => {
                    Some(link(key, &found.names))
                }
                RowOf::NotListed { .. } => None,
            };
            let (state, verdict, detail) = match &row.of {
                RowOf::Unit(_) => (String::new(), Verdict::Plain, String::new()),
                RowOf::Unplaced { .. } => (l.t("restate-unplaced"), Verdict::Open, String::new()),
                RowOf::Unresolved { open, .. } => (l.t("restate-unresolved"), Verdict::Bad, why_words(l, open.why)),
                RowOf::NotListed { .. } => (l.t("restate-not-listed"), Verdict::Bad, String::new()),
            };
            let name = match (&unit, &row.of) {
                (None, RowOf::NotListed { code }) => code.clone(),
                _ => String::new(),
            };
            CountRow { unit, name, state, verdict, detail, cells: cells(&row.counts, &shown) }
        })
        .collect()
}
