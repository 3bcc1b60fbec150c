//! Walks the sheets of a list. A household begins at a row with a number in STT and goes on until the next one;
//! title, blank, repeated header and subtotal rows belong to none.

use std::collections::{BTreeMap, HashMap};

use kernel::Day;
use kernel::text::fold_name;
use norms::{Field, ImportLayout, Rulebook, SheetLayout, SheetRole, UnitList};
use serde::{Deserialize, Serialize};

use super::cells::{Cell, Sheet};
use super::columns::{ColumnMatch, Columns, match_columns};
use super::fault::{Fault, FaultKind};
use super::household::ListHousehold;
use super::member::Reading;
use super::place::Places;
use crate::review::marks::Marks;

/// What a list is read against.
#[derive(Debug, Clone, Copy)]
pub struct ReadContext<'a> {
    pub rules: &'a Rulebook,
    pub units: &'a UnitList,
    /// The review year; nobody on the list is born after its last day.
    pub year: i16,
}

/// A head that left a class, from sheets 2 and 3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscapedRow {
    /// The class left, by the sheet.
    pub from_class: String,
    pub household: ListHousehold,
}

/// Everything found in a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadList {
    /// Member rows of the list sheet.
    pub rows: usize,
    pub households: Vec<ListHousehold>,
    pub escaped: Vec<EscapedRow>,
    /// Rows of each escaped sheet, in the order of the layout.
    pub escaped_rows: Vec<usize>,
    /// Sorted by sheet, row and kind.
    pub faults: Vec<Fault>,
    /// Whether the list has the columns of the deprivation marks.
    pub has_marks: bool,
    /// Columns used, by sheet role, for showing and remembering.
    pub columns: BTreeMap<usize, Columns>,
}

impl ReadList {
    pub fn stored(&self) -> impl Iterator<Item = &ListHousehold> {
        self.households.iter().filter(|h| !h.rejected)
    }

    pub fn aside(&self) -> impl Iterator<Item = &ListHousehold> {
        self.households.iter().filter(|h| h.rejected)
    }
}

/// Why a file is no list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ListProblem {
    /// LST-001: the file has no rows at all.
    #[error("the file is empty")]
    Empty,
    /// LST-002: no sheet has the required columns; a person may match them by hand.
    #[error("the columns {missing:?} were not found")]
    ColumnsMissing { sheet: String, missing: Vec<String> },
}

impl ListProblem {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "LST-001",
            Self::ColumnsMissing { .. } => "LST-002",
        }
    }
}

/// Reads a file by the layout of the law.
pub fn read_list(sheets: &[Sheet], context: ReadContext<'_>) -> Result<ReadList, ListProblem> {
    let layout = &context.rules.list_layout.value;
    let matched = match_sheets(sheets, layout)?;
    Ok(read_matched(sheets, &matched, context))
}

/// Reads one table whose columns a person matched.
pub fn read_with_columns(sheets: &[Sheet], columns: &Columns, sheet: usize, context: ReadContext<'_>) -> ReadList {
    read_matched(sheets, &[(sheet, SheetRole::List, columns.clone())], context)
}

type Matched = (usize, SheetRole, Columns);

/// Gives each sheet of the layout the sheet of the file that fits: by name, else by its header.
fn match_sheets(sheets: &[Sheet], layout: &ImportLayout) -> Result<Vec<Matched>, ListProblem> {
    if sheets.iter().all(|s| s.rows.is_empty()) {
        return Err(ListProblem::Empty);
    }
    let mut matched: Vec<Matched> = Vec::new();
    let mut problem = None;
    for wanted in &layout.sheets {
        let is_free = |at: &usize| !matched.iter().any(|(taken, ..)| taken == at);
        let named = (0..sheets.len()).filter(is_free).find(|at| sheets.get(*at).is_some_and(|s| is_named(s, wanted)));
        let candidates: Vec<usize> = match named {
            Some(at) => vec![at],
            None if wanted.role == SheetRole::List => (0..sheets.len()).filter(is_free).collect(),
            None => continue,
        };
        for at in candidates {
            let Some(sheet) = sheets.get(at) else { continue };
            match match_columns(sheet, wanted) {
                ColumnMatch::Fits(columns) => {
                    matched.push((at, wanted.role.clone(), columns));
                    break;
                }
                ColumnMatch::Lacks { missing, .. } if wanted.role == SheetRole::List && problem.is_none() => {
                    problem = Some(ListProblem::ColumnsMissing { sheet: sheet.name.clone(), missing });
                }
                ColumnMatch::Lacks { .. } => {}
            }
        }
    }
    if matched.iter().any(|(_, role, _)| *role == SheetRole::List) {
        Ok(matched)
    } else {
        Err(problem.unwrap_or(ListProblem::Empty))
    }
}

/// Files cut sheet names at 31 characters, so the beginning decides.
fn is_named(sheet: &Sheet, layout: &SheetLayout) -> bool {
    let (name, wanted) = (fold_name(&sheet.name), fold_name(&layout.name));
    name == wanted || (name.len() >= 20 && wanted.starts_with(&name))
}

fn read_matched(sheets: &[Sheet], matched: &[Matched], context: ReadContext<'_>) -> ReadList {
    let mut read = ReadList::default();
    for (at, role, columns) in matched {
        let Some(sheet) = sheets.get(*at) else { continue };
        let mut reading = Reading {
            sheet_number: at + 1,
            sheet,
            columns,
            rules: context.rules,
            last_day: Day::last_of(context.year),
            faults: Vec::new(),
            papers: HashMap::new(),
            has_marks: has_marks(sheet, columns, context.rules),
            known_words: HashMap::new(),
        };
        let mut places = Places::new(context.units, context.rules);
        match role {
            SheetRole::List => read_members(&mut reading, &mut places, &mut read),
            SheetRole::Escaped(class) => read_escaped(&mut reading, &mut places, class, &mut read),
        }
        read.faults.append(&mut reading.faults);
        read.columns.insert(*at, columns.clone());
    }
    read.faults.sort_by(|a, b| (a.sheet, a.row, a.kind.id()).cmp(&(b.sheet, b.row, b.kind.id())));
    read
}

fn has_marks(sheet: &Sheet, columns: &Columns, rules: &Rulebook) -> bool {
    let indicators = &rules.indicators.value.indicators;
    let at: Vec<usize> = indicators.iter().filter_map(|i| columns.get(&Field::Mark(i.id.clone()))).collect();
    (columns.header_row + 1..sheet.rows.len()).any(|row| at.iter().any(|column| !sheet.cell(row, *column).is_blank()))
}

/// What a row of the list sheet is.
enum RowKind {
    None,
    Begins,
    Continues,
}

fn kind_of(reading: &Reading<'_>, row: usize) -> RowKind {
    if reading.sheet.is_blank_row(row) || reading.columns.is_header(reading.sheet, row) {
        return RowKind::None;
    }
    let has_name = !reading.cell(row, &Field::MemberName).is_blank() || !reading.cell(row, &Field::HeadName).is_blank();
    if reading.columns.get(&Field::RowNumber).is_none() {
        return begins_by_relation(reading, row, has_name);
    }
    match reading.cell(row, &Field::RowNumber) {
        Cell::Number(_) => RowKind::Begins,
        Cell::Text(text) if !text.trim().is_empty() => {
            if text.trim().bytes().all(|b| b.is_ascii_digit()) {
                RowKind::Begins
            } else {
                RowKind::None
            }
        }
        _ if has_name => RowKind::Continues,
        _ => RowKind::None,
    }
}

/// A table without numbers: a household begins where somebody is the head, or where the head's name changes.
fn begins_by_relation(reading: &Reading<'_>, row: usize, has_name: bool) -> RowKind {
    if !has_name {
        return RowKind::None;
    }
    let relation = fold_name(&reading.text(row, &Field::Relation));
    let heads = reading.rules.relations.value.relations.iter().filter(|r| r.is_head);
    let is_head = heads.flat_map(|r| r.words.iter().chain([&r.label.vi])).any(|word| fold_name(word) == relation);
    let no_relations = reading.columns.get(&Field::Relation).is_none();
    if is_head || no_relations { RowKind::Begins } else { RowKind::Continues }
}

fn read_members(reading: &mut Reading<'_>, places: &mut Places<'_>, read: &mut ReadList) {
    read.has_marks = reading.has_marks;
    let mut open = false;
    for row in reading.columns.header_row + 1..reading.sheet.rows.len() {
        match kind_of(reading, row) {
            RowKind::None => {
                // A blank or repeated header does not end a household; a subtotal or title does.
                if !reading.sheet.is_blank_row(row) && !reading.columns.is_header(reading.sheet, row) {
                    open = false;
                }
            }
            RowKind::Begins => {
                read.rows += 1;
                open = true;
                read.households.push(begin(reading, places, row));
            }
            RowKind::Continues if open => {
                read.rows += 1;
                if let Some(household) = read.households.last_mut() {
                    let member = reading.member(row, false, &mut household.rejected);
                    household.members.push(member);
                }
            }
            RowKind::Continues => {
                read.rows += 1;
                read.households.push(orphan(reading, row));
                open = true;
            }
        }
    }
}

fn begin(reading: &mut Reading<'_>, places: &mut Places<'_>, row: usize) -> ListHousehold {
    let mut household = empty_household(reading.sheet_number, row);
    reading.head_row(row, places, &mut household);
    let head = reading.member(row, true, &mut household.rejected);
    household.members.push(head);
    household
}

/// Members before any numbered row: kept together and set aside.
fn orphan(reading: &mut Reading<'_>, row: usize) -> ListHousehold {
    let mut household = empty_household(reading.sheet_number, row);
    household.rejected = true;
    reading.fault(row, &Field::RowNumber, FaultKind::NoHousehold, "");
    let member = reading.member(row, false, &mut household.rejected);
    household.members.push(member);
    household
}

fn read_escaped(reading: &mut Reading<'_>, places: &mut Places<'_>, class: &str, read: &mut ReadList) {
    let mut rows = 0;
    for row in reading.columns.header_row + 1..reading.sheet.rows.len() {
        let names = [Field::MemberName, Field::HeadName];
        if names.iter().all(|field| reading.cell(row, field).is_blank())
            || reading.columns.is_header(reading.sheet, row)
        {
            continue;
        }
        rows += 1;
        let mut household = empty_household(reading.sheet_number, row);
        let member = reading.member(row, true, &mut household.rejected);
        household.members.push(member);
        household.listed = false;
        household.left_class = Some(class.to_owned());
        let address = reading.text(row, &Field::Address);
        if let Some((village, place)) = places.by_address(&address) {
            household.village = village;
            household.place = Some(place);
            reading.area_is_known(row, &Field::Address, &mut household);
        } else {
            reading.fault(row, &Field::Address, FaultKind::AddressUnplaced, "");
            household.rejected = true;
        }
        household.address = (!address.is_empty()).then_some(address);
        reading.escaped_scores(row, &mut household);
        read.escaped.push(EscapedRow { from_class: class.to_owned(), household });
    }
    read.escaped_rows.push(rows);
}

fn empty_household(sheet: usize, row: usize) -> ListHousehold {
    ListHousehold {
        sheet,
        row: row + 1,
        members: Vec::new(),
        place: None,
        village: String::new(),
        address: None,
        class_entered: None,
        class_computed: None,
        decision_number: None,
        decision_day: None,
        b1: None,
        b2: None,
        marks: Marks::default(),
        groups: 0,
        causes: 0,
        cause_other: None,
        listed: true,
        left_class: None,
        rejected: false,
    }
}
