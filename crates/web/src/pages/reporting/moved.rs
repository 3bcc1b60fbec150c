//! `GET /review/{year}/dynamics/rows?unit=…&from=…&to=…`: the households behind one number of the dynamics.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;

#[derive(Debug, Clone)]
pub struct MovedRow {
    pub head: String,
    pub href: String,
    pub why_href: String,
    pub place: String,
    /// `4 → 3`
    pub size: String,
}

#[derive(Template)]
#[template(path = "pages/reporting/moved.html")]
pub struct Moved {
    pub l: Lang,
    pub frame: Frame,
    /// `Hộ nghèo → Hộ cận nghèo`
    pub what: String,
    pub rows: Vec<MovedRow>,
    pub total: String,
    /// Said when not all are shown.
    pub more: String,
    pub back_href: String,
}
