//! `GET /registry/handovers/{id}`: a household on its way between two communes.
//! Posts: `/accept` (village), `/decline` (remark), `/withdraw`.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Verdict};

#[derive(Template)]
#[template(path = "pages/registry/handover.html")]
pub struct Handover {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    /// `/registry/handovers/{id}`.
    pub href: String,
    pub head: String,
    /// The household, for who may open it now.
    pub household_href: Option<String>,
    pub size: String,
    pub from: String,
    pub to: String,
    /// The day it moved.
    pub day: String,
    pub note: String,
    /// By whom and when.
    pub offered: String,
    pub state: String,
    pub verdict: Verdict,
    /// Why it was declined.
    pub remark: String,
    /// Of the receiving commune, where the reader may accept.
    pub villages: Vec<Choice>,
    pub may_answer: bool,
    pub may_withdraw: bool,
}
