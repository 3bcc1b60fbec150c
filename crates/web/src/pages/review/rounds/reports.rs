//! `GET /review/{year}/reports`: the reports a unit owes in a year, each with its day, its paper and whether it was sent.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{PaperLinks, Verdict};

#[derive(Debug, Clone)]
pub struct ReportRow {
    pub id: String,
    /// `2023-03-05`.
    pub due: String,
    pub title: String,
    pub detail: String,
    pub state: String,
    pub verdict: Verdict,
    pub papers: Vec<PaperLinks>,
    /// Its day is not in the law and nobody has confirmed it.
    pub unconfirmed: bool,
    pub may_mark: bool,
}

#[derive(Template)]
#[template(path = "pages/review/rounds/reports.html")]
pub struct ReportsPage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub year: String,
    pub today: String,
    pub rows: Vec<ReportRow>,
}
