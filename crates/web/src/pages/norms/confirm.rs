//! `GET`, `POST /norms/confirm?key=…`: a person of the province vouches for a value, by name and day.
//! Fields: key, signed (name and office). The day is today.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;

#[derive(Template)]
#[template(path = "pages/norms/confirm.html")]
pub struct Confirm {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub key: String,
    pub label: String,
    pub value: String,
    pub back_href: String,
}
