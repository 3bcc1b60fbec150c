//! `GET /start`: sample data or an empty register. The samples are posted to `/start/sample`.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;

#[derive(Template)]
#[template(path = "pages/start/choose.html")]
pub struct Choose {
    pub l: Lang,
    pub frame: Frame,
}
