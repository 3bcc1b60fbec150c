//! `GET /review/{year}/round/decision?unit=…`: what the chairman recognised: certificates, escapes, refusals, amendments.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Link, PaperLinks, Tag};

#[derive(Debug, Clone)]
pub struct DecisionRow {
    pub head: String,
    pub href: String,
    pub before: Option<Tag>,
    pub class: Tag,
    pub b1: String,
    pub b2: String,
    /// What the household is given: certificate, escape decision, letter of refusal.
    pub papers: Vec<PaperLinks>,
}

#[derive(Debug, Clone)]
pub struct AmendmentRow {
    pub day: String,
    pub number: String,
    pub head: String,
    pub words: String,
    pub reason: String,
    /// The decision of the change, in each format.
    pub papers: Vec<Link>,
}

#[derive(Template)]
#[template(path = "pages/review/rounds/decision.html")]
pub struct DecisionPage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub back: Link,
    pub title: String,
    pub certificate_note: String,
    /// Other decisions of the same review.
    pub others: Vec<Link>,
    pub summary: Vec<(String, String)>,
    pub rows: Vec<DecisionRow>,
    /// The decisions themselves, in each format.
    pub papers: Vec<PaperLinks>,
    /// Where all certificates are printed in one run.
    pub certificates: Option<Link>,
    pub amendments: Vec<AmendmentRow>,
    pub may_amend: bool,
    pub action: String,
    pub unit: String,
    pub route: String,
    pub version: String,
    pub households: Vec<Choice>,
    pub classes: Vec<Choice>,
    pub kinds: Vec<Choice>,
}
