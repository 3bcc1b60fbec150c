//! `GET /review/intake/{id}` while the letters are those of an old font: some names before and after, and the question.
//! Posts: `/convert` (convert: yes or no).

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::frame::Frame;

#[derive(Template)]
#[template(path = "pages/review/intake/consent.html")]
pub struct Consent {
    pub l: Lang,
    pub frame: Frame,
    pub subject: Subject,
    /// `TCVN3`
    pub encoding: String,
    /// Texts of the file, and how they would read.
    pub examples: Vec<(String, String)>,
}
