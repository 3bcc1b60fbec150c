//! `GET`, `POST /norms/packs` (multipart: file or yaml): score packs, loaded and signed off by the province.
//! Posts: `/norms/packs/sign` (key, signed), `/norms/packs/use` (key, empty for none).

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;

#[derive(Debug, Clone)]
pub struct PackRow {
    /// `id@version`.
    pub key: String,
    pub title: String,
    pub version: String,
    pub from: String,
    pub items: String,
    pub loaded: String,
    pub mark: String,
    /// Who signed it off and when; empty while nobody did.
    pub signed_off: String,
    pub is_in_use: bool,
}

#[derive(Template)]
#[template(path = "pages/norms/packs.html")]
pub struct Packs {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub rows: Vec<PackRow>,
    /// Whether the person may load packs and choose one.
    pub may_change: bool,
    /// Why the file just sent is no usable pack.
    pub problems: Vec<String>,
}
