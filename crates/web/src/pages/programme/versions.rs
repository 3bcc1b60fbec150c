//! `GET`, `POST /programme/plans`: every version of every year's plan; a new one is uploaded here. Field: file.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;

#[derive(Debug, Clone)]
pub struct VersionRow {
    pub title: String,
    pub href: String,
    pub year: String,
    pub number: String,
    pub file: String,
    /// `23/11/2026 14:05 · Trần Văn Minh`.
    pub brought: String,
    pub is_newest: bool,
}

#[derive(Template)]
#[template(path = "pages/programme/versions.html")]
pub struct Versions {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub rows: Vec<VersionRow>,
    pub period: String,
    pub may_import: bool,
    pub back_href: String,
}
