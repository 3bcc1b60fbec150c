//! `GET`, `POST /access/users/new` and `/access/users/{id}`. Fields: name, login, role, unit, password, active.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Template)]
#[template(path = "pages/access/user.html")]
pub struct UserPage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    /// `None` for a new user.
    pub id: Option<String>,
    pub roles: Vec<Choice>,
    pub units: Vec<Choice>,
}
