//! `GET /survey/{year}/households/{id}/both`: versions of one survey side by side.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Link, Tag};

#[derive(Debug, Clone)]
pub struct VersionHead {
    pub id: String,
    pub by: String,
    pub saved: String,
    pub state: String,
    pub class: Tag,
    pub b1: String,
    pub b2: String,
    pub note: String,
    /// What the household said of it; empty when nothing.
    pub view: String,
    /// Who confirmed a survey made at the household; empty for papers entered at a desk.
    pub confirmed: String,
    pub photos: Vec<Link>,
    /// Counted, or waiting for a choice.
    pub may_be_chosen: bool,
}

#[derive(Debug, Clone)]
pub struct BothRow {
    pub label: String,
    pub values: Vec<String>,
    pub differs: bool,
}

#[derive(Template)]
#[template(path = "pages/survey/both.html")]
pub struct BothPage {
    pub l: Lang,
    pub frame: Frame,
    pub head: String,
    pub back: Link,
    pub action: String,
    pub may_choose: bool,
    pub heads: Vec<VersionHead>,
    pub rows: Vec<BothRow>,
}
