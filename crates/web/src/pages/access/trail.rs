//! `GET /access/trail`: who did what, newest first, and how far the chain of entries is known to be whole.
//! Post: `/access/trail/check` recomputes it.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Pager, TrailRow, Verdict};

#[derive(Template)]
#[template(path = "pages/access/trail.html")]
pub struct Trail {
    pub l: Lang,
    pub frame: Frame,
    pub rows: Vec<TrailRow>,
    pub pager: Pager,
    /// How the chain stands.
    pub verdict: Verdict,
    pub words: String,
}
