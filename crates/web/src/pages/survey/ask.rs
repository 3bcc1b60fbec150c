//! `GET /household/ask`: a household without a code asks; `GET /review/{year}/requests/unplaced`: an officer finds it.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Link};

#[derive(Template)]
#[template(path = "pages/survey/ask.html")]
pub struct AskPage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub communes: Vec<Choice>,
    /// Of the chosen commune; before one is chosen there are none.
    pub villages: Vec<Choice>,
    pub kinds: Vec<Choice>,
    /// The number it is asked after with, once it was taken in.
    pub number: Option<String>,
}

/// One request that waits for its household.
#[derive(Debug, Clone)]
pub struct UnplacedRow {
    pub id: String,
    pub version: String,
    pub head: String,
    /// Birth date and village as written, the day it came in.
    pub words: String,
    pub reason: String,
    /// Households it may be of, the likeliest first.
    pub candidates: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "pages/survey/unplaced.html")]
pub struct UnplacedPage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub back: Link,
    pub year: String,
    pub unit: String,
    pub rows: Vec<UnplacedRow>,
}
