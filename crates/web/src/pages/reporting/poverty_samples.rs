//! The poverty pages in every state, with invented values.

use super::{
    Bar, Bars, BehindRow, ChangeRow, ChangeTable, Compare, CutoffRow, Definition, GroupRow, IndicatorRow, Lines, Panel,
    Poverty, Published, PublishedRow, Select,
};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Basis, Choice, Link, Verdict};

const PATH: &str = "/review/2023/poverty";

pub fn samples(l: Lang) -> Vec<Sample> {
    let empty = Poverty {
        summary: Vec::new(),
        missing: vec![l.t2("dynamics-missing", "year", 2023, "n", 216)],
        sources: Vec::new(),
        ..poverty(l)
    };
    let crossed = Poverty {
        group_heads: (l.t("level-district"), l.t("poverty-split-area")),
        groups: vec![GroupRow { and: "Khu vực nông thôn".into(), ..group("Huyện Hương Khê", "") }],
        by_indicator: vec![GroupRow {
            and: "Khu vực nông thôn".into(),
            cells: vec![cell("12,50")],
            ..group("Huyện Hương Khê", "")
        }],
        check: l.t("poverty-overlap"),
        verdict: Verdict::Plain,
        compare: Compare {
            tables: Vec::new(),
            notes: vec![l.t1("poverty-no-change", "year", 2022), l.t2("poverty-common", "n", 60, "left", 156)],
            sources: vec![("2022".into(), Vec::new())],
        },
        panels_note: l.t1("poverty-drawn", "n", 24),
        ..poverty(l)
    };
    let working = Poverty {
        is_working: true,
        missing: vec![l.t1("poverty-working", "n", "8.120"), l.t2("poverty-not-reviewed", "year", 2023, "n", 12)],
        notes: vec![l.t1("poverty-no-population", "n", 4), l.t1("poverty-below-law", "law", 3)],
        sources: Vec::new(),
        compare: Compare::default(),
        ..poverty(l)
    };
    let hidden = Definition { sides: Vec::new(), rows: Vec::new(), ..definition(l) };
    let nothing = Published { is_empty: true, ..published(l) };
    vec![
        Sample::new("reporting/published", published(l)),
        Sample::new("reporting/published-empty", nothing),
        Sample::new("reporting/poverty", poverty(l)),
        Sample::new("reporting/poverty-crossed", crossed),
        Sample::new("reporting/poverty-working", working),
        Sample::new("reporting/poverty-empty", empty),
        Sample::new("reporting/definition", definition(l)),
        Sample::new("reporting/definition-without-households", hidden),
    ]
}

fn cell(text: &str) -> Link {
    Link::new(text, format!("{PATH}/figure?unit=province:42&k=3&figure=h&group=444"))
}

fn plain(text: &str) -> Link {
    Link::new(text, "")
}

fn group(name: &str, state: &str) -> GroupRow {
    let cells = vec![
        plain("26.790"),
        plain("3,79"),
        plain("8.120"),
        plain("1.015"),
        cell("12,50"),
        cell("30,21"),
        cell("0,0378"),
        plain("9,10"),
    ];
    GroupRow { name: name.into(), and: String::new(), state: state.into(), cells }
}

fn poverty(l: Lang) -> Poverty {
    let select = |id: &'static str, label: &str, chosen: &str| Select {
        id,
        label: l.t(label),
        choices: vec![Choice::new("", l.t("poverty-no-cross")), Choice::new("area", l.t("poverty-split-area"))],
        chosen: chosen.into(),
    };
    let panel = |number: i64, title: &str| Panel {
        id: format!("panel-{number}"),
        title: title.into(),
        description: title.into(),
        bars: vec![("1".into(), 800, "8,00".into()), ("2".into(), 400 * number, "4,00".into())],
        most: 1_000,
    };
    let indicator = |number: &str, label: &str| IndicatorRow {
        number: number.into(),
        label: label.into(),
        is_dimension: number.is_empty(),
        cells: if number.is_empty() {
            vec![plain(""), plain(""), plain(""), plain("22,10")]
        } else {
            vec![plain("1,02"), cell("20,00"), cell("8,00"), cell("17,30")]
        },
    };
    let cutoff = |k: &str, href: &str| CutoffRow {
        k: k.into(),
        href: href.into(),
        cells: ["1.015", "3,79", "12,50", "30,21", "0,0378"].map(plain).to_vec(),
    };
    Poverty {
        l,
        frame: Frame::sample(l, Section::Review),
        year: "2023".into(),
        action: PATH.into(),
        unit: "province:42".into(),
        selects: vec![select("split", "poverty-ask-split", "area"), select("cross", "poverty-ask-cross", "")],
        missing: vec![l.t2("poverty-unknown", "n", 12, "all", "73.000")],
        sources: vec![Link::new("Tỉnh Hà Tĩnh · 9f2c4b7a1e6d", "/reporting/snapshots/9f2c4b7a1e6d")],
        is_sample: true,
        is_working: false,
        notes: vec![l.t2("poverty-not-the-law", "k", 3, "law", 3)],
        sentence: "Ở ngưỡng k = 3: 1.015 trong 8.120 hộ là nghèo đa chiều (H = 12,50 %).".into(),
        summary: vec![
            (l.t2("poverty-h-all", "k", 3, "what", "hộ"), plain("3,79 % (1.015 trong 26.790 hộ)")),
            (l.t("poverty-h"), cell("12,50")),
            (l.t("poverty-m0"), cell("0,0378")),
        ],
        cutoffs: vec![cutoff("2", "/review/2023/poverty?unit=province:42&k=2"), cutoff("3", "")],
        lines: Lines {
            id: "cutoff-lines".into(),
            title: l.t("poverty-lines"),
            description: "H 12,50 %".into(),
            places: vec!["1".into(), "2".into(), "3".into()],
            lines: vec![
                ("H".into(), vec![Some(9_000), Some(4_000), Some(1_250)]),
                ("A".into(), vec![Some(2_000), None, None]),
            ],
        },
        indicators: vec![
            indicator("", "Việc làm"),
            indicator("1", "Việc làm"),
            indicator("2", "Người phụ thuộc trong hộ gia đình"),
        ],
        by_what: l.t1("poverty-by", "what", l.t("level-district")),
        group_heads: (l.t("level-district"), String::new()),
        heads: [
            "poverty-population",
            "poverty-h-of-all",
            "poverty-all",
            "poverty-poor",
            "poverty-h-short",
            "poverty-a-short",
            "poverty-m0-short",
            "poverty-share",
        ]
        .map(|key| l.t(key))
        .to_vec(),
        groups: vec![group("Huyện Hương Khê", ""), group("Xã Hòa Hải", &l.t("restate-unplaced"))],
        total: vec![plain("8.120"); 8],
        check: l.t1("poverty-left-over", "n", 35),
        verdict: Verdict::Open,
        panels: vec![panel(1, "Huyện Hương Khê"), panel(2, "Huyện Kỳ Anh")],
        panels_note: String::new(),
        of_what: format!("{} (%, k = 3)", l.t("poverty-hdk")),
        indicator_heads: vec!["Việc làm".into()],
        by_indicator: vec![GroupRow { cells: vec![cell("12,50")], ..group("Huyện Hương Khê", "") }],
        compare: compared(l),
        cutoff_heads: ["poverty-poor", "poverty-h-of-all", "poverty-h-short", "poverty-a-short", "poverty-m0-short"]
            .map(|key| l.t(key))
            .to_vec(),
        figure_heads: ["poverty-hdk-all", "poverty-hd-short", "poverty-hdk-short", "poverty-pctb"]
            .map(|key| l.t(key))
            .to_vec(),
        files: ["xlsx", "csv", "parquet"].map(|kind| Link::new(kind.to_uppercase(), format!("{PATH}.{kind}"))).to_vec(),
        back_href: "/review/2023?unit=province:42".into(),
    }
}

fn compared(l: Lang) -> Compare {
    let source = Link::new("Tỉnh Hà Tĩnh · 0a1b2c3d4e5f", "/reporting/snapshots/0a1b2c3d4e5f");
    Compare { tables: vec![change(l)], notes: Vec::new(), sources: vec![("2022".into(), vec![source])] }
}

fn published(l: Lang) -> Published {
    let row = |name: &str, is_whole, cells: &[&str]| PublishedRow {
        name: name.into(),
        is_whole,
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    let basis = Basis {
        id: "review.publication".into(),
        act: String::new(),
        article: String::new(),
        href: "/norms/review.publication".into(),
        mark: "illustrative".into(),
        is_unconfirmed: true,
    };
    Published {
        l,
        frame: Frame { is_sample: true, ..Frame::outside(l) },
        year: "2023".into(),
        unit: "Tỉnh Hà Tĩnh".into(),
        years: vec![Choice::new("2023", "2023")],
        splits: vec![Choice::new("units", l.t("label-unit")), Choice::new("ethnic", l.t("poverty-split-ethnic"))],
        chosen: "units".into(),
        is_empty: false,
        says: vec![l.t2("published-says", "k", 3, "n", 12), l.t2("published-hidden", "mark", "***", "least", 5)],
        is_sample: true,
        basis: Some(basis),
        head: l.t("label-unit"),
        heads: ["poverty-population", "poverty-h-of-all", "poverty-all", "poverty-poor", "poverty-h-short"]
            .map(|key| l.t(key))
            .to_vec(),
        rows: vec![
            row("Tỉnh Hà Tĩnh", true, &["26.790", "3,79", "8.120", "1.015", "12,50"]),
            row("Huyện Hương Khê", false, &["2.610", "***", "812", "***", "***"]),
        ],
        chart: Some(Bars {
            id: "published",
            title: l.t1("published-chart", "k", 3),
            description: "Tỉnh Hà Tĩnh: 3,79 %".into(),
            bars: vec![Bar { label: "Tỉnh Hà Tĩnh".into(), value: 379, words: "3,79 %".into(), kind: 1 }],
        }),
        indicator_heads: vec!["Việc làm".into(), "Dinh dưỡng".into()],
        by_indicator: vec![row("Tỉnh Hà Tĩnh", true, &["812", "***"])],
        csv: Some(Link::new("CSV", "/published/poverty.csv?year=2023&split=units")),
    }
}

fn change(l: Lang) -> ChangeTable {
    ChangeTable {
        sentence: "H từ 15,00 (năm 2022) đến 12,50 (năm 2023): −2,50.".into(),
        heads: vec![
            "H 2022".into(),
            "H 2023".into(),
            l.t("poverty-within"),
            l.t("poverty-between"),
            l.t("poverty-together"),
        ],
        rows: vec![ChangeRow {
            name: "Huyện Hương Khê".into(),
            cells: ["15,00", "12,50", "−2,30", "−0,20", "−2,50"].map(str::to_owned).to_vec(),
        }],
        total: ["15,00", "12,50", "−2,30", "−0,20", "−2,50"].map(str::to_owned).to_vec(),
    }
}

fn definition(l: Lang) -> Definition {
    let here = BehindRow {
        head: "Trần Thị Mai".into(),
        href: "/registry/households/x?year=2023".into(),
        why_href: "/registry/households/x/why?year=2023".into(),
        place: "Thôn 1, Xã Hương Trạch".into(),
        size: "4".into(),
        deprivations: "5".into(),
    };
    let elsewhere =
        BehindRow { head: l.t("household-elsewhere"), href: String::new(), why_href: String::new(), ..here.clone() };
    let basis = |id: &str, is_unconfirmed| Basis {
        id: id.into(),
        act: "Nghị định 07/2021/NĐ-CP".into(),
        article: String::new(),
        href: "/norms/review.indicators".into(),
        mark: "quoted".into(),
        is_unconfirmed,
    };
    Definition {
        l,
        frame: Frame::sample(l, Section::Review),
        title: format!("{} · Huyện Hương Khê", l.t("poverty-h")),
        value: "12,50 %".into(),
        numerator: (l.t2("poverty-side-poor", "what", "hộ", "k", 3), "1.015".into()),
        denominator: (l.t1("poverty-side-all", "what", "hộ"), "8.120".into()),
        says: vec![l.t2("poverty-says-h", "k", 3, "n", 12), l.t1("poverty-says-weights", "n", 12)],
        facts: vec![(l.t("label-unit"), "Tỉnh Hà Tĩnh".into()), (l.t("definition-frozen"), "20/12/2023".into())],
        sources: vec![
            Link::new("Tỉnh Hà Tĩnh · 9f2c4b7a1e6d", "/reporting/snapshots/9f2c4b7a1e6d"),
            Link::new("Xã Hương Trạch", ""),
        ],
        bases: vec![basis("review.standard", false), basis("review.indicators#water", true)],
        sides: vec![
            (Link::new(l.t2("poverty-side-poor", "what", "hộ", "k", 3), PATH), true),
            (Link::new(l.t1("poverty-side-all", "what", "hộ"), PATH), false),
        ],
        rows: vec![here, elsewhere],
        behind: l.t2("snapshot-class-count", "households", "1.015", "persons", "3.300"),
        more: l.t1("dynamics-more", "n", 500),
        back_href: PATH.into(),
    }
}
