//! `GET /programme/plan/documents` and `…/documents/{key}`: what the plan cites, and where.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::Link;

#[derive(Debug, Clone)]
pub struct DocumentRow {
    /// `Quyết định số 90/QĐ-TTg`.
    pub name: Link,
    pub day: String,
    pub issuer: String,
    pub clauses: Vec<Link>,
}

#[derive(Template)]
#[template(path = "pages/programme/documents.html")]
pub struct Documents {
    pub l: Lang,
    pub frame: Frame,
    pub rows: Vec<DocumentRow>,
    pub back_href: String,
}

/// A clause that cites the document.
#[derive(Debug, Clone)]
pub struct CitingRow {
    pub clause: Link,
    pub text: String,
}

#[derive(Template)]
#[template(path = "pages/programme/document.html")]
pub struct Document {
    pub l: Lang,
    pub frame: Frame,
    pub name: String,
    pub day: String,
    pub issuer: String,
    pub rows: Vec<CitingRow>,
    pub back_href: String,
}
