//! Sorts one household's scores into a class by the first rule of the law that holds.

use kernel::Points;
use norms::{Area, Basis, ClassRule, Rulebook};

/// A class with the rule that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classified<'a> {
    pub class: &'a str,
    pub rule: &'a ClassRule,
    pub basis: &'a Basis,
}

/// `None` when no rule can be applied: a score that the rules ask for is missing.
pub fn classify(area: Area, b1: Option<Points>, b2: Option<Points>, rules: &Rulebook) -> Option<Classified<'_>> {
    let holds = |rule: &ClassRule| {
        rule.area == area
            && (rule.b1.is_open() || b1.is_some_and(|b1| rule.b1.holds(b1)))
            && (rule.b2.is_open() || b2.is_some_and(|b2| rule.b2.holds(b2)))
    };
    let rule = rules.class_rules.value.rules.iter().find(|rule| holds(rule))?;
    Some(Classified { class: &rule.class, rule, basis: &rules.class_rules.basis })
}
