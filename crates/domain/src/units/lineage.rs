//! What a unit of one day is on another: the steps of the timeline put end to end, forwards and backwards.
//! A step that nobody recorded stays open, with what is known beside it. Start with [`Timeline::lineage`].

use std::collections::BTreeSet;

use kernel::Day;
use norms::Level;
use serde::{Deserialize, Serialize};

use super::{Fate, ScopeLevel, Timeline, UnitKey, Why};

/// What a unit of one day is on another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lineage {
    /// The same unit all the way, by code and name.
    SameUnit(UnitKey),
    /// All of it lies in this unit.
    Whole(UnitKey),
    /// It lies in several; who lives in which is told by villages or persons.
    Divided(Vec<UnitKey>),
    /// Some step was never recorded; `known` is what the recorded steps lead to.
    Unresolved { open: Unresolved, known: Vec<UnitKey> },
}

impl Lineage {
    /// Every unit it is known to lead to.
    pub fn units(&self) -> &[UnitKey] {
        match self {
            Self::SameUnit(key) | Self::Whole(key) => std::slice::from_ref(key),
            Self::Divided(keys) | Self::Unresolved { known: keys, .. } => keys,
        }
    }

    pub fn id(&self) -> &'static str {
        match self {
            Self::SameUnit(_) => "same",
            Self::Whole(_) => "whole",
            Self::Divided(_) => "divided",
            Self::Unresolved { .. } => "unresolved",
        }
    }
}

/// The step that nobody recorded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unresolved {
    /// The unit whose other side is not known.
    pub unit: UnitKey,
    /// First day of the later of the two states.
    pub on: Day,
    pub why: Why,
}

/// One commune, district or province under way.
pub(super) struct Walk {
    pub(super) codes: BTreeSet<String>,
    pub(super) open: Vec<Unresolved>,
    pub(super) is_same: bool,
}

impl Timeline<'_> {
    /// What a unit of the day `on` is on the day `to`. `None` when there was no such unit on the day.
    pub fn lineage(&self, level: ScopeLevel, code: &str, on: Day, to: Day) -> Option<Lineage> {
        self.unit(level, code, on)?;
        let (here, there) = (self.at(on), self.at(to));
        let mut walk = Walk { codes: BTreeSet::from([code.to_owned()]), open: Vec::new(), is_same: true };
        for at in steps(here, there) {
            self.walk_on(&mut walk, level.into(), at, there > here);
        }
        let from = self.epochs().get(there)?.from;
        let key = |code: String| UnitKey { level, code, from };
        let Walk { codes, open, is_same } = walk;
        let mut known: Vec<UnitKey> = codes.into_iter().map(key).collect();
        if let Some(open) = open.into_iter().next() {
            return Some(Lineage::Unresolved { open, known });
        }
        Some(match known.len() {
            1 if is_same => Lineage::SameUnit(known.remove(0)),
            1 => Lineage::Whole(known.remove(0)),
            _ => Lineage::Divided(known),
        })
    }

    fn walk_on(&self, walk: &mut Walk, level: Level, at: usize, is_forward: bool) {
        let mut next = BTreeSet::new();
        for code in &walk.codes {
            let fate = if is_forward { self.forward(at, level, code) } else { self.backward(at, level, code) };
            match fate {
                Some(Fate::Unknown(why)) => walk.open.extend(self.unresolved((level, code), at, is_forward, why)),
                Some(Fate::Same(code)) => {
                    next.insert(code);
                }
                Some(other) => {
                    walk.is_same = false;
                    next.extend(other.codes().iter().cloned());
                }
                None => walk.open.extend(self.unresolved((level, code), at, is_forward, Why::Gone)),
            }
        }
        walk.codes = next;
    }

    pub(super) fn unresolved(
        &self,
        (level, code): (Level, &str),
        at: usize,
        is_forward: bool,
        why: Why,
    ) -> Option<Unresolved> {
        let on = self.epochs().get(at)?.from;
        let side = if is_forward { self.epochs().get(at.checked_sub(1)?)?.from } else { on };
        Some(Unresolved { unit: UnitKey { level: level.into(), code: code.to_owned(), from: side }, on, why })
    }
}

/// The later states of the steps between two states, in the order they are walked.
pub(super) fn steps(here: usize, there: usize) -> Vec<usize> {
    if here <= there { (here + 1..=there).collect() } else { (there + 1..=here).rev().collect() }
}
