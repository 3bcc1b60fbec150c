//! A table of work: looked at, stored.

use super::super::{Import, ImportDone, ImportFault, Rooms};
use super::{PERIOD, frame};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;

pub(super) fn samples(l: Lang) -> Vec<Sample> {
    vec![
        Sample::new("programme/import", import(l, true)),
        Sample::new("programme/import-empty", import(l, false)),
        Sample::new(
            "programme/import_done",
            ImportDone {
                l,
                frame: frame(l),
                summary: "Đọc 40 dòng".into(),
                faults: Vec::new(),
                undo_href: "/programme/imports/0/undo".into(),
                activities_href: "/programme/activities".into(),
            },
        ),
    ]
}

fn import(l: Lang, with: bool) -> Import {
    let fault = ImportFault {
        row: "7".into(),
        name: "Trần Văn A".into(),
        why: l.t("row-recorded"),
        href: "/programme/activities/0".into(),
    };
    Import {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "activities"),
        form: Form::default(),
        action: "/programme/import".into(),
        apply_action: "/programme/import/apply".into(),
        layout_href: "/programme/import/layout.xlsx".into(),
        summary: with.then(|| "Đọc 40 dòng".into()),
        known: with.then(|| l.t2("import-known", "day", "05/09/2023 08:12", "who", "Lê Thị Hoa")),
        may_apply: with,
        text: "Loại\tNgày".into(),
        faults: if with { vec![fault] } else { Vec::new() },
    }
}
