//! `GET /review/{year}/dynamics?unit=…`: who moved between two frozen years: by class in, out and stayed; every pair of
//! classes with both numbers, opening onto the households.

use askama::Template;

use super::Bars;
use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Link, Tag};

/// One class between the two years.
#[derive(Debug, Clone)]
pub struct ClassFlow {
    pub class: Tag,
    pub before: String,
    pub stayed: String,
    /// To another class, and from another.
    pub left: String,
    pub entered: String,
    /// In no snapshot of the second year, and in none of the first.
    pub gone: String,
    pub fresh: String,
    pub now: String,
}

/// Households and persons that went one way.
#[derive(Debug, Clone)]
pub struct MatrixCell {
    pub to: String,
    pub households: String,
    pub persons: String,
    /// Empty where nobody went.
    pub href: String,
    pub is_same: bool,
}

#[derive(Debug, Clone)]
pub struct MatrixRow {
    pub from: Tag,
    pub cells: Vec<MatrixCell>,
    pub total: String,
}

#[derive(Template)]
#[template(path = "pages/reporting/dynamics.html")]
pub struct Dynamics {
    pub l: Lang,
    pub frame: Frame,
    pub years: (String, String),
    /// What is missing before anything can be shown, and what to do; empty when all is there.
    pub missing: Vec<String>,
    /// Snapshots read for the one year and the other.
    pub sources: (Vec<Link>, Vec<Link>),
    pub sentence: String,
    pub flows: Vec<ClassFlow>,
    pub chart: Bars,
    pub heads: Vec<String>,
    pub rows: Vec<MatrixRow>,
    pub files: Vec<Link>,
    pub back_href: String,
}
