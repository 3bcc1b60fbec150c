//! `GET /review/{year}/results/{id}` and, for anybody, `GET /published/results?year=…`: frozen results by unit.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Link, PaperLinks};

#[derive(Debug, Clone)]
pub struct FrozenRow {
    pub unit: String,
    pub is_total: bool,
    pub cells: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct FrozenPart {
    /// `Kết quả chính thức`.
    pub name: String,
    /// When it was compiled, approved, published; what is not shown.
    pub says: Vec<String>,
    pub papers: Vec<PaperLinks>,
    /// The forms of the version, one by one.
    pub forms: Vec<PaperLinks>,
    pub heads: Vec<String>,
    pub rows: Vec<FrozenRow>,
}

#[derive(Template)]
#[template(path = "pages/review/rounds/results_table.html")]
pub struct FrozenResults {
    pub l: Lang,
    pub frame: Frame,
    pub back: Option<Link>,
    pub title: String,
    pub is_sample: bool,
    pub tables: Vec<FrozenPart>,
}
