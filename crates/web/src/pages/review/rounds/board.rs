//! `GET /review/{year}/round?unit=commune:…`: villages by steps, late ones first, and what the commune does next.

use askama::Template;

use super::StepMark;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Link, Verdict};

/// One village's row.
#[derive(Debug, Clone)]
pub struct VillageCell {
    pub name: String,
    /// Empty: no round was opened for it.
    pub href: String,
    pub step: String,
    pub verdict: Verdict,
    pub households: String,
    pub surveyed: String,
    /// Two versions of one household wait for a choice.
    pub undecided: String,
    pub meeting: String,
    pub posting: String,
    pub objections: String,
    /// The last day of what comes next.
    pub due: String,
    pub late: String,
}

#[derive(Template)]
#[template(path = "pages/review/rounds/board.html")]
pub struct CommuneBoard {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub unit: String,
    pub year: String,
    pub route: String,
    pub route_words: String,
    pub steps: Vec<StepMark>,
    pub rows: Vec<VillageCell>,
    pub version: String,
    /// What the commune waits for, in words.
    pub state: String,
    pub due: String,
    /// How near the last day of the review is; empty while it is far.
    pub closing: String,
    /// Which single act the reader may take now: `open`, `ask`, `answer`, `recognise` or empty.
    pub act: &'static str,
    /// Households of the commune's list, for giving lines back.
    pub households: Vec<Choice>,
    pub remarks: Vec<(String, String)>,
    pub links: Vec<Link>,
    /// Other reviews of the year.
    pub routes: Vec<Link>,
    pub unconfirmed: bool,
}

/// More lines at once are a list given back, not lines.
const MOST_LINES: usize = 50;

impl CommuneBoard {
    /// Field names of each line that may be given back, as many as the form asked for: household and remark.
    pub fn lines(&self) -> Vec<(String, String)> {
        line_fields(self.form.value("lines"))
    }
}

/// `line.1.household` and `line.1.remark`, and so on; one line where no number is written.
pub fn line_fields(count: &str) -> Vec<(String, String)> {
    let count = count.parse().unwrap_or(1usize).clamp(1, MOST_LINES);
    (1..=count).map(|n| (format!("line.{n}.household"), format!("line.{n}.remark"))).collect()
}
