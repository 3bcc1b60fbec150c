//! `GET /review/requests/new?household=…` and `GET /review/requests/{id}`: a request filed, and on its way to an answer.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Basis, Choice, Link, PaperLinks, Verdict};

#[derive(Template)]
#[template(path = "pages/review/rounds/new_request.html")]
pub struct NewRequest {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub back: Link,
    pub head: String,
    pub kinds: Vec<Choice>,
    pub channels: Vec<Choice>,
    pub persons: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "pages/review/rounds/request.html")]
pub struct RequestPage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub back: Link,
    pub title: String,
    pub head: Link,
    pub state: String,
    pub verdict: Verdict,
    /// What is known of it, as pairs of words.
    pub facts: Vec<(String, String)>,
    pub basis: Option<Basis>,
    /// The letter of refusal, in each format.
    pub papers: Vec<PaperLinks>,
    /// `/review/requests/{id}`.
    pub base: String,
    pub version: String,
    /// Objections that wait for an answer.
    pub objections: Vec<Choice>,
    /// The acts open to the reader: `take-in`, `determine`, `post`, `object`, `answer`, `grant`, `refuse`.
    pub acts: Vec<&'static str>,
}

impl RequestPage {
    pub fn may(&self, act: &str) -> bool {
        self.acts.contains(&act)
    }
}
