//! This year's list beside last year's, household by household.

use norms::Rulebook;

use super::line::Line;
use super::movement::{Fate, fate_of};

/// One household's change, for a person who reads the two lists side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison<'a> {
    pub line: &'a Line,
    pub fate: Fate<'a>,
    /// Members now minus members before, where both are known.
    pub size_change: Option<i64>,
}

/// All households of either list, in the order given.
pub fn compare<'a>(lines: &'a [Line], rules: &'a Rulebook) -> Vec<Comparison<'a>> {
    lines
        .iter()
        .map(|line| Comparison {
            line,
            fate: fate_of(line, rules),
            size_change: line.now.as_ref().zip(line.before.as_ref()).map(|(now, before)| now.size - before.size),
        })
        .collect()
}
