//! Villages and how many live in them; how units changed, and what is counted by the units of a day.

mod change_form;
mod changes;
mod counts;
mod life;
mod placing;
mod samples;
mod villages;

pub use change_form::ChangeForm;
pub use changes::{ChangePage, Changes, FateRow, StepPage, StepRow};
pub use counts::{CountRow, Counts};
pub use life::{DrawnBox, DrawnLine, MomentRow, Strip, StripBox, UnitLife};
pub use placing::{PlaceRow, PlacingCommune, PlacingPage};
pub use villages::{VillageRow, Villages};

use super::Sample;
use super::form::Form;
use super::frame::{Frame, Section};
use crate::language::Lang;

pub fn samples(l: Lang) -> Vec<Sample> {
    let row = |n: u32| VillageRow {
        name: format!("Thôn {n}"),
        commune: String::new(),
        households_field: format!("households.v{n}"),
        persons_field: format!("persons.v{n}"),
        listed: (n * 4).to_string(),
    };
    let page = |rows: Vec<VillageRow>, form| Villages {
        l,
        frame: Frame::sample(l, Section::Review),
        form,
        unit: "commune:18073".into(),
        rows,
        households_total: "1.204".into(),
        persons_total: "4.310".into(),
        missing: "5".into(),
        may_edit: true,
        back_href: "/review/2023?unit=commune:18073".into(),
    };
    let entered = Form::new([("households.v1", "1.204"), ("persons.v1", "4,3")]);
    let entered = entered.with_named_fault("persons.v1", "field-count", "Thôn 1");
    let own = vec![
        Sample::new("units/villages", page((1..=6).map(row).collect(), entered)),
        Sample::new("units/villages-empty", page(Vec::new(), Form::default())),
    ];
    own.into_iter().chain(samples::samples(l)).collect()
}
