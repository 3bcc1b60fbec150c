//! The people on either side of a target's number: on a page, on paper commune by commune, in a spreadsheet.

use std::io::Cursor;

use app::AppError;
use app::programme::rows::{RowsWanted, Side, TargetRow, rows};
use app::programme::targets::{TargetView, target};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use documents::write::{PlainTable, SAMPLE_MARK, write_tables};
use kernel::{Page, PageOf};

use super::said::row;
use super::targets::{Asked, Links, day};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::intake::spreadsheet;
use crate::handlers::words::{label, number, pager};
use crate::pages::frame::Section;
use crate::pages::parts::Link;
use crate::pages::programme::work::{RowLine, TargetRows};
use crate::visitor::Signed;

const PAGE: u32 = 100;
/// So many names are read at once where a list is read whole.
const MOST_ROWS: u32 = 1000;
/// Nobody prints more names; the spreadsheet holds them all.
const MOST_PRINTED: i64 = 20_000;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/programme/targets/{id}/rows", get(people))
        .route("/programme/targets/{id}/rows.xlsx", get(people_as_workbook))
}

fn wanted<'a>(web: &Web, signed: &'a Signed, id: &'a str, asked: &'a Asked) -> Result<RowsWanted<'a>, Fail> {
    let side = asked.get("side").map_or(Some(Side::NotReached), |side| Side::from_id(side));
    let (side, on) = (side.ok_or(AppError::Missing("rows"))?, day(web, signed, asked));
    let reading = asked.get("reading").map(String::as_str);
    Ok(RowsWanted { unit: Some(&signed.scope), target: id, reading, side, on })
}

async fn people(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let l = signed.l();
    let page = Page::new(asked.get("page").and_then(|page| page.parse().ok()).unwrap_or(1), PAGE);
    let wanted = wanted(&web, &signed, &id, &asked)?;
    let RowsWanted { reading, side, on, .. } = wanted;
    let (unit, mut found) = rows(&web.house, &signed.actor, &wanted, page).await?;
    // Handed over on paper, the list is whole.
    let is_whole = asked.get("print").is_some_and(|print| print == "all") && found.total <= MOST_PRINTED;
    if is_whole {
        found = PageOf { rows: every_row(&web, &signed, &wanted).await?, ..found };
    }
    let state = target(&web.house, &signed.actor, Some(&signed.scope), &id, on).await?.state;
    let chosen = state.readings.iter().find(|r| reading.is_none_or(|id| r.id == id));
    let links = Links::new(&id, &unit, on);
    let reading_id = chosen.map(|r| r.id.clone()).unwrap_or_default();
    let (other_side, key) = match side {
        Side::Reached => (Side::NotReached, "rows-not-reached"),
        Side::NotReached => (Side::Reached, "rows-reached"),
    };
    Ok(shown(&TargetRows {
        l,
        frame: signed.frame(Section::Targets),
        title: format!("{id} · {}", label(l, &state.label)),
        reading: chosen.map(|r| label(l, &r.label)).unwrap_or_default(),
        unit: web.house.scope_name(&unit),
        on: on.to_string(),
        total: l.t1("rows-total", "n", number(found.total)),
        is_not_reached: side == Side::NotReached,
        parts: by_commune(found.rows.iter().map(|r| row_line(&web, &signed, r)), is_whole),
        is_whole,
        print_href: (found.total <= MOST_PRINTED)
            .then(|| format!("{}&print=all", links.side(&reading_id, side)))
            .filter(|_| !is_whole),
        pager: (!is_whole).then(|| pager(&found, |page| format!("{}&page={page}", links.side(&reading_id, side)))),
        xlsx_href: links.side(&reading_id, side).replacen("/rows?", "/rows.xlsx?", 1),
        other: Link::new(l.t(key), links.side(&reading_id, other_side)),
        target_href: links.page(),
    }))
}

async fn every_row(web: &Web, signed: &Signed, wanted: &RowsWanted<'_>) -> Result<Vec<TargetRow>, Fail> {
    let (mut all, mut at) = (Vec::new(), 1);
    loop {
        let (_, found) = rows(&web.house, &signed.actor, wanted, Page::new(at, MOST_ROWS)).await?;
        let is_last = found.rows.is_empty();
        all.extend(found.rows);
        if is_last || i64::try_from(all.len()).is_ok_and(|n| n >= found.total) {
            return Ok(all);
        }
        at += 1;
    }
}

/// The rows as they are handed over: each commune its own sheet of paper. Rows come commune by commune.
fn by_commune(rows: impl Iterator<Item = RowLine>, is_split: bool) -> Vec<(String, Vec<RowLine>)> {
    let mut parts: Vec<(String, Vec<RowLine>)> = Vec::new();
    for row in rows {
        match parts.last_mut().filter(|(commune, _)| !is_split || *commune == row.commune) {
            Some((_, part)) => part.push(row),
            None => parts.push((row.commune.clone(), vec![row])),
        }
    }
    parts
}

fn row_line(web: &Web, signed: &Signed, found: &TargetRow) -> RowLine {
    if let Some((id, name)) = &found.model {
        let href = format!("/programme/models/{id}");
        let (detail, commune, village) = (String::new(), String::new(), String::new());
        return RowLine { name: name.clone(), href, detail, commune, village, is_open: false };
    }
    match &found.named {
        Some(named) => row(web, signed, named, found.is_open),
        None => RowLine {
            name: "–".to_owned(),
            href: String::new(),
            detail: String::new(),
            commune: String::new(),
            village: String::new(),
            is_open: found.is_open,
        },
    }
}

/// The list to hand to a commune; the whole side.
async fn people_as_workbook(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let l = signed.l();
    let wanted = wanted(&web, &signed, &id, &asked)?;
    let RowsWanted { side, on, .. } = wanted;
    let TargetView { unit, state, .. } = target(&web.house, &signed.actor, Some(&signed.scope), &id, on).await?;
    let lines: Vec<RowLine> =
        every_row(&web, &signed, &wanted).await?.iter().map(|r| row_line(&web, &signed, r)).collect();
    let heading = if side == Side::NotReached { "rows-not-reached" } else { "rows-reached" };
    let mut above = vec![
        format!("{id} · {}", label(l, &state.label)),
        format!("{} · {} · {}", l.t(heading), web.house.scope_name(&unit), l.t1("targets-on", "day", on)),
        l.t1("rows-total", "n", number(lines.len())),
    ];
    if signed.frame.is_sample {
        above.push(SAMPLE_MARK.to_owned());
    }
    let headers = ["label-name", "row-detail", "label-commune", "label-village"].map(|key| l.t(key));
    let table = PlainTable {
        name: format!("{id} {}", side.id()),
        above,
        headers: headers.to_vec(),
        rows: lines.into_iter().map(|r| vec![r.name, r.detail, r.commune, r.village]).collect(),
    };
    let mut out = Cursor::new(Vec::new());
    write_tables(&[table], &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    Ok(spreadsheet(out.into_inner(), &format!("{id}-{}-{}.xlsx", side.id(), unit.code)))
}
