//! `GET`, `POST /review/{year}/households/{id}/decide`: the commune chairman's decision is recorded.
//! Fields: class, number, day, version.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Tag};
use crate::pages::registry::Subject;

#[derive(Template)]
#[template(path = "pages/review/decide.html")]
pub struct Decide {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub subject: Subject,
    pub action: String,
    /// What the rules give.
    pub computed: Option<Tag>,
    pub sentence: String,
    pub classes: Vec<Choice>,
}
