//! `GET`, `POST /registry/households/{id}/leave`: somebody died, moved away, or was entered by mistake.
//! Fields: person, reason (died, moved_away, mistaken), day, note, version.

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Template)]
#[template(path = "pages/registry/leave.html")]
pub struct Leave {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub subject: Subject,
    pub members: Vec<Choice>,
    pub reasons: Vec<Choice>,
}
