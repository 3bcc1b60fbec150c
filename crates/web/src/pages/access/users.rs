//! `GET /access/users`: who may sign in, as what, for which unit.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;

#[derive(Debug, Clone)]
pub struct UserRow {
    pub href: String,
    pub login: String,
    pub name: String,
    pub role: String,
    pub unit: String,
    pub is_active: bool,
}

#[derive(Template)]
#[template(path = "pages/access/users.html")]
pub struct Users {
    pub l: Lang,
    pub frame: Frame,
    pub rows: Vec<UserRow>,
}
