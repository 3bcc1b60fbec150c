//! The first minutes: sample data or an empty register.

mod choose;
mod empty;
mod loading;

pub use choose::Choose;
pub use empty::Empty;
pub use loading::Loading;

use super::Sample;
use super::form::Form;
use super::frame::Frame;
use super::parts::Choice;
use crate::language::Lang;

pub fn samples(l: Lang) -> Vec<Sample> {
    let provinces = vec![Choice::new("42", "Hà Tĩnh"), Choice::new("40", "Nghệ An")];
    let years = vec![Choice::new("2023", "2023"), Choice::new("2024", "2024")];
    let form = Form::new([("province", "42"), ("year", "2023"), ("login", "quantri")])
        .with_fault("password", "field-password");
    vec![
        Sample::new("start/choose", Choose { l, frame: Frame::outside(l) }),
        Sample::new("start/loading", Loading { l, frame: Frame::outside(l), percent: 40, failed: None }),
        Sample::new(
            "start/loading-failed",
            Loading { l, frame: Frame::outside(l), percent: 0, failed: Some("FLT-001".into()) },
        ),
        Sample::new("start/empty", Empty { l, frame: Frame::outside(l), form, provinces, years }),
    ]
}
