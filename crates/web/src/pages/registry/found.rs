//! `GET`, `POST /registry/households/new`: a household enters the register by hand.
//! Fields: village, new_village, address, event, day, members.N.{name,relation,sex,birth,paper,ethnicity}; the button `more` adds rows.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

/// The field names of one member's row.
#[derive(Debug, Clone)]
pub struct MemberFields {
    pub name: String,
    pub relation: String,
    pub sex: String,
    pub birth: String,
    pub paper: String,
    pub ethnicity: String,
}

impl MemberFields {
    /// `members.2.name` and so on.
    pub fn numbered(n: usize) -> Self {
        let field = |name: &str| format!("members.{n}.{name}");
        Self {
            name: field("name"),
            relation: field("relation"),
            sex: field("sex"),
            birth: field("birth"),
            paper: field("paper"),
            ethnicity: field("ethnicity"),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/registry/found.html")]
pub struct Found {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    /// `commune:18073`.
    pub unit: String,
    pub villages: Vec<Choice>,
    /// How it came: events that explain an arrival, and "was here already".
    pub events: Vec<Choice>,
    pub sexes: Vec<Choice>,
    pub relations: Vec<Choice>,
    pub rows: Vec<MemberFields>,
}
