//! `GET`, `POST /review/intake` (multipart): a file, or cells pasted from a spreadsheet.
//! Fields: unit, year, file, paste, convert (yes: text in TCVN3 or VNI may be converted).

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
    /// Name of the old encoding found in the file just sent; then consent is asked.
    pub legacy: Option<String>,
    /// A line of the file before and after conversion.
    pub legacy_example: Option<(String, String)>,
    pub layout_href: String,
}
