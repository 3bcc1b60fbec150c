//! `GET`, `POST /start/empty`: which province, which review year, who administers.
//! Fields: province, year, name, login, password, password_again.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Template)]
#[template(path = "pages/start/empty.html")]
pub struct Empty {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub provinces: Vec<Choice>,
    pub years: Vec<Choice>,
}
