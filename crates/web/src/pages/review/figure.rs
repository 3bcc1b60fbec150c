//! `GET /review/{year}/forms/{number}/rows?unit=…&row=…&column=…`: one number of a form with what it counts and stands on,
//! and the households, villages or numbers it is made of.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Basis, Pager, Tag};

#[derive(Debug, Clone)]
pub struct FigureRow {
    pub href: String,
    pub head: String,
    pub place: String,
    /// Last year's class.
    pub before: Tag,
    pub now: Tag,
    pub movement: String,
    /// What the household adds to the number.
    pub adds: String,
}

/// A village with its total.
#[derive(Debug, Clone)]
pub struct FigureVillage {
    pub name: String,
    pub commune: String,
    pub href: String,
    /// What it adds, or that it was not entered.
    pub adds: String,
}

/// A number that a rate is made of.
#[derive(Debug, Clone)]
pub struct FigurePart {
    pub label: String,
    pub value: String,
    pub href: String,
}

#[derive(Debug, Clone)]
pub enum MadeOf {
    Households(Vec<FigureRow>),
    Villages(Vec<FigureVillage>),
    Parts(Vec<FigurePart>),
}

#[derive(Template)]
#[template(path = "pages/review/figure.html")]
pub struct Figure {
    pub l: Lang,
    pub frame: Frame,
    /// `Biểu 7.2 · (2) Thoát nghèo thành cận nghèo: số hộ · Khu vực nông thôn`.
    pub title: String,
    pub total: String,
    /// `hộ`, `khẩu`, `%`
    pub counted_in: String,
    /// What is counted, in a sentence.
    pub definition: String,
    /// The day it is told for.
    pub day: String,
    pub bases: Vec<Basis>,
    pub made_of: MadeOf,
    pub pager: Pager,
    pub form_href: String,
}
