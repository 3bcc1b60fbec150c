//! Targets: all of a unit, one with its readings and areas, the names on either side of a number.

use super::super::{AreaLine, Doubts, ReadingLine, Rooms, RowLine, TargetLine, TargetPage, TargetRows, Targets};
use super::{PERIOD, basis, figure, frame, person};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::parts::{AbsentLine, Link, Pager, Verdict};

pub(super) fn samples(l: Lang) -> Vec<Sample> {
    let line = |with: bool| TargetLine {
        id: "T05".into(),
        label: "Người lao động có nhu cầu được hỗ trợ kết nối việc làm".into(),
        level: "≥ 90 %".into(),
        value: with.then(|| figure("93,21")),
        above: with.then(|| figure("384")),
        below: with.then(|| figure("412")),
        not_reached: with.then(|| figure("28")),
        gap: if with { String::new() } else { l.t("gap-empty-base") },
        doubts: if with { doubts(l) } else { Doubts { is_inferred: true, ..Doubts::default() } },
        verdict: if with { Verdict::Good } else { Verdict::Open },
        state: l.t(if with { "target-met" } else { "target-no-figure" }),
        differs: with,
        href: "/programme/targets/T05".into(),
    };
    let reading = |id: &str, with: bool| ReadingLine {
        id: id.into(),
        label: "Hộ mới thoát nghèo: chỉ hộ ra khỏi hộ nghèo".into(),
        value: with.then(|| figure("93,21")),
        above: with.then(|| figure("384")),
        below: with.then(|| figure("412")),
        not_reached: with.then(|| figure("28")),
        open: "3".into(),
        gap: l.t("gap-empty-base"),
        left_out: vec![l.t1("target-doubtful", "n", "4"), l.t2("target-unlisted", "n", "3", "year", "2023")],
        verdict: Verdict::Good,
        state: l.t("target-met"),
        among: "loại hộ là Hộ nghèo".into(),
        reached: "hoạt động đã nhận trong năm có Kết nối việc làm".into(),
        note: String::new(),
        basis: basis(),
        unconfirmed: vec![("Xã biên giới, bãi ngang, ven biển".into(), basis())],
        mark: l.t("mark-inferred"),
        exact: "9600/103".into(),
        is_reported: with,
    };
    let area = AreaLine {
        name: "Xã Hương Trạch".into(),
        href: "/programme/targets/T05?unit=commune:18073".into(),
        value: Some(figure("93,21")),
        above: Some(figure("384")),
        below: Some(figure("412")),
        not_reached: Some(figure("28")),
        gap: String::new(),
        doubts: doubts(l),
        verdict: Verdict::Good,
        state: l.t("target-met"),
    };
    let list =
        |rows| Targets { l, frame: frame(l), rooms: Rooms::new(PERIOD, "targets"), on: "31/12/2023".into(), rows };
    let rows = |parts: Vec<Vec<RowLine>>, is_whole: bool| TargetRows {
        l,
        frame: frame(l),
        title: "T05".into(),
        reading: "Hộ mới thoát nghèo: chỉ hộ ra khỏi hộ nghèo".into(),
        unit: "Xã Hương Trạch, Huyện Hương Khê".into(),
        on: "31/12/2023".into(),
        total: l.t1("rows-total", "n", "28"),
        is_not_reached: true,
        parts: parts.into_iter().map(|rows| ("Xã Hương Trạch".to_owned(), rows)).collect(),
        is_whole,
        print_href: (!is_whole).then(|| "/programme/targets/T05/rows?print=all".into()),
        pager: (!is_whole).then(|| Pager { from: "1".into(), to: "1".into(), total: "28".into(), ..Pager::default() }),
        xlsx_href: "/programme/targets/T05/rows.xlsx".into(),
        other: Link::new(l.t("rows-reached"), "/programme/targets/T05/rows?side=reached"),
        target_href: "/programme/targets/T05".into(),
    };
    let page = TargetPage {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "targets"),
        id: "T05".into(),
        label: "Người lao động có nhu cầu được hỗ trợ".into(),
        on: "31/12/2023".into(),
        level: "≥ 90 %".into(),
        lead: "Sở Lao động - Thương binh và Xã hội".into(),
        clause: "II-MT.2.b.1a".into(),
        level_notes: vec![l.t1("level-in-clause", "numbers", "92%")],
        said: l.t2("target-said", "who", "Trần Văn Minh", "day", "23/11/2026"),
        binding_href: Some("/programme/plan/bindings/T05".into()),
        absent: vec![AbsentLine::new(
            l.t2("absent-list", "n", "2", "year", "2023"),
            &["Xã Hương Lâm".to_owned(), "Xã Hương Liên".to_owned()],
        )],
        readings: vec![reading("left_poor", true), reading("left_either", false)],
        areas: vec![area],
        unit: "Huyện Hương Khê".into(),
        targets_href: "/programme/targets".into(),
    };
    vec![
        Sample::new("programme/targets", list(vec![line(true), line(false)])),
        Sample::new("programme/targets-empty", list(Vec::new())),
        Sample::new("programme/target", page),
        Sample::new("programme/target_rows", rows(vec![vec![person()]], false)),
        Sample::new("programme/target_rows-empty", rows(Vec::new(), false)),
        Sample::new("programme/target_rows-whole", rows(vec![vec![person()], vec![person()]], true)),
    ]
}

fn doubts(l: Lang) -> Doubts {
    Doubts { is_inferred: true, is_unconfirmed: true, partial: l.t1("target-unlisted-short", "n", "3") }
}
