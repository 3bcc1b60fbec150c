//! Every page of the context in every state, with invented values.

use super::{
    Bar, Bars, ClassFlow, Dynamics, FileRow, MatrixCell, MatrixRow, Moved, MovedRow, Snapshot, SnapshotRow, Snapshots,
    Why, WhyRow, WhyYear, poverty_samples,
};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Basis, Link, Tag, Verdict};

const NAME: &str = "9f2c4b7a1e6d8035c1b2a3948576f0e1d2c3b4a5968778695a4b3c2d1e0f9a8b";

pub fn samples(l: Lang) -> Vec<Sample> {
    let mut samples = of_snapshots(l);
    samples.extend(poverty_samples::samples(l));
    samples
}

fn of_snapshots(l: Lang) -> Vec<Sample> {
    let empty = Snapshots { rows: Vec::new(), ..snapshots(l) };
    let nobody =
        Dynamics { rows: Vec::new(), missing: vec!["Năm 2022: 1 xã chưa có bản chốt.".into()], ..dynamics(l) };
    let absent = WhyYear {
        class: None,
        absent: l.t1("why-absent-none", "year", 2022),
        absent_next: l.t1("why-absent-none-next", "year", 2022),
        snapshot: None,
        ..why_year(l, "2022")
    };
    let half = Why { before: absent, sentences: Vec::new(), facts: Vec::new(), items: Vec::new(), ..why(l) };
    let none = Moved { rows: Vec::new(), total: "0".into(), ..moved(l) };
    vec![
        Sample::new("reporting/snapshots", snapshots(l)),
        Sample::new("reporting/snapshots-empty", empty),
        Sample::new("reporting/snapshot", snapshot(l)),
        Sample::new("reporting/why", why(l)),
        Sample::new("reporting/why-without-last-year", half),
        Sample::new("reporting/dynamics", dynamics(l)),
        Sample::new("reporting/dynamics-empty", nobody),
        Sample::new("reporting/moved", moved(l)),
        Sample::new("reporting/moved-empty", none),
    ]
}

fn row(l: Lang, verdict: Verdict, checked: String) -> SnapshotRow {
    SnapshotRow {
        href: format!("/reporting/snapshots/{NAME}"),
        short: "9f2c4b7a1e6d".into(),
        unit: "Xã Hương Trạch, Huyện Hương Khê".into(),
        year: "2023".into(),
        act: l.t("act-list_sent"),
        day: "05/12/2023".into(),
        by: "Nguyễn Thị Lan".into(),
        households: "73".into(),
        persons: "210".into(),
        checked,
        verdict,
    }
}

fn snapshots(l: Lang) -> Snapshots {
    Snapshots {
        l,
        frame: Frame::sample(l, Section::Review),
        rows: vec![
            row(l, Verdict::Plain, l.t("snapshot-unchecked")),
            row(l, Verdict::Good, l.t1("snapshot-whole", "day", "20/12/2023")),
            row(l, Verdict::Bad, l.t1("snapshot-broken", "day", "21/12/2023")),
        ],
        dynamics_href: "/review/2023/dynamics?unit=commune:18553&year=2023".into(),
        review_href: "/review/2023?unit=commune:18553".into(),
    }
}

fn snapshot(l: Lang) -> Snapshot {
    let file = |name: &str, what: &str, rows: &str| FileRow {
        name: name.into(),
        what: l.t(what),
        rows: rows.into(),
        bytes: "12.345".into(),
        sha256: "0a1b2c3d4e5f".into(),
        href: format!("/reporting/snapshots/{NAME}/files/{name}"),
    };
    Snapshot {
        l,
        frame: Frame::sample(l, Section::Review),
        row: row(l, Verdict::Good, l.t1("snapshot-whole", "day", "20/12/2023")),
        name: NAME.into(),
        counts: vec![(l.t("total"), "73 hộ, 210 khẩu".into()), ("Hộ nghèo".into(), "41 hộ, 120 khẩu".into())],
        rules: l.t2("snapshot-rules-count", "n", 27, "day", "31/12/2023"),
        unconfirmed: vec!["packs.minh-hoa@2022-01-01".into()],
        norm_changes: vec![l.t1("snapshot-norm-changed", "norm", "review.class_rules")],
        files: vec![
            file("households.parquet", "file-households", "73"),
            FileRow { href: String::new(), ..file("figures.parquet", "file-figures", "40") },
        ],
        is_sample: true,
        check_action: format!("/reporting/snapshots/{NAME}/check"),
        list_href: "/reporting/snapshots?unit=commune:18553&year=2023".into(),
    }
}

fn law(id: &str, is_unconfirmed: bool) -> Basis {
    Basis {
        id: id.into(),
        act: "Thông tư 07/2021/TT-BLĐTBXH".into(),
        article: "4".into(),
        href: "/norms/review.class_rules".into(),
        mark: "quoted".into(),
        is_unconfirmed,
    }
}

fn why_year(l: Lang, year: &str) -> WhyYear {
    WhyYear {
        year: year.into(),
        class: Some(Tag::new("Hộ nghèo", 1)),
        absent: String::new(),
        absent_next: String::new(),
        computed: l.t1("why-computed-other", "class", "Hộ cận nghèo"),
        decision: "Hộ nghèo, 15/QĐ-UBND, 14/12/2022".into(),
        b1: "120".into(),
        b2: "30".into(),
        b2_arithmetic: "10 × 3".into(),
        size: "4".into(),
        rule: "Nông thôn, điểm B1 từ 140 trở xuống và điểm B2 từ 30 trở lên là hộ nghèo.".into(),
        basis: Some(law("review.class_rules#poor-rural", false)),
        pack: Some(law("packs.minh-hoa", true)),
        snapshot: Some(Link::new("Xã Hương Trạch · 05/12/2022 · 9f2c4b7a1e6d", format!("/reporting/snapshots/{NAME}"))),
        notes: vec![l.t1("snapshot-norm-changed", "norm", "review.indicators")],
    }
}

fn why(l: Lang) -> Why {
    let line = |label: &str, before: &str, now: &str, change: &str, basis| WhyRow {
        label: label.into(),
        before: before.into(),
        now: now.into(),
        change: change.into(),
        basis,
    };
    let now = WhyYear {
        class: Some(Tag::new("Hộ cận nghèo", 2)),
        decision: String::new(),
        computed: String::new(),
        notes: Vec::new(),
        ..why_year(l, "2023")
    };
    Why {
        l,
        frame: Frame::sample(l, Section::Registry),
        head: "Trần Thị Mai".into(),
        place: "Thôn 1, Xã Hương Trạch, Huyện Hương Khê, Tỉnh Hà Tĩnh".into(),
        before: why_year(l, "2022"),
        now,
        sentences: vec![
            "Năm 2022 hộ thuộc diện Hộ nghèo; năm 2023 thuộc diện Hộ cận nghèo.".into(),
            "Không còn thiếu hụt: Nước sinh hoạt.".into(),
        ],
        items: vec![line("Số nhân khẩu", "4 người (15 điểm)", "3 người (25 điểm)", "+10", None)],
        marks: vec![
            line("Việc làm", &l.t("deprived-yes"), &l.t("deprived-yes"), "", Some(law("review.indicators#job", false))),
            line(
                "Nước sinh hoạt",
                &l.t("deprived-yes"),
                &l.t("deprived-no"),
                &l.t("deprived-lost"),
                Some(law("review.indicators#water", true)),
            ),
        ],
        facts: vec![line("Nguồn nước", "Nước suối", "Nước máy", &l.t("why-changed"), None)],
        is_unconfirmed: true,
        address: format!("/registry/households/x/why?year=2023&before={NAME}&now={NAME}"),
        back_href: "/registry/households/x?year=2023".into(),
    }
}

fn dynamics(l: Lang) -> Dynamics {
    let cell = |to: &str, households: &str, is_same| MatrixCell {
        to: to.into(),
        households: households.into(),
        persons: "120".into(),
        href: if households == "0" {
            String::new()
        } else {
            "/review/2023/dynamics/rows?from=poor&to=near_poor".into()
        },
        is_same,
    };
    let bar = |label: &str, value, kind| Bar { label: label.into(), value, words: value.to_string(), kind };
    let flow = |class: Tag| ClassFlow {
        class,
        before: "41".into(),
        stayed: "30".into(),
        left: "9".into(),
        gone: "2".into(),
        entered: "3".into(),
        fresh: "1".into(),
        now: "34".into(),
    };
    Dynamics {
        l,
        frame: Frame::sample(l, Section::Review),
        years: ("2022".into(), "2023".into()),
        missing: Vec::new(),
        sources: (
            vec![Link::new("Tỉnh Hà Tĩnh · 9f2c4b7a1e6d", format!("/reporting/snapshots/{NAME}"))],
            vec![Link::new("Xã Hương Trạch · 1f2c4b7a1e6d", format!("/reporting/snapshots/{NAME}"))],
        ),
        sentence: "11 hộ ra khỏi và 4 hộ vào diện Hộ nghèo; 30 hộ ở lại.".into(),
        flows: vec![flow(Tag::new("Hộ nghèo", 1)), flow(Tag::new("Hộ cận nghèo", 2))],
        chart: Bars {
            id: "flows",
            title: l.t("dynamics-chart"),
            description: "11 hộ ra, 4 hộ vào, 30 hộ ở lại.".into(),
            bars: vec![bar("Hộ nghèo: ở lại", 30, 2), bar("Hộ nghèo: ra", 11, 1), bar("Hộ nghèo: vào", 4, 0)],
        },
        heads: vec!["Hộ nghèo".into(), "Hộ cận nghèo".into()],
        rows: vec![MatrixRow {
            from: Tag::new("Hộ nghèo", 1),
            cells: vec![cell("Hộ nghèo", "30", true), cell("Hộ cận nghèo", "0", false)],
            total: "30".into(),
        }],
        files: ["xlsx", "csv", "parquet"]
            .map(|kind| Link::new(kind.to_uppercase(), format!("/review/2023/dynamics.{kind}?unit=commune:18553")))
            .to_vec(),
        back_href: "/review/2023?unit=commune:18553".into(),
    }
}

fn moved(l: Lang) -> Moved {
    let here = MovedRow {
        head: "Trần Thị Mai".into(),
        href: "/registry/households/x?year=2023".into(),
        why_href: "/registry/households/x/why?year=2023".into(),
        place: "Thôn 1, Xã Hương Trạch".into(),
        size: "4 → 3".into(),
    };
    let elsewhere =
        MovedRow { head: l.t("household-elsewhere"), href: String::new(), why_href: String::new(), ..here.clone() };
    Moved {
        l,
        frame: Frame::sample(l, Section::Review),
        what: "Hộ nghèo → Hộ cận nghèo".into(),
        rows: vec![here, elsewhere],
        total: "612".into(),
        more: l.t1("dynamics-more", "n", 500),
        back_href: "/review/2023/dynamics?unit=commune:18553".into(),
    }
}
