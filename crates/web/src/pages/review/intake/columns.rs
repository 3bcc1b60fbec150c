//! `GET`, `POST /review/intake/{id}/columns`: which column holds what; remembered for the next file of the same shape.
//! Fields: column.N (field id or empty), sheet, header_row, shown (SHEET.ROW on this page).

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Debug, Clone)]
pub struct ColumnChoice {
    /// `column.3`.
    pub field: String,
    /// `D`.
    pub letter: String,
    pub header: String,
    /// A few values, joined.
    pub examples: String,
}

#[derive(Template)]
#[template(path = "pages/review/intake/columns.html")]
pub struct Columns {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub subject: Subject,
    pub columns: Vec<ColumnChoice>,
    /// Tables of the file, by number.
    pub sheets: Vec<Choice>,
    /// What a column may hold.
    pub fields: Vec<Choice>,
    /// Names of required fields not matched yet.
    pub missing: Vec<String>,
}
