//! Targets: all of a unit, and one with its readings and areas. The people on either side of a number are in `target_rows`.

use std::collections::HashMap;

use app::programme::definitions_on;
use app::programme::rows::Side;
use app::programme::targets::{ReadingState, TargetState, TargetView, board, by_area, target};
use app::units::commune_names;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use conditions::Language;
use domain::programme::target::{Lists, TargetGap};
use domain::units::Scope;
use kernel::Day;

use super::said::{doubts, gap, gap_by, level, state};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{basis, label, mark_id, number};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::AbsentLine;
use crate::pages::programme::work::{AreaLine, Figure, ReadingLine, Rooms, TargetLine, TargetPage, Targets};
use crate::visitor::{Signed, urlencode};

pub fn routes() -> Router<Web> {
    Router::new().route("/programme/targets", get(all)).route("/programme/targets/{id}", get(one))
}

pub(super) type Asked = HashMap<String, String>;

/// `on=2023-12-31`, else the last day of the year that is over or today.
pub(super) fn day(web: &Web, signed: &Signed, asked: &Asked) -> Day {
    let named = asked.get("on").and_then(|on| on.parse::<Day>().ok());
    named.unwrap_or_else(|| web.house.clock.today().min(Day::last_of(signed.year)))
}

/// Links of one target in one unit.
pub(super) struct Links {
    base: String,
    ask: String,
}

impl Links {
    pub(super) fn new(id: &str, unit: &Scope, on: Day) -> Self {
        let ask = format!("unit={}&year={}&on={}", unit.address(), on.year(), on.iso());
        Self { base: format!("/programme/targets/{id}"), ask }
    }

    pub(super) fn page(&self) -> String {
        format!("{}?{}", self.base, self.ask)
    }

    fn reading(&self, reading: &str) -> String {
        format!("{}#reading-{reading}", self.page())
    }

    pub(super) fn side(&self, reading: &str, side: Side) -> String {
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
    let Some(reading) = reading else { return nothing(gap(l, &TargetGap::NoDefinition)) };
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
        doubts: doubts(l, target),
        verdict,
        state,
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
    let view = target(&web.house, &signed.actor, Some(&signed.scope), &id, on).await?;
    let absent = absent_lines(&web, l, &view, on);
    let TargetView { unit, state: found, .. } = view;
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
        absent,
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

/// The communes that the target's numbers know nothing of, by name; a rate asks for more of them than a list of names.
fn absent_lines(web: &Web, l: Lang, view: &TargetView, on: Day) -> Vec<AbsentLine> {
    let readings = &view.state.readings;
    let is_rate = readings.iter().any(|reading| !reading.classes.is_empty());
    let asks_lists = is_rate || readings.iter().any(|reading| reading.unlisted > 0);
    let asks_totals = is_rate || readings.iter().any(|reading| matches!(reading.figure, Err(TargetGap::Totals { .. })));
    let (absent, year) = (&view.absent, Lists::on(on).in_force);
    let lines = [
        (asks_lists, "absent-list", &absent.list, year),
        (is_rate, "absent-list", &absent.list_before, year - 1),
        (asks_totals, "absent-totals", &absent.totals, year),
    ];
    let shown = lines.into_iter().filter(|(asked, _, codes, _)| *asked && !codes.is_empty());
    // keys: absent-*
    let line = |(_, key, codes, year): (bool, &str, &Vec<String>, i16)| {
        let says = l.t2(key, "n", number(i64::try_from(codes.len()).unwrap_or(i64::MAX)), "year", year);
        AbsentLine::new(says, &commune_names(&web.house, &view.unit, codes))
    };
    shown.map(line).collect()
}

/// What the numbers do not hold, each in a sentence.
fn left_out(l: Lang, reading: &ReadingState, on: Day) -> Vec<String> {
    let tally = reading.figure.as_ref().ok().and_then(domain::programme::target::Figure::tally).unwrap_or_default();
    let year = Lists::on(on).in_force;
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
        doubts: doubts(l, target),
        verdict,
        state: word,
    }
}
