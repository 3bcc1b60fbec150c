//! `GET /review/{year}/requests?unit=…`: requests of households, open ones first.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Link, PaperLinks, Verdict};

#[derive(Debug, Clone)]
pub struct RequestRow {
    pub head: String,
    pub href: String,
    pub village: String,
    pub kind: String,
    pub channel: String,
    pub received: String,
    pub due: String,
    pub state: String,
    pub verdict: Verdict,
}

#[derive(Template)]
#[template(path = "pages/review/rounds/requests.html")]
pub struct Requests {
    pub l: Lang,
    pub frame: Frame,
    pub year: String,
    pub rows: Vec<RequestRow>,
    pub links: Vec<Link>,
    /// The forms that households ask with, blank.
    pub blanks: Vec<PaperLinks>,
}
