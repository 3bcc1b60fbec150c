//! `GET /programme/models`, `…/new`, `…/{id}`: production models with every rule they must keep and its article.

use askama::Template;

use super::{Figure, Meanwhile, Rooms};
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Basis, Choice, TrailRow, Verdict};

#[derive(Debug, Clone)]
pub struct ModelLine {
    pub href: String,
    pub name: String,
    pub project: String,
    pub mode: String,
    pub place: String,
    pub households: Figure,
    pub money: Figure,
    pub started: String,
}

#[derive(Template)]
#[template(path = "pages/programme/models.html")]
pub struct Models {
    pub l: Lang,
    pub frame: Frame,
    pub rooms: Rooms,
    pub rows: Vec<ModelLine>,
    /// Different households over all models.
    pub distinct: Figure,
    pub may_record: bool,
    pub new_href: String,
}

#[derive(Template)]
#[template(path = "pages/programme/model_form.html")]
pub struct ModelForm {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub action: String,
    pub back_href: String,
    pub projects: Vec<Choice>,
    pub modes: Vec<Choice>,
    pub sectors: Vec<Choice>,
    pub leads: Vec<Choice>,
    pub reasons: Vec<Choice>,
    pub line_faults: Vec<String>,
    /// The name of one that is put right, else what is about to be recorded.
    pub title: String,
    /// Households already listed, when a model is put right; a box not ticked takes them off.
    pub kept: Vec<Choice>,
    pub is_correction: bool,
    /// Where somebody else's save differs from what was typed.
    pub meanwhile: Vec<Meanwhile>,
}

#[derive(Debug, Clone)]
pub struct CheckLine {
    pub label: String,
    pub verdict: Verdict,
    pub state: String,
    /// `12 / 15 · 80,00 %`.
    pub detail: String,
    pub basis: Basis,
}

#[derive(Template)]
#[template(path = "pages/programme/model.html")]
pub struct ModelPage {
    pub l: Lang,
    pub frame: Frame,
    pub title: String,
    pub facts: Vec<(String, String)>,
    pub checks: Vec<CheckLine>,
    pub members: Vec<super::RowLine>,
    pub past: Vec<TrailRow>,
    pub back_href: String,
    pub edit_href: Option<String>,
    pub remove_href: Option<String>,
}
