//! `GET`, `POST /access/year`: the review year in which every page opens. Field: year.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Template)]
#[template(path = "pages/access/year.html")]
pub struct WorkYear {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub years: Vec<Choice>,
    /// Why this calendar year is not among them; empty when it is.
    pub gap: String,
}
