//! `GET`, `POST /units/placing?unit=…&day=…`: where the villages and households of divided communes lie.
//! Fields: unit, day, village.ID, household.ID (codes of parts), pasted.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Link};

/// A village or household with its field.
#[derive(Debug, Clone)]
pub struct PlaceRow {
    pub field: String,
    pub name: String,
    /// The household's village.
    pub detail: String,
    pub href: String,
}

#[derive(Debug, Clone)]
pub struct PlacingCommune {
    pub name: String,
    pub parts: Vec<Choice>,
    pub villages: Vec<PlaceRow>,
    /// Not placed yet, neither themselves nor their village.
    pub households: Vec<PlaceRow>,
    /// `Còn 3 thôn, 41 hộ chưa xếp`.
    pub left: String,
}

#[derive(Template)]
#[template(path = "pages/units/placing.html")]
pub struct PlacingPage {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub unit: String,
    /// `2025-07-01`
    pub day: String,
    pub day_words: String,
    /// Other steps that divide communes here.
    pub steps: Vec<Link>,
    pub communes: Vec<PlacingCommune>,
    pub may_place: bool,
    pub changes_href: String,
}
