//! What moved between two frozen years: the page, its files, and the households behind each number.

mod files;

use std::collections::BTreeSet;

use app::AppError;
use app::reporting::{Cover, Dynamics as Found, Moved as Household, Transition, dynamics, moved};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use norms::Rulebook;
use serde::Deserialize;

use super::snapshots::link;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{class_tag, number};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Tag};
use crate::pages::reporting::{Bar, Bars, ClassFlow, Dynamics, MatrixCell, MatrixRow, Moved, MovedRow};
use crate::visitor::Signed;

/// Households shown behind one number.
const SHOWN: usize = 500;
/// Stands in an address for "in no snapshot of that year".
const NOWHERE: &str = "none";

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/review/{year}/dynamics", get(page))
        .route("/review/{year}/dynamics.xlsx", get(files::as_workbook))
        .route("/review/{year}/dynamics.csv", get(files::as_csv))
        .route("/review/{year}/dynamics.parquet", get(files::as_parquet))
        .route("/review/{year}/dynamics/rows", get(rows))
}

async fn page(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let found = dynamics(&web.house, &signed.actor, Some(&signed.scope), year).await?;
    let rules = web.house.rules(year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
    let classes = classes_of(&rules, &found.transitions);
    let period = signed.period();
    let has_both = !found.before.parts.is_empty() && !found.now.parts.is_empty();
    let opens = signed.actor.may(Verb::ReadRegistry);
    let file = |kind: &str| Link::new(kind.to_uppercase(), format!("/review/{year}/dynamics.{kind}?{period}"));
    let address = |from: &str, to: &str| format!("/review/{year}/dynamics/rows?{period}&from={from}&to={to}");
    Ok(shown(&Dynamics {
        l,
        frame: signed.frame(Section::Review),
        years: ((year - 1).to_string(), year.to_string()),
        missing: missing(l, &found),
        sources: (sources(&web, &signed, &found.before), sources(&web, &signed, &found.now)),
        sentence: sentence(l, &rules, &found.transitions),
        flows: listed(&rules).map(|class| flow(l, &rules, class, &found.transitions)).collect(),
        chart: chart(l, &rules, &found.transitions),
        heads: classes.iter().map(|class| class_label(l, &rules, class.as_deref())).collect(),
        rows: if has_both {
            matrix(l, &rules, &classes, &found.transitions, &|from, to| {
                if opens { address(from, to) } else { String::new() }
            })
        } else {
            Vec::new()
        },
        files: ["xlsx", "csv", "parquet"].map(file).to_vec(),
        back_href: format!("/review/{year}?{period}"),
    }))
}

fn missing(l: Lang, found: &Found) -> Vec<String> {
    let of = |year: i16, cover: &Cover| {
        let values = [("year", year.to_string()), ("n", number(cover.missing.len()))];
        (!cover.missing.is_empty()).then(|| l.tv("dynamics-missing", &values))
    };
    let dropped = (found.dropped > 0).then(|| l.t1("dynamics-dropped", "n", number(found.dropped)));
    [of(found.year - 1, &found.before), of(found.year, &found.now), dropped].into_iter().flatten().collect()
}

fn sources(web: &Web, signed: &Signed, cover: &Cover) -> Vec<Link> {
    cover.parts.iter().map(|part| link(web, signed, &part.record)).collect()
}

/// The classes whose households are on the yearly list.
fn listed(rules: &Rulebook) -> impl Iterator<Item = &str> {
    rules.classes.value.classes.iter().filter(|class| class.listed).map(|class| class.id.as_str())
}

/// Classes of the norms that occur, then whatever else occurs, then "in no snapshot".
fn classes_of(rules: &Rulebook, transitions: &[Transition]) -> Vec<Option<String>> {
    let found: BTreeSet<&Option<String>> = transitions.iter().flat_map(|t| [&t.from, &t.to]).collect();
    let known = rules.classes.value.classes.iter().map(|class| Some(class.id.clone()));
    let mut classes: Vec<Option<String>> = known.filter(|class| found.contains(class)).collect();
    let others = found.iter().filter(|class| class.is_some() && !classes.contains(class)).copied().cloned();
    let others: Vec<Option<String>> = others.collect();
    classes.extend(others);
    if found.contains(&None) {
        classes.push(None);
    }
    classes
}

fn class_label(l: Lang, rules: &Rulebook, class: Option<&str>) -> String {
    from_tag(l, rules, class).label
}

fn from_tag(l: Lang, rules: &Rulebook, class: Option<&str>) -> Tag {
    match class {
        None => Tag::new(l.t("dynamics-absent"), 0),
        Some("") => class_tag(l, rules, None),
        Some(class) => class_tag(l, rules, Some(class)),
    }
}

/// Households of one class between two years.
struct Flow {
    stayed: i64,
    /// Have another class now, or had another before.
    left: i64,
    entered: i64,
    /// Are in no snapshot of the other year, so that nothing says where they went or came from.
    gone: i64,
    fresh: i64,
}

impl Flow {
    fn of(class: &str, transitions: &[Transition]) -> Self {
        let is = |side: &Option<String>| side.as_deref() == Some(class);
        let is_other = |side: &Option<String>| side.as_deref().is_some_and(|other| other != class);
        let sum = |wanted: &dyn Fn(&Transition) -> bool| -> i64 {
            transitions.iter().filter(|t| wanted(t)).map(|t| t.households).sum()
        };
        Self {
            stayed: sum(&|t| is(&t.from) && is(&t.to)),
            left: sum(&|t| is(&t.from) && is_other(&t.to)),
            entered: sum(&|t| is_other(&t.from) && is(&t.to)),
            gone: sum(&|t| is(&t.from) && t.to.is_none()),
            fresh: sum(&|t| t.from.is_none() && is(&t.to)),
        }
    }
}

fn flow(l: Lang, rules: &Rulebook, class: &str, transitions: &[Transition]) -> ClassFlow {
    let Flow { stayed, left, entered, gone, fresh } = Flow::of(class, transitions);
    ClassFlow {
        class: class_tag(l, rules, Some(class)),
        before: number(stayed + left + gone),
        stayed: number(stayed),
        left: number(left),
        gone: number(gone),
        entered: number(entered),
        fresh: number(fresh),
        now: number(stayed + entered + fresh),
    }
}

fn sentence(l: Lang, rules: &Rulebook, transitions: &[Transition]) -> String {
    let told = listed(rules).map(|class| {
        let flow = Flow::of(class, transitions);
        let values = [
            ("class", class_label(l, rules, Some(class))),
            ("left", number(flow.left)),
            ("entered", number(flow.entered)),
            ("stayed", number(flow.stayed)),
        ];
        l.tv("dynamics-sentence", &values)
    });
    told.collect::<Vec<_>>().join(" ")
}

fn chart(l: Lang, rules: &Rulebook, transitions: &[Transition]) -> Bars {
    let mut bars = Vec::new();
    for class in listed(rules) {
        let Flow { stayed, left, entered, .. } = Flow::of(class, transitions);
        for (kind, key, value) in
            [(2, "dynamics-stayed", stayed), (1, "dynamics-left", left), (0, "dynamics-entered", entered)]
        {
            // keys: dynamics-*
            let label = l.t2("dynamics-bar", "class", class_label(l, rules, Some(class)), "what", l.t(key));
            bars.push(Bar { label, value, words: number(value), kind });
        }
    }
    let title = l.t("dynamics-chart");
    Bars { id: "flows", description: sentence(l, rules, transitions), title, bars }
}

fn matrix(
    l: Lang,
    rules: &Rulebook,
    classes: &[Option<String>],
    transitions: &[Transition],
    address: &dyn Fn(&str, &str) -> String,
) -> Vec<MatrixRow> {
    let word = |class: &Option<String>| class.clone().unwrap_or_else(|| NOWHERE.to_owned());
    let row = |from: &Option<String>| {
        let of_row = || transitions.iter().filter(|t| t.from == *from);
        let cells = classes.iter().map(|to| {
            let found = of_row().find(|t| t.to == *to);
            let persons = found.map_or(0, |t| if to.is_some() { t.persons_now } else { t.persons_before });
            MatrixCell {
                to: class_label(l, rules, to.as_deref()),
                households: number(found.map_or(0, |t| t.households)),
                persons: number(persons),
                href: found.map(|_| address(&word(from), &word(to))).unwrap_or_default(),
                is_same: from == to,
            }
        });
        MatrixRow {
            from: from_tag(l, rules, from.as_deref()),
            cells: cells.collect(),
            total: number(of_row().map(|t| t.households).sum::<i64>()),
        }
    };
    classes.iter().map(row).collect()
}

#[derive(Deserialize)]
struct Pair {
    from: String,
    to: String,
}

async fn rows(
    signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Query(pair): Query<Pair>,
) -> Result<Response, Fail> {
    let l = signed.l();
    let rules = web.house.rules(year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
    let class = |word: &'_ str| (word != NOWHERE).then(|| word.to_owned());
    let (from, to) = (class(&pair.from), class(&pair.to));
    let asked = (Some(&signed.scope), year);
    let (found, all) = moved(&web.house, &signed.actor, asked, (from.as_deref(), to.as_deref()), SHOWN).await?;
    let more = if all > found.len() { l.t1("dynamics-more", "n", number(found.len())) } else { String::new() };
    Ok(shown(&Moved {
        l,
        frame: signed.frame(Section::Review),
        what: format!("{} → {}", class_label(l, &rules, from.as_deref()), class_label(l, &rules, to.as_deref())),
        rows: found.iter().map(|household| moved_row(l, year, household)).collect(),
        total: number(all),
        more,
        back_href: format!("/review/{year}/dynamics?{}", signed.period()),
    }))
}

/// A household outside the reader's area today has no name here, and nothing leads there.
fn moved_row(l: Lang, year: i16, household: &Household) -> MovedRow {
    let address = format!("/registry/households/{}", household.household);
    let is_here = !household.head.is_empty();
    let size = |size: Option<i64>| size.map_or_else(|| "–".to_owned(), number);
    let place = [&household.village, &household.commune].into_iter().filter(|name| !name.is_empty());
    MovedRow {
        head: if is_here { household.head.clone() } else { l.t("household-elsewhere") },
        href: if is_here { format!("{address}?year={year}") } else { String::new() },
        why_href: if is_here { format!("{address}/why?year={year}") } else { String::new() },
        place: place.cloned().collect::<Vec<_>>().join(", "),
        size: format!("{} → {}", size(household.size_before), size(household.size_now)),
    }
}
