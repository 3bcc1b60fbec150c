//! `GET`, `POST /registry/households/{id}/split`: some members found a household of their own.
//! Fields: going (several), head, day, version.

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Template)]
#[template(path = "pages/registry/split.html")]
pub struct Split {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub subject: Subject,
    pub members: Vec<Choice>,
}
