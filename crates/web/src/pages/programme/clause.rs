//! `GET /programme/plan/clauses/{id}`: one clause with everything known of it; its address can be sent.

use askama::Template;

use super::parts::Hung;
use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Link, TrailRow};

/// A number of the clause.
#[derive(Debug, Clone)]
pub struct NumberRow {
    pub text: String,
    /// Con số, năm, ngày, tên gọi.
    pub sort: String,
    /// Tối thiểu, trên, từ … đến …; empty for a bare number.
    pub bound: String,
    pub unit: String,
}

#[derive(Template)]
#[template(path = "pages/programme/clause.html")]
pub struct Clause {
    pub l: Lang,
    pub frame: Frame,
    pub id: String,
    /// The key that counts every bullet; empty when it is the same.
    pub also: String,
    pub marker: String,
    pub text: String,
    /// Of the file, from 1.
    pub line: String,
    /// The clauses above, from the section down.
    pub path: Vec<Link>,
    pub below: Vec<Link>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    pub back_href: String,
    pub hung: Vec<Hung>,
    pub numbers: Vec<NumberRow>,
    pub documents: Vec<Link>,
    pub history: Vec<TrailRow>,
}
