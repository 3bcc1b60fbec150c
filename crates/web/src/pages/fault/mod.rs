//! Something cannot be done: not there, not allowed, changed meanwhile, or our own fault. Each says what, why, what next.

mod refusal;

pub use refusal::Refusal;

use super::Sample;
use super::frame::{Frame, Section};
use super::parts::Link;
use crate::language::Lang;

pub fn samples(l: Lang) -> Vec<Sample> {
    // keys: missing-* conflict-* fault-*
    let page = |key: &str, code: &str, event: Option<&str>| Refusal {
        l,
        frame: Frame::sample(l, Section::Outside),
        title: l.t(&format!("{key}-title")),
        why: l.t(&format!("{key}-why")),
        next: l.t(&format!("{key}-next")),
        code: code.into(),
        event: event.map(str::to_owned),
        links: vec![Link::new(l.t("home-title"), "/")],
    };
    let list = Refusal {
        title: l.t("refusal-REV-005"),
        why: String::new(),
        next: l.t("next-REV-005"),
        ..page("missing", "REV-005", None)
    };
    vec![
        Sample::new("fault/missing", page("missing", "MIS-001", None)),
        Sample::new("fault/refusal", list),
        Sample::new("fault/conflict", page("conflict", "STO-001", None)),
        Sample::new("fault/fault", page("fault", "FLT-001", Some("0195f3a2"))),
    ]
}
