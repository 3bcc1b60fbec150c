//! `GET /review/{year}/poverty?unit=…&split=…&cross=…&by=…&k=…&count=…&of=…&before=…`: the Alkire–Foster family of a
//! year: every cut-off, every indicator, every group; drawn, in tables, and each figure opening onto its definition.

use askama::Template;

use super::{Lines, Panel};
use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Link, Verdict};

/// A choice of the question.
#[derive(Debug, Clone)]
pub struct Select {
    pub id: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
    pub chosen: String,
}

/// One cut-off over everybody.
#[derive(Debug, Clone)]
pub struct CutoffRow {
    pub k: String,
    /// The page at this cut-off; empty for the one that is shown.
    pub href: String,
    pub cells: Vec<Link>,
}

/// An indicator or a dimension over everybody.
#[derive(Debug, Clone)]
pub struct IndicatorRow {
    pub number: String,
    pub label: String,
    /// A dimension has no headcounts of its own.
    pub is_dimension: bool,
    pub cells: Vec<Link>,
}

#[derive(Debug, Clone)]
pub struct GroupRow {
    pub name: String,
    /// The second group of a crossing.
    pub and: String,
    /// Why the group is of no unit of the day; empty where it is.
    pub state: String,
    pub cells: Vec<Link>,
}

/// One group between two years.
#[derive(Debug, Clone)]
pub struct ChangeRow {
    pub name: String,
    pub cells: Vec<String>,
}

/// What changed since another year.
#[derive(Debug, Clone)]
pub struct ChangeTable {
    pub sentence: String,
    pub heads: Vec<String>,
    pub rows: Vec<ChangeRow>,
    pub total: Vec<String>,
}

/// Two years side by side.
#[derive(Debug, Clone, Default)]
pub struct Compare {
    pub tables: Vec<ChangeTable>,
    /// Of which communes it is, or why there is nothing to compare.
    pub notes: Vec<String>,
    /// Each year with the snapshots it was read from.
    pub sources: Vec<(String, Vec<Link>)>,
}

#[derive(Template)]
#[template(path = "pages/reporting/poverty.html")]
pub struct Poverty {
    pub l: Lang,
    pub frame: Frame,
    pub year: String,
    pub action: String,
    /// Unit and year of the form.
    pub unit: String,
    pub selects: Vec<Select>,
    /// What is missing, and what to do; empty when all is there.
    pub missing: Vec<String>,
    pub sources: Vec<Link>,
    pub is_sample: bool,
    /// From the register as it stands; nothing of it is frozen.
    pub is_working: bool,
    /// What the figures are of, and what they are not.
    pub notes: Vec<String>,
    /// `Ở ngưỡng k = 3: …` in one sentence.
    pub sentence: String,
    /// Word and figure.
    pub summary: Vec<(String, Link)>,
    pub cutoffs: Vec<CutoffRow>,
    pub lines: Lines,
    pub indicators: Vec<IndicatorRow>,
    /// By what: `Theo xã, phường`.
    pub by_what: String,
    /// Heads of the two group columns; the second is empty without a crossing.
    pub group_heads: (String, String),
    pub heads: Vec<String>,
    pub groups: Vec<GroupRow>,
    pub total: Vec<Link>,
    /// Whether the groups add up to the whole, or why they do not.
    pub check: String,
    pub verdict: Verdict,
    pub panels: Vec<Panel>,
    /// Said when not every group is drawn.
    pub panels_note: String,
    /// Which figure stands in the table by group and indicator.
    pub of_what: String,
    pub indicator_heads: Vec<String>,
    pub by_indicator: Vec<GroupRow>,
    /// Empty where nobody asked.
    pub compare: Compare,
    pub cutoff_heads: Vec<String>,
    pub figure_heads: Vec<String>,
    pub files: Vec<Link>,
    pub back_href: String,
}

impl Poverty {
    /// The number of the group columns.
    fn group_columns(&self) -> usize {
        if self.group_heads.1.is_empty() { 1 } else { 2 }
    }
}
