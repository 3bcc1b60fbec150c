//! `GET /review/{year}/list/print?unit=…`: a commune's list as an official paper.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;

#[derive(Debug, Clone)]
pub struct PaperMember {
    pub name: String,
    pub relation: String,
    pub sex: String,
    pub birth: String,
    pub paper: String,
}

#[derive(Debug, Clone)]
pub struct PaperRow {
    pub number: String,
    pub head: String,
    pub village: String,
    pub size: String,
    pub b1: String,
    pub b2: String,
    pub class: String,
    pub decision: String,
    pub members: Vec<PaperMember>,
}

#[derive(Template)]
#[template(path = "pages/review/paper.html")]
pub struct Paper {
    pub l: Lang,
    pub frame: Frame,
    pub title: String,
    pub subtitle: String,
    /// `UBND HUYỆN HƯƠNG KHÊ` and `UBND XÃ HƯƠNG TRẠCH`.
    pub superior: String,
    pub issuer: String,
    pub place_and_day: String,
    pub rows: Vec<PaperRow>,
    pub totals: Vec<(String, String)>,
    pub signatures: Vec<String>,
    pub is_unconfirmed: bool,
    pub back_href: String,
}
