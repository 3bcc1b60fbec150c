//! `GET`, `POST /registry/households/{id}/move`: the whole household goes to another village, is handed over to another
//! commune, or leaves the province. Fields: to (inside, commune, outside), village, commune, day, note, version.
//! Who answers for several communes chooses the commune first (`?commune=commune:…`), then a village of it.

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
    /// Where a household can go; addresses such as `commune:18553`.
    pub communes: Vec<Choice>,
    /// Empty for who answers for several communes: they move it at once.
    pub targets: Vec<Choice>,
}
