//! `GET /programme/import`: one layout for every kind; looked at, then stored; taken back as a whole.

use askama::Template;

use super::Rooms;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;

#[derive(Debug, Clone)]
pub struct ImportFault {
    pub row: String,
    pub name: String,
    pub why: String,
    /// What is recorded already; empty where nothing is.
    pub href: String,
}

#[derive(Template)]
#[template(path = "pages/programme/import.html")]
pub struct Import {
    pub l: Lang,
    pub frame: Frame,
    pub rooms: Rooms,
    pub form: Form,
    pub action: String,
    pub apply_action: String,
    pub layout_href: String,
    /// What would be stored; `None` before anything was read.
    pub summary: Option<String>,
    /// The same cells were brought in before: when, by whom.
    pub known: Option<String>,
    pub may_apply: bool,
    /// The cells, sent back unchanged.
    pub text: String,
    pub faults: Vec<ImportFault>,
}

#[derive(Template)]
#[template(path = "pages/programme/import_done.html")]
pub struct ImportDone {
    pub l: Lang,
    pub frame: Frame,
    pub summary: String,
    pub faults: Vec<ImportFault>,
    pub undo_href: String,
    pub activities_href: String,
}
