//! `GET /review/{year}/forms?unit=…`: the report forms of a unit and year, with how their checks stand.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{ByUnitsChoice, Link, PaperLinks, Verdict};

#[derive(Debug, Clone)]
pub struct FormLink {
    pub number: String,
    pub title: String,
    pub href: String,
    /// XLSX, PDF, Word, print page.
    pub files: Vec<Link>,
    pub verdict: Verdict,
    /// `5 đạt`, `1 không đạt`, `2 chưa đủ dữ liệu`.
    pub checks: String,
    pub is_unconfirmed: bool,
}

#[derive(Template)]
#[template(path = "pages/review/forms.html")]
pub struct Forms {
    pub l: Lang,
    pub frame: Frame,
    pub rows: Vec<FormLink>,
    pub all_xlsx_href: String,
    /// The report that goes up with the forms, in each format.
    pub report: Vec<PaperLinks>,
    /// Since when and by whom the forms are official; empty while they are not.
    pub official: String,
    pub may_mark: bool,
    pub official_action: String,
    pub snapshots_href: String,
    pub unit: String,
    /// Why there is nothing to count yet; empty when there is.
    pub empty: String,
    pub by: ByUnitsChoice,
    /// The lists counted by class and the units of a day.
    pub counts_href: String,
}
