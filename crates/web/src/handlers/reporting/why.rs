//! Why a household is in its class and why that changed, in plain words. Puts into words what two snapshots say.

use ::snapshots::{AnswerRow, Answered, FactRow, IndicatorRow, Mark, Said, Side};
use std::fmt::Write as _;

use app::reporting::{Absent, WhySide, WhyView, why};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use kernel::{HouseholdId, Points};
use norms::Rulebook;
use serde::Deserialize;

use super::snapshots::{link, norm_words};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{basis, class_tag, label, number, points};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Basis, Tag};
use crate::pages::reporting::{Why, WhyRow, WhyYear};
use crate::visitor::Signed;

pub fn routes() -> Router<Web> {
    Router::new().route("/registry/households/{id}/why", get(page))
}

/// Names of snapshots, for an address that always shows the same.
#[derive(Deserialize)]
struct Pinned {
    before: Option<String>,
    now: Option<String>,
}

async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Query(pinned): Query<Pinned>,
) -> Result<Response, Fail> {
    let id: HouseholdId = id.parse().map_err(|_| Fail(app::AppError::Missing("household")))?;
    let named = (pinned.before.as_deref(), pinned.now.as_deref());
    let view = why(&web.house, &signed.actor, id, signed.year, named).await?;
    let l = signed.l();
    let (before, now) = (
        year(&web, &signed, &view.before, view.why.before.as_ref()),
        year(&web, &signed, &view.now, view.why.now.as_ref()),
    );
    let marks: Vec<WhyRow> = view.why.indicators.iter().map(|row| mark_row(l, &view, row)).collect();
    let is_unconfirmed = [&before, &now].iter().any(|side| is_open(side))
        || marks.iter().any(|row| row.basis.as_ref().is_some_and(|b| b.is_unconfirmed));
    let at = &view.names;
    let place = [&at.village, &at.commune, &at.district, &at.province];
    Ok(shown(&Why {
        l,
        frame: signed.frame(Section::Registry),
        head: view.head.clone(),
        place: place.into_iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join(", "),
        sentences: sentences(l, &view),
        items: view.why.items.iter().map(|row| item_row(l, row)).collect(),
        marks: if before.class.is_some() || now.class.is_some() { marks } else { Vec::new() },
        facts: view.why.facts.iter().map(|row| fact_row(l, &view, row)).collect(),
        is_unconfirmed,
        address: pinned_address(&view),
        back_href: format!("/registry/households/{id}?year={}", view.year),
        before,
        now,
    }))
}

fn is_open(side: &WhyYear) -> bool {
    [&side.basis, &side.pack].into_iter().flatten().any(|basis| basis.is_unconfirmed)
}

fn pinned_address(view: &WhyView) -> String {
    let name = |side: &WhySide| side.snapshot.as_ref().map(|snapshot| snapshot.name.clone());
    let mut address = format!("/registry/households/{}/why?year={}", view.household, view.year);
    for (key, name) in [("before", name(&view.before)), ("now", name(&view.now))] {
        if let Some(name) = name {
            let _ = write!(address, "&{key}={name}");
        }
    }
    address
}

fn year(web: &Web, signed: &Signed, side: &WhySide, given: Option<&Side>) -> WhyYear {
    let l = signed.l();
    let (absent, absent_next) =
        side.absent.as_ref().map(|absent| absent_words(l, side.year, absent)).unwrap_or_default();
    let mut page = WhyYear {
        year: side.year.to_string(),
        class: None,
        absent,
        absent_next,
        computed: String::new(),
        decision: String::new(),
        b1: String::new(),
        b2: String::new(),
        b2_arithmetic: String::new(),
        size: String::new(),
        rule: String::new(),
        basis: None,
        pack: None,
        snapshot: side.snapshot.as_ref().map(|snapshot| link(web, signed, snapshot)),
        notes: side.norm_changes.iter().map(|change| norm_words(l, change)).collect(),
    };
    let (Some(given), Some(rules)) = (given, &side.rules) else { return page };
    let (record, assessment) = (&given.record, &given.record.assessment);
    page.class = Some(class_tag(l, rules, record.class.as_deref()));
    if let Some(decision) = &assessment.decision {
        let day = decision.day.map(|day| day.to_string());
        let words = [Some(tag(l, rules, &decision.class).label), Some(decision.number.clone()), day];
        page.decision = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
    }
    if let Some((rule, _)) = given.rule.as_ref().filter(|(rule, _)| Some(&rule.class) != record.class.as_ref()) {
        page.computed = l.t1("why-computed-other", "class", tag(l, rules, &rule.class).label);
    }
    (page.b1, page.b2) = (points(given.b1), points(given.b2));
    if assessment.b2_computed(rules).is_some() {
        page.b2_arithmetic = format!("{} × {}", given.points_each, given.deprivations);
    }
    page.size = number(assessment.size);
    page.rule = given.rule.as_ref().map_or_else(|| l.t("why-no-rule"), |(rule, _)| label(l, &rule.says));
    page.basis = given.rule.as_ref().map(|(rule, basis)| {
        let shown = frozen_basis(side, basis);
        Basis { id: format!("{}#{}", shown.id, rule.id), ..shown }
    });
    page.pack = given.pack.as_ref().map(|pack| frozen_basis(side, pack));
    page
}

/// A basis marked as it was when the snapshot was made.
fn frozen_basis(side: &WhySide, law: &norms::Basis) -> Basis {
    Basis { is_unconfirmed: side.unconfirmed.contains(&law.key()), ..basis(law, &[]) }
}

fn tag(l: Lang, rules: &Rulebook, class: &str) -> Tag {
    class_tag(l, rules, Some(class))
}

fn absent_words(l: Lang, year: i16, absent: &Absent) -> (String, String) {
    let said = |key: &str, next: &str| (l.t1(key, "year", year), l.t1(next, "year", year));
    match absent {
        Absent::NoSnapshot => said("why-absent-none", "why-absent-none-next"),
        Absent::NotInSnapshot => said("why-absent-out", "why-absent-out-next"),
        Absent::NoRules => said("why-absent-rules", "why-absent-rules-next"),
        Absent::Damaged { code, .. } => {
            (l.t2("why-absent-damaged", "year", year, "code", code), l.t("why-absent-damaged-next"))
        }
    }
}

/// The class in both years, the points, the deprivations that moved, and where people decided otherwise.
fn sentences(l: Lang, view: &WhyView) -> Vec<String> {
    let class = |side: &WhySide, given: &Option<Side>| {
        let (rules, given) = (side.rules.as_ref()?, given.as_ref()?);
        Some(class_tag(l, rules, given.record.class.as_deref()).label)
    };
    let (years, why) = ((view.before.year.to_string(), view.now.year.to_string()), &view.why);
    let mut told = Vec::new();
    match (class(&view.before, &why.before), class(&view.now, &why.now)) {
        (Some(before), Some(now)) => {
            let key = if before == now { "why-class-same" } else { "why-class-changed" };
            let values = [("before_year", years.0), ("now_year", years.1), ("before", before), ("now", now)];
            told.push(l.tv(key, &values));
            told.extend(b1_sentence(l, view));
            told.extend(mark_sentences(l, &why.indicators));
        }
        (Some(class), None) => told.push(l.t2("why-class-one", "year", years.0, "class", class)),
        (None, Some(class)) => told.push(l.t2("why-class-one", "year", years.1, "class", class)),
        (None, None) => {}
    }
    for (side, given) in [(&view.before, &why.before), (&view.now, &why.now)] {
        told.extend(people_sentence(l, side, given.as_ref()));
    }
    told
}

fn b1_sentence(l: Lang, view: &WhyView) -> Option<String> {
    let (before, now) = (view.why.before.as_ref()?.b1?, view.why.now.as_ref()?.b1?);
    let key = match now.cmp(&before) {
        std::cmp::Ordering::Greater => "why-b1-up",
        std::cmp::Ordering::Less => "why-b1-down",
        std::cmp::Ordering::Equal => "why-b1-same",
    };
    let apart = Points((now.0 - before.0).abs());
    Some(l.tv(key, &[("n", apart.to_string()), ("before", before.to_string()), ("now", now.to_string())]))
}

fn mark_sentences(l: Lang, rows: &[IndicatorRow]) -> Vec<String> {
    let moved = |deprived: bool| {
        let now = |row: &IndicatorRow| row.now.as_ref().and_then(|mark| mark.deprived) == Some(deprived);
        let labels = rows.iter().filter(|row| row.has_moved() && now(row)).map(|row| label(l, &row.label));
        labels.collect::<Vec<_>>().join("; ")
    };
    [("why-lost", moved(false)), ("why-gained", moved(true))]
        .into_iter()
        .filter(|(_, marks)| !marks.is_empty())
        .map(|(key, marks)| l.t1(key, "marks", marks))
        .collect()
}

/// People decided another class than the points give.
fn people_sentence(l: Lang, side: &WhySide, given: Option<&Side>) -> Option<String> {
    let (rules, given) = (side.rules.as_ref()?, given?);
    let decision = given.record.assessment.decision.as_ref()?;
    let (rule, _) = given.rule.as_ref()?;
    let values = [
        ("year", side.year.to_string()),
        ("decided", tag(l, rules, &decision.class).label),
        ("computed", tag(l, rules, &rule.class).label),
    ];
    (decision.class != rule.class).then(|| l.tv("why-by-people", &values))
}

fn mark_row(l: Lang, view: &WhyView, row: &IndicatorRow) -> WhyRow {
    let words = |mark: &Option<Mark>| mark.as_ref().map(|mark| mark_words(l, view, mark)).unwrap_or_default();
    let is_deprived = row.now.as_ref().and_then(|mark| mark.deprived) == Some(true);
    let change = if is_deprived { "deprived-gained" } else { "deprived-lost" };
    let side = if view.why.now.is_some() { &view.now } else { &view.before };
    WhyRow {
        label: label(l, &row.label),
        before: words(&row.before),
        now: words(&row.now),
        // keys: deprived-*
        change: if row.has_moved() { l.t(change) } else { String::new() },
        basis: Some(frozen_basis(side, &row.basis)),
    }
}

fn mark_words(l: Lang, view: &WhyView, mark: &Mark) -> String {
    let word = match mark.deprived {
        Some(true) => l.t("deprived-yes"),
        Some(false) => l.t("deprived-no"),
        None => l.t("deprived-unknown"),
    };
    match mark.because_of.and_then(|person| view.persons.get(&person)).filter(|_| mark.deprived == Some(true)) {
        Some(name) => format!("{word} ({name})"),
        None => word,
    }
}

fn item_row(l: Lang, row: &AnswerRow) -> WhyRow {
    let words = |answered: &Option<Answered>| {
        answered.as_ref().map_or_else(|| "–".to_owned(), |answered| answer_words(l, answered))
    };
    let moved = row.moved().filter(|moved| *moved != 0);
    WhyRow {
        label: label(l, &row.item),
        before: words(&row.before),
        now: words(&row.now),
        change: moved.map(|moved| format!("{moved:+}").replace('-', "−")).unwrap_or_default(),
        basis: None,
    }
}

fn answer_words(l: Lang, answered: &Answered) -> String {
    match (&answered.label, answered.points) {
        _ if answered.is_skipped => l.t("item-skipped"),
        (Some(answer), Some(points)) => l.t2("item-points", "answer", label(l, answer), "n", points),
        (Some(answer), None) => label(l, answer),
        (None, _) => l.t("not-known"),
    }
}

fn fact_row(l: Lang, view: &WhyView, row: &FactRow) -> WhyRow {
    let words = |said: &Option<Said>| said.as_ref().map_or_else(|| "–".to_owned(), |said| said_words(l, said));
    let fact = label(l, &row.fact);
    let who = row.who.and_then(|person| view.persons.get(&person));
    let has_moved = row.before.is_some() && row.now.is_some() && row.before != row.now;
    WhyRow {
        label: who.map_or_else(|| fact.clone(), |name| format!("{fact} ({name})")),
        before: words(&row.before),
        now: words(&row.now),
        change: if has_moved { l.t("why-changed") } else { String::new() },
        basis: None,
    }
}

fn said_words(l: Lang, said: &Said) -> String {
    match said {
        Said::YesNo(true) => l.t("yes"),
        Said::YesNo(false) => l.t("no"),
        Said::Choices(choices) => choices.iter().map(|choice| label(l, choice)).collect::<Vec<_>>().join(", "),
        Said::Tenths(tenths, unit) => {
            let amount = Points(i32::try_from(*tenths).unwrap_or(i32::MAX));
            format!("{amount} {}", label(l, unit))
        }
        Said::Raw(raw) => raw.clone(),
    }
}
