//! What hangs on a clause, in words: what the plan asks, and what is true of it today.

use app::programme::rows::Side as Rows;
use app::programme::targets::{ReadingState, TargetState};
use app::programme::{Live, MoneyStanding, PlanView, TaskTime, standing};
use app::{AppError, House};
use domain::programme::bind::{Binding, BindingState};
use domain::programme::due::DueState;
use domain::programme::money::MoneySums;
use domain::programme::plan::CitedDocument;
use domain::programme::target::Value;
use kernel::{Rate, group_thousands};
use norms::{PlanBindings, RuleKind, TargetOp, TargetValue};

use super::Addresses;
use super::work::{duty_state, said};
use crate::handlers::words::{label, mark_id, number};
use crate::language::Lang;
use crate::pages::parts::{Link, Verdict};
use crate::pages::programme::work::Doubts;
use crate::pages::programme::{Figure, Hung, ReadingRow, Side, Told};
use crate::visitor::{Signed, urlencode};

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

    /// Asks once for the states of all.
    pub(super) async fn hung(&self, bindings: &[&Binding]) -> Result<Vec<Hung>, AppError> {
        let standing = standing(self.house, &self.signed.actor, self.view, &self.signed.scope).await?;
        Ok(bindings.iter().map(|binding| self.said(binding, &standing.of(binding))).collect())
    }

    fn said(&self, binding: &Binding, live: &Live) -> Hung {
        let l = self.l();
        let (verdict, state) = state_words(l, live);
        let known = self.view.known.as_ref().filter(|_| binding.norm.is_some());
        Hung {
            id: binding.id.clone(),
            kind: kind_word(l, binding.kind),
            label: binding.label.clone(),
            href: self.addresses.binding(&binding.id),
            asks: asks(l, known, binding),
            state,
            verdict,
            figure: match live {
                Live::Target(target) => self.figure(target),
                _ => None,
            },
            doubts: match live {
                Live::Target(target) => said::doubts(l, target),
                _ => Doubts::default(),
            },
            told: self.told(binding, live),
            is_waiting: binding.state == BindingState::Proposed,
            mark: mark_id(binding.mark).to_owned(),
        }
    }

    fn period(&self) -> String {
        format!("unit={}&year={}", self.signed.scope.address(), self.view.year())
    }

    fn target_href(&self, id: &str) -> String {
        format!("/programme/targets/{}?{}", urlencode(id), self.period())
    }

    fn figure(&self, target: &TargetState) -> Option<Figure> {
        let first = target.readings.first()?;
        let shown = first.figure.as_ref().ok()?;
        let href = self.target_href(&target.id);
        let sides = match &shown.value {
            Value::Fall { before, now, .. } => {
                let year = self.view.year();
                vec![self.side(year - 1, *before, &first.classes), self.side(year, *now, &first.classes)]
            }
            _ => Vec::new(),
        };
        let several = target.readings.len() > 1;
        let readings = target.readings.iter().filter(|_| several).map(|reading| self.reading(reading, &href));
        Some(Figure {
            value: Link::new(shown.printed.clone(), format!("{href}#reading-{}", first.id)),
            unit: target.level().map(|level| unit_word(self.l(), &level.unit)).unwrap_or_default(),
            sides,
            readings: readings.collect(),
        })
    }

    fn reading(&self, reading: &ReadingState, href: &str) -> ReadingRow {
        let l = self.l();
        let (verdict, word) = said::state(l, reading.met, reading.figure.is_ok());
        let value = reading.figure.as_ref().map_or_else(|_| "–".to_owned(), |figure| figure.printed.clone());
        let href = format!("{href}#reading-{}", reading.id);
        ReadingRow { label: label(l, &reading.label), value: Link::new(value, href), state: word, verdict }
    }

    fn side(&self, year: i16, rate: Rate, classes: &[String]) -> Side {
        let unit = self.signed.scope.address();
        // The list of households shows one class at a time.
        let class = classes.first().map(|class| format!("&class={}", urlencode(class))).unwrap_or_default();
        Side {
            when: self.l().t1("state-end-of", "year", year),
            numerator: Link::new(
                number(rate.numerator),
                format!("/registry/households?unit={unit}&year={year}{class}"),
            ),
            denominator: Link::new(number(rate.denominator), format!("/units/villages?unit={unit}&year={year}")),
            rate: rate.percent(),
        }
    }

    /// The numbers below the state, each by its name.
    fn told(&self, binding: &Binding, live: &Live) -> Vec<Told> {
        let l = self.l();
        let told = |key: &str, text: String, href: String| Told { name: l.t(key), number: Link::new(text, href) };
        let period = self.period();
        match live {
            Live::Untracked => Vec::new(),
            Live::Target(target) => self.sides_of_share(target),
            Live::Project(work) => {
                let project = urlencode(binding.programme_project().unwrap_or_default());
                let activities = format!("/programme/activities?{period}&project={project}");
                let money = format!("/programme/money?{period}&project={}", urlencode(&binding.id));
                vec![
                    told("programme-activities", number(work.activities), activities.clone()),
                    told("activity-people", number(work.people), activities.clone()),
                    told("state-spent", dong(l, work.spent), activities),
                    told("programme-models", number(work.models), format!("/programme/models?{period}")),
                    told("money-assigned", dong(l, work.money.assigned + work.money.moved), money.clone()),
                    told("money-paid", dong(l, work.money.paid), money),
                ]
            }
            Live::Task(times) => {
                let href = format!("/programme/duties?{period}&show=all#{}", duty_anchor(times));
                let files = times.first().map_or(0, |time| time.files);
                vec![told("state-evidence", number(files), href)]
            }
            Live::Money(money) => {
                let by = if binding.kind == RuleKind::Capital { "capital" } else { "source" };
                let href = format!("/programme/money?{period}&{by}={}", urlencode(&binding.id));
                let sums = money.sums;
                vec![
                    told("money-assigned", dong(l, sums.assigned), href.clone()),
                    told("money-moved", dong(l, sums.moved), href.clone()),
                    told("money-paid", dong(l, sums.paid), href.clone()),
                    told("money-left", dong(l, sums.left()), href),
                ]
            }
        }
    }

    /// Numerator, denominator and those not reached of a share; a count has only the first.
    fn sides_of_share(&self, target: &TargetState) -> Vec<Told> {
        let l = self.l();
        let Some(reading) = target.readings.first() else { return Vec::new() };
        let Ok(figure) = &reading.figure else { return Vec::new() };
        if matches!(figure.value, Value::Fall { .. }) {
            return Vec::new();
        }
        let page = format!("{}#reading-{}", self.target_href(&target.id), reading.id);
        let rows = |side: Rows| {
            let base = format!("/programme/targets/{}/rows?{}", urlencode(&target.id), self.period());
            if reading.has_rows { format!("{base}&reading={}&side={}", reading.id, side.id()) } else { page.clone() }
        };
        let (above, below) = figure.numbers();
        let told = |key: &str, n: i64, href: String| Told { name: l.t(key), number: Link::new(number(n), href) };
        let mut said = vec![told("plan-numerator", above, rows(Rows::Reached))];
        said.extend(below.map(|n| told("plan-denominator", n, page.clone())));
        said.extend(figure.not_reached().map(|n| told("target-not-reached", n, rows(Rows::NotReached))));
        said
    }
}

fn dong(l: Lang, amount: i64) -> String {
    format!("{} {}", group_thousands(amount), l.t("unit-dong"))
}

fn duty_anchor(times: &[TaskTime]) -> String {
    let Some(first) = times.first() else { return String::new() };
    first.duty.due.map_or_else(|| first.duty.id.clone(), |due| format!("{}-{}", first.duty.id, due.iso()))
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

fn state_words(l: Lang, live: &Live) -> (Verdict, String) {
    match live {
        Live::Untracked => (Verdict::Open, l.t("state-untracked")),
        Live::Target(target) => {
            let Some(first) = target.readings.first() else { return (Verdict::Open, l.t("state-untracked")) };
            match &first.figure {
                Ok(_) => said::state(l, first.met, true),
                Err(gap) => (Verdict::Open, said::gap_by(l, gap, first.basis.citation.as_ref())),
            }
        }
        Live::Project(work) => {
            let has_begun = work.activities > 0 || work.models > 0 || work.money != MoneySums::default();
            if has_begun { (Verdict::Plain, l.t("state-begun")) } else { (Verdict::Open, l.t("state-not-begun")) }
        }
        Live::Task(times) => {
            let first = times.first().map_or(DueState::Undated, |time| time.duty.state);
            duty_state(l, first)
        }
        Live::Money(money) => money_words(l, money),
    }
}

fn money_words(l: Lang, money: &MoneyStanding) -> (Verdict, String) {
    match (money.sums.assigned, money.days_left) {
        (0, _) => (Verdict::Open, l.t("money-none")),
        (_, Some(days)) if days < 0 && money.sums.left() > 0 => {
            (Verdict::Bad, l.t1("money-lapsed", "n", number(-days)))
        }
        (_, Some(days)) if days >= 0 => (Verdict::Plain, l.t1("money-days", "n", number(days))),
        _ => (Verdict::Plain, l.t("money-in-use")),
    }
}

pub(super) fn unit_word(l: Lang, unit: &str) -> String {
    // keys: target-unit-*
    if unit.is_empty() { String::new() } else { l.t(&format!("target-unit-{}", unit.replace('_', "-"))) }
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
        (TargetOp::AtMost, _) => l.tv("level-at_most", &[("low", comma(&target.value)), ("unit", unit)]),
        (TargetOp::Below, _) => l.tv("level-below", &[("low", comma(&target.value)), ("unit", unit)]),
        (TargetOp::Equal, _) => format!("{} {unit}", comma(&target.value)),
    }
}

fn asks(l: Lang, known: Option<&PlanBindings>, binding: &Binding) -> Vec<String> {
    let mut said = Vec::new();
    let of_norm = known.and_then(|known| known.target(&binding.id)).filter(|_| binding.kind == RuleKind::Target);
    let own = binding.follows.as_ref().and_then(|follows| follows.level.as_ref());
    said.extend(own.or(of_norm.map(|target| &target.target)).map(|asked| level(l, asked)));
    if let (Some(_), Some(target)) = (&binding.differs, of_norm) {
        said.push(l.t1("level-of-norm", "level", level(l, &target.target)));
    }
    said.extend(binding.day.map(|day| match binding.kind {
        RuleKind::Source => l.t1("source-spend-by", "day", day),
        _ => l.t1("duty-due", "day", day),
    }));
    // keys: role-*
    said.extend(binding.office.as_ref().map(|role| l.t(&format!("role-{role}"))));
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
        let words = task.due.as_ref().filter(|_| binding.day.is_none());
        said.extend(words.map(|due| l.t1("task-due", "when", label(l, due))));
    }
    if let Some(source) = known.and_then(|known| known.source(&binding.id)).filter(|_| binding.kind == RuleKind::Source)
    {
        said.extend(source.basis.clone());
        let day = source.spend_by.filter(|_| binding.day.is_none());
        said.extend(day.map(|day| l.t1("source-spend-by", "day", day)));
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
