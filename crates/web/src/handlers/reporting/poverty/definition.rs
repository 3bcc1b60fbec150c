//! What one figure is: what is divided by what, of whom, when, from which snapshot, by which law; and its households.

use app::AppError;
use app::reporting::poverty::{Behind, Group, Poverty as Found, Side, behind};
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Verb;
use serde::Deserialize;

use super::asked::{Asked, Read};
use super::view::View;
use super::words::{self, Figure};
use super::{asked, sources, view};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{basis, label, number};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Basis, Link};
use crate::pages::reporting::{BehindRow, Definition};
use crate::visitor::Signed;

/// Households shown behind one figure.
const SHOWN: usize = 500;

/// Which figure of the page.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    figure: String,
    indicator: Option<String>,
    group: Option<String>,
    and: Option<String>,
    /// `all`: the households that are divided by.
    side: Option<String>,
}

pub async fn page(
    signed: Signed,
    State(web): State<Web>,
    Query(wish): Query<Asked>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fail> {
    let (read, found) = asked(&signed, &web, &wish).await?;
    let figure = figure_of(&found, &wanted).ok_or(AppError::Missing("figure"))?;
    let at = group_of(&found, &wanted)?;
    let group = at.and_then(|at| found.groups.get(at));
    let counts = at.map_or_else(|| found.all(read.cutoff()), |at| found.of(at, read.cutoff()));
    let rate = figure.rate(&found.plan, &counts);
    let l = signed.l();
    let view = view(&signed, read, &found);
    let of_all = wanted.side.as_deref() == Some("all");
    let households = if signed.actor.may(Verb::ReadRegistry) {
        let group = wanted.group.as_deref().map(|of| (of, wanted.and.as_deref()));
        let side = if of_all { divisor(figure, read) } else { dividend(figure, read) };
        Some(behind(&web.house, &signed.actor, Some(&signed.scope), read.question, group, (side, SHOWN)).await?)
    } else {
        None
    };
    let place =
        group.map_or_else(|| web.house.scope_name(&signed.scope), |group| words::whole_name(l, &found.rules, group));
    let (above, below) = sides(l, figure, read);
    let number_of = |n: Option<i64>| n.map_or_else(|| words::NONE.to_owned(), number);
    let unit = figure.words(rate) + if figure == Figure::Adjusted { "" } else { " %" };
    Ok(shown(&Definition {
        l,
        frame: signed.frame(Section::Review),
        title: format!("{} · {place}", name(l, &found, figure)),
        value: unit,
        numerator: (above.clone(), number_of(rate.map(|rate| rate.numerator))),
        denominator: (below.clone(), number_of(rate.map(|rate| rate.denominator))),
        says: says(l, &found, figure, read),
        facts: facts(l, &web, &signed, &found, read),
        sources: sources(&web, &signed, &found),
        bases: bases(&web, &found, figure).await?,
        sides: if households.is_some() { choices(&view, figure, group, of_all, (above, below)) } else { Vec::new() },
        behind: households.as_ref().map(|found| told(l, found)).unwrap_or_default(),
        more: households
            .as_ref()
            .filter(|found| found.households > found.rows.len())
            .map(|_| l.t1("dynamics-more", "n", number(SHOWN)))
            .unwrap_or_default(),
        rows: households.map(|found| rows(l, signed.year, &found)).unwrap_or_default(),
        back_href: format!("{}?{}", view.path, view.query),
    }))
}

fn figure_of(found: &Found, wanted: &Wanted) -> Option<Figure> {
    let indicator = || {
        let wanted = wanted.indicator.as_ref()?;
        found.plan.indicators.iter().position(|id| id == wanted)
    };
    Some(match wanted.figure.as_str() {
        "h" => Figure::Headcount,
        "a" => Figure::Intensity,
        "m0" => Figure::Adjusted,
        "hd" => Figure::Uncensored(indicator()?),
        "hdk" => Figure::Censored(indicator()?),
        "pctb" => Figure::Contribution(indicator()?),
        _ => return None,
    })
}

fn group_of(found: &Found, wanted: &Wanted) -> Result<Option<usize>, AppError> {
    let Some(of) = &wanted.group else { return Ok(None) };
    let is_it = |group: &Group| {
        group.of.key() == *of && group.and.as_ref().map(app::reporting::poverty::GroupOf::key) == wanted.and
    };
    found.groups.iter().position(is_it).map(Some).ok_or(AppError::Missing("figure"))
}

fn dividend(figure: Figure, read: Read) -> Side {
    match figure {
        Figure::Headcount | Figure::Intensity | Figure::Adjusted => Side::Poor { at_least: read.k },
        Figure::Uncensored(indicator) => Side::Deprived { indicator },
        Figure::Censored(indicator) | Figure::Contribution(indicator) => {
            Side::PoorAndDeprived { at_least: read.k, indicator }
        }
    }
}

fn divisor(figure: Figure, read: Read) -> Side {
    match figure {
        Figure::Intensity | Figure::Contribution(_) => Side::Poor { at_least: read.k },
        _ => Side::All,
    }
}

fn name(l: Lang, found: &Found, figure: Figure) -> String {
    // keys: poverty-*
    let word = l.t(&format!("poverty-{}", figure.id()));
    let indicator = figure.indicator().and_then(|at| found.rules.indicators.value.indicators.get(at));
    indicator.map_or_else(|| word.clone(), |indicator| format!("{word}: {}", label(l, &indicator.label)))
}

/// The numerator and the denominator in words.
fn sides(l: Lang, figure: Figure, read: Read) -> (String, String) {
    let what = words::weigh(l, read.question.weigh).to_lowercase();
    let say = |key: &str| l.t2(key, "what", &what, "k", read.k);
    let (above, below) = match figure {
        Figure::Headcount => ("poverty-side-poor", "poverty-side-all"),
        Figure::Intensity => ("poverty-side-parts", "poverty-side-parts-of-poor"),
        Figure::Adjusted => ("poverty-side-parts", "poverty-side-parts-of-all"),
        Figure::Uncensored(_) => ("poverty-side-deprived", "poverty-side-all"),
        Figure::Censored(_) => ("poverty-side-poor-deprived", "poverty-side-all"),
        Figure::Contribution(_) => ("poverty-side-poor-deprived", "poverty-side-parts"),
    };
    // keys: poverty-side-*
    (say(above), say(below))
}

fn says(l: Lang, found: &Found, figure: Figure, read: Read) -> Vec<String> {
    // keys: poverty-says-*
    let mut says = vec![l.t2(&format!("poverty-says-{}", figure.id()), "k", read.k, "n", found.plan.indicators.len())];
    let indicator = figure.indicator().and_then(|at| found.rules.indicators.value.indicators.get(at));
    says.extend(indicator.map(|indicator| label(l, &indicator.deprived_if)));
    says.push(l.t1("poverty-says-weights", "n", found.plan.parts()));
    says
}

fn facts(l: Lang, web: &Web, signed: &Signed, found: &Found, read: Read) -> Vec<(String, String)> {
    let day = |source: &app::reporting::poverty::Source| source.record.day;
    let (first, last) = (found.sources.iter().map(day).min(), found.sources.iter().map(day).max());
    let frozen = match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
        (Some(first), _) => first.to_string(),
        _ => words::NONE.to_owned(),
    };
    let units = read.by.map_or(signed.scope.units_from, |by| by.on);
    vec![
        (l.t("label-unit"), web.house.scope_name(&signed.scope)),
        (l.t("definition-year"), kernel::Day::last_of(read.question.year).to_string()),
        (l.t("definition-frozen"), frozen),
        (l.t("definition-units"), units.to_string()),
        (l.t("poverty-ask-k"), l.t1("poverty-k-words", "k", read.k)),
        (l.t("poverty-ask-count"), words::weigh(l, read.question.weigh)),
        (l.t("definition-standard"), label(l, &found.rules.standard.value.name)),
    ]
}

/// The law of the indicator, or of the standard.
async fn bases(web: &Web, found: &Found, figure: Figure) -> Result<Vec<Basis>, Fail> {
    let rules = &found.rules;
    let mut bases = vec![rules.standard.basis.clone(), rules.indicators.basis.clone()];
    if let Some(indicator) = figure.indicator().and_then(|at| rules.indicators.value.indicators.get(at)) {
        bases.extend(
            domain::review::indicator_bases(rules)
                .into_iter()
                .filter(|basis| basis.item.as_deref() == Some(&indicator.id)),
        );
    }
    let open = app::law::unconfirmed_of(&web.house, &bases).await?;
    Ok(bases.iter().map(|of| basis(of, &open)).collect())
}

fn choices(
    view: &View<'_>,
    figure: Figure,
    group: Option<&Group>,
    of_all: bool,
    (above, below): (String, String),
) -> Vec<(Link, bool)> {
    let address = view.address(figure, group);
    if dividend(figure, view.read) == divisor(figure, view.read) {
        return vec![(Link::new(below, address), true)];
    }
    vec![(Link::new(above, address.clone()), !of_all), (Link::new(below, format!("{address}&side=all")), of_all)]
}

fn told(l: Lang, found: &Behind) -> String {
    l.t2("snapshot-class-count", "households", number(found.households), "persons", number(found.persons))
}

/// A household outside the reader's area today has no name here, and nothing leads there.
fn rows(l: Lang, year: i16, found: &Behind) -> Vec<BehindRow> {
    let row = |row: &app::reporting::poverty::BehindRow| {
        let address = format!("/registry/households/{}", row.household);
        let is_here = !row.head.is_empty();
        let place = [&row.village, &row.commune].into_iter().filter(|name| !name.is_empty());
        BehindRow {
            head: if is_here { row.head.clone() } else { l.t("household-elsewhere") },
            href: if is_here { format!("{address}?year={year}") } else { String::new() },
            why_href: if is_here { format!("{address}/why?year={year}") } else { String::new() },
            place: place.cloned().collect::<Vec<_>>().join(", "),
            size: number(row.size),
            deprivations: row.deprivations.to_string(),
        }
    };
    found.rows.iter().map(row).collect()
}
