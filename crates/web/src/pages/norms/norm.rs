//! `GET /norms/{id}`: all versions of one norm, each with its citation.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;

#[derive(Debug, Clone)]
pub struct Version {
    pub from: String,
    /// Empty when it goes on.
    pub to: String,
    pub mark: String,
    pub is_unconfirmed: bool,
    pub act: String,
    pub article: String,
    pub published: String,
    pub sources: Vec<String>,
    pub note: String,
    /// As YAML.
    pub value: String,
    pub confirmed: String,
    /// Where to confirm it; `None` when nothing is to be confirmed or the role may not.
    pub confirm_href: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/norms/norm.html")]
pub struct NormPage {
    pub l: Lang,
    pub frame: Frame,
    pub id: String,
    pub label: String,
    pub versions: Vec<Version>,
    /// Who may give the opinion where the law names nobody; empty on other norms and for other roles.
    pub bodies: Vec<Choice>,
    pub body_now: String,
    pub form: Form,
}
