//! `GET /programme/duties`: what the plan and its calendar ask for, late first, with the files that show what was done.

use askama::Template;

use super::Rooms;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Basis, Link, Verdict};

#[derive(Debug, Clone)]
pub struct FileLine {
    pub link: Link,
    /// Who brought it and when.
    pub said: String,
}

/// What stands in the boxes of a duty: as recorded, or as typed and not taken.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub done: String,
    pub note: String,
    pub event: String,
    pub done_fault: Option<String>,
    pub event_fault: Option<String>,
}

#[derive(Debug, Clone)]
pub struct DutyLine {
    pub id: String,
    pub label: String,
    pub clause: String,
    pub agencies: String,
    pub due: String,
    pub verdict: Verdict,
    pub state: String,
    pub note: String,
    pub typed: Typed,
    pub basis: Basis,
    /// What else its day stands on that nobody has vouched for.
    pub unconfirmed: Vec<(String, Basis)>,
    pub files: Vec<FileLine>,
    pub is_own: bool,
    /// `K25-2023-12-31`, an id on the page.
    pub anchor: String,
    /// ISO day, or empty; posted back.
    pub due_iso: String,
    pub version: String,
    pub is_done: bool,
    /// What it is counted from, for one that has no day by itself; else empty.
    pub event: String,
}

#[derive(Template)]
#[template(path = "pages/programme/duties.html")]
pub struct Duties {
    pub l: Lang,
    pub frame: Frame,
    pub rooms: Rooms,
    pub rows: Vec<DutyLine>,
    /// Days of the year of which nobody can say what is due, a sentence each.
    pub gaps: Vec<String>,
    pub may_close: bool,
    pub form: Form,
    pub action: String,
    pub evidence_action: String,
    pub event_action: String,
    /// Only the reader's own are shown; the other way round is one click away.
    pub other: Link,
}
