//! `GET`, `POST /access/password`: a person's own password. Fields: old_password, new_password, password_again.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;

#[derive(Template)]
#[template(path = "pages/access/password.html")]
pub struct OwnPassword {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
}
