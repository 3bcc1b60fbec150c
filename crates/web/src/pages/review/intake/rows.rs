//! `GET`, `POST /review/intake/{id}/rows`: every faulty row with what, why and what to do; mended here or set aside.
//! Fields: cell.SHEET.ROW.FIELD (new text), aside and shown (SHEET.ROW of a household, several). Paged by `?page=`.

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Pager;

#[derive(Debug, Clone)]
pub struct FaultyCell {
    /// `cell.1.14.birth_date`; empty where the fault cannot be mended in one cell.
    pub field: String,
    pub column: String,
    pub text: String,
    /// What is wrong and why.
    pub sentence: String,
    pub advice: String,
    /// Sets its household aside unless mended.
    pub is_reject: bool,
}

#[derive(Debug, Clone)]
pub struct FaultyRow {
    pub sheet: String,
    /// As the spreadsheet numbers it.
    pub row: String,
    pub head: String,
    pub member: String,
    pub cells: Vec<FaultyCell>,
    /// Value of `aside` for its household; empty where only mending helps, or another row offers it.
    pub household: String,
    pub is_aside: bool,
}

#[derive(Template)]
#[template(path = "pages/review/intake/rows.html")]
pub struct Rows {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub subject: Subject,
    pub rows: Vec<FaultyRow>,
    /// Kinds of fault and how often each.
    pub kinds: Vec<(String, String)>,
    pub aside_households: String,
    pub pager: Pager,
    pub aside_xlsx_href: String,
}
