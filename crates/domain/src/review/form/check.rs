//! The checks under a form: passed, failed with where, or not enough data with what is missing.

use norms::{Check, CheckRule, FormLayout, Label, Measure, Rulebook};

use super::findings::{Findings, alike};
use super::{Cell, CheckResult, Form, Gap, Mismatch, Outcome, Row, RowKey};

/// Runs every check of a form. `others` are the year's other forms, `previous` the same form of last year, `findings` what was
/// found in the households themselves.
pub fn run_checks(
    form: &Form,
    others: &[Form],
    previous: Option<&Form>,
    (findings, rules): (&Findings, &Rulebook),
) -> Vec<CheckResult> {
    let run = |check: &Check| CheckResult {
        check: check.clone(),
        outcome: run(&check.rule, (form, others, previous), (findings, rules)),
    };
    form.layout.value.checks.iter().map(run).collect()
}

fn run(
    rule: &CheckRule,
    (form, others, previous): (&Form, &[Form], Option<&Form>),
    (findings, rules): (&Findings, &Rulebook),
) -> Outcome {
    let layout = &form.layout.value;
    match rule {
        CheckRule::Balance { result, plus, minus } => each_row(form, |row| {
            let expected = sum(layout, row, plus)? - sum(layout, row, minus)?;
            Ok(differs(expected, count(layout, row, result)?))
        }),
        CheckRule::ColumnsSum { columns, total } => {
            each_row(form, |row| Ok(differs(sum(layout, row, columns)?, count(layout, row, total)?)))
        }
        CheckRule::Equals { column, form: number, other } => {
            let Some(other_form) = others.iter().find(|f| f.layout.value.number == *number) else {
                return Outcome::NotEnough(Vec::new());
            };
            each_row(form, |row| Ok(differs(same_cell(other_form, row, other)?, count(layout, row, column)?)))
        }
        CheckRule::PreviousYear { column, previous: closing } => {
            let Some(last) = previous else { return Outcome::NotEnough(vec![Gap::PreviousList]) };
            each_row(form, |row| Ok(differs(same_cell(last, row, closing)?, count(layout, row, column)?)))
        }
        CheckRule::MeanDeprivations { columns, households, at_least } => {
            mean_deprivations(form, (columns, households, *at_least), rules)
        }
        CheckRule::RowsSum => rows_sum(form),
        CheckRule::B2FromMarks => {
            of_households(&findings.b2.mismatches, findings.b2.unknown, |households| Gap::Marks { households })
        }
        CheckRule::ClassFromScores => {
            let unknown = |households| Gap::Unclassified { households };
            of_households(&findings.classes.mismatches, findings.classes.unknown, unknown)
        }
    }
}

/// What was expected and what was found, where the two differ.
type RowVerdict = Result<Option<(Label, Label)>, Gap>;

fn each_row(form: &Form, test: impl Fn(&Row) -> RowVerdict) -> Outcome {
    let mut mismatches = Vec::new();
    let mut gaps = Vec::new();
    for row in &form.rows {
        match test(row) {
            Ok(Some((expected, found))) => {
                mismatches.push(Mismatch { row: Some(row.key.clone()), household: None, expected, found });
            }
            Err(gap) if row.key == RowKey::Total => gaps.push(gap),
            Ok(None) | Err(_) => {}
        }
    }
    settle(mismatches, gaps)
}

fn settle(mismatches: Vec<Mismatch>, gaps: Vec<Gap>) -> Outcome {
    if !mismatches.is_empty() {
        Outcome::Failed(mismatches)
    } else if gaps.is_empty() {
        Outcome::Passed
    } else {
        Outcome::NotEnough(gaps)
    }
}

fn differs(expected: i64, found: i64) -> Option<(Label, Label)> {
    let told = |n| alike(kernel::group_thousands(n));
    (expected != found).then(|| (told(expected), told(found)))
}

fn count(layout: &FormLayout, row: &Row, column: &str) -> Result<i64, Gap> {
    let at = layout.columns.iter().position(|c| c.id == column);
    match at.and_then(|at| row.cells.get(at)) {
        Some(Cell::Count(n)) => Ok(*n),
        Some(Cell::Gap(gap)) => Err(*gap),
        _ => Ok(0),
    }
}

fn sum(layout: &FormLayout, row: &Row, columns: &[String]) -> Result<i64, Gap> {
    columns.iter().map(|column| count(layout, row, column)).sum()
}

/// The cell of the same row in another form; a row that the other form lacks counts as zero.
fn same_cell(form: &Form, row: &Row, column: &str) -> Result<i64, Gap> {
    match form.cell(&row.key, column) {
        Some(Cell::Gap(gap)) => Err(gap),
        Some(Cell::Count(n)) => Ok(n),
        _ => Ok(0),
    }
}

fn mean_deprivations(
    form: &Form,
    (columns, households, at_least): (&[String], &str, bool),
    rules: &Rulebook,
) -> Outcome {
    let limit = i64::from(rules.standard.value.min_deprivations_for_poor);
    let layout = &form.layout.value;
    each_row(form, |row| {
        let households = count(layout, row, households)?;
        let deprivations = sum(layout, row, columns)?;
        let holds = households == 0 || (deprivations >= limit * households) == at_least;
        let bound = if at_least { "≥" } else { "<" };
        let mean = format!("{deprivations} / {households}");
        Ok((!holds).then(|| (alike(format!("{bound} {limit}")), alike(mean))))
    })
}

/// Units add up to their area and areas to the total, in every column that is counted.
fn rows_sum(form: &Form) -> Outcome {
    let mut mismatches = Vec::new();
    let mut gaps = Vec::new();
    for (at, column) in form.layout.value.columns.iter().enumerate() {
        if matches!(column.measure, Measure::Rate { .. }) {
            continue;
        }
        let cell = |row: &Row| row.cells.get(at).copied().unwrap_or(Cell::Count(0));
        let mut areas_sum = 0;
        for row in &form.rows {
            let expected = match &row.key {
                RowKey::Area(area) => {
                    let units =
                        form.rows.iter().filter(|r| matches!(&r.key, RowKey::Unit { area: a, .. } if a == area));
                    units.map(cell).filter_map(Cell::count).sum::<i64>()
                }
                RowKey::Total => areas_sum,
                RowKey::Unit { .. } => continue,
            };
            match cell(row) {
                Cell::Gap(gap) if row.key == RowKey::Total => gaps.push(gap),
                Cell::Count(found) => {
                    if matches!(row.key, RowKey::Area(_)) {
                        areas_sum += found;
                    }
                    if let Some((expected, found)) = differs(expected, found) {
                        mismatches.push(Mismatch { row: Some(row.key.clone()), household: None, expected, found });
                    }
                }
                _ => {}
            }
        }
    }
    gaps.sort();
    gaps.dedup();
    settle(mismatches, gaps)
}

fn of_households(mismatches: &[Mismatch], unknown: i64, gap: impl Fn(i64) -> Gap) -> Outcome {
    settle(mismatches.to_vec(), if unknown > 0 { vec![gap(unknown)] } else { Vec::new() })
}
