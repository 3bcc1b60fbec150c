//! The poverty of a year: the page, its files, and what each figure is.

mod asked;
mod compare;
mod definition;
mod files;
mod view;
pub mod words;

use app::AppError;
use app::reporting::poverty::{Facts, Poverty as Found, Weigh, compared, poverty, splits};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;

use self::asked::{Asked, Of, Read, read};
use self::view::View;
use super::snapshots::link;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::units::by_units::{By, choice, choice_words};
use crate::handlers::words::number;
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Link};
use crate::pages::reporting::{Poverty, Select};
use crate::visitor::Signed;

/// Years back that can be compared with.
const YEARS_BACK: i16 = 4;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/review/{year}/poverty", get(page))
        .route("/review/{year}/poverty/figure", get(definition::page))
        .route("/review/{year}/poverty.xlsx", get(files::as_workbook))
        .route("/review/{year}/poverty.csv", get(files::as_csv))
        .route("/review/{year}/poverty.parquet", get(files::as_parquet))
}

/// What is asked, and the answer.
async fn asked(signed: &Signed, web: &Web, asked: &Asked) -> Result<(Read, Found), Fail> {
    let rules = web.house.rules(signed.year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
    let read = read(&web.house, &signed.scope, signed.year, &rules, asked);
    let found = poverty(&web.house, &signed.actor, Some(&signed.scope), read.question).await?;
    Ok((read, found))
}

fn view<'f>(signed: &Signed, read: Read, found: &'f Found) -> View<'f> {
    View {
        l: signed.l(),
        found,
        read,
        path: format!("/review/{}/poverty", signed.year),
        query: format!("unit={}&{}", signed.scope.address(), read.query()),
    }
}

async fn page(signed: Signed, State(web): State<Web>, Query(wish): Query<Asked>) -> Result<Response, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let (read, found) = asked(&signed, &web, &wish).await?;
    let beside = match read.before {
        Some(year) => Some(compared(&web.house, &signed.actor, Some(&signed.scope), (read.question, year)).await?),
        None => None,
    };
    let view = view(&signed, read, &found);
    let has_any = found.all(0).all > 0;
    let (check, verdict) = view.check();
    let (panels, panels_note) = view.panels();
    let compare = beside.as_ref().map(|beside| compare::sides(&web, &signed, read, beside)).unwrap_or_default();
    let tail = format!("{}&{}", signed.period(), read.query());
    let file = |kind: &str| Link::new(kind.to_uppercase(), format!("/review/{year}/poverty.{kind}?{tail}"));
    let split = words::split(l, read.question.split);
    // keys: poverty-*
    let of_what = l.t(&format!("poverty-{}", read.of.id()));
    Ok(shown(&Poverty {
        l,
        frame: signed.frame(Section::Review),
        year: year.to_string(),
        action: format!("/review/{year}/poverty"),
        unit: signed.scope.address(),
        selects: selects(&web, &signed, (read, found.working.is_some())).await?,
        missing: missing(l, &found),
        sources: sources(&web, &signed, &found),
        is_sample: signed.frame.is_sample || found.sources.iter().any(|source| source.record.is_sample),
        is_working: found.working.is_some(),
        notes: view.notes(),
        sentence: view.sentence(),
        summary: if has_any { view.summary() } else { Vec::new() },
        cutoffs: view.cutoffs(),
        lines: view.lines(),
        indicators: view.indicators(),
        by_what: by_what(l, read, &split),
        group_heads: (split, read.question.cross.map(|cross| words::split(l, cross)).unwrap_or_default()),
        heads: view.heads(),
        groups: view.groups(),
        total: view.total(),
        check,
        verdict,
        panels,
        panels_note,
        of_what: format!("{of_what} (%, k = {})", read.k),
        indicator_heads: view.indicator_heads(),
        by_indicator: view.by_indicator(),
        compare,
        cutoff_heads: view.cutoff_heads(),
        figure_heads: view.figure_heads(),
        files: ["xlsx", "csv", "parquet"].map(file).to_vec(),
        back_href: format!("/review/{year}?{}", signed.period()),
    }))
}

/// `Xã, phường × Dân tộc`, with the day where the units are of another one.
fn by_what(l: Lang, read: Read, split: &str) -> String {
    let cross = read.question.cross.map(|cross| format!(" × {}", words::split(l, cross))).unwrap_or_default();
    let day = read.by.map(|by| format!(" · {}", choice_words(l, by.level, by.on))).unwrap_or_default();
    format!("{}{cross}{day}", l.t1("poverty-by", "what", split))
}

/// Communes nothing is known of, households of whom something is not known, and that nothing of it is frozen.
fn missing(l: Lang, found: &Found) -> Vec<String> {
    let mut missing = Vec::new();
    let held: i64 = found.sources.iter().map(|source| source.held).sum();
    let counted: u64 = found.sources.iter().map(|source| source.counted).sum();
    let (held, counted) = match found.working {
        Some(working) => (i64::try_from(working.held).unwrap_or(i64::MAX), working.counted),
        None => (held, counted),
    };
    if found.working.is_some() && held > 0 {
        missing.push(l.t1("poverty-working", "n", number(held)));
    }
    if !found.cover.missing.is_empty() {
        let values = [("year", found.question.year.to_string()), ("n", number(found.cover.missing.len()))];
        let key = if found.working.is_some() { "poverty-not-reviewed" } else { "poverty-missing" };
        // keys: poverty-*
        missing.push(l.tv(key, &values));
    }
    let unknown = held.saturating_sub(i64::try_from(counted).unwrap_or(i64::MAX));
    if unknown > 0 {
        missing.push(l.t2("poverty-unknown", "n", number(unknown), "all", number(held)));
    }
    missing
}

fn sources(web: &Web, signed: &Signed, found: &Found) -> Vec<Link> {
    let l = signed.l();
    let named = found.sources.iter().map(|source| {
        let Link { text, href } = link(web, signed, &source.record);
        let counted = l.t1("poverty-counted", "n", number(source.counted));
        Link::new(format!("{text} ({counted})"), href)
    });
    named.collect()
}

async fn selects(web: &Web, signed: &Signed, (read, is_working): (Read, bool)) -> Result<Vec<Select>, Fail> {
    let l = signed.l();
    let known = splits(&web.house, &signed.scope);
    let named = |split: &app::reporting::poverty::Split| Choice::new(split.id(), words::split(l, *split));
    let by = By { by: read.by.map(|by| format!("{}@{}", norms::Level::from(by.level).id(), by.on.iso())) };
    let days = choice(web, signed, &by, String::new()).await?;
    let nothing = |key: &str| Choice::new("", l.t(key));
    let with_none = |key: &str, choices: Vec<Choice>| [nothing(key)].into_iter().chain(choices).collect();
    let rules = web.house.rules(signed.year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
    let law = u32::from(rules.standard.value.min_deprivations_for_poor);
    let cutoff = |k: u32| {
        let words = l.t1("poverty-k-words", "k", k);
        Choice::new(k.to_string(), if k == law { format!("{words} ({})", l.t("poverty-k-law")) } else { words })
    };
    let most = u32::try_from(rules.indicators.value.indicators.len()).unwrap_or(1);
    let years = (1..=YEARS_BACK).map(|back| (signed.year - back).to_string());
    // keys: poverty-*
    let of = |of: Of| Choice::new(of.id(), l.t(&format!("poverty-{}", of.id())));
    // keys: poverty-facts-*
    let facts = |facts: Facts| Choice::new(facts.id(), l.t(&format!("poverty-facts-{}", facts.id())));
    let chosen = if is_working { Facts::Working } else { read.question.facts };
    Ok(vec![
        select(l, "facts", [Facts::Newest, Facts::Working].map(facts).to_vec(), chosen.id()),
        select(l, "split", known.iter().map(named).collect(), read.question.split.id()),
        select(
            l,
            "cross",
            with_none("poverty-no-cross", known.iter().map(named).collect()),
            read.question.cross.map_or("", |cross| cross.id()),
        ),
        select(l, "by", with_none("by-units-of-list", days.choices), &days.chosen),
        select(l, "k", (1..=most).map(cutoff).collect(), &read.k.to_string()),
        select(
            l,
            "count",
            [Weigh::Households, Weigh::Persons].map(|w| Choice::new(w.id(), words::weigh(l, w))).to_vec(),
            read.question.weigh.id(),
        ),
        select(l, "of", Of::ALL.map(of).to_vec(), read.of.id()),
        select(
            l,
            "before",
            with_none("poverty-no-before", years.map(|year| Choice::new(year.clone(), year)).collect()),
            &read.before.map(|year| year.to_string()).unwrap_or_default(),
        ),
    ])
}

fn select(l: Lang, id: &'static str, choices: Vec<Choice>, chosen: &str) -> Select {
    // keys: poverty-ask-*
    Select { id, label: l.t(&format!("poverty-ask-{id}")), choices, chosen: chosen.to_owned() }
}
