//! What one household contributes to one column.

use norms::{Counted, Measure, Rulebook, Side};

use super::Gap;
use crate::review::line::{Line, Standing};
use crate::review::movement::{Fate, fate_of};

/// A number, or why it cannot be told for this household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contribution {
    Count(i64),
    Gap(Gap),
}

const NONE: Contribution = Contribution::Count(0);

/// The fates of all lines, decided once and used by every column.
#[derive(Debug)]
pub struct LineFates<'a> {
    pub lines: &'a [Line],
    pub fates: Vec<Fate<'a>>,
    pub has_previous: bool,
    pub rules: &'a Rulebook,
}

impl<'a> LineFates<'a> {
    pub fn new(lines: &'a [Line], has_previous: bool, rules: &'a Rulebook) -> Self {
        let fates = lines.iter().map(|line| fate_of(line, rules)).collect();
        Self { lines, fates, has_previous, rules }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'a Line, Fate<'a>)> {
        self.lines.iter().zip(self.fates.iter().copied())
    }

    /// What the line adds to a column. `Population`, `Rate` and `Sum` are not counted from lines.
    pub fn contribution(&self, measure: &Measure, line: &Line, fate: Fate<'_>) -> Contribution {
        match measure {
            Measure::Population { .. } | Measure::Rate { .. } | Measure::Sum { .. } => NONE,
            Measure::Opening { class, counted } => self.opening(line, class, *counted),
            Measure::Moved { class, movements, counted } => self.moved(line, fate, (class, movements), *counted),
            Measure::StayedSize { class, grew } => self.stayed(line, fate, class, *grew),
            of_this_year => match &line.now {
                None => NONE,
                Some(Standing { class: None, .. }) => Contribution::Gap(Gap::Unclassified { households: 1 }),
                Some(now) => self.in_class(of_this_year, now),
            },
        }
    }

    fn opening(&self, line: &Line, class: &str, counted: Counted) -> Contribution {
        if !self.has_previous {
            return Contribution::Gap(Gap::PreviousList);
        }
        match &line.before {
            Some(Standing { class: None, .. }) => Contribution::Gap(Gap::Unclassified { households: 1 }),
            Some(before) if before.class.as_deref() == Some(class) => counts(before, counted),
            _ => NONE,
        }
    }

    fn moved(
        &self,
        line: &Line,
        fate: Fate<'_>,
        (class, movements): (&str, &[String]),
        counted: Counted,
    ) -> Contribution {
        if !self.has_previous {
            return Contribution::Gap(Gap::PreviousList);
        }
        let was_in = line.before.as_ref().is_some_and(|b| b.class.as_deref() == Some(class));
        let is_in = line.now.as_ref().is_some_and(|n| n.class.as_deref() == Some(class));
        match fate {
            Fate::Moved(movement) if !movements.contains(&movement.id) => NONE,
            Fate::Moved(_) if was_in => line.before.as_ref().map_or(NONE, |before| counts(before, counted)),
            Fate::Moved(_) if is_in => line.now.as_ref().map_or(NONE, |now| counts(now, counted)),
            Fate::Vanished if was_in && self.some_leave(class, movements) => {
                Contribution::Gap(Gap::Vanished { households: 1 })
            }
            Fate::NoRule if was_in || is_in => Contribution::Gap(Gap::NoMovement { households: 1 }),
            Fate::Unclassified if was_in || is_in => Contribution::Gap(Gap::Unclassified { households: 1 }),
            Fate::Stayed | Fate::Moved(_) | Fate::Vanished | Fate::NoRule | Fate::Unclassified => NONE,
        }
    }

    /// Whether one of the movements leaves the class.
    fn some_leave(&self, class: &str, movements: &[String]) -> bool {
        self.rules.movements.value.movements.iter().any(|m| {
            movements.contains(&m.id) && matches!(&m.from, Side::Class(from) if from.iter().any(|c| c == class))
        })
    }

    fn stayed(&self, line: &Line, fate: Fate<'_>, class: &str, grew: bool) -> Contribution {
        if !self.has_previous {
            return Contribution::Gap(Gap::PreviousList);
        }
        let (Fate::Stayed, Some(before), Some(now)) = (fate, &line.before, &line.now) else { return NONE };
        if now.class.as_deref() != Some(class) {
            return NONE;
        }
        let change = now.size - before.size;
        Contribution::Count(if grew { change.max(0) } else { (-change).max(0) })
    }

    fn in_class(&self, measure: &Measure, now: &Standing) -> Contribution {
        let is = |class: &String| now.class.as_ref() == Some(class);
        let count_if = |holds: bool, counted| if holds { counts(now, counted) } else { NONE };
        let majority = self.rules.ethnic.value.majority;
        match measure {
            Measure::InClass { class, counted } => count_if(is(class), *counted),
            Measure::Deprived { class, indicator } if is(class) => self.deprived(now, indicator),
            Measure::InGroup { class, group, counted } => count_if(is(class) && self.in_group(now, group), *counted),
            Measure::Ethnicity { class, code, counted } => {
                count_if(is(class) && now.ethnicity == Some(*code), *counted)
            }
            Measure::Minority { class, counted } => {
                count_if(is(class) && now.ethnicity.is_some_and(|e| e != majority), *counted)
            }
            Measure::OtherMinority { class, except, counted } => {
                let other = now.ethnicity.is_some_and(|e| e != majority && !except.contains(&e));
                count_if(is(class) && other, *counted)
            }
            Measure::Cause { class, code } => {
                let bit = 1u32.checked_shl(u32::from(*code).saturating_sub(1)).unwrap_or(0);
                count_if(is(class) && now.causes & bit != 0, Counted::Households)
            }
            Measure::Children { class, under } if is(class) => {
                children(now, *under).map_or_else(ages_gap, Contribution::Count)
            }
            Measure::WithChildren { class, under } if is(class) => {
                children(now, *under).map_or_else(ages_gap, |n| Contribution::Count(i64::from(n > 0)))
            }
            Measure::ChildrenDeprived { class, under, indicator } if is(class) => match children(now, *under) {
                None => ages_gap(),
                Some(0) => NONE,
                Some(_) => self.deprived(now, indicator),
            },
            _ => NONE,
        }
    }

    fn deprived(&self, now: &Standing, indicator: &str) -> Contribution {
        let found = self.rules.indicators.value.indicators.iter().find(|i| i.id == indicator);
        match found.and_then(|i| now.marks.get(i.number)) {
            Some(deprived) => Contribution::Count(i64::from(deprived)),
            None => Contribution::Gap(Gap::Marks { households: 1 }),
        }
    }

    fn in_group(&self, now: &Standing, group: &str) -> bool {
        let place = self.rules.groups.value.groups.iter().position(|g| g.id == group);
        place.is_some_and(|at| now.groups & (1 << at) != 0)
    }
}

fn counts(standing: &Standing, counted: Counted) -> Contribution {
    Contribution::Count(match counted {
        Counted::Households => 1,
        Counted::Persons => standing.size,
    })
}

/// Members under the age; `None` when some member's age is not known.
fn children(standing: &Standing, under: i16) -> Option<i64> {
    let known = i64::try_from(standing.ages.len()).ok()? >= standing.size;
    known.then(|| standing.ages.iter().filter(|age| **age < under).count()).and_then(|n| i64::try_from(n).ok())
}

fn ages_gap() -> Contribution {
    Contribution::Gap(Gap::Ages { households: 1 })
}
