//! `GET /registry/households`: search and filters in the address (q, class, village, year, unit, from), rows below.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Choice, Pager, Tag};

#[derive(Debug, Clone)]
pub struct HouseholdRow {
    pub href: String,
    pub head: String,
    /// Empty where the page is about one commune.
    pub commune: String,
    pub village: String,
    pub size: String,
    pub b1: String,
    pub b2: String,
    pub class: Tag,
    /// Short names of the deprivations: `Việc làm; Nước sạch`.
    pub lacks: String,
    pub is_closed: bool,
}

#[expect(clippy::struct_excessive_bools, reason = "each says by itself whether a part of the page is shown")]
#[derive(Template)]
#[template(path = "pages/registry/households.html")]
pub struct Households {
    pub l: Lang,
    pub frame: Frame,
    /// Values of q, class, village, year.
    pub form: Form,
    /// `commune:18073`, carried along by the filter.
    pub unit: String,
    pub classes: Vec<Choice>,
    pub villages: Vec<Choice>,
    pub years: Vec<Choice>,
    pub rows: Vec<HouseholdRow>,
    /// Households by class over the whole filter: word and number.
    pub totals: Vec<(String, String)>,
    pub pager: Pager,
    pub shows_commune: bool,
    pub may_edit: bool,
    pub may_import: bool,
    pub export_href: String,
    pub print_href: String,
    /// Whether the register holds nothing at all yet (another empty state than "nothing found").
    pub is_register_empty: bool,
}
