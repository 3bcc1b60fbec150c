//! `GET`, `POST /review/intake` (multipart): a file, or cells pasted from a spreadsheet.
//! Fields: unit, year, file, paste.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Template)]
#[template(path = "pages/review/intake/upload.html")]
pub struct Upload {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub unit: String,
    pub years: Vec<Choice>,
    pub layout_href: String,
}
