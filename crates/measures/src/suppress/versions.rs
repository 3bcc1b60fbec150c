//! What of a table may be shown while an older version of it is in somebody's hands: who lays the two side by side reads the
//! difference, and a difference of a few households is a small count like any other. Pure; start with [`beside_older`].

use super::{FamilyRow, Shown};

/// A group's counts and what is shown of them.
pub type GroupShown<'a> = (&'a FamilyRow, &'a Shown);

/// What is shown of each group of a section beside the same groups of one older version; `None` where that had no such group.
/// Nothing is shown that was not shown before, and nothing of a group that changed by less than `least`; such a group never stands
/// alone, so that the whole gives away a difference of several groups together only. Whatever is shown less than before the
/// call stays safe: less is known.
pub fn beside_older(now: &[GroupShown<'_>], older: &[Option<GroupShown<'_>>], least: u64) -> Vec<Shown> {
    let before = |at: usize| older.get(at).copied().flatten();
    let mut shown: Vec<Shown> = now
        .iter()
        .enumerate()
        .map(|(at, (_, shown))| before(at).map_or_else(|| (*shown).clone(), |(_, before)| both(shown, before)))
        .collect();
    let is_close = |at: usize| {
        let (Some((row, _)), Some((before, _))) = (now.get(at), before(at)) else { return false };
        differences(row, before).any(|difference| (1..least).contains(&difference))
    };
    let mut veiled: Vec<usize> = (0..now.len()).filter(|at| is_close(*at)).collect();
    if let [alone] = veiled.as_slice() {
        let households = |at: usize| now.get(at).map_or(0, |(row, _)| row.all);
        let others = (0..now.len()).filter(|at| at != alone && households(*at) > 0);
        veiled.extend(others.min_by_key(|at| households(*at)));
    }
    for at in veiled {
        if let Some(shown) = shown.get_mut(at) {
            *shown = nothing(shown.censored.len());
        }
    }
    shown
}

/// How far each count moved, the households that are not poor among them.
fn differences<'a>(row: &'a FamilyRow, before: &'a FamilyRow) -> impl Iterator<Item = u64> + 'a {
    let heads = [
        (row.all, before.all),
        (row.poor, before.poor),
        (row.all.saturating_sub(row.poor), before.all.saturating_sub(before.poor)),
    ];
    let censored = row.censored.iter().copied().zip(before.censored.iter().copied());
    heads.into_iter().chain(censored).map(|(now, then)| now.abs_diff(then))
}

fn both(one: &Shown, other: &Shown) -> Shown {
    Shown {
        all: one.all && other.all,
        poor: one.poor && other.poor,
        parts: one.parts && other.parts,
        censored: one.censored.iter().zip(&other.censored).map(|(one, other)| *one && *other).collect(),
    }
}

fn nothing(indicators: usize) -> Shown {
    Shown { all: false, poor: false, parts: false, censored: vec![false; indicators] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(all: u64, poor: u64) -> FamilyRow {
        FamilyRow { all, poor, censored: vec![poor] }
    }

    fn everything() -> Shown {
        Shown { all: true, poor: true, parts: true, censored: vec![true] }
    }

    /// Everybody and the poor of a group.
    type Pair = (u64, u64);

    /// For rows of (now, before): which groups show their poor.
    fn shown(rows: &[(Pair, Pair)]) -> Vec<bool> {
        let (whole, now, before): (Shown, Vec<FamilyRow>, Vec<FamilyRow>) = (
            everything(),
            rows.iter().map(|(now, _)| row(now.0, now.1)).collect(),
            rows.iter().map(|(_, before)| row(before.0, before.1)).collect(),
        );
        let now: Vec<_> = now.iter().map(|row| (row, &whole)).collect();
        let before: Vec<_> = before.iter().map(|row| Some((row, &whole))).collect();
        beside_older(&now, &before, 5).iter().map(|shown| shown.poor).collect()
    }

    #[test]
    fn a_group_that_changed_a_little_is_hidden_and_never_alone() {
        let same = ((50, 20), (50, 20));
        assert_eq!(shown(&[same, same]), [true, true]);
        assert_eq!(shown(&[((50, 21), (50, 20)), ((80, 30), (80, 30)), ((60, 9), (60, 9))]), [false, true, false]);
        assert_eq!(shown(&[((50, 30), (50, 20)), same]), [true, true], "ten are no small count");
        assert_eq!(shown(&[((51, 21), (50, 20)), ((80, 31), (80, 30)), same]), [false, false, true]);
        assert_eq!(shown(&[((57, 20), (50, 20)), ((9, 9), (9, 9))]), [true, true]);
        assert_eq!(shown(&[((50, 22), (50, 20))]), [false], "nobody else to hide behind");
    }

    #[test]
    fn what_was_hidden_stays_hidden() {
        let (now, before) = (row(50, 20), row(50, 20));
        let hidden = Shown { poor: false, ..everything() };
        let found = beside_older(&[(&now, &everything())], &[Some((&before, &hidden))], 5);
        assert_eq!(found, [hidden]);
        assert_eq!(beside_older(&[(&now, &everything())], &[None], 5), [everything()]);
    }
}
