//! Without signing in: `GET /self-check`, and `GET /household`, where a household asks after itself.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, PaperLinks, Tag};
use crate::pages::review::{PersonPart, Question};

/// What the answers would mean.
#[derive(Debug, Clone)]
pub struct SelfAnswer {
    pub class: Option<Tag>,
    /// The rule in words.
    pub says: String,
    pub b1: String,
    pub b2: String,
    pub lacks: Vec<String>,
    pub open: Vec<String>,
    pub law: String,
}

#[derive(Template)]
#[template(path = "pages/survey/self_check.html")]
pub struct SelfCheckPage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub persons: Vec<Choice>,
    pub areas: Vec<Choice>,
    pub household: Vec<Question>,
    pub members: Vec<PersonPart>,
    pub items: Vec<Question>,
    pub result: Option<SelfAnswer>,
}

/// What a household sees of itself.
#[derive(Debug, Clone)]
pub struct OwnRequest {
    pub head: String,
    /// The decided class and the decision's number.
    pub class: Option<(Tag, String)>,
    pub requests: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "pages/survey/household.html")]
pub struct OwnHousehold {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub found: Option<OwnRequest>,
    pub kinds: Vec<Choice>,
    /// The forms to ask with on paper, blank.
    pub blanks: Vec<PaperLinks>,
}
