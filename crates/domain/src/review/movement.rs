//! What became of a household between two lists. A resident household that was on no list was in the unlisted class;
//! coming from nowhere or going there needs a recorded event, and without one the fate is not known and said to be so.

use norms::{Movement, Rulebook, Side};

use super::line::{Line, Standing};

/// The fate of one household between two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate<'a> {
    /// In the same class as before, or on no list in either year.
    Stayed,
    Moved(&'a Movement),
    /// On last year's list, not on this year's, and nothing recorded says why.
    Vanished,
    /// On a list without a class: neither decided nor computable.
    Unclassified,
    /// No movement of the law fits.
    NoRule,
}

/// Decides a household's movement.
pub fn fate_of<'a>(line: &Line, rules: &'a Rulebook) -> Fate<'a> {
    let unlisted = rules.classes.value.unlisted().map(|c| c.id.as_str());
    let before = match (&line.before, line.arrived) {
        (Some(Standing { class: None, .. }), _) => return Fate::Unclassified,
        (Some(Standing { class: Some(class), .. }), _) => Some(class.as_str()),
        (None, true) => None,
        (None, false) => unlisted,
    };
    let now = match (&line.now, line.departed) {
        (Some(Standing { class: None, .. }), _) => return Fate::Unclassified,
        (Some(Standing { class: Some(class), .. }), _) => Some(class.as_str()),
        (None, true) => None,
        (None, false) if before.is_none() || before == unlisted => unlisted,
        (None, false) => return Fate::Vanished,
    };
    if before == now || !(is_listed(before, rules) || is_listed(now, rules)) {
        return Fate::Stayed;
    }
    let fits = |m: &&Movement| {
        side_fits(&m.from, before)
            && side_fits(&m.to, now)
            && m.was_before.as_ref().is_none_or(|class| line.earlier.contains(class))
            && m.never_before.as_ref().is_none_or(|class| !line.earlier.contains(class))
    };
    rules.movements.value.movements.iter().find(fits).map_or(Fate::NoRule, Fate::Moved)
}

fn is_listed(class: Option<&str>, rules: &Rulebook) -> bool {
    class.and_then(|id| rules.classes.value.get(id)).is_some_and(|c| c.listed)
}

fn side_fits(side: &Side, class: Option<&str>) -> bool {
    match (side, class) {
        (Side::Absent, None) => true,
        (Side::Class(classes), Some(class)) => classes.iter().any(|c| c == class),
        _ => false,
    }
}
