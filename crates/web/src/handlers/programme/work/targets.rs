//! Targets: all of a unit, one with its readings and areas, and the people on either side of a number.

use std::collections::HashMap;
use std::io::Cursor;

use app::AppError;
use app::programme::definitions_on;
use app::programme::rows::{RowsWanted, Side, TargetRow, rows};
use app::programme::targets::{ReadingState, TargetState, board, by_area, target};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use conditions::Language;
use documents::write::{PlainTable, SAMPLE_MARK, write_tables};
use domain::units::Scope;
use kernel::{Day, Page, PageOf};

use super::said::{gap, gap_by, level, row, state};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::intake::spreadsheet;
use crate::handlers::words::{basis, label, mark_id, number, pager};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::Link;
use crate::pages::programme::work::{
    AreaLine, Figure, ReadingLine, Rooms, RowLine, TargetLine, TargetPage, TargetRows, Targets,
};
use crate::visitor::{Signed, urlencode};

const PAGE: u32 = 100;
/// So many names are read at once where a list is read whole.
const MOST_ROWS: u32 = 1000;
/// Nobody prints more names; the spreadsheet holds them all.
const MOST_PRINTED: i64 = 20_000;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/programme/targets", get(all))
        .route("/programme/targets/{id}", get(one))
        .route("/programme/targets/{id}/rows", get(people))
        .route("/programme/targets/{id}/rows.xlsx", get(people_as_workbook))
}

type Asked = HashMap<String, String>;

/// `on=2023-12-31`, else the last day of the year that is over or today.
fn day(web: &Web, signed: &Signed, asked: &Asked) -> Day {
    let named = asked.get("on").and_then(|on| on.parse::<Day>().ok());
    named.unwrap_or_else(|| web.house.clock.today().min(Day::last_of(signed.year)))
}

/// Links of one target in one unit.
struct Links {
    base: String,
    ask: String,
}

impl Links {
    fn new(id: &str, unit: &Scope, on: Day) -> Self {
        let ask = format!("unit={}&year={}&on={}", unit.address(), on.year(), on.iso());
        Self { base: format!("/programme/targets/{id}"), ask }
    }

    fn page(&self) -> String {
        format!("{}?{}", self.base, self.ask)
    }

    fn reading(&self, reading: &str) -> String {
        format!("{}#reading-{reading}", self.page())
    }

    fn side(&self, reading: &str, side: Side) -> String {
        format!("{}/rows?{}&reading={reading}&side={}", self.base, self.ask, side.id())
    }
}

/// The numbers of a reading, each leading to what it was counted from.
struct Numbers {
    value: Option<Figure>,
    above: Option<Figure>,
    below: Option<Figure>,
    not_reached: Option<Figure>,
    gap: String,
}

fn numbers(l: Lang, reading: Option<&ReadingState>, links: &Links) -> Numbers {
    let nothing = |gap: String| Numbers { value: None, above: None, below: None, not_reached: None, gap };
    let Some(reading) = reading else { return nothing(gap(l, &domain::programme::target::TargetGap::NoDefinition)) };
    let figure = match &reading.figure {
        Ok(figure) => figure,
        Err(missing) => return nothing(gap_by(l, missing, reading.basis.citation.as_ref())),
    };
    let (above, below) = figure.numbers();
    let to = |side| if reading.has_rows { links.side(&reading.id, side) } else { links.reading(&reading.id) };
    Numbers {
        value: Some(Figure::new(figure.printed.clone(), links.reading(&reading.id))),
        above: Some(Figure::new(number(above), to(Side::Reached))),
        below: below.map(|n| Figure::new(number(n), links.reading(&reading.id))),
        not_reached: figure.not_reached().map(|n| Figure::new(number(n), to(Side::NotReached))),
        gap: String::new(),
    }
}

async fn all(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let (l, on) = (signed.l(), day(&web, &signed, &asked));
    let board = board(&web.house, &signed.actor, Some(&signed.scope), on).await?;
    let rows = board.targets.iter().map(|target| line(l, target, &board.unit, on)).collect();
    Ok(shown(&Targets {
        l,
        frame: signed.frame(Section::Targets),
        rooms: Rooms::new(&signed.period(), "targets"),
        on: on.to_string(),
        rows,
    }))
}

fn line(l: Lang, target: &TargetState, unit: &Scope, on: Day) -> TargetLine {
    let links = Links::new(&target.id, unit, on);
    let first = target.readings.first();
    let found = numbers(l, first, &links);
    let (verdict, state) = state(l, first.and_then(|reading| reading.met), found.value.is_some());
    TargetLine {
        id: target.id.clone(),
        label: label(l, &target.label),
        level: target.level().map(|own| level(l, own)).unwrap_or_default(),
        value: found.value,
        above: found.above,
        below: found.below,
        not_reached: found.not_reached,
        gap: found.gap,
        partial: first.map(|reading| partial(l, reading)).unwrap_or_default(),
        verdict,
        state,
        is_inferred: target.said().is_none()
            && first.is_some_and(|reading| reading.basis.mark == norms::Mark::Inferred),
        is_unconfirmed: first.is_some_and(|reading| !reading.unconfirmed.is_empty()),
        differs: !level_notes(l, target).is_empty(),
        href: links.page(),
    }
}

async fn one(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let (l, on) = (signed.l(), day(&web, &signed, &asked));
    let (unit, found) = target(&web.house, &signed.actor, Some(&signed.scope), &id, on).await?;
    let areas = by_area(&web.house, &signed.actor, Some(&signed.scope), &id, on).await?;
    let links = Links::new(&id, &unit, on);
    let readings = found.readings.iter().enumerate();
    let readings: Result<Vec<ReadingLine>, Fail> =
        readings.map(|(at, reading)| reading_line(&web, l, (at, reading, found.said()), &links, on)).collect();
    let aim = found.aim.as_ref();
    let is_bound = aim.is_some_and(|aim| aim.state.is_some());
    Ok(shown(&TargetPage {
        l,
        frame: signed.frame(Section::Targets),
        rooms: Rooms::new(&signed.period(), "targets"),
        label: label(l, &found.label),
        on: on.to_string(),
        level: found.level().map(|own| level(l, own)).unwrap_or_default(),
        lead: aim.and_then(|aim| aim.lead.as_ref()).map(|lead| label(l, lead)).unwrap_or_default(),
        clause: aim.map(|aim| aim.clause.clone()).unwrap_or_default(),
        level_notes: level_notes(l, &found),
        said: found.said().map(|(by, day)| l.t2("target-said", "who", by, "day", day)).unwrap_or_default(),
        binding_href: is_bound.then(|| format!("/programme/plan/bindings/{}?{}", urlencode(&id), signed.period())),
        readings: readings?,
        areas: areas.iter().map(|(scope, state)| area_line(&web, l, scope, state, on)).collect(),
        unit: web.house.scope_name(&unit),
        targets_href: format!("/programme/targets?{}", signed.period()),
        id,
    }))
}

fn reading_line(
    web: &Web,
    l: Lang,
    (at, reading, said): (usize, &ReadingState, Option<(&str, Day)>),
    links: &Links,
    on: Day,
) -> Result<ReadingLine, Fail> {
    let found = numbers(l, Some(reading), links);
    let (verdict, word) = state(l, reading.met, found.value.is_some());
    let definitions = definitions_on(&web.house, on)?;
    let language = if l == Lang::En { Language::English } else { Language::Vietnamese };
    let ready = definitions.readings.iter().find(|ready| ready.basis.key() == reading.basis.key());
    let explained = |condition: Option<&conditions::Condition>| {
        let kind = ready.map(|ready| ready.reading.counts.record())?;
        Some(condition?.explain(definitions.schema(kind), language))
    };
    let open = reading.figure.as_ref().ok().and_then(|figure| match &figure.value {
        domain::programme::target::Value::Share(tally) if tally.open > 0 => Some(number(tally.open)),
        _ => None,
    });
    // keys: mark-*
    let mark = l.t(&format!("mark-{}", mark_id(reading.basis.mark)));
    Ok(ReadingLine {
        id: reading.id.clone(),
        label: label(l, &reading.label),
        value: found.value,
        above: found.above,
        below: found.below,
        not_reached: found.not_reached,
        open: open.unwrap_or_default(),
        gap: found.gap,
        left_out: left_out(l, reading, on),
        verdict,
        state: word,
        among: explained(ready.and_then(|ready| ready.among.as_ref())).unwrap_or_default(),
        reached: explained(ready.and_then(|ready| ready.reached.as_ref())).unwrap_or_default(),
        note: reading.note.as_ref().map(|note| label(l, note)).unwrap_or_default(),
        basis: basis(&reading.basis, &reading.unconfirmed),
        unconfirmed: reading
            .unconfirmed
            .iter()
            .filter(|open| open.key() != reading.basis.key())
            .map(|open| (label(l, &open.label), basis(open, &reading.unconfirmed)))
            .collect(),
        mark: match said {
            Some((by, day)) => l.t2("target-mark-said", "who", by, "day", day),
            None => mark,
        },
        exact: reading
            .figure
            .as_ref()
            .map(|f| format!("{}/{}", f.exact.numerator, f.exact.denominator))
            .unwrap_or_default(),
        is_reported: at == 0,
    })
}

/// Where the level asked for is not that of the plan's data, or the clause names other numbers.
fn level_notes(l: Lang, target: &TargetState) -> Vec<String> {
    let Some(aim) = &target.aim else { return Vec::new() };
    let mut notes = Vec::new();
    if let Some(numbers) = &aim.differs {
        let numbers = if numbers.is_empty() { l.t("level-no-number") } else { numbers.join("; ") };
        notes.push(l.t1("level-in-clause", "numbers", numbers));
    }
    notes.extend(aim.level_of_norm.as_ref().map(|own| l.t1("level-of-norm", "level", level(l, own))));
    notes
}

/// `thiếu 3 xã` beside a figure of rows.
fn partial(l: Lang, reading: &ReadingState) -> String {
    if reading.figure.is_err() || reading.unlisted == 0 {
        return String::new();
    }
    l.t1("target-unlisted-short", "n", number(reading.unlisted))
}

/// What the numbers do not hold, each in a sentence.
fn left_out(l: Lang, reading: &ReadingState, on: Day) -> Vec<String> {
    let tally = reading.figure.as_ref().ok().and_then(domain::programme::target::Figure::tally).unwrap_or_default();
    let year = domain::programme::target::Lists::on(on).in_force;
    let said = [
        (tally.doubtful, l.t1("target-doubtful", "n", number(tally.doubtful))),
        (tally.unnamed, l.t1("target-unnamed", "n", number(tally.unnamed))),
        (reading.unlisted, l.t2("target-unlisted", "n", number(reading.unlisted), "year", year)),
    ];
    said.into_iter().filter(|(n, _)| *n > 0).map(|(_, text)| text).collect()
}

fn area_line(web: &Web, l: Lang, scope: &Scope, target: &TargetState, on: Day) -> AreaLine {
    let links = Links::new(&target.id, scope, on);
    let first = target.readings.first();
    let found = numbers(l, first, &links);
    let (verdict, word) = state(l, first.and_then(|reading| reading.met), found.value.is_some());
    let unit = web.house.units(scope).get(scope.level.into(), &scope.code).map(norms::Unit::full_name);
    AreaLine {
        name: unit.unwrap_or_default(),
        href: links.page(),
        value: found.value,
        above: found.above,
        below: found.below,
        not_reached: found.not_reached,
        gap: found.gap,
        verdict,
        state: word,
    }
}

fn side_of(asked: &Asked) -> Result<Side, Fail> {
    let side = asked.get("side").map_or(Some(Side::NotReached), |side| Side::from_id(side));
    Ok(side.ok_or(AppError::Missing("rows"))?)
}

async fn people(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let (l, on, side) = (signed.l(), day(&web, &signed, &asked), side_of(&asked)?);
    let page = Page::new(asked.get("page").and_then(|page| page.parse().ok()).unwrap_or(1), PAGE);
    let reading = asked.get("reading").map(String::as_str);
    let wanted = RowsWanted { unit: Some(&signed.scope), target: &id, reading, side, on };
    let (unit, mut found) = rows(&web.house, &signed.actor, &wanted, page).await?;
    // Handed over on paper, the list is whole.
    let is_whole = asked.get("print").is_some_and(|print| print == "all") && found.total <= MOST_PRINTED;
    if is_whole {
        found = PageOf { rows: every_row(&web, &signed, &wanted).await?, ..found };
    }
    let (_, state) = target(&web.house, &signed.actor, Some(&signed.scope), &id, on).await?;
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
    let (l, on, side) = (signed.l(), day(&web, &signed, &asked), side_of(&asked)?);
    let reading = asked.get("reading").map(String::as_str);
    let wanted = RowsWanted { unit: Some(&signed.scope), target: &id, reading, side, on };
    let (unit, state) = target(&web.house, &signed.actor, Some(&signed.scope), &id, on).await?;
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
