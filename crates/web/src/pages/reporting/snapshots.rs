//! `GET /reporting/snapshots?unit=…`: the register of snapshots of a unit and everything below it.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::Verdict;

#[derive(Debug, Clone)]
pub struct SnapshotRow {
    pub href: String,
    /// The first letters of the name.
    pub short: String,
    pub unit: String,
    pub year: String,
    pub act: String,
    pub day: String,
    pub by: String,
    pub households: String,
    pub persons: String,
    pub checked: String,
    pub verdict: Verdict,
}

#[derive(Template)]
#[template(path = "pages/reporting/snapshots.html")]
pub struct Snapshots {
    pub l: Lang,
    pub frame: Frame,
    pub rows: Vec<SnapshotRow>,
    pub dynamics_href: String,
    pub review_href: String,
}
