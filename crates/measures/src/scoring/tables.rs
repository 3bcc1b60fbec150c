//! Tables of points for one row group: several answers at once are one place in a table, so a household needs few look-ups.
//! A table belongs to the code books of its columns and is made anew when one of them grows.

use crate::Fault;
use crate::columns::Codes;

/// Places of a table; so many answers together that their codes fit ten bits.
pub(super) const PLACES: usize = 1 << 10;
const BITS: u32 = PLACES.trailing_zeros();
/// Rows that pass through at once: their answers stay in the nearest cache.
pub(super) const BLOCK: usize = 2048;

/// One answer column of the pack: what each answer is worth in each area, in steps above the lowest.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) column: String,
    /// By area, then by answer.
    pub(super) steps: Vec<Vec<u16>>,
}

/// Answer columns looked up together.
struct Together {
    /// Columns and how far each code is moved.
    members: Vec<(usize, u32)>,
    /// A table for each area.
    tables: Vec<Vec<u16>>,
}

/// All tables of one row group.
#[derive(Default)]
pub(super) struct Tables {
    together: Vec<Together>,
    book_sizes: Vec<usize>,
    /// Codes that the pack gives no points to, with the column.
    unknown: Vec<(usize, usize)>,
}

impl Tables {
    /// Makes the tables anew when a code book has grown.
    pub(super) fn fit(&mut self, items: &[Item], areas: usize, columns: &[Codes]) {
        if self.book_sizes.iter().copied().eq(columns.iter().map(|c| c.book().len())) && !self.book_sizes.is_empty() {
            return;
        }
        self.book_sizes = columns.iter().map(|c| c.book().len()).collect();
        self.unknown.clear();
        self.together.clear();
        let mut members = Vec::new();
        let mut used = 0;
        for (place, column) in columns.iter().enumerate() {
            let bits = column.book().len().next_power_of_two().trailing_zeros();
            if used + bits > BITS && !members.is_empty() {
                self.together.push(Together { members: std::mem::take(&mut members), tables: Vec::new() });
                used = 0;
            }
            members.push((place, used));
            used += bits;
        }
        self.together.push(Together { members, tables: Vec::new() });
        for group in &mut self.together {
            group.tables = (0..areas).map(|area| table(&group.members, items, columns, area)).collect();
        }
        for (place, (item, column)) in items.iter().zip(columns).enumerate() {
            let known = item.steps.iter().map(Vec::len).min().unwrap_or(0);
            let answers = column.book().iter().enumerate();
            let strange = answers.filter(|(_, value)| usize::try_from(**value).map_or(true, |v| v >= known));
            self.unknown.extend(strange.map(|(code, _)| (place, code)));
        }
    }

    /// Adds up the steps of a block of households in one area.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    pub(super) fn add_up(&self, area: usize, answers: &[&[u8]], sums: &mut [u16]) {
        let mut places = [0u16; BLOCK];
        sums.fill(0);
        for group in &self.together {
            let Some(table) = group.tables.get(area).and_then(|t| t.first_chunk::<PLACES>()) else { continue };
            let mut first = true;
            for (column, shift) in &group.members {
                let Some(codes) = answers.get(*column) else { continue };
                if first {
                    places.iter_mut().zip(*codes).for_each(|(place, code)| *place = u16::from(*code));
                } else {
                    places.iter_mut().zip(*codes).for_each(|(place, code)| *place |= u16::from(*code) << shift);
                }
                first = false;
            }
            for (sum, place) in sums.iter_mut().zip(&places) {
                *sum += table.get(usize::from(*place) & (PLACES - 1)).copied().unwrap_or(0);
            }
        }
    }

    /// A fault when one of the last rows taken holds an answer that the pack does not know.
    pub(super) fn check(&self, items: &[Item], columns: &[Codes], rows: usize) -> Result<(), Fault> {
        for (place, code) in &self.unknown {
            let (Some(item), Some(column)) = (items.get(*place), columns.get(*place)) else { continue };
            if let Some(row) = column.row_of(*code, rows) {
                let value = column.book().get(*code).copied().unwrap_or(0);
                let most = item.steps.iter().map(Vec::len).min().unwrap_or(1) - 1;
                return Err(Fault::Outside { column: item.column.clone(), value, row, allowed: format!("0–{most}") });
            }
        }
        Ok(())
    }
}

fn table(members: &[(usize, u32)], items: &[Item], columns: &[Codes], area: usize) -> Vec<u16> {
    let mut table = vec![0u16; PLACES];
    for (column, shift) in members {
        let (Some(item), Some(codes)) = (items.get(*column), columns.get(*column)) else { continue };
        let steps = item.steps.get(area).map_or(&[][..], Vec::as_slice);
        let book = codes.book();
        let mask = book.len().next_power_of_two() - 1;
        let worth: Vec<u16> = book
            .iter()
            .map(|value| usize::try_from(*value).ok().and_then(|v| steps.get(v)).copied().unwrap_or(0))
            .collect();
        for (place, sum) in table.iter_mut().enumerate() {
            *sum += worth.get((place >> shift) & mask).copied().unwrap_or(0);
        }
    }
    table
}
