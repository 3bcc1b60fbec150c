//! `GET /review/{year}/decisions?unit=commune:…`: a decision for the whole list; `look=yes` shows what it would recognise.
//! Posts: `/review/{year}/decisions` (number, day, classes, replaces, fingerprint), `/review/{year}/decisions/{id}/undo`.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Link, Tag};

/// A household that would be recognised.
#[derive(Debug, Clone)]
pub struct Recognised {
    pub household: Link,
    pub village: String,
    pub class: Tag,
    /// Number of the decision it has now; empty for none.
    pub before: String,
}

/// What the decision would do.
#[derive(Debug, Clone)]
pub struct WouldDecide {
    pub total: String,
    pub counts: Vec<(Tag, String)>,
    /// Sentences about those left alone.
    pub decided: Option<String>,
    pub unclassified: Option<String>,
    pub rows: Vec<Recognised>,
    pub fingerprint: String,
}

/// A decision on the whole list that was recorded.
#[derive(Debug, Clone)]
pub struct DecidedList {
    pub number: String,
    pub day: String,
    pub households: String,
    pub by: String,
    pub is_undone: bool,
    pub undo_action: String,
}

#[derive(Template)]
#[template(path = "pages/review/decisions.html")]
pub struct Decisions {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub unit: String,
    pub list_href: String,
    pub classes: Vec<Choice>,
    pub would: Option<WouldDecide>,
    pub recorded: Vec<DecidedList>,
}
