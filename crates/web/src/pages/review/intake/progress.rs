//! `GET /review/intake/{id}/progress`: asked again every second by htmx, or by the browser where scripts are off.

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::frame::Frame;

#[derive(Template)]
#[template(path = "pages/review/intake/progress.html")]
pub struct Progress {
    pub l: Lang,
    pub frame: Frame,
    pub subject: Subject,
    /// What is being done, in words.
    pub stage: String,
    pub done: u64,
    pub of: u64,
    /// `1.200 trên 24.000 hộ`.
    pub words: String,
}
