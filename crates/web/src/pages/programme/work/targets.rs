//! `GET /programme/targets`, `…/targets/{id}` and `…/targets/{id}/rows`: from all targets to the people behind one number.

use askama::Template;

use super::{Doubts, Figure, Rooms};
use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{AbsentLine, Basis, Link, Pager, Verdict};

#[derive(Debug, Clone)]
pub struct TargetLine {
    pub id: String,
    pub label: String,
    /// What the plan sets: `≥ 90 %`; empty without a plan.
    pub level: String,
    /// `None` where there is no figure; then `gap` says why.
    pub value: Option<Figure>,
    pub above: Option<Figure>,
    pub below: Option<Figure>,
    pub not_reached: Option<Figure>,
    pub gap: String,
    pub doubts: Doubts,
    pub verdict: Verdict,
    pub state: String,
    /// The clause and the plan's data name different levels.
    pub differs: bool,
    pub href: String,
}

#[derive(Template)]
#[template(path = "pages/programme/targets.html")]
pub struct Targets {
    pub l: Lang,
    pub frame: Frame,
    pub rooms: Rooms,
    /// `31/12/2023`.
    pub on: String,
    pub rows: Vec<TargetLine>,
}

/// One way of understanding a target.
#[derive(Debug, Clone)]
pub struct ReadingLine {
    pub id: String,
    pub label: String,
    pub value: Option<Figure>,
    pub above: Option<Figure>,
    pub below: Option<Figure>,
    pub not_reached: Option<Figure>,
    /// Of those not reached, how many are not known; empty when none.
    pub open: String,
    pub gap: String,
    /// What is not in the numbers, a sentence each.
    pub left_out: Vec<String>,
    pub verdict: Verdict,
    pub state: String,
    /// What the two conditions ask, in words: base, reached.
    pub among: String,
    pub reached: String,
    pub note: String,
    pub basis: Basis,
    /// What else it stands on that nobody has vouched for: what it is, and where it was read.
    pub unconfirmed: Vec<(String, Basis)>,
    /// How sure the definition is, or who answered for it.
    pub mark: String,
    pub exact: String,
    pub is_reported: bool,
}

#[derive(Debug, Clone)]
pub struct AreaLine {
    pub name: String,
    pub href: String,
    pub value: Option<Figure>,
    pub above: Option<Figure>,
    pub below: Option<Figure>,
    pub not_reached: Option<Figure>,
    pub gap: String,
    pub doubts: Doubts,
    pub verdict: Verdict,
    pub state: String,
}

#[derive(Template)]
#[template(path = "pages/programme/target.html")]
pub struct TargetPage {
    pub l: Lang,
    pub frame: Frame,
    pub rooms: Rooms,
    pub id: String,
    pub label: String,
    pub on: String,
    pub level: String,
    /// The agency that answers for it; empty where unknown.
    pub lead: String,
    pub clause: String,
    /// Where the clause and the plan's data name different levels, a sentence each.
    pub level_notes: Vec<String>,
    /// `Trần Văn Minh xác nhận ngày 23/11/2026`; empty while nobody has.
    pub said: String,
    /// Where a person confirms or corrects it; `None` for what no plan asks for.
    pub binding_href: Option<String>,
    /// Communes that its numbers know nothing of.
    pub absent: Vec<AbsentLine>,
    pub readings: Vec<ReadingLine>,
    pub areas: Vec<AreaLine>,
    pub unit: String,
    pub targets_href: String,
}

#[derive(Debug, Clone)]
pub struct RowLine {
    pub name: String,
    pub href: String,
    pub detail: String,
    pub commune: String,
    pub village: String,
    pub is_open: bool,
}

#[derive(Template)]
#[template(path = "pages/programme/target_rows.html")]
pub struct TargetRows {
    pub l: Lang,
    pub frame: Frame,
    pub title: String,
    pub reading: String,
    pub unit: String,
    pub on: String,
    pub total: String,
    pub is_not_reached: bool,
    /// By commune, where the whole list is shown to be printed; else one part.
    pub parts: Vec<(String, Vec<RowLine>)>,
    pub is_whole: bool,
    /// The whole list; `None` where it is shown or too long for paper.
    pub print_href: Option<String>,
    pub pager: Option<Pager>,
    pub xlsx_href: String,
    pub other: Link,
    pub target_href: String,
}
