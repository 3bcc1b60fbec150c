//! `GET /review/{year}/round/{village}?route=yearly`: one village with its households, meetings, posting and objections.

use askama::Template;

use super::StepMark;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Link, PaperLinks, Tag, Verdict};

#[derive(Debug, Clone)]
pub struct LineRow {
    pub head: String,
    pub href: String,
    pub size: String,
    pub before: Option<Tag>,
    /// Why it is reviewed, when not because it is on the list.
    pub reason: String,
    pub state: String,
    pub verdict: Verdict,
    /// What the survey gives, or the meeting agreed.
    pub class: Option<Tag>,
    pub b1: String,
    pub b2: String,
    /// Where both versions stand beside one another.
    pub both_href: String,
}

#[derive(Debug, Clone)]
pub struct MeetingRow {
    pub day: String,
    pub words: String,
    pub discussion: String,
    pub verdict: Verdict,
    pub state: String,
    pub scan: Option<Link>,
}

#[derive(Debug, Clone)]
pub struct ObjectionRow {
    pub number: String,
    pub head: String,
    pub who: String,
    pub text: String,
    pub due: String,
    /// Empty while it is open.
    pub answer: String,
    pub survey_href: String,
    /// It was surveyed again after the objection.
    pub rechecked: bool,
}

#[derive(Template)]
#[template(path = "pages/review/rounds/village.html")]
pub struct VillagePage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub back: Link,
    pub village: String,
    pub route_words: String,
    pub steps: Vec<StepMark>,
    /// `/review/2023/round/{village}`.
    pub base: String,
    pub route: String,
    pub version: String,
    pub state: String,
    pub late: String,
    /// The one step that is next and that the reader may take: `close-list`, `close-survey`, `meeting`, `post`, `posted`
    /// or empty.
    pub act: &'static str,
    pub hint: String,
    pub lines: Vec<LineRow>,
    pub meetings: Vec<MeetingRow>,
    pub posting: String,
    /// Minutes and posted list, in each format.
    pub papers: Vec<PaperLinks>,
    pub objections: Vec<ObjectionRow>,
    pub households: Vec<Choice>,
    /// Requests that wait to be taken in.
    pub requests: Vec<Choice>,
    pub may_attach: bool,
    pub may_answer: bool,
    pub survey_links: Vec<Link>,
    pub unconfirmed: bool,
}
