//! `GET /review/{year}?unit=district:…`: who has sent their list. Posts: `/review/{year}/return` (unit, remark, version).

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Count, Verdict};

#[derive(Debug, Clone)]
pub struct BoardRow {
    /// `commune:18073`.
    pub unit: String,
    pub name: String,
    pub href: String,
    /// District of a commune; empty on a district's board.
    pub above: String,
    pub state: String,
    pub verdict: Verdict,
    pub day: String,
    pub by: String,
    pub households: String,
    /// The commune's households of the year.
    pub households_href: String,
    pub may_return: bool,
    pub version: String,
}

#[derive(Template)]
#[template(path = "pages/review/board.html")]
pub struct Board {
    pub l: Lang,
    pub frame: Frame,
    /// Of the list whose return was refused: unit, remark.
    pub form: Form,
    pub rows: Vec<BoardRow>,
    /// How many lists stand where; each opens onto those communes alone.
    pub summary: Vec<Count>,
    pub shows_above: bool,
    pub return_action: String,
    pub round_href: String,
    pub forms_href: String,
    pub changes_href: String,
    pub export_href: String,
    pub snapshots_href: String,
    pub dynamics_href: String,
    pub poverty_href: String,
    /// Who approved the review and when; empty while nobody has.
    pub approved: String,
    pub may_approve: bool,
    pub approve_action: String,
    pub unit: String,
    /// The lists counted by the units of another day.
    pub counts_href: String,
}
