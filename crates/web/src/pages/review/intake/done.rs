//! `GET /review/intake/{id}` once applied: what was stored, what stays aside, and the undo of the whole import (posts `/undo`).

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::Link;

#[derive(Template)]
#[template(path = "pages/review/intake/done.html")]
pub struct Done {
    pub l: Lang,
    pub frame: Frame,
    pub subject: Subject,
    pub new: String,
    pub changed: String,
    pub unchanged: String,
    pub aside: String,
    pub has_aside: bool,
    pub aside_xlsx_href: String,
    pub list_href: String,
    pub is_undone: bool,
    /// Why it can no longer be undone; empty when it can.
    pub undo_hindrance: String,
    /// The later import or the households that stand in the way.
    pub undo_links: Vec<Link>,
}
