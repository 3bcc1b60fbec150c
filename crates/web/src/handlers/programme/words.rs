//! What hangs on a clause, in words: what the plan asks, and what is true of it today.

use app::programme::{FallSide, Live, PlanView, RateFall, StateGap, state};
use app::{AppError, House};
use domain::programme::bind::{Binding, BindingState};
use domain::programme::figure::Verdict as Reached;
use domain::programme::plan::CitedDocument;
use norms::{PlanBindings, RuleKind, TargetOp, TargetValue};

use super::Addresses;
use crate::handlers::words::{label, mark_id, number};
use crate::language::Lang;
use crate::pages::parts::{Link, Verdict};
use crate::pages::programme::{Figure, Hung, ReadingRow, Side};
use crate::visitor::Signed;

/// Everything that hangs on the clauses asked for, with its state.
pub(super) struct Speaker<'a> {
    pub(super) house: &'a House,
    pub(super) signed: &'a Signed,
    pub(super) view: &'a PlanView,
    pub(super) addresses: &'a Addresses,
}

impl Speaker<'_> {
    pub(super) fn l(&self) -> Lang {
        self.signed.l()
    }

    /// Asks the states one after the other in one reading of the store.
    pub(super) async fn hung(&self, bindings: &[&Binding]) -> Result<Vec<Hung>, AppError> {
        let mut work = self.house.store.read().await?;
        let mut hung = Vec::with_capacity(bindings.len());
        for binding in bindings {
            let live = state(work.as_mut(), self.view, binding, &self.signed.scope).await?;
            hung.push(self.said(binding, &live));
        }
        Ok(hung)
    }

    fn said(&self, binding: &Binding, live: &Live) -> Hung {
        let l = self.l();
        let (state, verdict) = state_words(l, live);
        Hung {
            id: binding.id.clone(),
            kind: kind_word(l, binding.kind),
            label: binding.label.clone(),
            href: self.addresses.binding(&binding.id),
            asks: asks(l, self.view.known.as_ref().filter(|_| binding.norm.is_some()), binding),
            state,
            verdict,
            figure: match live {
                Live::Fall(fall) => Some(self.figure(fall)),
                _ => None,
            },
            is_waiting: binding.state == BindingState::Proposed,
            mark: mark_id(binding.mark).to_owned(),
        }
    }

    fn figure(&self, fall: &RateFall) -> Figure {
        let l = self.l();
        let unit = self.signed.scope.address();
        let side = |side: FallSide| Side {
            when: l.t1("state-end-of", "year", side.year),
            numerator: Link::new(
                number(side.rate.numerator),
                format!("/registry/households?unit={unit}&year={}&class=poor", side.year),
            ),
            denominator: Link::new(
                number(side.rate.denominator),
                format!("/units/villages?unit={unit}&year={}", side.year),
            ),
            rate: side.rate.percent(),
        };
        let reading = |figure: &app::programme::ReadingFigure| ReadingRow {
            label: label(l, &figure.reading.label),
            value: format!(
                "{} {}",
                figure.value.printed(),
                unit_word(l, figure.reading.unit.as_deref().unwrap_or_default())
            ),
            state: reached_word(l, figure.verdict),
            verdict: reached_shape(figure.verdict),
        };
        let first = fall.readings.first();
        Figure {
            value: first.map(|figure| figure.value.printed()).unwrap_or_default(),
            unit: first.and_then(|f| f.reading.unit.as_deref()).map(|unit| unit_word(l, unit)).unwrap_or_default(),
            sides: vec![side(fall.before), side(fall.now)],
            readings: if fall.readings.len() > 1 { fall.readings.iter().map(reading).collect() } else { Vec::new() },
        }
    }
}

pub(super) fn kind_word(l: Lang, kind: RuleKind) -> String {
    // keys: kind-*
    l.t(&format!("kind-{}", kind.id()))
}

/// The answer a person gave, and its shape.
pub(super) fn answer_word(l: Lang, state: &BindingState) -> (String, Verdict) {
    let verdict = match state {
        BindingState::Proposed => Verdict::Open,
        BindingState::Confirmed { .. } | BindingState::Corrected { .. } => Verdict::Good,
        BindingState::Dropped { .. } => Verdict::Plain,
    };
    // keys: answer-*
    (l.t(&format!("answer-{}", state.id())), verdict)
}

/// `Trần Văn Minh · 23/11/2026`.
pub(super) fn said_by(state: &BindingState) -> String {
    state.said().map(|(by, day)| format!("{by} · {day}")).unwrap_or_default()
}

fn state_words(l: Lang, live: &Live) -> (String, Verdict) {
    match live {
        Live::Untracked => (l.t("state-untracked"), Verdict::Open),
        Live::Gap(StateGap::NoList { year }) => (l.t1("state-no-list", "year", year), Verdict::Open),
        Live::Gap(StateGap::NoTotals { year, villages }) => {
            (l.tv("state-no-totals", &[("year", year.to_string()), ("n", number(*villages))]), Verdict::Open)
        }
        Live::Fall(fall) => {
            let verdict = fall.readings.first().and_then(|figure| figure.verdict);
            (reached_word(l, verdict), reached_shape(verdict))
        }
    }
}

fn reached_word(l: Lang, verdict: Option<Reached>) -> String {
    // keys: verdict-*
    verdict.map(|verdict| l.t(&format!("verdict-{}", verdict.id()))).unwrap_or_default()
}

fn reached_shape(verdict: Option<Reached>) -> Verdict {
    match verdict {
        Some(Reached::Met | Reached::Exceeded) => Verdict::Good,
        Some(Reached::NotMet) => Verdict::Bad,
        None => Verdict::Open,
    }
}

pub(super) fn unit_word(l: Lang, unit: &str) -> String {
    // keys: unit-percent unit-percentage_point unit-model_or_project
    if unit.is_empty() { String::new() } else { l.t(&format!("unit-{unit}")) }
}

/// `từ 0,6 đến 0,7 điểm phần trăm`.
pub(super) fn level(l: Lang, target: &TargetValue) -> String {
    let comma = |number: &String| number.replace('.', ",");
    let unit = unit_word(l, &target.unit);
    match (target.op, &target.high) {
        (TargetOp::Range, Some(high)) => {
            l.tv("level-range", &[("low", comma(&target.value)), ("high", comma(high)), ("unit", unit)])
        }
        (TargetOp::Above, _) => l.tv("level-above", &[("low", comma(&target.value)), ("unit", unit)]),
        (TargetOp::AtLeast | TargetOp::Range, _) => {
            l.tv("level-at_least", &[("low", comma(&target.value)), ("unit", unit)])
        }
        (TargetOp::Equal, _) => format!("{} {unit}", comma(&target.value)),
    }
}

fn asks(l: Lang, known: Option<&PlanBindings>, binding: &Binding) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(target) = known.and_then(|known| known.target(&binding.id)).filter(|_| binding.kind == RuleKind::Target)
    {
        said.push(level(l, &target.target));
    }
    if !binding.agency.is_empty() && binding.kind != RuleKind::Target {
        said.push(binding.agency.clone());
    }
    if let Some(task) = known.and_then(|known| known.task(&binding.id)).filter(|_| binding.kind == RuleKind::Task) {
        let names = |codes: &[String]| {
            let name = |code: &String| known.and_then(|known| known.agency(code)).map(|a| label(l, &a.label));
            codes.iter().filter_map(name).collect::<Vec<_>>().join("; ")
        };
        if !task.with.is_empty() {
            said.push(l.t1("task-with", "who", names(&task.with)));
        }
        if !task.to.is_empty() {
            said.push(l.t1("task-to", "who", names(&task.to)));
        }
        said.extend(task.due.as_ref().map(|due| l.t1("task-due", "when", label(l, due))));
    }
    if let Some(source) = known.and_then(|known| known.source(&binding.id)).filter(|_| binding.kind == RuleKind::Source)
    {
        said.extend(source.basis.clone());
        said.extend(source.spend_by.map(|day| l.t1("source-spend-by", "day", day)));
    }
    said
}

/// `Quyết định số 90/QĐ-TTg`.
pub(super) fn document_name(l: Lang, document: &CitedDocument) -> String {
    let kind = document.kind.clone().unwrap_or_default();
    match (&document.number, &document.name) {
        (Some(number), _) => l.tv("document-name", &[("kind", kind), ("number", number.clone())]).trim().to_owned(),
        (None, Some(name)) => name.clone(),
        (None, None) => kind,
    }
}
