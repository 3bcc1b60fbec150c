//! `GET /start/loading`: how far the samples have come; asks again by itself, with or without scripts.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;

#[derive(Template)]
#[template(path = "pages/start/loading.html")]
pub struct Loading {
    pub l: Lang,
    pub frame: Frame,
    pub percent: u8,
    /// Code of what went wrong.
    pub failed: Option<String>,
}
