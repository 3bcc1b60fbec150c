//! `GET /programme/needs` and `/programme/staff`: what four targets divide by, entered before results.

use askama::Template;

use super::{Figure, Rooms};
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Pager};

#[derive(Debug, Clone)]
pub struct NeedLine {
    pub name: String,
    pub href: String,
    pub kind: String,
    pub day: String,
    pub village: String,
    pub note: String,
    pub remove_href: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/programme/needs.html")]
pub struct Needs {
    pub l: Lang,
    pub frame: Frame,
    pub rooms: Rooms,
    pub form: Form,
    pub action: String,
    pub kinds: Vec<Choice>,
    /// Kind and how many have it.
    pub sums: Vec<(String, Figure)>,
    pub rows: Vec<NeedLine>,
    pub pager: Pager,
    pub line_faults: Vec<String>,
    pub may_record: bool,
    pub staff_href: String,
}

#[derive(Debug, Clone)]
pub struct StaffLine {
    pub name: String,
    pub level: String,
    pub office: String,
    pub since: String,
    /// Empty while they are on the list.
    pub left: String,
    pub leave_href: Option<String>,
    pub remove_href: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/programme/staff.html")]
pub struct StaffPage {
    pub l: Lang,
    pub frame: Frame,
    pub rooms: Rooms,
    pub form: Form,
    pub action: String,
    pub levels: Vec<Choice>,
    pub sexes: Vec<Choice>,
    pub rows: Vec<StaffLine>,
    pub may_record: bool,
}
