//! One page for everything that is answered with "no": the status comes from the handler.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::Link;

#[derive(Template)]
#[template(path = "pages/fault/refusal.html")]
pub struct Refusal {
    pub l: Lang,
    pub frame: Frame,
    /// What happened.
    pub title: String,
    /// Why; may be empty where the title says it.
    pub why: String,
    /// What to do now.
    pub next: String,
    /// Stable code for support: `REV-005`.
    pub code: String,
    /// Id of the log line, for faults of ours.
    pub event: Option<String>,
    pub links: Vec<Link>,
}
