//! `GET /units/counts?unit=…&year=…&by=commune@2025-07-01`: households of a year's list by class and the units of a day.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{ByUnitsChoice, Link, Verdict};

#[derive(Debug, Clone)]
pub struct CountRow {
    pub unit: Option<Link>,
    /// Where there is no unit: the code.
    pub name: String,
    /// Why the row is of no unit of the day; empty where it is.
    pub state: String,
    pub verdict: Verdict,
    /// Why nothing is known; empty where something is.
    pub detail: String,
    pub cells: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/units/counts.html")]
pub struct Counts {
    pub l: Lang,
    pub frame: Frame,
    pub subtitle: String,
    pub by: ByUnitsChoice,
    pub year: String,
    pub heads: Vec<String>,
    pub rows: Vec<CountRow>,
    pub total: Vec<String>,
    /// Whether the rows add up to what is counted.
    pub check: String,
    pub verdict: Verdict,
    pub placing_href: String,
    pub all_placed: bool,
}
