//! Every page of an import.

use super::{
    Candidate, Candidates, ColumnChoice, Columns, Consent, Done, Doubt, FaultyCell, FaultyRow, IntakeRow, Intakes,
    LikelySame, Preview, PreviewRow, Progress, Rows, Subject, Upload,
};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Choice, Link, Pager, Tag, Verdict};

pub fn samples(l: Lang) -> Vec<Sample> {
    vec![
        Sample::new("review/intake-upload", upload(l)),
        Sample::new("review/intake-consent", consent(l)),
        Sample::new("review/intake-columns", columns(l)),
        Sample::new("review/intake-rows", rows(l)),
        Sample::new("review/intake-candidates", candidates(l)),
        Sample::new("review/intake-preview", preview(l)),
        Sample::new("review/intake-progress", progress(l)),
        Sample::new("review/intake-done", done(l, false)),
        Sample::new("review/intake-undone", done(l, true)),
        Sample::new("review/intakes", intakes(l)),
    ]
}

fn frame(l: Lang) -> Frame {
    Frame::sample(l, Section::Review)
}

fn subject() -> Subject {
    Subject {
        href: "/review/intake/0195".into(),
        file_name: "danh-sach-ra-soat.xlsx".into(),
        year: "2023".into(),
        unit_name: "Xã Hương Trạch".into(),
        version: "2".into(),
    }
}

fn upload(l: Lang) -> Upload {
    Upload {
        l,
        frame: frame(l),
        form: Form::new([("year", "2023")]).with_fault("file", "field-file-or-paste"),
        unit: "commune:18073".into(),
        years: vec![Choice::new("2023", "2023"), Choice::new("2022", "2022")],
        layout_href: "/review/intake/layout.xlsx?unit=commune:18073&year=2023".into(),
    }
}

fn consent(l: Lang) -> Consent {
    Consent {
        l,
        frame: frame(l),
        subject: subject(),
        encoding: "TCVN3".into(),
        examples: vec![("NguyÔn V¨n T©m".into(), "Nguyễn Văn Tâm".into())],
    }
}

fn columns(l: Lang) -> Columns {
    let column = |n: usize, letter: &str, header: &str, examples: &str| ColumnChoice {
        field: format!("column.{n}"),
        letter: letter.into(),
        header: header.into(),
        examples: examples.into(),
    };
    Columns {
        l,
        frame: frame(l),
        form: Form::new([("column.0", "head_name"), ("column.1", "birth_date"), ("sheet", "1"), ("header_row", "4")]),
        subject: subject(),
        columns: vec![
            column(0, "A", "Tên chủ hộ", "Nguyễn Thị Hường; Trần Đình Quế"),
            column(1, "B", "Năm sinh", "1985; 02/09/1961"),
            column(2, "C", "Tổng A", "110; 95"),
        ],
        sheets: vec![Choice::new("1", "1. Danh sách"), Choice::new("2", "2. Tổng hợp")],
        fields: vec![
            Choice::new("head_name", "Họ và tên chủ hộ"),
            Choice::new("birth_date", "Ngày sinh"),
            Choice::new("b1", "Điểm B1"),
        ],
        missing: vec!["Mã xã".into()],
    }
}

fn rows(l: Lang) -> Rows {
    let cell = |field: &str, column: &str, text: &str, sentence: &str, advice: &str, is_reject| FaultyCell {
        field: field.into(),
        column: column.into(),
        text: text.into(),
        sentence: sentence.into(),
        advice: advice.into(),
        is_reject,
    };
    let row = |number: &str, cells| FaultyRow {
        sheet: "1".into(),
        row: number.into(),
        head: "Nguyễn Thị Hường".into(),
        member: "Trần Thị Chi".into(),
        cells,
        household: "12".into(),
        is_aside: number == "14",
    };
    let bad_date = cell(
        "cell.1.14.4",
        "Ngày sinh",
        "31/02/2012",
        "Không có ngày 31/02/2012.",
        "Sửa thành ngày đúng, hoặc chỉ ghi năm 2012.",
        true,
    );
    let old_paper = cell(
        "cell.1.15.6",
        "Số CCCD/CMND",
        "183512345",
        "Chứng minh nhân dân 9 số đã hết hiệu lực.",
        "Thay bằng số căn cước 12 số khi có; vẫn được lưu.",
        false,
    );
    Rows {
        l,
        frame: frame(l),
        form: Form::default(),
        subject: subject(),
        rows: vec![row("14", vec![bad_date]), row("15", vec![old_paper])],
        kinds: vec![("Ngày không có".into(), "1".into()), ("CMND 9 số".into(), "1".into())],
        aside_households: "1".into(),
        pager: Pager { from: "1".into(), to: "2".into(), total: "2".into(), ..Pager::default() },
        aside_xlsx_href: "/review/intake/0195/aside.xlsx".into(),
    }
}

fn candidates(l: Lang) -> Candidates {
    let candidate = |value: &str, label: &str, detail: &str| Candidate {
        value: value.into(),
        label: label.into(),
        detail: detail.into(),
    };
    Candidates {
        l,
        frame: frame(l),
        form: Form::new([("household.14", "new")]),
        subject: subject(),
        doubts: vec![Doubt {
            field: "household.14".into(),
            title: "Nguyễn Thị Hường, Thôn 3".into(),
            detail: "Dòng 14 · sinh 1985 · 3 khẩu".into(),
            candidates: vec![
                candidate("0191", "Nguyễn Thị Hường", "Thôn 3 · sinh 02/09/1985 · 3 khẩu"),
                candidate("0204", "Nguyễn Thị Hường", "Thôn 3 · sinh 1958 · 1 khẩu"),
                candidate("new", &l.t("candidate-new"), ""),
            ],
        }],
        pager: Pager { from: "1".into(), to: "1".into(), total: "1".into(), ..Pager::default() },
    }
}

fn preview(l: Lang) -> Preview {
    let row = |number: &str, head: &str, what: &str, detail: &str| PreviewRow {
        row: number.into(),
        head: head.into(),
        village: "Thôn 3".into(),
        size: "3".into(),
        class: Tag::new("Hộ nghèo", 1),
        what: l.t(what),
        detail: detail.into(),
        likely: (what == "preview-row-changed").then(|| LikelySame {
            at: "1.14".into(),
            household: "0191".into(),
            are_strangers: false,
        }),
    };
    Preview {
        l,
        frame: frame(l),
        subject: subject(),
        new: "12".into(),
        changed: "30".into(),
        unchanged: "900".into(),
        aside: "2".into(),
        absent: "4".into(),
        warnings: "7".into(),
        open_questions: "1".into(),
        has_open_questions: true,
        already: Some(l.t1("intake-already", "day", "20/11/2026")),
        rows: vec![
            row("5", "Nguyễn Thị Hường", "preview-changed", "Điểm B2: 20 → 30; phân loại: hộ cận nghèo → hộ nghèo"),
            row("9", "Trần Đình Quế", "preview-new", ""),
            row("14", "Lê Hữu Phước", "preview-aside", "Không có ngày 31/02/2012."),
        ],
        pager: Pager { from: "1".into(), to: "3".into(), total: "944".into(), ..Pager::default() },
    }
}

fn progress(l: Lang) -> Progress {
    Progress {
        l,
        frame: frame(l),
        subject: subject(),
        stage: l.t("progress-storing"),
        done: 1200,
        of: 24000,
        words: "1.200 / 24.000".into(),
    }
}

fn done(l: Lang, is_undone: bool) -> Done {
    Done {
        l,
        frame: frame(l),
        subject: subject(),
        new: "12".into(),
        changed: "30".into(),
        unchanged: "900".into(),
        aside: "2".into(),
        has_aside: true,
        aside_xlsx_href: "/review/intake/0195/aside.xlsx".into(),
        list_href: "/review/2023?unit=commune:18073".into(),
        is_undone,
        undo_hindrance: String::new(),
        undo_links: vec![Link::new("danh-sach-bo-sung.xlsx", "/review/intake/0194")],
    }
}

fn intakes(l: Lang) -> Intakes {
    let row = IntakeRow {
        href: "/review/intake/0195".into(),
        file_name: "danh-sach-ra-soat.xlsx".into(),
        year: "2023".into(),
        at: "23/11/2026 09:12".into(),
        by: "Nguyễn Thị Lan".into(),
        state: l.t("intake-state-applied"),
        verdict: Verdict::Good,
        summary: "12 / 30 / 900 / 2".into(),
    };
    Intakes { l, frame: frame(l), rows: vec![row], upload_href: "/review/intake?unit=commune:18073".into() }
}
