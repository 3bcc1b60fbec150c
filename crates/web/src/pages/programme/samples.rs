//! Every page of the plan in its states, for the test that renders them all.

use super::work::Doubts;
use super::{
    Binding, BindingRow, Bindings, CitingRow, Clause, ClauseRow, ContentsRow, Document, DocumentRow, Documents, Figure,
    Find, HitRow, Hung, NewBinding, NoPlan, NumberRow, Plan, ReadingRow, Side, Told, VersionRow, Versions,
};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Choice, Link, TrailRow, Verdict};

pub fn samples(l: Lang) -> Vec<Sample> {
    vec![
        Sample::new("programme/plan", plan(l)),
        Sample::new("programme/plan-none", none(l)),
        Sample::new("programme/clause", clause(l)),
        Sample::new("programme/find", find(l, vec![hit()])),
        Sample::new("programme/find-nothing", find(l, Vec::new())),
        Sample::new("programme/documents", documents(l)),
        Sample::new("programme/document", document(l)),
        Sample::new("programme/bindings", bindings(l)),
        Sample::new("programme/binding", binding(l)),
        Sample::new("programme/binding-new", new_binding(l)),
        Sample::new("programme/versions", versions(l)),
    ]
}

fn frame(l: Lang) -> Frame {
    Frame::sample(l, Section::Plan)
}

const CLAUSE: &str = "/programme/plan/clauses/II-MT.1?unit=province:42&year=2023";
const WORDS: &str = "Mục tiêu cụ thể: Tỷ lệ hộ nghèo giảm từ 0,6 - 0,7%.";

fn link(text: &str) -> Link {
    Link::new(text, CLAUSE)
}

fn fall(l: Lang) -> Hung {
    let side = |year: &str, numerator: &str, rate: &str| Side {
        when: l.t1("state-end-of", "year", year),
        numerator: Link::new(numerator, "/registry/households?class=poor"),
        denominator: Link::new("383.300", "/units/villages?year=2023"),
        rate: rate.into(),
    };
    let reading = |label: &str, value: &str| ReadingRow {
        label: label.into(),
        value: Link::new(value, "/programme/targets/T01#reading-points"),
        state: l.t("target-exceeded"),
        verdict: Verdict::Good,
    };
    Hung {
        id: "T01".into(),
        kind: l.t("kind-target"),
        label: "Tỷ lệ hộ nghèo giảm".into(),
        href: "/programme/plan/bindings/T01".into(),
        asks: vec!["từ 0,6 đến 0,7 điểm phần trăm".into()],
        state: l.t("target-exceeded"),
        verdict: Verdict::Good,
        figure: Some(Figure {
            value: Link::new("0,77", "/programme/targets/T01"),
            unit: l.t("target-unit-percentage-point"),
            sides: vec![side("2022", "14.527", "3,79"), side("2023", "11.572", "3,02")],
            readings: vec![reading("Điểm phần trăm", "0,77"), reading("Phần trăm của tỷ lệ năm trước", "20,34")],
        }),
        doubts: Doubts { is_inferred: true, is_unconfirmed: true, partial: l.t1("target-unlisted-short", "n", "3") },
        told: Vec::new(),
        is_waiting: true,
        mark: "inferred".into(),
    }
}

fn task(l: Lang) -> Hung {
    Hung {
        id: "K25".into(),
        kind: l.t("kind-task"),
        label: "Giải ngân vốn năm 2023 và vốn năm 2022 chuyển sang".into(),
        asks: vec!["Ủy ban nhân dân các huyện, thành phố, thị xã".into()],
        state: l.t("state-untracked"),
        verdict: Verdict::Open,
        figure: None,
        doubts: Doubts::default(),
        told: vec![Told { name: l.t("state-evidence"), number: Link::new("2", "/programme/duties#K25") }],
        mark: "quoted".into(),
        ..fall(l)
    }
}

fn plan(l: Lang) -> Plan {
    let row = |id: &str, kind: &'static str, marker: &str, text: &str| ClauseRow {
        id: id.into(),
        kind,
        marker: marker.into(),
        text: text.into(),
        href: CLAUSE.into(),
        is_heading: kind == "section",
        hung: Vec::new(),
        is_untracked: id == "I.p1",
    };
    Plan {
        l,
        frame: frame(l),
        unit: "province:42".into(),
        year: "2023".into(),
        version: String::new(),
        told: "Phiên bản 1".into(),
        is_newest: false,
        contents: vec![ContentsRow { link: Link::new("II. MỤC TIÊU", "#c-II-MT"), is_section: true }],
        clauses: vec![
            row("title", "title", "KẾ HOẠCH", "Giảm nghèo bền vững năm 2023"),
            row("preamble", "preamble", "", "Thực hiện Chỉ thị số 05-CT/TW ngày 23/6/2021"),
            row("I", "section", "I.", "MỤC ĐÍCH, YÊU CẦU"),
            row("I.p1", "paragraph", "", "Phát huy kết quả đạt được của năm 2022."),
            row("II-MT", "section", "II.", "MỤC TIÊU"),
            ClauseRow { hung: vec![fall(l), task(l)], ..row("II-MT.1", "point", "1.", WORDS) },
        ],
        addressees: vec![row("addressees", "addressee", "", "Nơi nhận:")],
        signatures: vec![row("signature", "signature", "", "TM. ỦY BAN NHÂN DÂN")],
        unplaced: vec![row("unplaced", "unplaced", "", "STT Đơn vị")],
        waiting: "70".into(),
        bindings_href: "/programme/plan/bindings".into(),
        documents_href: "/programme/plan/documents".into(),
        versions_href: "/programme/plans".into(),
    }
}

fn none(l: Lang) -> NoPlan {
    NoPlan {
        l,
        frame: frame(l),
        year: "2026".into(),
        others: vec![Link::new("2023", "/programme/plan?year=2023")],
        import_href: Some("/programme/plans".into()),
    }
}

fn trail() -> Vec<TrailRow> {
    vec![TrailRow {
        at: "23/11/2026 14:05".into(),
        who: "Trần Văn Minh".into(),
        what: "Xác nhận".into(),
        detail: "T01 II-MT.1".into(),
        subject: None,
    }]
}

fn clause(l: Lang) -> Clause {
    Clause {
        l,
        frame: frame(l),
        id: "II-DA.5.b.1".into(),
        also: "II-DA.5.b.2a".into(),
        marker: "1.".into(),
        text: WORDS.into(),
        line: "15".into(),
        path: vec![link("II. MỤC TIÊU")],
        below: vec![link("a) Các kết quả và chỉ tiêu chủ yếu")],
        previous: Some(link("II-MT")),
        next: Some(link("II-MT.2")),
        back_href: "/programme/plan#c-II-MT-1".into(),
        hung: vec![fall(l)],
        add_href: Some("/programme/plan/bindings/new?clause=II-MT.1".into()),
        numbers: vec![NumberRow {
            text: "0,6 - 0,7%".into(),
            sort: l.t("sort-quantity"),
            bound: l.t("bound-range"),
            unit: "%".into(),
        }],
        documents: vec![Link::new("Quyết định số 90/QĐ-TTg", "/programme/plan/documents/90-qd-ttg")],
        history: trail(),
    }
}

fn hit() -> HitRow {
    HitRow {
        id: "II-MT.1".into(),
        href: CLAUSE.into(),
        path: "II. MỤC TIÊU".into(),
        text: WORDS.into(),
        hung: "T01".into(),
    }
}

fn find(l: Lang, hits: Vec<HitRow>) -> Find {
    Find {
        l,
        frame: frame(l),
        unit: "province:42".into(),
        year: "2023".into(),
        version: "018f".into(),
        asked: "ty le ho ngheo".into(),
        count: hits.len().to_string(),
        documents: if hits.is_empty() { Vec::new() } else { vec![link("Quyết định số 90/QĐ-TTg")] },
        hits,
        back_href: "/programme/plan".into(),
    }
}

fn documents(l: Lang) -> Documents {
    let row = DocumentRow {
        name: link("Nghị quyết số 74/2022/NQ-HĐND"),
        day: "15/07/2022".into(),
        issuer: "Hội đồng nhân dân tỉnh".into(),
        clauses: vec![link("III.2"), link("IV.3")],
    };
    Documents { l, frame: frame(l), rows: vec![row], back_href: "/programme/plan".into() }
}

fn document(l: Lang) -> Document {
    Document {
        l,
        frame: frame(l),
        name: "Chương trình số 109/CTr-BLĐTBXH-MTTW".into(),
        day: "11/01/2023".into(),
        issuer: String::new(),
        rows: vec![CitingRow { clause: link("IV.8.2"), text: WORDS.into() }],
        back_href: "/programme/plan/documents".into(),
    }
}

fn bindings(l: Lang) -> Bindings {
    let row = |id: &str, is_waiting| BindingRow {
        id: id.into(),
        href: format!("/programme/plan/bindings/{id}"),
        kind: l.t("kind-target"),
        clause: link("II-MT.1"),
        label: "Tỷ lệ hộ nghèo giảm".into(),
        agency: "Sở Lao động - Thương binh và Xã hội".into(),
        mark: "inferred".into(),
        answer: l.t(if is_waiting { "answer-proposed" } else { "answer-confirmed" }),
        verdict: if is_waiting { Verdict::Open } else { Verdict::Good },
        said: if is_waiting { String::new() } else { "Trần Văn Minh · 23/11/2026".into() },
        is_waiting,
    };
    Bindings {
        l,
        frame: frame(l),
        plan: "018f".into(),
        period: "unit=province:42&year=2023".into(),
        rows: vec![row("T01", true), row("T02", false)],
        waiting: "1".into(),
        all: "2".into(),
        only_waiting: false,
        may_confirm: true,
        back_href: "/programme/plan".into(),
    }
}

fn binding(l: Lang) -> Binding {
    let values = [("kind", "target"), ("clause", "II-MT.9"), ("part", ""), ("label", "Tỷ lệ hộ nghèo giảm")];
    Binding {
        l,
        frame: frame(l),
        form: Form::new(values).with_fault("clause", "field-clause"),
        id: "T01".into(),
        kind: l.t("kind-target"),
        hung: vec![fall(l)],
        clause: link("II-MT.1"),
        words: WORDS.into(),
        facts: vec![(l.t("plan-numerator"), "Hộ nghèo theo kết quả rà soát cuối năm".into())],
        citation: String::new(),
        norm_href: Some("/norms/plans.ha-tinh-2023".into()),
        kinds: kinds(l),
        definitions: definitions(),
        ops: vec![Choice::new("at_least", l.t("op-at_least"))],
        asks_level: true,
        offices: vec![Choice::new("commune_officer", l.t("role-commune_officer"))],
        plan: "018f".into(),
        version: "1".into(),
        period: "unit=province:42&year=2023".into(),
        may_confirm: true,
        is_waiting: true,
        said: String::new(),
        history: trail(),
        back_href: "/programme/plan/bindings".into(),
    }
}

fn kinds(l: Lang) -> Vec<Choice> {
    vec![Choice::new("target", l.t("kind-target")), Choice::new("task", l.t("kind-task"))]
}

fn definitions() -> Vec<Choice> {
    vec![Choice::new("T05", "T05 · Người lao động có nhu cầu được hỗ trợ kết nối việc làm")]
}

fn new_binding(l: Lang) -> NewBinding {
    NewBinding {
        l,
        frame: frame(l),
        form: Form::new([("clause", "I.p1")]).with_fault("label", "field-missing"),
        words: WORDS.into(),
        kinds: kinds(l),
        definitions: definitions(),
        ops: vec![Choice::new("at_least", l.t("op-at_least"))],
        offices: vec![Choice::new("commune_officer", l.t("role-commune_officer"))],
        plan: "018f".into(),
        period: "unit=province:42&year=2023".into(),
        back_href: "/programme/plan".into(),
    }
}

fn versions(l: Lang) -> Versions {
    let row = VersionRow {
        title: "Giảm nghèo bền vững năm 2023".into(),
        href: "/programme/plan?year=2023".into(),
        year: "2023".into(),
        number: "2".into(),
        file: "ke-hoach.docx".into(),
        brought: "23/11/2026 14:05 · Trần Văn Minh".into(),
        is_newest: true,
    };
    Versions {
        l,
        frame: frame(l),
        form: Form::default().with_fault("file", "field-plan-file"),
        rows: vec![row],
        period: "unit=province:42&year=2023".into(),
        may_import: true,
        back_href: "/programme/plan".into(),
    }
}
