//! `GET`, `POST /units/villages?unit=…&year=…`: totals of households and persons by village; Enter goes down a column.
//! Fields: households.VILLAGE, persons.VILLAGE, new_village, unit, year.

use askama::Template;

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Frame;

#[derive(Debug, Clone)]
pub struct VillageRow {
    pub name: String,
    /// Empty on a commune's page.
    pub commune: String,
    pub households_field: String,
    pub persons_field: String,
    /// Households on this year's list.
    pub listed: String,
}

#[derive(Template)]
#[template(path = "pages/units/villages.html")]
pub struct Villages {
    pub l: Lang,
    pub frame: Frame,
    pub form: Form,
    pub unit: String,
    pub rows: Vec<VillageRow>,
    pub households_total: String,
    pub persons_total: String,
    /// Villages without totals.
    pub missing: String,
    pub may_edit: bool,
    pub back_href: String,
}
