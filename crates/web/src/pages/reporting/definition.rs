//! `GET /review/{year}/poverty/figure?…&figure=h&group=444&indicator=water`: what one figure is: what was divided by what, of
//! which unit, on which day, from which snapshot, by which law; and the households behind it.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Basis, Link};

#[derive(Debug, Clone)]
pub struct BehindRow {
    pub head: String,
    pub href: String,
    pub why_href: String,
    pub place: String,
    pub size: String,
    pub deprivations: String,
}

#[derive(Template)]
#[template(path = "pages/reporting/definition.html")]
pub struct Definition {
    pub l: Lang,
    pub frame: Frame,
    /// `Tỷ lệ nghèo (H) · Huyện Hương Khê`.
    pub title: String,
    pub value: String,
    /// Word and number of what is divided, and of what it is divided by.
    pub numerator: (String, String),
    pub denominator: (String, String),
    /// What the figure means and how it is counted.
    pub says: Vec<String>,
    /// Word and value: unit, day, cut-off, counted by.
    pub facts: Vec<(String, String)>,
    pub sources: Vec<Link>,
    pub bases: Vec<Basis>,
    /// The other side of the division; empty for who may not see households.
    pub sides: Vec<(Link, bool)>,
    pub rows: Vec<BehindRow>,
    pub behind: String,
    pub more: String,
    pub back_href: String,
}
