//! Nobody can compute a hidden cell back: an attacker who solves the sums, and one who tries every table, both fail.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

use measures::suppress::{Equations, hide};
use proptest::prelude::*;

const LEAST: u64 = 5;

/// Fills in the totals of a table of rows and columns.
fn with_totals(inner: &[u64], rows: usize, columns: usize) -> Vec<u64> {
    let wide = columns + 1;
    let mut all = vec![0; (rows + 1) * wide];
    for row in 0..rows {
        for column in 0..columns {
            let value = inner[row * columns + column];
            for at in [row * wide + column, row * wide + columns, rows * wide + column, rows * wide + columns] {
                all[at] += value;
            }
        }
    }
    all
}

/// Communes under districts under a province, in several columns with their total.
fn tree_values(parent: &[Option<usize>], leaves: &[u64], columns: usize) -> Vec<u64> {
    let wide = columns + 1;
    let mut all = vec![0; parent.len() * wide];
    let mut next = leaves.iter().cycle();
    for unit in (0..parent.len()).filter(|unit| !parent.contains(&Some(*unit))) {
        for column in 0..columns {
            let value = *next.next().unwrap();
            let mut above = Some(unit);
            while let Some(at) = above {
                all[at * wide + column] += value;
                all[at * wide + columns] += value;
                above = parent[at];
            }
        }
    }
    all
}

/// An attacker with floating point: whether a hidden cell is a fixed combination of what is shown.
fn solved(sums: &Equations, is_hidden: &[bool]) -> Vec<usize> {
    let unknowns: Vec<usize> = (0..sums.cells).filter(|c| is_hidden[*c]).collect();
    let mut rows: Vec<Vec<f64>> = sums
        .sums
        .iter()
        .map(|s| unknowns.iter().map(|c| f64::from(s.whole == *c) - f64::from(s.parts.contains(c))).collect())
        .collect();
    let mut done = 0;
    for column in 0..unknowns.len() {
        let Some(best) = (done..rows.len()).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))
        else {
            break;
        };
        if rows[best][column].abs() < 1e-9 {
            continue;
        }
        rows.swap(done, best);
        let pivot: Vec<f64> = rows[done].iter().map(|v| v / rows[done][column]).collect();
        for (place, row) in rows.iter_mut().enumerate() {
            let factor = row[column];
            if place != done {
                row.iter_mut().zip(&pivot).for_each(|(v, p)| *v -= factor * p);
            }
        }
        rows[done] = pivot;
        done += 1;
    }
    let alone = |row: &Vec<f64>| {
        let terms: Vec<usize> = (0..row.len()).filter(|c| row[*c].abs() > 1e-9).collect();
        (terms.len() == 1).then(|| unknowns[terms[0]])
    };
    rows.iter().filter_map(alone).collect()
}

/// An attacker with patience: every table of whole numbers from 1 that has the shown cells and lies near the true one. Says which
/// hidden cells never vary; if one varies nearby, it is not known.
fn never_varies(sums: &Equations, values: &[u64], is_hidden: &[bool]) -> Vec<usize> {
    let unknowns: Vec<usize> = (0..sums.cells).filter(|c| is_hidden[*c]).collect();
    let mut guess = values.to_vec();
    let mut varies = vec![false; unknowns.len()];
    walk(sums, values, &unknowns, 0, &mut guess, &mut varies);
    unknowns.into_iter().zip(varies).filter(|(_, varies)| !varies).map(|(cell, _)| cell).collect()
}

fn walk(sums: &Equations, values: &[u64], unknowns: &[usize], at: usize, guess: &mut Vec<u64>, varies: &mut [bool]) {
    if varies.iter().all(|v| *v) {
        return;
    }
    let still_open = &unknowns[at..];
    let fits = sums.sums.iter().all(|sum| {
        let is_open = |cell: &usize| still_open.contains(cell);
        let known: u64 = sum.parts.iter().filter(|c| !is_open(c)).map(|c| guess[*c]).sum();
        let open = sum.parts.iter().filter(|c| is_open(c)).count() as u64;
        is_open(&sum.whole) || if open == 0 { known == guess[sum.whole] } else { known + open <= guess[sum.whole] }
    });
    if !fits {
        return;
    }
    let Some(cell) = unknowns.get(at) else {
        for (varies, cell) in varies.iter_mut().zip(unknowns) {
            *varies |= guess[*cell] != values[*cell];
        }
        return;
    };
    for value in values[*cell].saturating_sub(1).max(1)..=values[*cell] + 1 {
        guess[*cell] = value;
        walk(sums, values, unknowns, at + 1, guess, varies);
    }
    guess[*cell] = values[*cell];
}

fn counts(many: usize) -> impl Strategy<Value = Vec<u64>> {
    proptest::collection::vec(prop_oneof![2 => Just(0u64), 5 => 1u64..9, 5 => 5u64..300], many)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn the_sums_of_a_table_give_no_hidden_cell_away(rows in 2usize..8, columns in 2usize..7, all in counts(56)) {
        let values = with_totals(&all, rows, columns);
        let sums = Equations::two_way(rows, columns);
        let hidden = hide(&values, &sums, LEAST);
        for (cell, value) in values.iter().enumerate() {
            prop_assert!(hidden.is_hidden[cell] || !(1..LEAST).contains(value), "a small cell is shown");
            prop_assert!(!hidden.is_hidden[cell] || *value > 0, "a zero is hidden");
        }
        prop_assert_eq!(solved(&sums, &hidden.is_hidden), Vec::<usize>::new());
    }

    #[test]
    fn a_tree_of_units_gives_no_hidden_cell_away(shape in proptest::collection::vec(1usize..5, 1..5), columns in 2usize..4, all in counts(60)) {
        let mut parent = vec![None];
        for communes in shape {
            let district = parent.len();
            parent.push(Some(0));
            parent.extend(std::iter::repeat_n(Some(district), communes));
        }
        let values = tree_values(&parent, &all, columns);
        let sums = Equations::tree(&parent, columns);
        let hidden = hide(&values, &sums, LEAST);
        let shown = solved(&sums, &hidden.is_hidden);
        // A district of one commune is that commune: where the whole chain up to the province is hidden, nothing is known of it.
        prop_assert_eq!(shown, Vec::<usize>::new());
    }

    #[test]
    fn trying_every_table_gives_no_hidden_cell_away(rows in 2usize..4, columns in 2usize..4, all in proptest::collection::vec(0u64..5, 9)) {
        let values = with_totals(&all, rows, columns);
        let sums = Equations::two_way(rows, columns);
        let hidden = hide(&values, &sums, 3);
        prop_assert_eq!(never_varies(&sums, &values, &hidden.is_hidden), Vec::<usize>::new(), "{:?} {:?}", values, hidden);
    }
}

#[test]
fn one_small_cell_takes_three_others_with_it() {
    let values = with_totals(&[2, 20, 30, 40, 50, 60, 70, 80, 90], 3, 3);
    let hidden = hide(&values, &Equations::two_way(3, 3), LEAST);
    assert_eq!((hidden.small, hidden.protecting), (1, 3));
    assert_eq!(hidden.is_hidden.iter().filter(|h| **h).count(), 4);
}

#[test]
fn a_table_without_small_cells_is_shown_whole() {
    let values = with_totals(&[20, 0, 30, 40], 2, 2);
    let hidden = hide(&values, &Equations::two_way(2, 2), LEAST);
    assert!(hidden.is_hidden.iter().all(|h| !h));
}

#[test]
fn two_hidden_ones_under_a_shown_two_would_be_known() {
    // Both are 1, as no hidden cell is 0: the total must go as well, or another cell.
    let values = with_totals(&[1, 1, 0, 40, 50, 60], 2, 3);
    let sums = Equations::two_way(2, 3);
    let hidden = hide(&values, &sums, LEAST);
    assert_eq!(never_varies(&sums, &values, &hidden.is_hidden), Vec::<usize>::new(), "{hidden:?}");
}
