//! `GET`, `POST /registry/households/{id}/merge`: this household joins another one. `?q=` looks for the other.
//! Fields: into, day, version.

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;

#[derive(Debug, Clone)]
pub struct MergeCandidate {
    pub id: String,
    pub head: String,
    /// Village, size, birth of the head: enough to tell two of the same name apart.
    pub detail: String,
}

#[derive(Template)]
#[template(path = "pages/registry/merge.html")]
pub struct Merge {
    pub l: Lang,
    pub frame: Frame,
    /// Values: q, into, day.
    pub form: Form,
    pub subject: Subject,
    pub candidates: Vec<MergeCandidate>,
}
