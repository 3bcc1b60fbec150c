//! `GET /programme/…/{id}/remove` and `/programme/staff/{id}/leave`: why something is taken back; and what stands at the
//! address of something that was.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Link, TrailRow};

#[derive(Template)]
#[template(path = "pages/programme/take_back.html")]
pub struct TakeBack {
    pub l: Lang,
    pub frame: Frame,
    /// What it is about.
    pub title: String,
    /// What is about to be done, and what that does to the targets.
    pub heading: String,
    pub why: String,
    pub facts: Vec<(String, String)>,
    pub form: Form,
    pub action: String,
    pub back: Link,
    pub asks_day: bool,
}

#[derive(Template)]
#[template(path = "pages/programme/taken_back.html")]
pub struct TakenBack {
    pub l: Lang,
    pub frame: Frame,
    pub title: String,
    pub past: Vec<TrailRow>,
    pub back: Link,
}
