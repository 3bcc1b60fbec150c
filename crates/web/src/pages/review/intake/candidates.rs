//! `GET`, `POST /review/intake/{id}/candidates`: several households of the register could be the one in the list; a person says which.
//! Fields: household.ROW = id or `new`, version.

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Pager;

#[derive(Debug, Clone)]
pub struct Candidate {
    /// Household id, or `new`.
    pub value: String,
    pub label: String,
    pub detail: String,
}

#[derive(Debug, Clone)]
pub struct Doubt {
    /// `household.14`.
    pub field: String,
    /// The household as the list has it.
    pub title: String,
    pub detail: String,
    pub candidates: Vec<Candidate>,
}

#[derive(Template)]
#[template(path = "pages/review/intake/candidates.html")]
pub struct Candidates {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub subject: Subject,
    pub doubts: Vec<Doubt>,
    pub pager: Pager,
}
