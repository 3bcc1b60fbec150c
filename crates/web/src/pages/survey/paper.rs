//! `GET /survey/{year}/{village}/paper`: numbers from a paper sheet; `…/blank`: the sheet itself.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Link;

#[derive(Debug, Clone)]
pub struct CodeField {
    pub name: String,
    pub label: String,
    /// `1 Bền chắc · 2 Không bền chắc`.
    pub codes: String,
    /// Most digits; one digit moves on by itself.
    pub width: u8,
}

#[derive(Debug, Clone)]
pub struct CodeGroup {
    pub title: String,
    pub fields: Vec<CodeField>,
}

#[derive(Template)]
#[template(path = "pages/survey/paper.html")]
pub struct PaperPage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub back: Link,
    pub head: String,
    pub progress: String,
    pub action: String,
    pub groups: Vec<CodeGroup>,
    pub others: Vec<Link>,
}

#[derive(Debug, Clone)]
pub struct BlankGroup {
    pub title: String,
    /// Question and its codes.
    pub questions: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub struct BlankSheet {
    pub head: String,
    pub address: String,
    /// With it the household asks after itself.
    pub code: String,
    pub groups: Vec<BlankGroup>,
    /// The same sheet as PDF and for a word processor.
    pub papers: Vec<Link>,
}

#[derive(Template)]
#[template(path = "pages/survey/blank.html")]
pub struct BlankPage {
    pub l: Lang,
    pub frame: Frame,
    pub village: String,
    pub year: String,
    pub sheets: Vec<BlankSheet>,
    pub back: Link,
    pub is_unconfirmed: bool,
}
