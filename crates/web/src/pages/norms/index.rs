//! `GET /norms?day=…`: every norm in force, how it was found and who confirmed it.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;

#[derive(Debug, Clone)]
pub struct NormRow {
    /// `review.indicators` or, for an item with a mark of its own, `review.indicators#telecom`.
    pub id: String,
    pub href: String,
    pub label: String,
    pub from: String,
    /// `quoted`, `memory` … shown as `mark-quoted`.
    pub mark: String,
    pub is_unconfirmed: bool,
    /// Who confirmed it and when; empty.
    pub confirmed: String,
}

#[derive(Template)]
#[template(path = "pages/norms/index.html")]
pub struct Index {
    pub l: Lang,
    pub frame: Frame,
    pub rows: Vec<NormRow>,
    pub unconfirmed: String,
    pub missing: String,
    /// The day asked about.
    pub day: String,
}
