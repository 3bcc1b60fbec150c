//! `GET /`: tasks, late ones first; each links to the very place where it is done.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::Verdict;

#[derive(Debug, Clone)]
pub struct Task {
    pub title: String,
    pub href: String,
    /// One sentence, or empty.
    pub detail: String,
    /// The state as a word: chưa làm, đang làm, bị trả lại, chờ duyệt, xong.
    pub state: String,
    pub verdict: Verdict,
}

#[derive(Template)]
#[template(path = "pages/home/tasks.html")]
pub struct Tasks {
    pub l: Lang,
    pub frame: Frame,
    pub tasks: Vec<Task>,
    /// What comes next, when nothing waits.
    pub empty_next: String,
}
