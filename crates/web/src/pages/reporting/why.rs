//! `GET /registry/households/{id}/why?year=2023&before=…&now=…`: two frozen years of a household side by side, for the
//! household to read; prints on one sheet.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Basis, Link, Tag};

/// One year's side.
#[derive(Debug, Clone)]
pub struct WhyYear {
    pub year: String,
    /// `None`: there is nothing to show, and `absent` says why and what to do.
    pub class: Option<Tag>,
    pub absent: String,
    pub absent_next: String,
    /// What the points alone give, where people decided otherwise.
    pub computed: String,
    /// Number and day of the decision; empty where nobody decided.
    pub decision: String,
    pub b1: String,
    pub b2: String,
    /// `3 × 10`.
    pub b2_arithmetic: String,
    pub size: String,
    /// The rule in words, and where it stands.
    pub rule: String,
    pub basis: Option<Basis>,
    pub pack: Option<Basis>,
    /// The snapshot it was read from.
    pub snapshot: Option<Link>,
    /// Norms that say something else today.
    pub notes: Vec<String>,
}

/// Something in both years.
#[derive(Debug, Clone)]
pub struct WhyRow {
    pub label: String,
    pub before: String,
    pub now: String,
    /// What changed, in words or points; empty when nothing did.
    pub change: String,
    pub basis: Option<Basis>,
}

#[derive(Template)]
#[template(path = "pages/reporting/why.html")]
pub struct Why {
    pub l: Lang,
    pub frame: Frame,
    pub head: String,
    pub place: String,
    pub before: WhyYear,
    pub now: WhyYear,
    /// The whole of it in two or three sentences.
    pub sentences: Vec<String>,
    pub items: Vec<WhyRow>,
    pub marks: Vec<WhyRow>,
    pub facts: Vec<WhyRow>,
    pub is_unconfirmed: bool,
    /// The address that always shows these two snapshots.
    pub address: String,
    pub back_href: String,
}

impl Why {
    fn sides(&self) -> [&WhyYear; 2] {
        [&self.before, &self.now]
    }
}
