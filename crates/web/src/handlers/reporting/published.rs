//! What of a year's poverty was published, for anybody: the page and its CSV. Whatever the use case does not show stays out
//! of both.

use app::AppError;
use app::reporting::poverty::{GroupOf, Split};
use app::reporting::{PublishedFamily, published, published_years};
use axum::Router;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use documents::write::{TableCell, TablePaper, write_table_csv};
use kernel::Rate;
use measures::suppress::{FamilyRow, Shown};
use serde::Deserialize;

use super::poverty::words;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{basis, label, number};
use crate::language::Lang;
use crate::pages::parts::{Choice, Link};
use crate::pages::reporting::{Bar, Bars, Published, PublishedRow};
use crate::visitor::Visitor;

/// Stands where a count is not shown.
const HIDDEN: &str = "***";

pub fn routes() -> Router<Web> {
    Router::new().route("/published/poverty", get(page)).route("/published/poverty.csv", get(as_csv))
}

#[derive(Debug, Deserialize)]
struct Asked {
    year: Option<i16>,
    split: Option<String>,
}

impl Asked {
    /// `None` is the unit tree.
    fn split(&self) -> Option<Split> {
        [Split::Ethnic, Split::HeadSex].into_iter().find(|split| self.split.as_deref() == Some(split.id()))
    }
}

async fn page(visitor: Visitor, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let years = published_years(&web.house).await?;
    let l = visitor.frame.l;
    let Some(year) = asked.year.or_else(|| years.first().copied()) else { return Ok(shown(&empty(&visitor))) };
    let found = published(&web.house, year, asked.split()).await?;
    let split = asked.split();
    let open = if found.is_unconfirmed { vec![found.basis.clone()] } else { Vec::new() };
    let lines = lines(&web, l, &found);
    let query = format!("year={year}&split={}", split.map_or("units", Split::id));
    Ok(shown(&Published {
        year: year.to_string(),
        unit: web.house.scope_name(&found.snapshot.scope),
        years: years.iter().map(|year| Choice::new(year.to_string(), year.to_string())).collect(),
        splits: splits(l),
        chosen: split.map_or("units", Split::id).to_owned(),
        is_empty: false,
        says: says(l, &found),
        is_sample: found.snapshot.is_sample,
        basis: Some(basis(&found.basis, &open)),
        head: split.map_or_else(|| l.t("label-unit"), |split| words::split(l, split)),
        heads: heads(l, &found),
        chart: chart(l, &found, &lines),
        rows: lines.iter().map(|line| line.row(headcounts(&found, line))).collect(),
        indicator_heads: found.rules.indicators.value.indicators.iter().map(|i| label(l, &i.label)).collect(),
        by_indicator: lines.iter().map(|line| line.row(indicators(line))).collect(),
        csv: Some(Link::new("CSV", format!("/published/poverty.csv?{query}"))),
        ..empty(&visitor)
    }))
}

fn empty(visitor: &Visitor) -> Published {
    Published {
        l: visitor.frame.l,
        frame: visitor.frame.clone(),
        year: String::new(),
        unit: String::new(),
        years: Vec::new(),
        splits: Vec::new(),
        chosen: String::new(),
        is_empty: true,
        says: Vec::new(),
        is_sample: false,
        basis: None,
        head: String::new(),
        heads: Vec::new(),
        chart: None,
        rows: Vec::new(),
        indicator_heads: Vec::new(),
        by_indicator: Vec::new(),
        csv: None,
    }
}

fn splits(l: Lang) -> Vec<Choice> {
    let others = [Split::Ethnic, Split::HeadSex].map(|split| Choice::new(split.id(), words::split(l, split)));
    [Choice::new("units", l.t("label-unit"))].into_iter().chain(others).collect()
}

fn says(l: Lang, found: &PublishedFamily) -> Vec<String> {
    let values = [("k", found.k.to_string()), ("n", found.table.plan.indicators.len().to_string())];
    let source = [("day", found.snapshot.day.to_string()), ("name", found.snapshot.name.clone())];
    let of_all = (!found.table.populations.is_empty()).then(|| l.t("published-says-all"));
    let first = [l.tv("published-says", &values)].into_iter().chain(of_all);
    let others = [
        l.t1("published-says-law", "k", found.k),
        l.t2("published-hidden", "mark", HIDDEN, "least", found.least),
        l.tv("published-source", &source),
        l.t("published-newest"),
    ];
    let replaces = (found.replaces > 0).then(|| l.t1("published-replaces", "least", found.least));
    first.chain(others).chain(replaces).collect()
}

/// The rate over all households comes first where there is one.
fn heads(l: Lang, found: &PublishedFamily) -> Vec<String> {
    let of_all: &[&str] =
        if found.table.populations.is_empty() { &[] } else { &["poverty-population", "poverty-h-of-all"] };
    let of_reviewed = ["poverty-all", "poverty-poor", "poverty-h-short", "poverty-a-short", "poverty-m0-short"];
    // keys: poverty-*
    of_all.iter().chain(&of_reviewed).map(|key| l.t(key)).collect()
}

/// The rate of each first-level line whose rate is shown: over all households where those are known, else among the reviewed.
fn chart(l: Lang, found: &PublishedFamily, lines: &[Line<'_>]) -> Option<Bars> {
    let of_all = !found.table.populations.is_empty();
    let has_more = found.table.sections.len() > 1;
    let drawn =
        lines.iter().filter(|line| line.shown.poor && (line.is_whole || !has_more) && (of_all || line.shown.all));
    let bars: Vec<Bar> = drawn
        .filter_map(|line| {
            let below = if of_all { line.population? } else { i64::try_from(line.row.all).ok()? };
            let rate = words::rate_of_all(line.row.poor, Some(below))?;
            let words = format!("{} %", rate.percent());
            Some(Bar { label: line.name.clone(), value: rate.percent_hundredths(), words, kind: 1 })
        })
        .collect();
    let title = l.t1("published-chart", "k", found.k);
    let told = bars.iter().map(|bar| format!("{}: {}", bar.label, bar.words)).collect::<Vec<_>>().join("; ");
    (bars.len() > 1).then_some(Bars { id: "published", description: told, title, bars })
}

/// One line of both tables.
struct Line<'f> {
    name: String,
    is_whole: bool,
    row: &'f FamilyRow,
    shown: &'f Shown,
    /// All households of the unit; `None` where it is not known, or where the line is no unit.
    population: Option<i64>,
}

impl Line<'_> {
    fn row(&self, cells: Vec<String>) -> PublishedRow {
        PublishedRow { name: self.name.clone(), is_whole: self.is_whole, cells }
    }
}

/// The whole, then each group followed by those under it.
fn lines<'f>(web: &Web, l: Lang, found: &'f PublishedFamily) -> Vec<Line<'f>> {
    let name = |of: &GroupOf| words::group(l, &found.rules, of);
    let population = |of: &GroupOf| found.table.populations.get(&of.key()).copied();
    let mut lines = Vec::new();
    if let Some((row, shown)) = &found.table.whole {
        lines.push(Line {
            name: web.house.scope_name(&found.snapshot.scope),
            is_whole: true,
            row,
            shown,
            population: found.table.population,
        });
    }
    let has_more = found.table.sections.len() > 1;
    for group in found.table.sections.first().iter().flat_map(|section| &section.groups) {
        lines.push(Line {
            name: name(&group.of),
            is_whole: has_more,
            row: &group.row,
            shown: &group.shown,
            population: population(&group.of),
        });
        let below = found.table.sections.iter().filter(|section| section.whole.as_ref() == Some(&group.of));
        lines.extend(below.flat_map(|section| &section.groups).map(|group| Line {
            name: name(&group.of),
            is_whole: false,
            row: &group.row,
            shown: &group.shown,
            population: population(&group.of),
        }));
    }
    lines
}

fn count(shown: bool, count: u64) -> String {
    if shown { number(count) } else { HIDDEN.to_owned() }
}

/// All, the poor, H, A, M0: a share is shown when both its sides are.
fn headcounts(found: &PublishedFamily, line: &Line<'_>) -> Vec<String> {
    let Line { row, shown, .. } = line;
    let parts = u64::from(found.table.plan.parts());
    let share = |is_shown: bool, above: u64, below: u64, is_fraction: bool| {
        let rate = Rate::of(i64::try_from(above).unwrap_or(i64::MAX), i64::try_from(below).unwrap_or(i64::MAX));
        match rate {
            _ if !is_shown => HIDDEN.to_owned(),
            None => words::NONE.to_owned(),
            Some(rate) if is_fraction => words::fraction(rate.percent_hundredths()),
            Some(rate) => rate.percent(),
        }
    };
    let of_all = (!found.table.populations.is_empty()).then(|| {
        let rate = words::rate_of_all(row.poor, line.population);
        let rate = rate.map_or_else(|| words::NONE.to_owned(), Rate::percent);
        let population = line.population.map_or_else(|| words::NONE.to_owned(), number);
        [population, if shown.poor { rate } else { HIDDEN.to_owned() }]
    });
    let of_reviewed = [
        count(shown.all, row.all),
        count(shown.poor, row.poor),
        share(shown.all && shown.poor, row.poor, row.all, false),
        share(shown.poor && shown.parts, row.parts(), row.poor * parts, false),
        share(shown.all && shown.parts, row.parts(), row.all * parts, true),
    ];
    of_all.into_iter().flatten().chain(of_reviewed).collect()
}

fn indicators(line: &Line<'_>) -> Vec<String> {
    line.row.censored.iter().zip(&line.shown.censored).map(|(many, shown)| count(*shown, *many)).collect()
}

async fn as_csv(visitor: Visitor, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let l = visitor.frame.l;
    let years = published_years(&web.house).await?;
    let year = asked.year.or_else(|| years.first().copied()).ok_or(AppError::Missing("published"))?;
    let found = published(&web.house, year, asked.split()).await?;
    let row = |line: Line<'_>| {
        let cells = headcounts(&found, &line).into_iter().chain(indicators(&line));
        [TableCell::Text(line.name.clone())].into_iter().chain(cells.map(TableCell::Text)).collect()
    };
    let heads =
        [l.t("label-unit")].into_iter().chain(heads(l, &found)).chain(found.table.plan.indicators.iter().cloned());
    let paper = TablePaper {
        title: l.t("published-title"),
        notes: says(l, &found),
        is_sample: found.snapshot.is_sample,
        heads: heads.collect(),
        rows: lines(&web, l, &found).into_iter().map(row).collect(),
    };
    let mut out = Vec::new();
    write_table_csv(&paper, &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"ngheo-da-chieu-cong-bo-{year}.csv\"")),
    ];
    Ok((headers, out).into_response())
}
