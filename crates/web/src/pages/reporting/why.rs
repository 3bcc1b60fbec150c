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
    /// The acts that decide the deprivations, each once with its articles; the column of each row is not printed.
    fn marks_law(&self) -> String {
        let mut acts: Vec<(&str, Vec<&str>)> = Vec::new();
        for basis in self.marks.iter().filter_map(|row| row.basis.as_ref()).filter(|basis| !basis.act.is_empty()) {
            let at = acts.iter().position(|(act, _)| *act == basis.act).unwrap_or_else(|| {
                acts.push((&basis.act, Vec::new()));
                acts.len() - 1
            });
            let Some((_, articles)) = acts.get_mut(at) else { continue };
            if !basis.article.is_empty() && !articles.contains(&basis.article.as_str()) {
                articles.push(&basis.article);
            }
        }
        let told = acts.into_iter().map(|(act, articles)| {
            let parts = [act].into_iter().chain(articles);
            parts.collect::<Vec<_>>().join(", ")
        });
        told.collect::<Vec<_>>().join("; ")
    }

    fn sides(&self) -> [&WhyYear; 2] {
        [&self.before, &self.now]
    }
}
