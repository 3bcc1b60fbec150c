//! An administrative plan as a tree of clauses. Reading never fails and never loses a word: joining markers and texts
//! gives back the file, white space folded. Whether it is a plan at all is asked afterwards, with [`Plan::is_a_plan`].
//! Start with [`read_plan`].

mod blocks;
mod cited;
mod find;
mod ids;
mod marker;
mod numbers;
mod words;

use norms::{PlanReading, Pointer};
use serde::{Deserialize, Serialize};

pub use cited::{Cited, CitedDocument};
pub use find::{Hit, find};
pub use marker::Style;
pub use numbers::{Decimal, NumberFound, NumberKind};

/// A plan that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// `Thực hiện Chương trình … năm 2023 trên địa bàn tỉnh Hà Tĩnh`.
    pub title: String,
    /// The plan's own number and day, where its head says them.
    pub number: Option<String>,
    pub day: Option<kernel::Day>,
    /// The year it is for, as the title says.
    pub year: Option<i16>,
    /// In the order of the text.
    pub clauses: Vec<Clause>,
}

/// One marked point, or one paragraph, with everything up to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// `II-MT.2.b.1a`.
    pub id: String,
    /// The same clause with every bullet counted, where a named side of a clause gives it a shorter key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
    pub parent: Option<String>,
    pub kind: ClauseKind,
    /// As written: `II.`, `1.`, `a)`, `-`, `+`; empty for a paragraph.
    pub marker: String,
    /// No white space stands between marker and text in the file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub glued: bool,
    pub text: String,
    /// Of the first line, counted from 1.
    pub line: usize,
    /// How deep below its section; 0 for sections and what stands outside them.
    pub depth: usize,
}

/// What part of a plan a clause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKind {
    /// What stands above the title: the state's name, the agency, number and day.
    Head,
    Title,
    /// `Kính gửi: …`
    SentTo,
    /// What the plan stands on, before the first section.
    Preamble,
    /// Under a roman number, or a level above it.
    Section,
    /// A marked point below a section.
    Point,
    /// Unmarked, belonging to the clause before it.
    Paragraph,
    /// Unmarked, closing a section: `IV.end`.
    Closing,
    Addressee,
    Signature,
    /// Could not be placed: shown as it is.
    Unplaced,
}

/// Why a file is no plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanProblem {
    /// PLN-001
    #[error("the file has no title of a plan")]
    NoTitle,
    /// PLN-002
    #[error("the file has a title but no numbered sections")]
    NoSections,
}

impl PlanProblem {
    pub fn code(self) -> &'static str {
        match self {
            Self::NoTitle => "PLN-001",
            Self::NoSections => "PLN-002",
        }
    }
}

/// Reads a text into clauses; total, whatever the text is.
pub fn read_plan(text: &str, reading: &PlanReading) -> Plan {
    let blocks = blocks::read(text, reading);
    let clauses = ids::name(blocks, reading);
    let title = clauses.iter().find(|c| c.kind == ClauseKind::Title).map(|c| c.text.clone()).unwrap_or_default();
    let head = clauses.iter().filter(|c| c.kind == ClauseKind::Head);
    let head = head.map(|c| c.text.as_str()).collect::<Vec<_>>().join(" ");
    let year = words::year_in(&title);
    Plan { number: words::own_number(&head), day: words::day_in_words(&head), year, title, clauses }
}

impl Plan {
    /// Refuses what has no plan's title or no sections.
    pub fn is_a_plan(&self) -> Result<(), PlanProblem> {
        let has = |kind| self.clauses.iter().filter(|c| c.kind == kind).count();
        if has(ClauseKind::Title) == 0 {
            return Err(PlanProblem::NoTitle);
        }
        if has(ClauseKind::Section) < 2 { Err(PlanProblem::NoSections) } else { Ok(()) }
    }

    /// A clause by its key, in either way of counting.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        let by_id = self.clauses.iter().find(|c| c.id == id);
        by_id.or_else(|| self.clauses.iter().find(|c| c.also.as_deref() == Some(id)))
    }

    pub fn children<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Clause> {
        self.clauses.iter().filter(move |c| c.parent.as_deref() == Some(id))
    }

    /// The clause itself and those above it, the nearest first.
    pub fn path<'a>(&'a self, clause: &'a Clause) -> Vec<&'a Clause> {
        let mut path = vec![clause];
        let mut above = clause.parent.as_deref();
        // A parent stands before its children, so the walk ends.
        while let Some(found) = above.and_then(|id| self.clauses.iter().find(|c| c.id == id)) {
            path.push(found);
            above = found.parent.as_deref();
        }
        path
    }

    /// Markers and texts in their order: the file, with white space folded.
    pub fn joined(&self) -> String {
        let mut out = String::new();
        for clause in &self.clauses {
            for (part, gap) in [(&clause.marker, !clause.glued), (&clause.text, true)] {
                out.push_str(part);
                if gap && !part.is_empty() {
                    out.push(' ');
                }
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// Every document that is cited, in the order of the first citation.
    pub fn documents(&self, reading: &PlanReading) -> Vec<CitedDocument> {
        cited::documents(self, reading)
    }

    /// Every number with its unit, clause by clause.
    pub fn numbers(&self, reading: &PlanReading) -> Vec<NumberFound> {
        let telling = self.clauses.iter().filter(|c| c.kind != ClauseKind::Head);
        telling.flat_map(|clause| numbers::numbers(clause, reading)).collect()
    }

    /// The numbers of a clause, or of one of its parts.
    pub fn numbers_at(&self, at: &Pointer, reading: &PlanReading) -> Vec<NumberFound> {
        let Some(clause) = self.clause(&at.clause) else { return Vec::new() };
        let part = Clause { text: clause.part(at.part).to_owned(), ..clause.clone() };
        numbers::numbers(&part, reading)
    }
}

impl Clause {
    /// The text, or what stands between its semicolons: part 1 is before the first.
    pub fn part(&self, part: Option<u8>) -> &str {
        let Some(part) = part else { return &self.text };
        let pieces = self.text.split(';').map(str::trim);
        pieces.filter(|piece| !piece.is_empty()).nth(usize::from(part.saturating_sub(1))).unwrap_or(&self.text)
    }

    /// How many parts a semicolon makes of it.
    pub fn parts(&self) -> usize {
        self.text.split(';').filter(|piece| !piece.trim().is_empty()).count()
    }

    pub fn is_heading(&self) -> bool {
        const LONGEST: usize = 160;
        self.kind == ClauseKind::Section
            || (self.kind == ClauseKind::Point
                && self.text.chars().count() < LONGEST
                && !self.text.ends_with(['.', ';', ',']))
    }
}
