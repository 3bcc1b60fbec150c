//! Tasks and reports with their days.

use super::super::{Duties, DutyLine, FileLine, Rooms, Typed};
use super::{PERIOD, basis, frame};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::parts::{Link, Verdict};

pub(super) fn samples(l: Lang) -> Vec<Sample> {
    vec![Sample::new("programme/duties", duties(l, true)), Sample::new("programme/duties-empty", duties(l, false))]
}

fn duties(l: Lang, with: bool) -> Duties {
    let line = DutyLine {
        id: "K25".into(),
        label: "Giải ngân vốn năm 2023 và vốn năm 2022 chuyển sang".into(),
        clause: "IV.10.3".into(),
        agencies: "UBND huyện".into(),
        due: l.t1("duty-due", "day", "31/12/2023"),
        verdict: Verdict::Bad,
        state: l.t1("duty-late", "n", "3"),
        note: String::new(),
        typed: Typed {
            done: "31/02/2023".into(),
            done_fault: Some(l.t("field-date")),
            event_fault: Some(l.t("field-date")),
            ..Typed::default()
        },
        basis: basis(),
        unconfirmed: vec![("Lịch ngày làm việc".into(), basis())],
        files: vec![FileLine { link: Link::new("bao-cao.pdf", "/programme/evidence/0"), said: "Lê Thị Hoa".into() }],
        is_own: true,
        anchor: "K25-2023-12-31".into(),
        due_iso: "2023-12-31".into(),
        version: "0".into(),
        is_done: false,
        event: "Kết thúc đợt giám sát".into(),
    };
    let gap = [("from", "01/01/2026"), ("to", "31/12/2026"), ("why", "Chưa tìm thấy thời hạn.")];
    Duties {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "duties"),
        rows: if with { vec![line] } else { Vec::new() },
        gaps: if with { Vec::new() } else { vec![l.tv("duties-gap", &gap)] },
        may_close: true,
        form: Form::default(),
        action: "/programme/duties".into(),
        evidence_action: "/programme/duties/evidence".into(),
        event_action: "/programme/duties/event".into(),
        other: Link::new(l.t("duties-all"), "/programme/duties?show=all"),
    }
}
