//! `GET /units/changes?unit=…`: every step of the units of the province, newest first; `GET /units/changes/step/{day}?unit=…`: each
//! commune across one step. `GET /units/changes/{id}`: one recorded change. Posts: `/units/changes/{id}/withdraw`.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Basis, Link, Verdict};

#[derive(Debug, Clone)]
pub struct StepRow {
    pub day: String,
    /// `None` for the day of a change that was taken back and that nothing else happened on.
    pub href: Option<String>,
    /// The list and the crosswalk of the norms.
    pub bases: Vec<Basis>,
    /// Recorded changes.
    pub decisions: Vec<Link>,
    pub whole: String,
    pub divided: String,
    pub unknown: String,
    pub without_origin: String,
    pub verdict: Verdict,
    pub state: String,
}

#[derive(Template)]
#[template(path = "pages/units/changes.html")]
pub struct Changes {
    pub l: Lang,
    pub frame: Frame,
    pub rows: Vec<StepRow>,
    pub may_record: bool,
    pub placing_href: String,
    pub counts_href: String,
}

#[derive(Debug, Clone)]
pub struct FateRow {
    pub unit: Link,
    pub above: String,
    pub state: String,
    pub verdict: Verdict,
    /// Why nothing is known; empty where something is.
    pub detail: String,
    pub into: Vec<Link>,
    /// Where the missing decision is recorded, for those who may.
    pub record_href: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/units/step.html")]
pub struct StepPage {
    pub l: Lang,
    pub frame: Frame,
    pub day: String,
    /// How many communes, and the page of those only.
    pub all: Link,
    pub divided: Link,
    pub unknown: Link,
    pub rows: Vec<FateRow>,
    pub placing_href: String,
    pub changes_href: String,
}

#[derive(Template)]
#[template(path = "pages/units/change.html")]
pub struct ChangePage {
    pub l: Lang,
    pub frame: Frame,
    pub title: String,
    /// The day it was taken back.
    pub is_withdrawn: Option<String>,
    pub on: String,
    pub level: String,
    pub act: String,
    pub act_day: String,
    pub article: String,
    pub issuer: String,
    pub note: String,
    pub sources: Vec<Link>,
    pub targets: Vec<Link>,
    pub withdraw_action: Option<String>,
    pub placing_href: Option<String>,
    pub changes_href: String,
}
