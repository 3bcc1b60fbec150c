//! `GET /review/{year}?unit=commune:…`: a commune's list of a year: what is on it, whether it can go up, what came back.
//! Posts: `/review/{year}/send` (unit, version).

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Link, Tag, Verdict};

#[derive(Debug, Clone)]
pub struct ClassCount {
    pub class: Tag,
    pub households: String,
    pub persons: String,
    /// The households behind the number.
    pub href: String,
}

#[derive(Template)]
#[template(path = "pages/review/list.html")]
pub struct YearList {
    pub l: Lang,
    pub frame: Frame,
    pub unit: String,
    pub version: String,
    pub state: String,
    pub verdict: Verdict,
    /// When and by whom the last step was taken.
    pub step: String,
    /// Why it was returned.
    pub remark: Option<String>,
    pub counts: Vec<ClassCount>,
    pub total: ClassCount,
    /// What keeps the list from going up, each with the place to mend it.
    pub hindrances: Vec<Link>,
    /// What is worth a look: entered and computed classes that differ, unconfirmed norms.
    pub remarks: Vec<Link>,
    pub may_send: bool,
    pub may_import: bool,
    pub export_href: String,
    pub print_href: String,
    pub changes_href: String,
    /// Where one decision is recorded for the whole list; for who may.
    pub decisions_href: Option<String>,
    pub villages_href: String,
    pub intakes_href: String,
    pub snapshots_href: String,
    pub dynamics_href: String,
    pub poverty_href: String,
}
