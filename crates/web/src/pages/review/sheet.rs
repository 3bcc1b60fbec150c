//! `GET`, `POST /review/{year}/households/{id}`: facts of the household and its members, and the answers of the score pack.
//! Fields: household.FACT, person.PERSON.FACT, answer.ITEM, b1, b2, cause (several), cause_other, group (several), version.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Basis, Choice, Notice};
use crate::pages::registry::Subject;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionKind {
    /// One of a few choices (yes and no among them).
    Radios,
    /// One of many.
    Select,
    /// Several.
    Boxes,
    Number,
}

/// One question; its words come from the norms or the pack.
#[derive(Debug, Clone)]
pub struct Question {
    pub field: String,
    pub label: String,
    pub hint: String,
    pub kind: QuestionKind,
    pub choices: Vec<Choice>,
    pub unit: String,
}

#[derive(Debug, Clone)]
pub struct PersonPart {
    /// `Trần Thị Chi, 11 tuổi, con`.
    pub title: String,
    pub questions: Vec<Question>,
}

#[derive(Template)]
#[template(path = "pages/review/sheet.html")]
pub struct Sheet {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub subject: Subject,
    /// `/review/2023/households/{id}`.
    pub action: String,
    /// What is sent along unseen.
    pub hidden: Vec<(String, String)>,
    pub household: Vec<Question>,
    pub persons: Vec<PersonPart>,
    /// The twelve marks as entered, each yes, no or not known: used where facts are missing.
    pub marks: Vec<Question>,
    /// Title of the pack in use; empty when none is: then B1 is entered as a total.
    pub pack: String,
    pub pack_basis: Option<Basis>,
    pub items: Vec<Question>,
    pub causes: Vec<Choice>,
    pub groups: Vec<Choice>,
    /// Result of the last save: class and scores, in words.
    pub result: Option<Notice>,
}
