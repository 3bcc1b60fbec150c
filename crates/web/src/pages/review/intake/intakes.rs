//! `GET /review/intake/all?unit=…`: the imports of a unit, newest first.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::Verdict;

#[derive(Debug, Clone)]
pub struct IntakeRow {
    pub href: String,
    pub file_name: String,
    pub year: String,
    pub at: String,
    pub by: String,
    pub state: String,
    pub verdict: Verdict,
    pub summary: String,
}

#[derive(Template)]
#[template(path = "pages/review/intake/intakes.html")]
pub struct Intakes {
    pub l: Lang,
    pub frame: Frame,
    pub rows: Vec<IntakeRow>,
    pub upload_href: String,
}
