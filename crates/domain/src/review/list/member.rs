//! Reads one member row: name, relation, birth, sex, paper, ethnicity. At most one fault a cell, the first that applies.

use std::collections::HashMap;

use kernel::{BirthDate, Day};
use norms::{Field, Rulebook};

use super::cells::{Cell, Sheet};
use super::columns::Columns;
use super::fault::{Fault, FaultKind};
use super::household::ListMember;
use crate::registry::{PaperFault, Sex, digits_fault, length_fault, read_paper};

/// One sheet being read: cells, columns and the faults found so far.
#[derive(Debug)]
pub struct Reading<'a> {
    pub sheet_number: usize,
    pub sheet: &'a Sheet,
    pub columns: &'a Columns,
    pub rules: &'a Rulebook,
    /// Last day on which somebody on the list can have been born.
    pub last_day: Day,
    pub faults: Vec<Fault>,
    /// Papers seen, with the row that bore them first.
    pub papers: HashMap<String, usize>,
    /// Some cell of the mark columns is filled; columns left blank throughout say nothing.
    pub has_marks: bool,
    /// Written words already looked up; lists repeat the same few thousands of times.
    pub known_words: HashMap<(Field, String), Option<String>>,
}

impl Reading<'_> {
    pub fn cell(&self, row: usize, field: &Field) -> &Cell {
        const EMPTY: &Cell = &Cell::Empty;
        self.columns.get(field).map_or(EMPTY, |column| self.sheet.cell(row, column))
    }

    pub fn text(&self, row: usize, field: &Field) -> String {
        self.cell(row, field).text()
    }

    pub fn fault(&mut self, row: usize, field: &Field, kind: FaultKind, against: impl Into<String>) {
        self.faults.push(Fault {
            sheet: self.sheet_number,
            row: row + 1,
            column: self.columns.header(field).to_owned(),
            field: field.clone(),
            kind,
            value: self.text(row, field),
            against: against.into(),
        });
    }

    /// Reads the member of a row; `rejected` tells whether a fault sets the household aside.
    pub fn member(&mut self, row: usize, is_first: bool, rejected: &mut bool) -> ListMember {
        let name = self.name(row, is_first, rejected);
        let birth = self.birth(row, rejected);
        let sex = self.sex(row);
        let (paper, paper_is_sound) = self.paper(row, sex, birth);
        let ethnicity = self.ethnicity(row);
        let relation = self.relation(row, is_first);
        ListMember { row: row + 1, name, relation, sex, birth, paper, paper_is_sound, ethnicity }
    }

    fn name(&mut self, row: usize, is_first: bool, rejected: &mut bool) -> String {
        let name = self.text(row, &Field::MemberName);
        if !name.is_empty() {
            return name;
        }
        let head = self.text(row, &Field::HeadName);
        if is_first && !head.is_empty() {
            return head;
        }
        self.fault(row, &Field::MemberName, FaultKind::NameMissing, "");
        *rejected = true;
        name
    }

    fn relation(&mut self, row: usize, is_first: bool) -> String {
        let written = self.text(row, &Field::Relation);
        let relations = &self.rules.relations.value.relations;
        if written.is_empty() {
            let head = relations.iter().find(|r| r.is_head && is_first);
            return head.map(|r| r.id.clone()).unwrap_or_default();
        }
        let known = self.known_words.entry((Field::Relation, written.clone())).or_insert_with(|| {
            let folded = kernel::text::fold_name(&written);
            let names =
                |r: &norms::Relation| r.words.iter().chain([&r.label.vi]).any(|w| kernel::text::fold_name(w) == folded);
            relations.iter().find(|r| names(r)).map(|r| r.id.clone())
        });
        known.clone().unwrap_or(written)
    }

    fn birth(&mut self, row: usize, rejected: &mut bool) -> Option<BirthDate> {
        let field = Field::BirthDate;
        let read = match self.cell(row, &field) {
            Cell::Day(day) => Ok(BirthDate::of_day(*day)),
            blank if blank.is_blank() => {
                self.fault(row, &field, FaultKind::BirthMissing, "");
                return None;
            }
            other => other.text().parse::<BirthDate>(),
        };
        let Ok(birth) = read else {
            self.fault(row, &field, FaultKind::BadDate, "");
            *rejected = true;
            return None;
        };
        if birth.earliest() > self.last_day {
            // A date that is wrong itself says nothing against the paper.
            self.fault(row, &field, FaultKind::Future, self.last_day.to_string());
            *rejected = true;
            return None;
        }
        if birth.is_year_only() {
            self.fault(row, &field, FaultKind::YearOnly, "");
        }
        Some(birth)
    }

    fn sex(&mut self, row: usize) -> Option<Sex> {
        let sex = Sex::read(&self.text(row, &Field::Sex));
        if sex.is_none() {
            self.fault(row, &Field::Sex, FaultKind::SexMissing, "");
        }
        sex
    }

    /// The paper and whether it is without fault. Faults in the order: length, borne before, sex and century, year.
    fn paper(&mut self, row: usize, sex: Option<Sex>, birth: Option<BirthDate>) -> (Option<String>, bool) {
        let field = Field::Paper;
        let papers = &self.rules.papers.value;
        let Some(number) = read_paper(&self.text(row, &field), papers) else { return (None, false) };
        let first_row = self.papers.get(&number).copied();
        let fault = match length_fault(&number, papers) {
            Some(PaperFault::Old) => Some((FaultKind::IdOld, String::new())),
            Some(_) => Some((FaultKind::IdShort, String::new())),
            None => first_row.map(|first| (FaultKind::DupId, (first + 1).to_string())).or_else(|| {
                digits_fault(&number, sex, birth, papers).map(|fault| match fault {
                    PaperFault::Year => (FaultKind::IdYear, String::new()),
                    _ => (FaultKind::IdSex, String::new()),
                })
            }),
        };
        self.papers.entry(number.clone()).or_insert(row);
        match fault {
            Some((kind, against)) => {
                self.fault(row, &field, kind, against);
                (Some(number), kind == FaultKind::IdOld && first_row.is_none())
            }
            None => (Some(number), true),
        }
    }

    fn ethnicity(&mut self, row: usize) -> Option<u16> {
        let written = self.text(row, &Field::Ethnicity);
        if written.is_empty() {
            return None;
        }
        let scheme = &self.rules.ethnic.value;
        let known = self.known_words.entry((Field::Ethnicity, written.clone()));
        let code = known.or_insert_with(|| scheme.read(&written).map(|code| code.to_string())).clone();
        let code = code.and_then(|code| code.parse().ok());
        if code.is_none() {
            self.fault(row, &Field::Ethnicity, FaultKind::EthnicityUnknown, scheme.scheme.clone());
        }
        code
    }
}
