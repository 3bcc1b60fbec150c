//! `GET`, `POST /registry/households/{id}/edit`: what was written down wrongly.
//! Fields: head, village, address, version.

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Template)]
#[template(path = "pages/registry/edit.html")]
pub struct Edit {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub subject: Subject,
    /// Present members.
    pub heads: Vec<Choice>,
    pub villages: Vec<Choice>,
}
