//! `GET /published/poverty?year=…&split=…`: what of a year's poverty was published. Nobody signs in for it; small counts are
//! hidden, and what would give them away.

use askama::Template;

use super::Bars;
use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Basis, Choice, Link};

#[derive(Debug, Clone)]
pub struct PublishedRow {
    pub name: String,
    /// A line that others stand under.
    pub is_whole: bool,
    pub cells: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/reporting/published.html")]
pub struct Published {
    pub l: Lang,
    pub frame: Frame,
    pub year: String,
    /// `Tỉnh Hà Tĩnh`
    pub unit: String,
    pub years: Vec<Choice>,
    pub splits: Vec<Choice>,
    pub chosen: String,
    /// Nothing was published yet.
    pub is_empty: bool,
    pub says: Vec<String>,
    pub is_sample: bool,
    pub basis: Option<Basis>,
    pub head: String,
    pub heads: Vec<String>,
    pub rows: Vec<PublishedRow>,
    /// Nothing is drawn where fewer than two lines are shown.
    pub chart: Option<Bars>,
    pub indicator_heads: Vec<String>,
    pub by_indicator: Vec<PublishedRow>,
    pub csv: Option<Link>,
}
