//! The law as the program knows it: what is confirmed, what is only remembered, what is missing; and the score packs.

mod confirm;
mod index;
mod norm;
mod packs;

pub use confirm::Confirm;
pub use index::{Index, NormRow};
pub use norm::{NormPage, Version};
pub use packs::{PackRow, Packs};

use super::Sample;
use super::form::Form;
use super::frame::{Frame, Section};
use crate::language::Lang;
use crate::pages::parts::Choice;

pub fn samples(l: Lang) -> Vec<Sample> {
    vec![
        Sample::new("norms/index", index(l)),
        Sample::new("norms/norm", norm(l)),
        Sample::new("norms/confirm", confirm(l)),
        Sample::new("norms/packs", packs(l)),
    ]
}

fn frame(l: Lang) -> Frame {
    Frame::sample(l, Section::Admin)
}

fn index(l: Lang) -> Index {
    let row = |id: &str, label: &str, mark: &str, is_unconfirmed| NormRow {
        id: id.into(),
        href: format!("/norms/{id}"),
        label: label.into(),
        from: "01/01/2022".into(),
        mark: mark.into(),
        is_unconfirmed,
        confirmed: String::new(),
    };
    Index {
        l,
        frame: frame(l),
        rows: vec![
            row("review.standard", "Chuẩn nghèo đa chiều", "quoted", false),
            row("review.indicators#telecom", "Sử dụng dịch vụ viễn thông", "memory", true),
            row("review.score_guide", "Bảng điểm B1 năm 2027", "missing", false),
        ],
        unconfirmed: "1".into(),
        missing: "1".into(),
        day: "31/12/2023".into(),
    }
}

fn norm(l: Lang) -> NormPage {
    let version = |from: &str, mark: &str, is_unconfirmed, confirm: Option<&str>| Version {
        from: from.into(),
        to: String::new(),
        mark: mark.into(),
        is_unconfirmed,
        act: "Nghị định 07/2021/NĐ-CP".into(),
        article: "Điều 3".into(),
        published: "27/01/2021".into(),
        sources: vec!["nd07_luatvn".into()],
        note: "Đọc trong văn bản gốc.".into(),
        value: "rural: 1500000\nurban: 2000000".into(),
        confirmed: String::new(),
        confirm_href: confirm.map(str::to_owned),
    };
    NormPage {
        bodies: vec![Choice::new("province_officer", l.t("role-province_officer"))],
        body_now: l.t("opinion-body-none"),
        form: Form::default(),
        l,
        frame: frame(l),
        id: "review.standard".into(),
        label: "Chuẩn nghèo đa chiều".into(),
        versions: vec![
            version("01/01/2027", "memory", true, Some("/norms/confirm?key=review.standard@2027-01-01")),
            version("01/01/2022", "quoted", false, None),
        ],
    }
}

fn confirm(l: Lang) -> Confirm {
    Confirm {
        l,
        frame: frame(l),
        form: Form::new([("signed", "")]).with_fault("signed", "field-missing"),
        key: "review.indicators@2022-01-01#telecom".into(),
        label: "Sử dụng dịch vụ viễn thông".into(),
        value: "Không có thành viên nào sử dụng dịch vụ internet".into(),
        back_href: "/norms/review.indicators".into(),
    }
}

fn packs(l: Lang) -> Packs {
    let row = |title: &str, mark: &str, is_signed_off| PackRow {
        key: "illustrative_b1@1.0".into(),
        title: title.into(),
        version: "1.0".into(),
        from: "01/01/2022".into(),
        items: "13".into(),
        loaded: "23/11/2026 · Nguyễn Thị Lan".into(),
        mark: mark.into(),
        signed_off: if is_signed_off {
            "Trần Văn Minh, Giám đốc Sở · 23/11/2026".into()
        } else {
            String::new()
        },
        is_in_use: is_signed_off,
    };
    Packs {
        l,
        frame: frame(l),
        form: Form::default().with_fault("file", "field-pack"),
        rows: vec![row("Bộ câu hỏi minh hoạ", "illustrative", false), row("Bộ câu hỏi của tỉnh", "quoted", true)],
        may_change: true,
        problems: vec!["Mục roof: câu trả lời durable thiếu điểm cho cột rural.".into()],
    }
}
