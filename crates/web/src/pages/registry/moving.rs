//! `GET`, `POST /registry/households/{id}/move`: the whole household goes to another village or leaves the province.
//! Fields: to (inside, outside), village, day, note, version.

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Template)]
#[template(path = "pages/registry/moving.html")]
pub struct Moving {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub subject: Subject,
    pub villages: Vec<Choice>,
    pub targets: Vec<Choice>,
}
