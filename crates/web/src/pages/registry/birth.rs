//! `GET`, `POST /registry/households/{id}/birth`: a child was born.
//! Fields: name, sex, birth, relation, ethnicity, version.

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Template)]
#[template(path = "pages/registry/birth.html")]
pub struct Birth {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub subject: Subject,
    pub sexes: Vec<Choice>,
    pub relations: Vec<Choice>,
    pub ethnicities: Vec<Choice>,
}
