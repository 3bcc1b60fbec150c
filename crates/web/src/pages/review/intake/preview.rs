//! `GET /review/intake/{id}`: what confirming would do. Posts: `/apply` and `/drop` (version),
//! `/same` (at, household, are: one or two).

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Pager, Tag};

#[derive(Debug, Clone)]
pub struct PreviewRow {
    pub row: String,
    pub head: String,
    pub village: String,
    pub size: String,
    pub class: Tag,
    /// mới, thay đổi, không đổi, để riêng.
    pub what: String,
    /// Which fields change, or why it is set aside.
    pub detail: String,
    pub likely: Option<LikelySame>,
}

/// A row that was taken for a member by likeness; a person may say that they are two people, or one after all.
#[derive(Debug, Clone)]
pub struct LikelySame {
    /// `sheet.row` of the household.
    pub at: String,
    pub household: String,
    pub are_strangers: bool,
}

#[derive(Template)]
#[template(path = "pages/review/intake/preview.html")]
pub struct Preview {
    pub l: Lang,
    pub frame: Frame,
    pub subject: Subject,
    pub new: String,
    pub changed: String,
    pub unchanged: String,
    pub aside: String,
    /// Households of the register that the list no longer has.
    pub absent: String,
    pub warnings: String,
    /// Questions still open; nothing can be confirmed before they are answered.
    pub open_questions: String,
    pub has_open_questions: bool,
    /// The same file was applied before; words saying when.
    pub already: Option<String>,
    pub rows: Vec<PreviewRow>,
    pub pager: Pager,
}
