//! What moved as a workbook, as CSV and as Parquet: every pair of classes with its households and persons, and in every line the
//! two years, the unit and the snapshots that were read. The three hold the same lines.

use std::sync::Arc;

use app::AppError;
use app::reporting::{Cover, Dynamics as Found, dynamics};
use axum::extract::State;
use axum::response::Response;
use documents::write::TablePaper;
use measures::sheet::{Sheet, Values};

use super::{NOWHERE, class_label, missing, sources};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::reporting::files::{csv, parquet, short_names, workbook};
use crate::visitor::Signed;

struct Answer {
    found: Found,
    sheet: Sheet,
}

async fn answer(signed: &Signed, web: &Web) -> Result<Answer, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let found = dynamics(&web.house, &signed.actor, Some(&signed.scope), year).await?;
    let rules = web.house.rules(year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
    let all = &found.transitions;
    let same = |text: &str| Values::Text(all.iter().map(|_| Arc::from(text)).collect());
    let numbers = |of: &dyn Fn(&app::reporting::Transition) -> i64| Values::Whole(all.iter().map(of).collect());
    let class = |of: &dyn Fn(&app::reporting::Transition) -> Option<String>| {
        Values::Text(all.iter().map(|pair| Arc::from(of(pair).unwrap_or_else(|| NOWHERE.to_owned()))).collect())
    };
    let named = |of: &dyn Fn(&app::reporting::Transition) -> Option<String>| {
        Values::Text(all.iter().map(|pair| Arc::from(class_label(l, &rules, of(pair).as_deref()))).collect())
    };
    let read = |cover: &Cover| short_names(cover.parts.iter().map(|part| part.record.name.as_str()));
    let without = |cover: &Cover| cover.missing.join(" ");
    let mut columns = vec![
        ("year_before", Values::Whole(all.iter().map(|_| i64::from(year) - 1).collect())),
        ("year", Values::Whole(all.iter().map(|_| i64::from(year)).collect())),
        ("unit", same(&signed.scope.address())),
        ("unit_name", same(&web.house.scope_name(&signed.scope))),
        ("units_on", same(&signed.scope.units_from.iso())),
        ("snapshot_before", same(&read(&found.before))),
        ("snapshot", same(&read(&found.now))),
        ("missing_communes_before", same(&without(&found.before))),
        ("missing_communes", same(&without(&found.now))),
        ("from", class(&|pair| pair.from.clone())),
        ("to", class(&|pair| pair.to.clone())),
        ("from_name", named(&|pair| pair.from.clone())),
        ("to_name", named(&|pair| pair.to.clone())),
        ("households", numbers(&|pair| pair.households)),
        ("persons_before", numbers(&|pair| pair.persons_before)),
        ("persons_now", numbers(&|pair| pair.persons_now)),
    ];
    if signed.frame.is_sample {
        columns.push(("sample", same(&l.t("sample-mark"))));
    }
    let columns = columns.into_iter().map(|(name, values)| (name.to_owned(), values)).collect();
    Ok(Answer { found, sheet: Sheet { columns } })
}

pub async fn as_workbook(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let Answer { found, sheet } = answer(&signed, &web).await?;
    let l = signed.l();
    let mut notes = vec![web.house.scope_name(&signed.scope)];
    let both = [&found.before, &found.now].into_iter().flat_map(|cover| sources(&web, &signed, cover));
    notes.extend(both.map(|source| source.text));
    notes.extend(missing(l, &found));
    let paper = TablePaper {
        title: l.t2("dynamics-title-years", "before", signed.year - 1, "now", signed.year),
        notes,
        is_sample: signed.frame.is_sample,
        ..TablePaper::default()
    };
    workbook(paper, &sheet, &name(&signed, "xlsx"))
}

pub async fn as_csv(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    csv(&answer(&signed, &web).await?.sheet, &name(&signed, "csv"))
}

pub async fn as_parquet(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    parquet(&answer(&signed, &web).await?.sheet, &name(&signed, "parquet"))
}

fn name(signed: &Signed, ending: &str) -> String {
    format!("bien-dong-{}-{}.{ending}", signed.year, signed.scope.code)
}
