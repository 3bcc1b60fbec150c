//! `GET`, `POST /units/changes/new?day=…&source=…`: records a merger, division, rename, or a level that begins or ends.
//! Fields: kind, level, on, act, act_day, article, issuer, sources, targets, note.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Template)]
#[template(path = "pages/units/change_form.html")]
pub struct ChangeForm {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub kinds: Vec<Choice>,
    pub levels: Vec<Choice>,
    pub changes_href: String,
}
