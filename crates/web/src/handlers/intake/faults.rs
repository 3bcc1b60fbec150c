//! Faults of a list in words, row by row, with the cell that can be put right. Says; decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use app::review::intake::IntakeView;
use domain::review::list::{Fault, FaultLevel, ListHousehold, ReadList};
use norms::{Field, Rulebook};

use crate::language::Lang;
use crate::pages::review::intake::{FaultyCell, FaultyRow};

/// What is wrong in a cell, with its values.
pub fn sentence(l: Lang, fault: &Fault) -> String {
    l.t2(&format!("fault-{}", fault.kind.id()), "value", &fault.value, "against", &fault.against)
}

/// What to do about it.
fn advice(l: Lang, fault: &Fault) -> String {
    l.t(&format!("mend-{}", fault.kind.id()))
}

/// Households of a list by the rows they take.
pub struct ByRow<'a>(BTreeMap<(usize, usize), &'a ListHousehold>);

impl<'a> ByRow<'a> {
    pub fn new(read: &'a ReadList) -> Self {
        let escaped = read.escaped.iter().map(|e| &e.household);
        Self(read.households.iter().chain(escaped).map(|h| ((h.sheet, h.row), h)).collect())
    }

    /// The household that a row belongs to.
    pub fn of(&self, at: (usize, usize)) -> Option<&'a ListHousehold> {
        let (first, household) = self.0.range(..=at).next_back()?;
        (first.0 == at.0 && at.1 <= household.last_row()).then_some(*household)
    }
}

/// Where a fault stands: what sets a household aside comes first.
type Place = (bool, usize, usize);

/// Faults by row, in the order of the page.
pub fn by_row(read: &ReadList) -> Vec<(Place, Vec<&Fault>)> {
    let rejecting: BTreeSet<(usize, usize)> =
        read.faults.iter().filter(|f| f.level() == FaultLevel::Reject).map(|f| (f.sheet, f.row)).collect();
    let mut rows: BTreeMap<Place, Vec<&Fault>> = BTreeMap::new();
    for fault in &read.faults {
        let comes_later = !rejecting.contains(&(fault.sheet, fault.row));
        rows.entry((comes_later, fault.sheet, fault.row)).or_default().push(fault);
    }
    rows.into_iter().collect()
}

/// The import whose faults are said.
pub struct About<'a> {
    pub l: Lang,
    pub view: &'a IntakeView,
    pub read: &'a ReadList,
    pub rules: &'a Rulebook,
}

/// The rows of one page.
pub fn page_rows(about: &About<'_>, rows: &[(Place, Vec<&Fault>)]) -> Vec<FaultyRow> {
    let read = about.read;
    let households = ByRow::new(read);
    let rejected_by_fault = rejected_by_fault(read, &households);
    let mut offered = BTreeSet::new();
    rows.iter()
        .map(|((_, sheet, row), faults)| {
            let household = households.of((*sheet, *row));
            let at = household.map(|h| (h.sheet, h.row));
            // One box a household, and none where only mending helps.
            let is_offered = at.is_some_and(|at| !rejected_by_fault.contains(&at) && offered.insert(at));
            let member = household.and_then(|h| h.members.iter().find(|m| m.row == *row));
            let head = household.and_then(ListHousehold::head).map(|m| m.name.clone()).unwrap_or_default();
            FaultyRow {
                sheet: sheet.to_string(),
                row: row.to_string(),
                member: member.map(|m| m.name.clone()).filter(|name| *name != head).unwrap_or_default(),
                head,
                cells: about.cells(faults),
                household: at.filter(|_| is_offered).map(|(s, r)| format!("{s}.{r}")).unwrap_or_default(),
                is_aside: household.is_some_and(|h| h.rejected),
            }
        })
        .collect()
}

/// Households that only mending brings back.
fn rejected_by_fault(read: &ReadList, households: &ByRow<'_>) -> BTreeSet<(usize, usize)> {
    let rejects = read.faults.iter().filter(|f| f.level() == FaultLevel::Reject);
    rejects.filter_map(|f| households.of((f.sheet, f.row))).map(|h| (h.sheet, h.row)).collect()
}

impl About<'_> {
    fn cells(&self, faults: &[&Fault]) -> Vec<FaultyCell> {
        let mut offered = BTreeSet::new();
        let cell = |fault: &&Fault| {
            let at = fault.sheet.checked_sub(1);
            let column = at.and_then(|at| self.read.columns.get(&at)).and_then(|c| c.get(&fault.field));
            let sheet = at.and_then(|at| self.view.staged.sheets.get(at));
            let text = match (sheet, column, fault.row.checked_sub(1)) {
                (Some(sheet), Some(column), Some(row)) => sheet.cell(row, column).text(),
                _ => fault.value.clone(),
            };
            // Two faults of one cell are mended in one box.
            let is_offered = column.is_some() && offered.insert(fault.field.clone());
            let field = format!("cell.{}.{}.{}", fault.sheet, fault.row, fault.field);
            FaultyCell {
                field: if is_offered { field } else { String::new() },
                column: self.column(fault),
                text,
                sentence: sentence(self.l, fault),
                advice: advice(self.l, fault),
                is_reject: fault.level() == FaultLevel::Reject,
            }
        };
        faults.iter().map(cell).collect()
    }

    /// The header as written; the layout's own where the table lacks the column.
    fn column(&self, fault: &Fault) -> String {
        if !fault.column.is_empty() {
            return fault.column.clone();
        }
        let is_it = |field: &Field| *field == fault.field;
        let columns = self.rules.list_layout.value.sheets.iter().flat_map(|sheet| &sheet.columns);
        columns.into_iter().find(|c| is_it(&c.field)).map(|c| c.header.clone()).unwrap_or_default()
    }
}

/// Kinds of fault and how often each, most frequent first.
pub fn kinds(l: Lang, read: &ReadList) -> Vec<(String, String)> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in &read.faults {
        *counted.entry(fault.kind.id()).or_default() += 1;
    }
    let mut counted: Vec<(&str, usize)> = counted.into_iter().collect();
    counted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    // keys: kind-*
    counted.into_iter().map(|(kind, n)| (l.t(&format!("kind-{kind}")), super::super::words::number(n))).collect()
}
