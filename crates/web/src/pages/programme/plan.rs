//! `GET /programme/plan?unit=…&year=…&plan=…`: the plan's own words as a paper, beside each clause its live state.

use askama::Template;

use super::parts::Hung;
use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::Link;

/// One clause of the paper.
#[derive(Debug, Clone)]
pub struct ClauseRow {
    /// `II-MT.1`
    pub id: String,
    /// `section`, `point`, `paragraph`, `title` …: how it is set.
    pub kind: &'static str,
    pub marker: String,
    pub text: String,
    pub href: String,
    pub is_heading: bool,
    pub hung: Vec<Hung>,
    /// Nothing hangs on it, and nothing below it either.
    pub is_untracked: bool,
}

/// The id of a clause in the page: `c-II-MT-1`. A dot would read as a class wherever the page is searched.
pub fn anchor(clause: &str) -> String {
    format!("c-{}", clause.replace('.', "-"))
}

impl ClauseRow {
    pub fn anchor(&self) -> String {
        anchor(&self.id)
    }
}

/// A line of the table of contents.
#[derive(Debug, Clone)]
pub struct ContentsRow {
    pub link: Link,
    pub is_section: bool,
}

#[derive(Template)]
#[template(path = "pages/programme/plan.html")]
pub struct Plan {
    pub l: Lang,
    pub frame: Frame,
    /// Kept by links and by the search.
    pub unit: String,
    pub year: String,
    /// An older version; empty for the newest.
    pub version: String,
    /// `Phiên bản 2, nhập 23/11/2026 bởi …`.
    pub told: String,
    pub is_newest: bool,
    pub contents: Vec<ContentsRow>,
    /// From the head to the closing words.
    pub clauses: Vec<ClauseRow>,
    pub addressees: Vec<ClauseRow>,
    pub signatures: Vec<ClauseRow>,
    /// What the reader could not place.
    pub unplaced: Vec<ClauseRow>,
    /// Bindings that wait for somebody's word.
    pub waiting: String,
    pub bindings_href: String,
    pub documents_href: String,
    pub versions_href: String,
}

/// There is no plan of the year.
#[derive(Template)]
#[template(path = "pages/programme/none.html")]
pub struct NoPlan {
    pub l: Lang,
    pub frame: Frame,
    pub year: String,
    /// Years that have one.
    pub others: Vec<Link>,
    pub import_href: Option<String>,
}
