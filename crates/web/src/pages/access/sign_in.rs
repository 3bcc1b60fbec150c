//! `GET`, `POST /sign-in`. Fields: login, password, next.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;

#[derive(Template)]
#[template(path = "pages/access/sign_in.html")]
pub struct SignIn {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    /// Where to go afterwards: a path of this program.
    pub next: String,
}
