//! `GET`, `POST /registry/households/{id}/members/{person}` and `/members/new` (somebody moved in).
//! Fields: name, sex, birth, paper, ethnicity, relation, version; `day` for somebody new.

use askama::Template;

use super::Subject;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Template)]
#[template(path = "pages/registry/member.html")]
pub struct MemberPage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub subject: Subject,
    /// `None` for somebody who comes to the household.
    pub person: Option<String>,
    pub sexes: Vec<Choice>,
    pub relations: Vec<Choice>,
    pub ethnicities: Vec<Choice>,
    /// Sentences about the paper as it stands.
    pub warnings: Vec<String>,
}
