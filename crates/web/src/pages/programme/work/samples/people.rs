//! Needs of people and the staff of the programme.

use super::super::{NeedLine, Needs, Rooms, StaffLine, StaffPage};
use super::{PERIOD, frame, some};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::parts::{Choice, Pager};

pub(super) fn samples(l: Lang) -> Vec<Sample> {
    vec![
        Sample::new("programme/needs", needs(l, true)),
        Sample::new("programme/needs-empty", needs(l, false)),
        Sample::new("programme/staff", staff(l)),
    ]
}

fn needs(l: Lang, with: bool) -> Needs {
    let line = NeedLine {
        name: "Nguyễn Thị Hường".into(),
        href: "/registry/households/0".into(),
        kind: "Việc làm".into(),
        day: "20/01/2023".into(),
        village: "Thôn 3".into(),
        note: "Muốn làm gần nhà".into(),
        remove_href: Some("/programme/needs/0/remove".into()),
    };
    Needs {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "needs"),
        form: if with { Form::default().with_fault("who", "field-missing") } else { Form::default() },
        action: "/programme/needs".into(),
        kinds: vec![Choice::new("job", "Việc làm")],
        sums: if with { vec![("Việc làm".into(), some("412"))] } else { Vec::new() },
        rows: if with { vec![line] } else { Vec::new() },
        pager: Pager::default(),
        line_faults: Vec::new(),
        may_record: with,
        staff_href: "/programme/staff".into(),
    }
}

fn staff(l: Lang) -> StaffPage {
    StaffPage {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "needs"),
        form: Form::default(),
        action: "/programme/staff".into(),
        levels: vec![Choice::new("commune", "Xã")],
        sexes: vec![Choice::new("female", "Nữ")],
        rows: vec![StaffLine {
            name: "Lê Thị Hoa".into(),
            level: "Xã".into(),
            office: "UBND xã".into(),
            since: "01/01/2023".into(),
            left: String::new(),
            leave_href: Some("/programme/staff/0/leave".into()),
            remove_href: Some("/programme/staff/0/remove".into()),
        }],
        may_record: true,
    }
}
