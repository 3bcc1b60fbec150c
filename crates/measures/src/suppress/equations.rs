//! What a reader of a table knows: that some cells add up to others. Exact elimination says which hidden cells that knowledge
//! determines. Whole numbers throughout, so that the answer is no matter of rounding.

/// `whole = Σ parts`, by the places of the cells in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equation {
    pub whole: usize,
    pub parts: Vec<usize>,
}

/// All that is known of a table of so many cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Equations {
    pub cells: usize,
    pub sums: Vec<Equation>,
}

impl Equations {
    /// A table of rows and columns with totals at the right, at the bottom and in the corner: `rows × columns` inner cells,
    /// stored row by row with the totals in their places, so `(rows + 1) × (columns + 1)` in all.
    pub fn two_way(rows: usize, columns: usize) -> Self {
        let wide = columns + 1;
        let mut sums = Vec::new();
        for row in 0..=rows {
            let parts = (0..columns).map(|column| row * wide + column).collect();
            sums.push(Equation { whole: row * wide + columns, parts });
        }
        for column in 0..=columns {
            let parts = (0..rows).map(|row| row * wide + column).collect();
            sums.push(Equation { whole: rows * wide + column, parts });
        }
        Self { cells: (rows + 1) * wide, sums }
    }

    /// A tree of units: `parent[i]` is the unit that unit `i` belongs to. With `columns` of figures and their total, the same
    /// holds in each column and in each unit; cells stand unit by unit.
    pub fn tree(parent: &[Option<usize>], columns: usize) -> Self {
        let wide = if columns > 1 { columns + 1 } else { 1 };
        let mut sums = Vec::new();
        for unit in 0..parent.len() {
            let children: Vec<usize> =
                (0..parent.len()).filter(|child| parent.get(*child) == Some(&Some(unit))).collect();
            if !children.is_empty() {
                for column in 0..wide {
                    let parts = children.iter().map(|child| child * wide + column).collect();
                    sums.push(Equation { whole: unit * wide + column, parts });
                }
            }
            if columns > 1 {
                sums.push(Equation {
                    whole: unit * wide + columns,
                    parts: (0..columns).map(|c| unit * wide + c).collect(),
                });
            }
        }
        Self { cells: parent.len() * wide, sums }
    }

    /// The hidden cells that a reader could work out, who knows the shown cells, the sums, that counts are whole, and that no
    /// hidden cell is 0 (zeros are shown). May name a cell too many, never one too few; see [`super`] for the reason.
    pub fn worked_out(&self, values: &[u64], is_hidden: &[bool]) -> Vec<usize> {
        let hidden = |cell: &usize| is_hidden.get(*cell) == Some(&true);
        let value = |cell: &usize| values.get(*cell).copied().unwrap_or(0);
        // Cells of two or more can give way in both directions, cells of one only upwards.
        let both_ways: Vec<usize> = (0..self.cells).filter(|c| hidden(c) && value(c) >= 2).collect();
        let upwards: Vec<usize> = (0..self.cells).filter(|c| hidden(c) && value(c) < 2).collect();
        let unknowns: Vec<usize> = both_ways.iter().chain(&upwards).copied().collect();
        let rows: Vec<_> = self.sums.iter().map(|sum| coefficients(sum, &unknowns)).collect();
        let (reduced, pivots) = reduce(rows, both_ways.len());
        let (solved, left) = reduced.split_at(pivots);
        // A cell of one that no sum holds fast may go up whenever another needs it.
        let held = |place: usize| left.iter().any(|row| row.get(place).is_some_and(|c| *c != 0));
        let (upward, stuck_up): (Vec<usize>, Vec<usize>) =
            (both_ways.len()..unknowns.len()).partition(|place| !held(*place));
        let stuck_both = solved.iter().filter_map(|row| {
            let mut terms =
                row.iter().take(both_ways.len()).enumerate().filter(|(_, c)| **c != 0).map(|(place, _)| place);
            let first = terms.next()?;
            let leans = upward.iter().any(|place| row.get(*place).is_some_and(|c| *c != 0));
            (terms.next().is_none() && !leans).then_some(first)
        });
        let mut cells: Vec<usize> =
            stuck_both.chain(stuck_up).filter_map(|place| unknowns.get(place).copied()).collect();
        cells.sort_unstable();
        cells
    }

    /// The sums that speak of a cell.
    pub(super) fn of(&self, cell: usize) -> impl Iterator<Item = &Equation> {
        self.sums.iter().filter(move |sum| sum.whole == cell || sum.parts.contains(&cell))
    }
}

fn coefficients(sum: &Equation, unknowns: &[usize]) -> Vec<i128> {
    let coefficient = |cell: &usize| i128::from(sum.whole == *cell) - i128::from(sum.parts.contains(cell));
    unknowns.iter().map(coefficient).collect()
}

/// Gauss–Jordan over the first columns, without fractions: every row is divided by the common divisor of its numbers, which
/// for sums of tables stay small. The rows that hold a pivot come first; their number is returned.
fn reduce(mut rows: Vec<Vec<i128>>, columns: usize) -> (Vec<Vec<i128>>, usize) {
    let mut done = 0;
    for column in 0..columns {
        let at = |row: &Vec<i128>| row.get(column).copied().unwrap_or(0);
        let Some(found) = rows.iter().skip(done).position(|row| at(row) != 0) else { continue };
        rows.swap(done, done + found);
        let Some(pivot) = rows.get(done).cloned() else { break };
        for (place, row) in rows.iter_mut().enumerate() {
            let (factor, over) = (at(row), at(&pivot));
            if place != done && factor != 0 {
                row.iter_mut().zip(&pivot).for_each(|(value, from)| *value = *value * over - *from * factor);
                shorten(row);
            }
        }
        done += 1;
    }
    (rows, done)
}

fn shorten(row: &mut [i128]) {
    let divisor = row.iter().fold(0, |a, b| greatest_divisor(a, b.abs()));
    if divisor > 1 {
        for value in row {
            *value /= divisor;
        }
    }
}

fn greatest_divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { greatest_divisor(b, a % b) }
}
