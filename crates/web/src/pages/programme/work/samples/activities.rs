//! Activities: the list, one, and its form.

use super::super::{Activities, ActivityForm, ActivityLine, ActivityPage, KindField, Meanwhile, Rooms, SumLine};
use super::{PERIOD, basis, entry, frame, person, some};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::parts::{Choice, Pager};

pub(super) fn samples(l: Lang) -> Vec<Sample> {
    let mut all = lists(l);
    all.extend(forms(l));
    all
}

fn lists(l: Lang) -> Vec<Sample> {
    let line = ActivityLine {
        href: "/programme/activities/0".into(),
        day: "05/09/2023".into(),
        kind: "Tập huấn kỹ thuật".into(),
        content: "Tập huấn chăn nuôi bò".into(),
        place: "Xã Hương Trạch, Huyện Hương Khê".into(),
        agency: "UBND xã".into(),
        participants: some("35"),
        money: some("12.000.000"),
    };
    let sum = SumLine {
        kind: "Tập huấn kỹ thuật".into(),
        project: "P3.1".into(),
        activities: some("4"),
        people: some("120"),
        money: some("48.000.000"),
    };
    let list = |rows, sums| Activities {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "activities"),
        form: Form::default(),
        unit: "commune:18073".into(),
        kinds: vec![Choice::new("farm_training", "Tập huấn kỹ thuật")],
        sums,
        rows,
        pager: Pager::default(),
        may_record: true,
        new_href: "/programme/activities/new".into(),
        import_href: "/programme/import".into(),
    };
    let page = ActivityPage {
        l,
        frame: frame(l),
        title: "Tập huấn chăn nuôi bò".into(),
        facts: vec![(l.t("label-day"), "05/09/2023".into())],
        participants: vec![person()],
        basis: basis(),
        past: vec![entry(l)],
        edit_href: Some("/programme/activities/0/edit".into()),
        back_href: "/programme/activities".into(),
        remove_href: Some("/programme/activities/0/remove".into()),
        undo_href: Some("/programme/imports/0/undo".into()),
    };
    vec![
        Sample::new("programme/activities", list(vec![line], vec![sum])),
        Sample::new("programme/activities-empty", list(Vec::new(), Vec::new())),
        Sample::new("programme/activity", page),
    ]
}

fn forms(l: Lang) -> Vec<Sample> {
    let form = |kind: &str, form| ActivityForm {
        l,
        frame: frame(l),
        form,
        action: format!("/programme/activities/new?{PERIOD}"),
        back_href: "/programme/activities".into(),
        kinds: vec![("Dự án 2".into(), vec![Choice::new("livelihood_training", "Tập huấn")])],
        kind: kind.into(),
        kind_label: "Tập huấn".into(),
        project: "Dự án 2".into(),
        who: "tuổi từ 15 trở lên".into(),
        takes: l.t("participants-person"),
        feeds: "T03".into(),
        period: "18/01/2022–31/12/2025".into(),
        fields: vec![
            KindField {
                name: "field.days".into(), label: "Số ngày".into(), unit: "ngày".into(), choices: Vec::new()
            },
            KindField { name: "field.trade".into(), label: "Nghề".into(), unit: String::new(), choices: Vec::new() },
            KindField {
                name: "field.service".into(),
                label: "Dịch vụ".into(),
                unit: String::new(),
                choices: vec![Choice::new("counselling", "Tư vấn")],
            },
        ],
        line_faults: vec!["Dòng 2 «Trần Văn A»: có 2 người như vậy.".into()],
        basis: Some(basis()),
        layout_href: "/programme/import/layout.xlsx".into(),
        kept: Vec::new(),
        is_correction: false,
        meanwhile: Vec::new(),
    };
    let correction = |faulty: Form| ActivityForm {
        kept: vec![Choice::new("018f", "Nguyễn Thị Hường · 05/09/1985 · Thôn 3"), Choice::new("0190", l.t("who-gone"))],
        is_correction: true,
        meanwhile: vec![Meanwhile { label: l.t("label-day"), now: "05/09/2023".into(), typed: "06/09/2023".into() }],
        ..form("livelihood_training", faulty.with_fault("why", "field-missing"))
    };
    let faulty = Form::new([("day", "31/02/2023")]).with_fault("day", "field-date");
    vec![
        Sample::new("programme/activity_form-choose", form("", Form::default())),
        Sample::new("programme/activity_form", form("livelihood_training", faulty)),
        Sample::new("programme/activity_form-correction", correction(Form::new([("kept", "018f"), ("version", "1")]))),
    ]
}
