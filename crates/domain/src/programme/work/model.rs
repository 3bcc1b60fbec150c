//! Production models and projects, and what each must keep. A rule that cannot be tried yet is open, not kept.

use kernel::{Day, HouseholdId, ModelId, Rate};
use norms::{ModelRule, ModelTest};
use serde::{Deserialize, Serialize};

use crate::units::Place;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    pub id: ModelId,
    pub name: String,
    /// `P2` or `P3.1`.
    pub project: String,
    pub mode: String,
    pub sector: String,
    /// Who leads or proposes it, by kind; and by name.
    pub lead: Option<String>,
    pub lead_name: String,
    pub reason: Option<String>,
    pub place: Place,
    pub approved: Option<Day>,
    pub started: Option<Day>,
    /// In đồng.
    pub state_money: i64,
    pub direct_money: Option<i64>,
    /// Participating households of the register.
    pub members: Vec<HouseholdId>,
    /// Participating households outside the register.
    pub others: i64,
    pub version: i64,
}

impl Model {
    /// Counts in a year when it was approved by the day and begun in the year.
    pub fn counts_in(&self, year: i16, on: Day) -> bool {
        let approved = self.approved.is_some_and(|day| day <= on);
        approved && self.started.is_some_and(|day| day <= on && day.year() == year)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Kept,
    Broken,
    /// A fact that would decide is missing.
    Open,
    /// A priority the model does not have; no rule is broken.
    NotPriority,
}

/// One rule tried on one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check<'a> {
    pub rule: &'a ModelRule,
    pub outcome: Outcome,
    /// The two numbers it was decided by, where it is a share.
    pub share: Option<Rate>,
    /// In đồng, where it is a ceiling.
    pub money: Option<i64>,
}

/// Tries every rule of the model's mode. `fitting` answers how many member households a rule's condition holds for.
pub fn check_model<'a>(model: &Model, rules: &'a [ModelRule], fitting: impl Fn(&str) -> i64) -> Vec<Check<'a>> {
    let binds = |rule: &&ModelRule| rule.modes.is_empty() || rule.modes.contains(&model.mode);
    rules.iter().filter(binds).map(|rule| check_one(model, rule, &fitting)).collect()
}

fn check_one<'a>(model: &Model, rule: &'a ModelRule, fitting: &impl Fn(&str) -> i64) -> Check<'a> {
    let all = i64::try_from(model.members.len()).unwrap_or(0) + model.others;
    let (mut share, mut money) = (None, None);
    let outcome = match &rule.test {
        ModelTest::ShareAtLeast { who, percent } => {
            share = Rate::of(fitting(who), all);
            decided(share, |s| s.numerator * 100 >= percent * s.denominator)
        }
        ModelTest::PriorityAbove { who, percent } => {
            share = Rate::of(fitting(who), all);
            match decided(share, |s| s.numerator * 100 > percent * s.denominator) {
                Outcome::Broken => Outcome::NotPriority,
                other => other,
            }
        }
        ModelTest::DirectProductionAtLeast { percent } => {
            share = model.direct_money.and_then(|direct| Rate::of(direct, model.state_money));
            decided(share, |s| i128::from(s.numerator) * 100 >= i128::from(*percent) * i128::from(s.denominator))
        }
        ModelTest::StateMoneyAtMost { dong } => {
            money = Some(model.state_money);
            kept(model.state_money <= *dong)
        }
        ModelTest::LedBy { leads } => match &model.lead {
            Some(lead) => kept(leads.contains(lead)),
            None => Outcome::Open,
        },
        ModelTest::ReasonGiven => kept(model.reason.is_some()),
    };
    Check { rule, outcome, share, money }
}

fn decided(share: Option<Rate>, holds: impl Fn(Rate) -> bool) -> Outcome {
    share.map_or(Outcome::Open, |share| kept(holds(share)))
}

fn kept(holds: bool) -> Outcome {
    if holds { Outcome::Kept } else { Outcome::Broken }
}
