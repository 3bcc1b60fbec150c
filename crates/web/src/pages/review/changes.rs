//! `GET /review/{year}/changes?unit=…&movement=…`: this year's list beside last year's, household by household.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Pager, Tag};

#[derive(Debug, Clone)]
pub struct ChangeRow {
    pub href: String,
    pub head: String,
    pub place: String,
    pub before: Tag,
    pub now: Tag,
    /// `4 → 3`.
    pub size: String,
    pub movement: String,
    /// Said when nobody recorded what became of it.
    pub question: String,
}

#[derive(Template)]
#[template(path = "pages/review/changes.html")]
pub struct Changes {
    pub l: Lang,
    pub frame: Frame,
    /// Value of movement.
    pub form: Form,
    pub unit: String,
    pub action: String,
    pub movements: Vec<Choice>,
    /// Households by movement: word and number.
    pub totals: Vec<(String, String)>,
    pub rows: Vec<ChangeRow>,
    pub pager: Pager,
    /// The year before has no list here.
    pub has_no_previous: bool,
}
