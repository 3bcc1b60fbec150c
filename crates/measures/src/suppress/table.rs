//! Which cells of a table are hidden: first the small ones, then the cheapest that protect them. Start with [`hide`].

use super::{Equation, Equations};

/// What must not be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    pub is_hidden: Vec<bool>,
    /// Cells hidden because they are small.
    pub small: usize,
    /// Cells hidden to protect those.
    pub protecting: usize,
}

impl Hidden {
    /// Whether one cell is hidden.
    pub fn hides(&self, cell: usize) -> bool {
        self.is_hidden.get(cell).copied().unwrap_or(false)
    }
}

/// Hides every count from 1 to below `least`, and what protects them. Zeros are shown: they speak of nobody.
pub fn hide(values: &[u64], sums: &Equations, least: u64) -> Hidden {
    hide_beside(values, sums, least, &[])
}

/// The same, where some cells stand still: they are neither hidden nor a help, as if every reader knew them.
pub fn hide_beside(values: &[u64], sums: &Equations, least: u64, still: &[bool]) -> Hidden {
    let stands_still = |cell: usize| still.get(cell).copied().unwrap_or(false);
    let is_small = |(cell, value): (usize, &u64)| (1..least).contains(value) && !stands_still(cell);
    let mut is_hidden: Vec<bool> = values.iter().enumerate().map(is_small).collect();
    let small = is_hidden.iter().filter(|hidden| **hidden).count();
    let mut protecting = 0;
    loop {
        let open = sums.worked_out(values, &is_hidden);
        if open.is_empty() {
            break;
        }
        let hidden: Vec<usize> = (0..values.len()).filter(|cell| is_hidden.get(*cell) == Some(&true)).collect();
        let table = Seen { values, sums, is_hidden: &is_hidden, still };
        let next = table
            .cheapest(&open, true)
            .or_else(|| table.cheapest(&open, false))
            .or_else(|| table.cheapest(&hidden, false));
        // With no cell left to hide, the reader sees nothing of these sums at all.
        let Some(hidden) = next.and_then(|cell| is_hidden.get_mut(cell)) else { break };
        *hidden = true;
        protecting += 1;
    }
    Hidden { is_hidden, small, protecting }
}

/// A table on its way.
struct Seen<'a> {
    values: &'a [u64],
    sums: &'a Equations,
    is_hidden: &'a [bool],
    still: &'a [bool],
}

impl Seen<'_> {
    /// The cell to hide next: in a sum with one of `near` (`is_alone`: a sum where that is the only hidden one); rather one
    /// that stands in sums where something is hidden already (it closes a circle), rather a part than a whole, rather a
    /// small number than a large one.
    fn cheapest(&self, near: &[usize], is_alone: bool) -> Option<usize> {
        let Self { values, sums, is_hidden, still } = *self;
        let hidden = |cell: &usize| is_hidden.get(*cell) == Some(&true);
        let many_hidden = |sum: &Equation| sum.parts.iter().chain([&sum.whole]).filter(|cell| hidden(cell)).count();
        let beside = near
            .iter()
            .flat_map(|cell| sums.of(*cell))
            .filter(|sum| !is_alone || many_hidden(sum) == 1)
            .flat_map(|sum| sum.parts.iter().chain([&sum.whole]));
        let can = beside
            .filter(|cell| !hidden(cell) && still.get(**cell) != Some(&true))
            .filter_map(|cell| Some((*cell, *values.get(*cell)?)));
        let price = |(cell, value): &(usize, u64)| {
            let opened = sums.of(*cell).filter(|sum| many_hidden(sum) == 0).count();
            let is_whole = sums.sums.iter().any(|sum| sum.whole == *cell);
            (is_whole, *value == 1, opened, *value, *cell)
        };
        can.filter(|(_, value)| *value > 0).min_by_key(price).map(|(cell, _)| cell)
    }
}
