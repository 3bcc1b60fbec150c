//! What is taken back with a reason, and what was.

use super::super::{TakeBack, TakenBack};
use super::{entry, frame};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::parts::Link;

pub(super) fn samples(l: Lang) -> Vec<Sample> {
    vec![
        Sample::new("programme/take_back", take_back(l, false)),
        Sample::new("programme/take_back-leave", take_back(l, true)),
        Sample::new(
            "programme/taken_back",
            TakenBack {
                l,
                frame: frame(l),
                title: "Tập huấn chăn nuôi bò".into(),
                past: vec![entry(l)],
                back: Link::new(l.t("programme-activities"), "/programme/activities"),
            },
        ),
    ]
}

fn take_back(l: Lang, asks_day: bool) -> TakeBack {
    TakeBack {
        l,
        frame: frame(l),
        title: "Lê Thị Hoa".into(),
        heading: l.t(if asks_day { "staff-leave" } else { "activity-remove" }),
        why: l.t(if asks_day { "staff-leave-why" } else { "activity-remove-why" }),
        facts: vec![(l.t("label-day"), "05/09/2023".into())],
        form: Form::new([("left", "31/02/2023")]).with_fault("why", "field-missing"),
        action: "/programme/staff/0/leave".into(),
        back: Link::new(l.t("staff-title"), "/programme/staff"),
        asks_day,
    }
}
