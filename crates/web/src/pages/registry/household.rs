//! `GET /registry/households/{id}`: everything known of one household, each result with its reason, rule and article.

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Basis, Link, Tag, TrailRow, Verdict};

#[derive(Debug, Clone)]
pub struct MemberRow {
    /// `/registry/households/{id}/members/{person}`.
    pub href: String,
    pub name: String,
    pub relation: String,
    pub is_head: bool,
    pub sex: String,
    pub birth: String,
    pub age: String,
    pub paper: String,
    /// Why the paper is doubtful; empty when it is not.
    pub paper_warning: String,
    pub ethnicity: String,
    /// Since when, until when and why, in words; empty for plain members.
    pub period: String,
    pub is_present: bool,
}

/// One score: what was entered, what was computed, which counts.
#[derive(Debug, Clone)]
pub struct Score {
    /// Empty when nobody entered it.
    pub entered: String,
    /// Empty when it cannot be computed.
    pub computed: String,
    pub used: String,
    /// `10 × 3 = 30`, or the pack's name for B1; why it cannot be computed otherwise.
    pub arithmetic: String,
    /// Entered minus computed in words when they disagree, else empty.
    pub difference: String,
    pub basis: Option<Basis>,
}

/// One of the twelve deprivations.
#[derive(Debug, Clone)]
pub struct MarkRow {
    pub number: String,
    pub label: String,
    /// `Bad`: deprived, `Good`: not, `Open`: not known.
    pub verdict: Verdict,
    /// Which member or fact made it so; what is missing when it is open.
    pub reason: String,
    /// What was entered, where it disagrees with what was computed.
    pub difference: String,
    pub basis: Basis,
}

impl MarkRow {
    pub fn word_key(&self) -> &'static str {
        match self.verdict {
            Verdict::Bad => "mark-deprived",
            Verdict::Good => "mark-not-deprived",
            Verdict::Open | Verdict::Plain => "mark-unknown",
        }
    }
}

#[derive(Debug, Clone)]
pub struct ClassReason {
    /// The class that counts.
    pub class: Tag,
    /// `B1 = 110 ≤ 140 và B2 = 40 ≥ 30 (khu vực nông thôn)`; or what is missing.
    pub sentence: String,
    pub computed: Option<Tag>,
    pub entered: Option<Tag>,
    pub decided: Option<Tag>,
    /// `15/QĐ-UBND, 14/12/2023`.
    pub decision: String,
    /// In words, when entered, computed and decided do not all agree.
    pub difference: String,
    pub basis: Option<Basis>,
}

/// A year of the history strip.
#[derive(Debug, Clone)]
pub struct YearCell {
    pub year: String,
    pub class: Tag,
    pub movement: String,
    pub href: String,
    pub is_shown: bool,
}

#[derive(Debug, Clone)]
pub struct EventRow {
    pub day: String,
    pub what: String,
    pub other: Option<Link>,
    pub note: String,
}

#[derive(Template)]
#[template(path = "pages/registry/household.html")]
pub struct Household {
    pub l: Lang,
    pub frame: Frame,
    pub subject: Subject,
    pub address: String,
    pub size: String,
    pub area: String,
    /// Day and event, when it is no household here any more.
    pub closed: String,
    /// Why nothing may be changed (list sent up, role); empty when it may.
    pub locked: String,
    pub members: Vec<MemberRow>,
    /// Review year shown; `None` when the household was not assessed in it.
    pub class: Option<ClassReason>,
    pub b1: Option<Score>,
    pub b2: Option<Score>,
    pub marks: Vec<MarkRow>,
    pub causes: Vec<String>,
    pub groups: Vec<String>,
    pub history: Vec<YearCell>,
    pub events: Vec<EventRow>,
    pub trail: Vec<TrailRow>,
    pub may_edit: bool,
    /// Where the household is moved; for who may.
    pub move_href: Option<String>,
    /// Set while the household waits for another commune's answer.
    pub on_its_way: Option<Link>,
    pub may_assess: bool,
    pub may_decide: bool,
    /// `/review/2023/households/{id}`: sheet, and `/decide` below it.
    pub review_href: String,
    /// Why it is in its class, from frozen years.
    pub why_href: String,
    /// Where a request is filed; `None` for who may not.
    pub request_href: Option<String>,
    pub list_href: String,
}
