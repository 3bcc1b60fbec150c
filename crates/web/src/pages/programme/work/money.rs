//! `GET`, `POST /programme/money`: the sources of the plan with their money, and the entries of the ledger.
//! Fields: source, capital, project, what, day, amount, document.

use askama::Template;

use super::{Figure, Rooms};
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Pager};

/// A source or a kind of capital, added up.
#[derive(Debug, Clone)]
pub struct SourceLine {
    pub name: String,
    /// `Giải ngân đến hết 31/12/2023`, or empty.
    pub spend_by: String,
    pub assigned: Figure,
    pub moved: Figure,
    pub paid: Figure,
    pub left: Figure,
}

/// One entry.
#[derive(Debug, Clone)]
pub struct MoneyLine {
    pub id: String,
    pub day: String,
    pub what: String,
    pub source: String,
    pub capital: String,
    pub project: String,
    pub place: String,
    pub document: String,
    pub amount: Figure,
    pub remove_href: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/programme/money.html")]
pub struct Money {
    pub l: Lang,
    pub frame: Frame,
    pub rooms: Rooms,
    pub form: Form,
    pub action: String,
    pub sources: Vec<SourceLine>,
    pub source_choices: Vec<Choice>,
    pub capital_choices: Vec<Choice>,
    pub project_choices: Vec<Choice>,
    pub moves: Vec<Choice>,
    pub rows: Vec<MoneyLine>,
    pub pager: Pager,
    pub may_record: bool,
}
