//! Cells into rows: what each says by itself, tried as a form would be; nothing is looked up in the register yet.

use std::collections::BTreeMap;

use domain::programme::work::fields_missing;
use domain::registry::{kind_of as kind_of_paper, read_paper};
use domain::review::list::{Cell, Sheet};
use domain::units::Scope;
use kernel::Day;
use norms::{ActivityKind, ActivityKinds, Level, WorkAnswer};

use super::columns::{Columns, choice_of, kind_of};
use super::{Preview, RowFault, RowProblem, cell_text};
use crate::House;
use crate::programme::definitions_on;
use crate::programme::resolve::{Written, papers};

/// One row as written.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub row: usize,
    pub kind: String,
    pub day: Day,
    pub unit: Scope,
    pub content: String,
    pub agency: String,
    pub money: Option<i64>,
    pub fields: BTreeMap<String, String>,
    pub who: Written,
}

impl Line {
    pub fn fault(&self, problem: RowProblem) -> RowFault {
        let name = if self.who.name.is_empty() { self.content.clone() } else { self.who.name.clone() };
        RowFault { row: self.row, name, problem }
    }
}

/// Kind, day, commune and content: rows that have all of them in common are one activity.
type Key = (String, Day, String, String);

/// The rows that can be read, activity by activity; the others become faults of the preview.
pub(super) fn groups(
    house: &House,
    unit: &Scope,
    (columns, sheet): (&Columns, &Sheet),
    preview: &mut Preview,
) -> BTreeMap<Key, Vec<Line>> {
    let mut groups: BTreeMap<Key, Vec<Line>> = BTreeMap::new();
    for (at, cells) in sheet.rows.iter().enumerate().skip(columns.header + 1) {
        if cells.iter().all(|cell| cell_text(cell).is_empty()) {
            continue;
        }
        preview.rows += 1;
        match line(house, unit, &Row { number: at + 1, cells, columns }) {
            Ok(line) => {
                let key = (line.kind.clone(), line.day, line.unit.code.clone(), line.content.clone());
                groups.entry(key).or_default().push(line);
            }
            Err(fault) => preview.faults.push(fault),
        }
    }
    groups
}

struct Row<'a> {
    number: usize,
    cells: &'a [Cell],
    columns: &'a Columns,
}

impl Row<'_> {
    /// A cell by its place in [`norms::WorkColumns::all`].
    fn text(&self, at: usize) -> String {
        self.columns.known(at).map(|column| self.at(column)).unwrap_or_default()
    }

    fn at(&self, column: usize) -> String {
        self.cells.get(column).map(cell_text).unwrap_or_default()
    }

    fn fault(&self, problem: RowProblem) -> RowFault {
        let (content, name) = (self.text(3), self.text(6));
        RowFault { row: self.number, name: if name.is_empty() { content } else { name }, problem }
    }
}

fn line(house: &House, unit: &Scope, row: &Row<'_>) -> Result<Line, RowFault> {
    let (kind, day, code, content, money) = (row.text(0), row.text(1), row.text(2), row.text(3), row.text(5));
    let day = day.parse::<Day>().map_err(|_| row.fault(RowProblem::Day(day.clone())))?;
    let definitions = definitions_on(house, day).map_err(|_| row.fault(RowProblem::Day(day.to_string())))?;
    let kinds = &definitions.norms.work.value;
    let id = kind_of(kinds, &kind).ok_or_else(|| row.fault(RowProblem::Kind(kind.clone())))?;
    let unit = commune(house, unit, &code).ok_or_else(|| row.fault(RowProblem::Unit(code.clone())))?;
    let amount = if money.is_empty() { Ok(None) } else { kernel::parse_count(&money).map(Some) };
    let amount = amount.ok().filter(|amount| amount.is_none_or(|amount| amount >= 0));
    let money = amount.ok_or_else(|| row.fault(RowProblem::Money(money)))?;
    let fields = match kinds.kind(&id) {
        Some(_) if content.trim().is_empty() => return Err(row.fault(RowProblem::Content)),
        Some(own) => fields(kinds, own, row).map_err(|problem| row.fault(problem))?,
        None => BTreeMap::new(),
    };
    let who = Written {
        name: kernel::text::nfc(&row.text(6)),
        paper: paper(house, &row.text(7)).map_err(|problem| row.fault(problem))?,
        birth_year: row.text(8).get(..4).and_then(|year| year.parse().ok()),
    };
    let (content, agency) = (kernel::text::nfc(&content), kernel::text::nfc(&row.text(4)));
    Ok(Line { row: row.number, kind: id, day, unit, content, agency, money, fields, who })
}

/// The number as the register holds it: a leading zero that a spreadsheet dropped is put back, as a list's is. What is neither
/// kind of paper fits nobody, and says so.
fn paper(house: &House, written: &str) -> Result<String, RowProblem> {
    let papers = papers(house).map_err(|_| RowProblem::Paper(written.to_owned()))?;
    let Some(number) = read_paper(written, &papers) else { return Ok(String::new()) };
    match kind_of_paper(&number, &papers) {
        Some(_) => Ok(number),
        None => Err(RowProblem::Paper(written.to_owned())),
    }
}

/// The commune of a code; without one the unit that the file is brought in for.
fn commune(house: &House, unit: &Scope, code: &str) -> Option<Scope> {
    if code.is_empty() {
        return Some(unit.clone());
    }
    let commune = Scope::new(unit.units_from, Level::Commune, code);
    house.lies_in(&commune, unit).then_some(commune)
}

/// The answers to the kind's own fields, choices by their ids, tried as those of a form.
fn fields(kinds: &ActivityKinds, kind: &ActivityKind, row: &Row<'_>) -> Result<BTreeMap<String, String>, RowProblem> {
    let mut answers = BTreeMap::new();
    for field in &kind.fields {
        let Some(text) = row.columns.of_field(field).map(|column| row.at(column)).filter(|t| !t.is_empty()) else {
            continue;
        };
        let answer = match &field.answer {
            WorkAnswer::OneOf { choices } => choice_of(choices, &text).map_or(text, str::to_owned),
            _ => kernel::text::nfc(&text),
        };
        answers.insert(field.id.clone(), answer);
    }
    if let Some(field) = fields_missing(kind, &answers).first().and_then(|id| kind.fields.iter().find(|f| f.id == *id))
    {
        let text = answers.get(&field.id).cloned().unwrap_or_default();
        return Err(RowProblem::Field { field: field.label.clone(), text });
    }
    for field in kinds.fields().into_iter().filter(|f| !kind.fields.iter().any(|own| own.label == f.label)) {
        if let Some(text) = row.columns.of_field(field).map(|column| row.at(column)).filter(|t| !t.is_empty()) {
            return Err(RowProblem::NotAsked { field: field.label.clone(), text });
        }
    }
    Ok(answers)
}
