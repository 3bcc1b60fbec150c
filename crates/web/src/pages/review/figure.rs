//! `GET /review/{year}/forms/{number}/rows?unit=…&row=…&column=…`: the households behind one number of a form.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Pager, Tag};

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

#[derive(Template)]
#[template(path = "pages/review/figure.html")]
pub struct Figure {
    pub l: Lang,
    pub frame: Frame,
    /// `Biểu 7.2 · (2) Thoát nghèo thành cận nghèo: số hộ · Khu vực nông thôn`.
    pub title: String,
    pub total: String,
    pub rows: Vec<FigureRow>,
    pub pager: Pager,
    pub form_href: String,
}
