//! Every page of boundary changes.

use super::{
    ChangeForm, ChangePage, Changes, CountRow, Counts, FateRow, MomentRow, PlaceRow, PlacingCommune, PlacingPage,
    StepPage, StepRow, Strip, StripBox, UnitLife,
};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Basis, ByUnitsChoice, Choice, Link, Verdict};

pub fn samples(l: Lang) -> Vec<Sample> {
    vec![
        Sample::new("units/changes", changes(l)),
        Sample::new("units/step", step(l)),
        Sample::new("units/change", change(l, None)),
        Sample::new("units/change-withdrawn", change(l, Some("02/01/2026".into()))),
        Sample::new("units/change-form", change_form(l)),
        Sample::new("units/life", life(l)),
        Sample::new("units/placing", placing(l, true)),
        Sample::new(
            "units/placing-empty",
            PlacingPage { communes: Vec::new(), form: Form::default(), ..placing(l, false) },
        ),
        Sample::new("units/counts", counts(l)),
    ]
}

fn frame(l: Lang) -> Frame {
    Frame::sample(l, Section::Admin)
}

fn changes(l: Lang) -> Changes {
    let basis = Basis {
        id: "units.crosswalk".into(),
        act: "Nghị quyết 1665/NQ-UBTVQH15".into(),
        article: String::new(),
        href: "/norms/units.crosswalk".into(),
        mark: "quoted-secondary".into(),
        is_unconfirmed: false,
    };
    let row = |day: &str, unknown: &str, decisions: Vec<Link>| StepRow {
        day: day.into(),
        href: Some("/units/changes/step/2025-07-01".into()),
        bases: vec![basis.clone()],
        decisions,
        whole: "207".into(),
        divided: "2".into(),
        unknown: unknown.into(),
        without_origin: "0".into(),
        verdict: if unknown == "0" { Verdict::Good } else { Verdict::Bad },
        state: l.t(if unknown == "0" { "step-resolved" } else { "step-open" }),
    };
    Changes {
        l,
        frame: frame(l),
        rows: vec![
            row("01/07/2025", "1", Vec::new()),
            row("01/01/2025", "0", vec![Link::new("Nhập: 12/NQ-HĐND", "/units/changes/0191")]),
        ],
        may_record: true,
        placing_href: "/units/placing".into(),
        counts_href: "/units/counts".into(),
    }
}

fn step(l: Lang) -> StepPage {
    let row = |name: &str, verdict, into: Vec<Link>, record_href: Option<&str>| FateRow {
        unit: Link::new(name, "/units/life/commune/18535/2020-01-01"),
        above: "Huyện Hương Khê".into(),
        state: l.t(if into.is_empty() { "restate-unresolved" } else { "lineage-whole" }),
        verdict,
        detail: l.t("why-gone"),
        into,
        record_href: record_href.map(str::to_owned),
    };
    let into = vec![Link::new("Xã Hà Linh (18502)", "/units/life/commune/18502/2025-01-01")];
    StepPage {
        l,
        frame: frame(l),
        day: "01/01/2025".into(),
        all: Link::new("216", "/units/changes/step/2025-01-01"),
        divided: Link::new("0", "/units/changes/step/2025-01-01?only=divided"),
        unknown: Link::new("12", "/units/changes/step/2025-01-01?only=unknown"),
        rows: vec![
            row("Xã Phú Phong (18535)", Verdict::Bad, Vec::new(), Some("/units/changes/new?source=18535")),
            row("Xã Hà Linh (18502)", Verdict::Good, into, None),
        ],
        placing_href: "/units/placing".into(),
        changes_href: "/units/changes".into(),
    }
}

fn change(l: Lang, is_withdrawn: Option<String>) -> ChangePage {
    ChangePage {
        l,
        frame: frame(l),
        title: format!("{} · 01/01/2025", l.t("change-kind-division")),
        withdraw_action: is_withdrawn.is_none().then(|| "/units/changes/0191/withdraw".into()),
        placing_href: is_withdrawn.is_none().then(|| "/units/placing".into()),
        is_withdrawn,
        on: "01/01/2025".into(),
        level: l.t("level-commune"),
        act: "12/NQ-HĐND".into(),
        act_day: "01/12/2024".into(),
        article: "Điều 3".into(),
        issuer: "Hội đồng nhân dân tỉnh".into(),
        note: String::new(),
        sources: vec![Link::new("Xã Phú Phong (18535)", "/units/life/commune/18535/2020-01-01")],
        targets: vec![Link::new("Xã Hà Linh (18502)", "/units/life/commune/18502/2025-01-01")],
        changes_href: "/units/changes".into(),
    }
}

fn change_form(l: Lang) -> ChangeForm {
    let typed = [("kind", "merge"), ("level", "commune"), ("sources", "18535 Xã Phú Phong")];
    ChangeForm {
        l,
        frame: frame(l),
        form: Form::new(typed).with_fault("act", "field-missing").with_fault("on", "field-full-date"),
        kinds: vec![Choice::new("merge", l.t("change-kind-merge")), Choice::new("rename", l.t("change-kind-rename"))],
        levels: vec![Choice::new("commune", l.t("level-commune"))],
        changes_href: "/units/changes".into(),
    }
}

fn life(l: Lang) -> UnitLife {
    let unit = |name: &str, code: &str, is_own| StripBox {
        name: name.into(),
        code: code.into(),
        is_own,
        is_unknown: code.is_empty(),
    };
    let columns = vec![
        ("01/01/2020".to_owned(), vec![unit(&l.t("strip-unknown"), "", false)]),
        ("01/01/2025".to_owned(), vec![unit("Phường Đại Nài", "18082", true)]),
        (
            "01/07/2025".to_owned(),
            vec![unit("Phường Thành Sen", "18073", false), unit("Phường Hà Huy Tập", "18652", false)],
        ),
    ];
    let row = |state: &str, verdict, direction: &str, units| MomentRow {
        from: "01/07/2025".into(),
        direction: l.t(direction),
        state: l.t(state),
        verdict,
        detail: String::new(),
        units,
        acts: "12/NQ-HĐND".into(),
    };
    UnitLife {
        l,
        frame: frame(l),
        name: "Phường Đại Nài".into(),
        code: "18082".into(),
        above: "Thành phố Hà Tĩnh".into(),
        from: "01/01/2025".into(),
        strip: Strip::new(columns, vec![((1, 0), (2, 0)), ((1, 0), (2, 1))]),
        rows: vec![
            row("restate-unresolved", Verdict::Bad, "life-before", Vec::new()),
            row("lineage-divided", Verdict::Open, "life-after", vec![Link::new("Phường Thành Sen (18073)", "/units")]),
        ],
        changes_href: "/units/changes".into(),
    }
}

fn placing(l: Lang, may_place: bool) -> PlacingPage {
    let row = |field: &str, name: &str, detail: &str| PlaceRow {
        field: field.into(),
        name: name.into(),
        detail: detail.into(),
        href: if detail.is_empty() { String::new() } else { "/registry/households/0191".into() },
    };
    PlacingPage {
        l,
        frame: frame(l),
        form: Form::new([("village.v1", "18073"), ("pasted", "Tổ 1")]).with_fault("pasted", "field-pasted-line"),
        unit: "commune:18082".into(),
        day: "2025-07-01".into(),
        day_words: "01/07/2025".into(),
        steps: vec![Link::new("01/01/2025", "/units/placing?day=2025-01-01")],
        communes: vec![PlacingCommune {
            name: "Phường Đại Nài (18082)".into(),
            parts: vec![
                Choice::new("18073", "Phường Thành Sen (18073)"),
                Choice::new("18652", "Phường Hà Huy Tập (18652)"),
            ],
            villages: vec![row("village.v1", "Tổ dân phố 1", ""), row("village.v2", "Tổ dân phố 2", "")],
            households: vec![row("household.h1", "Nguyễn Thị Hường", "Tổ dân phố 2")],
            left: l.tv("placing-left", &[("villages", "1"), ("households", "1")]),
        }],
        may_place,
        changes_href: "/units/changes".into(),
    }
}

fn counts(l: Lang) -> Counts {
    let row = |name: &str, state: &str, verdict| CountRow {
        unit: Some(Link::new(name, "/units/life/commune/18073/2025-07-01")),
        name: String::new(),
        state: if state.is_empty() { String::new() } else { l.t(state) },
        verdict,
        detail: l.t("why-gone"),
        cells: vec!["96".into(), "121".into(), "217".into()],
    };
    let stranger = CountRow {
        unit: None,
        name: "99999".into(),
        state: l.t("restate-not-listed"),
        verdict: Verdict::Bad,
        detail: String::new(),
        cells: vec!["0".into(), "1".into(), "1".into()],
    };
    Counts {
        l,
        frame: Frame::sample(l, Section::Forms),
        subtitle: "01/07/2025 · Xã, phường".into(),
        by: ByUnitsChoice::sample(),
        year: "2023".into(),
        heads: vec!["Hộ nghèo".into(), "Hộ cận nghèo".into(), l.t("total")],
        rows: vec![
            row("Phường Thành Sen", "", Verdict::Plain),
            row("Phường Đại Nài", "restate-unplaced", Verdict::Open),
            stranger,
        ],
        total: vec!["192".into(), "243".into(), "435".into()],
        check: l.t("conserved-met"),
        verdict: Verdict::Good,
        placing_href: "/units/placing".into(),
        all_placed: false,
    }
}
