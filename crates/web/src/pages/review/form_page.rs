//! `GET /review/{year}/forms/{number}?unit=…`: one form as printed, every number a link to the households behind it,
//! every check under it, and what is missing where a number cannot be given.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{AbsentLine, Basis, ByUnitsChoice, Link, PaperLinks, Verdict};

/// A heading of the upper head row and how many columns it spans.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Empty over columns that have none.
    pub text: String,
    pub span: usize,
}

#[derive(Debug, Clone)]
pub struct Cell {
    /// The formatted number; `—` where nothing is to be divided; the words "chưa đủ dữ liệu" for a gap.
    pub text: String,
    /// What is behind it; `None` for who may not open it, and where nothing is to be divided.
    pub href: Option<String>,
    pub is_gap: bool,
}

#[derive(Debug, Clone)]
pub struct FormRow {
    /// `I`, `II`, `III`, or the number of a unit within its area.
    pub number: String,
    pub name: String,
    /// Areas and the total stand out.
    pub is_sum: bool,
    pub cells: Vec<Cell>,
}

/// One place where a check fails.
#[derive(Debug, Clone)]
pub struct FailedPlace {
    /// Where it is a household that fails, for who may open it.
    pub household: Option<Link>,
    pub words: String,
}

#[derive(Debug, Clone)]
pub struct CheckRow {
    pub label: String,
    pub verdict: Verdict,
    /// Where it fails, the first few.
    pub places: Vec<FailedPlace>,
    /// What is missing, or how many more places fail.
    pub detail: String,
}

#[derive(Template)]
#[template(path = "pages/review/form_page.html")]
pub struct FormPage {
    pub l: Lang,
    pub frame: Frame,
    pub number: String,
    pub title: String,
    /// `Xã Hương Trạch, Huyện Hương Khê · năm 2023`.
    pub subtitle: String,
    /// Empty when the form has one head row.
    pub headings: Vec<Heading>,
    pub columns: Vec<String>,
    pub rows: Vec<FormRow>,
    pub checks: Vec<CheckRow>,
    /// What is missing, each with the place to enter it.
    pub missing: Vec<Link>,
    /// Of whole communes that are missing, their names.
    pub absent: Vec<AbsentLine>,
    /// All checks are met and every norm confirmed.
    pub may_be_official: bool,
    /// Norms used that nobody confirmed.
    pub unconfirmed: Vec<Basis>,
    pub bases: Vec<Basis>,
    pub signatures: Vec<String>,
    /// `Hà Tĩnh, ngày … tháng … năm 2023` and who issues, for paper.
    pub issuer: String,
    pub superior: String,
    pub place_and_day: String,
    pub xlsx_href: String,
    /// The form as an official paper, in each format.
    pub papers: Vec<PaperLinks>,
    pub forms_href: String,
    /// By the units of which day the rows are.
    pub by: ByUnitsChoice,
}
