//! `GET /survey/{year}/{village}`: the whole survey of a village in one light page; its script does the rest.

use askama::Template;

use crate::language::Lang;

#[derive(Template)]
#[template(path = "pages/survey/phone.html")]
pub struct Phone {
    pub l: Lang,
    pub village: String,
    pub period: String,
    pub year: String,
    pub is_sample: bool,
    pub style: &'static str,
    pub script: &'static str,
    /// JSON without `<`.
    pub data: String,
    /// Head and address of the plain form, for a browser without scripts.
    pub forms: Vec<(String, String)>,
    pub back: String,
}
