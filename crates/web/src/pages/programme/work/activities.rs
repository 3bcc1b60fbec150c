//! `GET /programme/activities`, `…/new`, `…/{id}`: one screen for every kind of work.

use askama::Template;

use super::{Figure, Meanwhile, Rooms};
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Basis, Choice, Pager, TrailRow};

#[derive(Debug, Clone)]
pub struct ActivityLine {
    pub href: String,
    pub day: String,
    pub kind: String,
    pub content: String,
    pub place: String,
    pub agency: String,
    pub participants: Figure,
    pub money: Figure,
}

#[derive(Debug, Clone)]
pub struct SumLine {
    pub kind: String,
    pub project: String,
    pub activities: Figure,
    pub people: Figure,
    pub money: Figure,
}

#[derive(Template)]
#[template(path = "pages/programme/activities.html")]
pub struct Activities {
    pub l: Lang,
    pub frame: Frame,
    pub rooms: Rooms,
    pub form: Form,
    pub unit: String,
    pub kinds: Vec<Choice>,
    pub sums: Vec<SumLine>,
    pub rows: Vec<ActivityLine>,
    pub pager: Pager,
    pub may_record: bool,
    pub new_href: String,
    pub import_href: String,
}

/// A field that only the chosen kind asks for.
#[derive(Debug, Clone)]
pub struct KindField {
    /// `field.days`.
    pub name: String,
    pub label: String,
    pub unit: String,
    /// Empty for text and numbers.
    pub choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "pages/programme/activity_form.html")]
pub struct ActivityForm {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub action: String,
    pub back_href: String,
    /// Kinds by project, to choose from; empty once the kind is chosen.
    pub kinds: Vec<(String, Vec<Choice>)>,
    pub kind: String,
    pub kind_label: String,
    pub project: String,
    /// In words: who may take part; empty where nobody is listed.
    pub who: String,
    pub takes: String,
    pub feeds: String,
    pub period: String,
    pub fields: Vec<KindField>,
    /// Lines that fit nobody, each with its reason.
    pub line_faults: Vec<String>,
    pub basis: Option<Basis>,
    /// An empty spreadsheet with the columns of this kind.
    pub layout_href: String,
    /// Those already listed, when an activity is put right; a box not ticked takes them off.
    pub kept: Vec<Choice>,
    pub is_correction: bool,
    /// Where somebody else's save differs from what was typed.
    pub meanwhile: Vec<Meanwhile>,
}

#[derive(Template)]
#[template(path = "pages/programme/activity.html")]
pub struct ActivityPage {
    pub l: Lang,
    pub frame: Frame,
    pub title: String,
    /// Word and value.
    pub facts: Vec<(String, String)>,
    pub participants: Vec<super::RowLine>,
    pub basis: Basis,
    pub past: Vec<TrailRow>,
    pub back_href: String,
    pub edit_href: Option<String>,
    pub remove_href: Option<String>,
    pub undo_href: Option<String>,
}
