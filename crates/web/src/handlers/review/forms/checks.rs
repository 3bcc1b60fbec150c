//! The checks under a form and what is missing in it, each with the place where it is mended.

use app::review::forms::FormView;
use app::review::people::{PersonRow, people};
use app::units::commune_names;
use domain::access::Verb;
use domain::review::form::{self, CheckResult, Mismatch, Outcome, RowKey};
use kernel::HouseholdId;

use super::table::{area_words, left_over_words};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::{gap, label, number};
use crate::language::Lang;
use crate::pages::parts::{AbsentLine, Link, Verdict};
use crate::pages::review::{CheckRow, FailedPlace};
use crate::visitor::Signed;

/// So many places where a check fails are named; the rest are counted.
const NAMED: usize = 5;

/// The households that failed checks name, with their heads, for who may open them.
pub(super) async fn heads_of_failed(web: &Web, signed: &Signed, view: &FormView) -> Result<Vec<PersonRow>, Fail> {
    if !signed.actor.may(Verb::ReadRegistry) {
        return Ok(Vec::new());
    }
    let failed = |result: &CheckResult| match &result.outcome {
        Outcome::Failed(mismatches) => mismatches.iter().take(NAMED).filter_map(|m| m.household).collect(),
        Outcome::Passed | Outcome::NotEnough(_) => Vec::new(),
    };
    let ids: Vec<HouseholdId> = view.checks.iter().flat_map(failed).collect();
    Ok(people(&web.house, &signed.actor, Some(&signed.scope), signed.year, &ids).await?)
}

/// That the rows by other units add up to the form by its own.
pub(super) fn conserved_row(l: Lang, view: &FormView) -> Option<CheckRow> {
    let holds = view.is_conserved?;
    let verdict = if holds { Verdict::Good } else { Verdict::Bad };
    Some(CheckRow { label: l.t("conserved-check"), verdict, detail: String::new(), places: Vec::new() })
}

pub(super) fn check_row(signed: &Signed, view: &FormView, result: &CheckResult, heads: &[PersonRow]) -> CheckRow {
    let l = signed.l();
    let mut places = Vec::new();
    let (verdict, detail) = match &result.outcome {
        Outcome::Passed => (Verdict::Good, String::new()),
        Outcome::NotEnough(gaps) => (Verdict::Open, gaps.iter().map(|g| gap(l, *g)).collect::<Vec<_>>().join("; ")),
        Outcome::Failed(mismatches) => {
            places.extend(mismatches.iter().take(NAMED).map(|m| mismatch(signed, view, m, heads)));
            let more = mismatches.len().saturating_sub(NAMED);
            let tail = if more > 0 { l.t1("check-more", "n", number(more)) } else { String::new() };
            (Verdict::Bad, tail)
        }
    };
    CheckRow { label: label(l, &result.check.label), verdict, places, detail }
}

/// One place where a check fails: the row, or the household with the way to it.
fn mismatch(signed: &Signed, view: &FormView, found: &Mismatch, heads: &[PersonRow]) -> FailedPlace {
    let l = signed.l();
    let person = found.household.and_then(|id| heads.iter().find(|person| person.household == id));
    let household = person.map(|person| {
        let head = if person.head.is_empty() { l.t("household-elsewhere") } else { person.head.clone() };
        Link::new(head, format!("/registry/households/{}?year={}", person.household, signed.year))
    });
    let place = found.row.as_ref().map(|row| row_words(l, view, row)).unwrap_or_default();
    let values = [("place", place), ("expected", label(l, &found.expected)), ("found", label(l, &found.found))];
    FailedPlace { household, words: l.tv("check-mismatch", &values) }
}

fn row_words(l: Lang, view: &FormView, key: &RowKey) -> String {
    match key {
        RowKey::Total => l.t("total"),
        RowKey::Area(area) => area_words(l, *area),
        RowKey::Unit { key: unit, .. } => left_over_words(l, unit).unwrap_or_else(|| {
            view.form.rows.iter().find(|r| r.key == *key).map(|r| r.label.clone()).unwrap_or_default()
        }),
    }
}

/// What is missing, each with the place where it can be entered.
pub(super) fn missing(signed: &Signed, view: &FormView) -> Vec<Link> {
    let (l, period) = (signed.l(), signed.period());
    let place = |g: form::Gap| match g {
        form::Gap::Population { .. } => format!("/units/villages?{period}"),
        form::Gap::PreviousList | form::Gap::UnlistedBefore { .. } => {
            format!("/review/intake?unit={}&year={}", signed.scope.address(), signed.year - 1)
        }
        form::Gap::NoList | form::Gap::Unlisted { .. } => {
            format!("/review/intake?unit={}&year={}", signed.scope.address(), signed.year)
        }
        form::Gap::Vanished { .. } | form::Gap::NoMovement { .. } => {
            format!("/review/{}/changes?unit={}&movement=vanished", signed.year, signed.scope.address())
        }
        form::Gap::Area => "/norms/review.areas".to_owned(),
        form::Gap::Unclassified { .. } => format!("/registry/households?{period}&class=none"),
        form::Gap::Marks { .. } | form::Gap::Ages { .. } => format!("/registry/households?{period}"),
    };
    view.form.gaps.iter().map(|g| Link::new(gap(l, *g), place(*g))).collect()
}

/// The communes that something is missing of, by name.
pub(super) fn absent(web: &Web, signed: &Signed, view: &FormView) -> Vec<AbsentLine> {
    let l = signed.l();
    let named = |(missing, codes): (form::Gap, &[String])| {
        let says = l.t1("absent-where", "what", gap(l, missing));
        AbsentLine::new(says, &commune_names(&web.house, &signed.scope, codes))
    };
    view.named_gaps().map(named).collect()
}
