//! `GET /programme/plan/find?q=…`: clauses by words, numbers, keys, agencies, without marks.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::Link;

#[derive(Debug, Clone)]
pub struct HitRow {
    pub id: String,
    pub href: String,
    /// The headings above, in one line.
    pub path: String,
    pub text: String,
    /// What hangs on it: `T05`, `K09`.
    pub hung: String,
}

#[derive(Template)]
#[template(path = "pages/programme/find.html")]
pub struct Find {
    pub l: Lang,
    pub frame: Frame,
    pub unit: String,
    pub year: String,
    pub version: String,
    pub asked: String,
    pub hits: Vec<HitRow>,
    /// Cited documents that fit.
    pub documents: Vec<Link>,
    pub count: String,
    pub back_href: String,
}
