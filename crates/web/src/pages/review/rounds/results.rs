//! `GET /review/{year}/results`: preliminary and official results side by side, each with its steps.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Link, Verdict};

#[derive(Debug, Clone)]
pub struct ResultsRow {
    pub id: String,
    pub kind: String,
    /// Whose they are.
    pub unit: String,
    /// The table by unit.
    pub table: Link,
    pub state: String,
    pub verdict: Verdict,
    pub steps: Vec<String>,
    /// Households by class, in words.
    pub counts: Vec<(String, String)>,
    pub hash: String,
    pub may_approve: bool,
    /// Compiled by the reader: somebody else approves.
    pub needs_another: bool,
    pub may_publish: bool,
}

#[derive(Template)]
#[template(path = "pages/review/rounds/results.html")]
pub struct ResultsPage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub back: Link,
    pub year: String,
    pub rows: Vec<ResultsRow>,
    pub may_compile: bool,
    /// What moved between the last preliminary and the last official results.
    pub differences: Vec<(String, String)>,
}
