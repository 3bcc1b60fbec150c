//! `GET`, `POST /programme/plan/bindings/{id}`: one binding with its definition; confirmed, corrected or dropped.
//! Fields: plan, version, kind, clause, part, label, agency; counted_by, level_op,
//! level_value, level_high; day, office; do = confirm, correct or drop. `GET`, `POST …/bindings/new`: one for a clause that has none.

use askama::Template;

use super::parts::Hung;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Link, TrailRow};

#[derive(Template)]
#[template(path = "pages/programme/binding.html")]
pub struct Binding {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub id: String,
    /// Chỉ tiêu, Nhiệm vụ …
    pub kind: String,
    /// The binding itself, as it stands beside its clause.
    pub hung: Vec<Hung>,
    pub clause: Link,
    /// The words that it hangs on, only its part of the clause.
    pub words: String,
    /// Numerator, denominator, formula, readings: name and words.
    pub facts: Vec<(String, String)>,
    /// Where the definition was read; empty for one that was inferred.
    pub citation: String,
    pub norm_href: Option<String>,
    pub kinds: Vec<Choice>,
    /// What can count a target; empty where a norm says so already.
    pub definitions: Vec<Choice>,
    pub ops: Vec<Choice>,
    /// It is a target, whose level can be put right.
    pub asks_level: bool,
    /// Roles a task can fall to.
    pub offices: Vec<Choice>,
    pub plan: String,
    pub version: String,
    pub period: String,
    pub may_confirm: bool,
    pub is_waiting: bool,
    /// `Đã xác nhận: Trần Văn Minh · 23/11/2026`; empty while it waits.
    pub said: String,
    pub history: Vec<TrailRow>,
    pub back_href: String,
}

/// Something hung on a clause by a person. Fields as above, without version.
#[derive(Template)]
#[template(path = "pages/programme/binding_new.html")]
pub struct NewBinding {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    /// The clause's own words; empty while no clause is named.
    pub words: String,
    pub kinds: Vec<Choice>,
    pub definitions: Vec<Choice>,
    pub ops: Vec<Choice>,
    pub offices: Vec<Choice>,
    pub plan: String,
    pub period: String,
    pub back_href: String,
}
