//! What the checks find in the households themselves, not in the numbers of a form: a B2 that its marks do not give, a class
//! that the scores do not give. Findings of parts come together as the findings of the whole.

use norms::{Label, Rulebook};

use super::Mismatch;
use super::counter::LineFates;

/// Both kinds of finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    pub b2: Found,
    pub classes: Found,
}

/// Households whose record contradicts itself, and how many could not be held against anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// In the order of the households.
    pub mismatches: Vec<Mismatch>,
    pub unknown: i64,
}

impl Findings {
    pub fn of(fates: &LineFates<'_>) -> Self {
        let mut findings = Self { b2: b2_from_marks(fates), classes: class_from_scores(fates) };
        findings.order();
        findings
    }

    /// Those of many parts.
    pub fn together<'f>(parts: impl Iterator<Item = &'f Self>) -> Self {
        let mut all = Self::default();
        for part in parts {
            for (into, from) in [(&mut all.b2, &part.b2), (&mut all.classes, &part.classes)] {
                into.mismatches.extend_from_slice(&from.mismatches);
                into.unknown += from.unknown;
            }
        }
        all.order();
        all
    }

    fn order(&mut self) {
        for found in [&mut self.b2, &mut self.classes] {
            found.mismatches.sort_by_key(|mismatch| mismatch.household);
        }
    }
}

/// B2 as written equals points × marks, between 0 and the maximum.
fn b2_from_marks(fates: &LineFates<'_>) -> Found {
    let rules = &fates.rules.class_rules.value;
    let indicators = fates.rules.indicators.value.indicators.len();
    let mut found = Found::default();
    for (line, _) in fates.iter() {
        let Some(now) = line.now.as_ref().filter(|now| is_listed(now.class.as_deref(), fates.rules)) else { continue };
        if !now.marks.is_complete(indicators) {
            found.unknown += 1;
            continue;
        }
        let deprivations = i32::try_from(now.marks.count()).unwrap_or(i32::MAX);
        let expected = kernel::Points::whole(deprivations.saturating_mul(rules.b2_points_per_deprivation));
        let in_range = expected <= kernel::Points::whole(rules.b2_max);
        if let Some(entered) = now.b2_entered
            && (entered != expected || !in_range)
        {
            let (expected, entered) = (alike(expected.to_string()), alike(entered.to_string()));
            found.mismatches.push(of_household(line.household, expected, entered));
        }
    }
    found
}

/// The class that counts is the one the scores give.
fn class_from_scores(fates: &LineFates<'_>) -> Found {
    let classes = &fates.rules.classes.value;
    let name = |id: &String| classes.get(id).map_or_else(|| alike(id.clone()), |class| class.label.clone());
    let mut found = Found::default();
    for (line, _) in fates.iter() {
        let Some(now) = &line.now else { continue };
        match (&now.class, &now.computed) {
            (Some(class), Some(computed)) if class != computed => {
                found.mismatches.push(of_household(line.household, name(computed), name(class)));
            }
            (_, None) => found.unknown += 1,
            _ => {}
        }
    }
    found
}

/// A number reads the same in both languages.
pub(super) fn alike(text: impl Into<String>) -> Label {
    let vi = text.into();
    Label { en: vi.clone(), vi }
}

fn of_household(household: kernel::HouseholdId, expected: Label, found: Label) -> Mismatch {
    Mismatch { row: None, household: Some(household), expected, found }
}

fn is_listed(class: Option<&str>, rules: &Rulebook) -> bool {
    class.and_then(|id| rules.classes.value.get(id)).is_some_and(|class| class.listed)
}
