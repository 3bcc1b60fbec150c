//! `GET /access/trail`: who did what, newest first, and whether the chain of entries is whole.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Pager, TrailRow};

#[derive(Template)]
#[template(path = "pages/access/trail.html")]
pub struct Trail {
    pub l: Lang,
    pub frame: Frame,
    pub rows: Vec<TrailRow>,
    pub pager: Pager,
    /// The first entry that does not fit the chain.
    pub broken_at: Option<String>,
}
