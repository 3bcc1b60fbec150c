//! `GET /review/{year}/round?unit=district:…`: how far the communes of an area have come, late ones first.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Count, Link, Verdict};

#[derive(Debug, Clone)]
pub struct ProgressRow {
    pub name: String,
    pub href: String,
    pub above: String,
    pub state: String,
    pub verdict: Verdict,
    pub households: String,
    /// Villages at each step, in the order of the head row.
    pub villages: Vec<String>,
    pub late: String,
}

#[derive(Template)]
#[template(path = "pages/review/rounds/progress.html")]
pub struct ProgressPage {
    pub l: Lang,
    pub frame: Frame,
    pub year: String,
    pub shows_above: bool,
    pub steps: Vec<String>,
    pub rows: Vec<ProgressRow>,
    /// How many communes stand where; each opens onto those alone.
    pub summary: Vec<Count>,
    pub links: Vec<Link>,
}
