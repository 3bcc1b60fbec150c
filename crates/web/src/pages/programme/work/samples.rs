//! Every page of the programme's work, filled and empty, for the test that renders them all.

use super::{
    Activities, ActivityForm, ActivityLine, ActivityPage, AreaLine, CheckLine, Duties, DutyLine, Figure, FileLine,
    Import, ImportDone, ImportFault, KindField, ModelForm, ModelLine, ModelPage, Models, Money, MoneyLine, NeedLine,
    Needs, ReadingLine, Rooms, RowLine, SourceLine, StaffLine, StaffPage, SumLine, TakeBack, TakenBack, TargetLine,
    TargetPage, TargetRows, Targets, Typed,
};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Basis, Choice, Link, Pager, TrailRow, Verdict};

const PERIOD: &str = "unit=commune:18073&year=2023";

fn frame(l: Lang) -> Frame {
    Frame::sample(l, Section::Targets)
}

fn basis() -> Basis {
    Basis {
        id: "programme.targets#T05.left_poor".into(),
        act: "Kế hoạch năm 2023".into(),
        article: String::new(),
        href: "/norms/programme.targets".into(),
        mark: "inferred".into(),
        is_unconfirmed: false,
    }
}

fn figure(text: &str) -> Figure {
    Figure::new(text, "/programme/targets/T05?unit=commune:18073#reading-left_poor")
}

fn some(text: &str) -> Figure {
    Figure::new(text, "/programme/activities/0")
}

fn person() -> RowLine {
    RowLine {
        name: "Nguyễn Thị Hường".into(),
        href: "/registry/households/0".into(),
        detail: "05/09/1985".into(),
        commune: "Xã Hương Trạch".into(),
        village: "Thôn 3".into(),
        is_open: true,
    }
}

pub fn samples(l: Lang) -> Vec<Sample> {
    let mut all = targets(l);
    all.extend(work(l));
    all.extend(activity_forms(l));
    all.extend(models_and_duties(l));
    all.push(Sample::new("programme/money", money(l, true)));
    all.push(Sample::new("programme/money-empty", money(l, false)));
    all
}

fn targets(l: Lang) -> Vec<Sample> {
    let line = |with: bool| TargetLine {
        id: "T05".into(),
        label: "Người lao động có nhu cầu được hỗ trợ kết nối việc làm".into(),
        level: "≥ 90 %".into(),
        value: with.then(|| figure("93,21")),
        above: with.then(|| figure("384")),
        below: with.then(|| figure("412")),
        not_reached: with.then(|| figure("28")),
        gap: if with { String::new() } else { l.t("gap-empty-base") },
        partial: if with { l.t1("target-unlisted-short", "n", "3") } else { String::new() },
        verdict: if with { Verdict::Good } else { Verdict::Open },
        state: l.t(if with { "target-met" } else { "target-no-figure" }),
        is_inferred: true,
        is_unconfirmed: with,
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

fn work(l: Lang) -> Vec<Sample> {
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
        Sample::new("programme/needs", needs(l, true)),
        Sample::new("programme/needs-empty", needs(l, false)),
        Sample::new("programme/staff", staff(l)),
        Sample::new("programme/import", import(l, true)),
        Sample::new("programme/import-empty", import(l, false)),
        Sample::new(
            "programme/import_done",
            ImportDone {
                l,
                frame: frame(l),
                summary: "Đọc 40 dòng".into(),
                faults: Vec::new(),
                undo_action: "/programme/imports/0/undo".into(),
                activities_href: "/programme/activities".into(),
            },
        ),
    ]
}

fn activity_forms(l: Lang) -> Vec<Sample> {
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
    };
    let correction = |faulty: Form| ActivityForm {
        kept: vec![Choice::new("018f", "Nguyễn Thị Hường · 05/09/1985 · Thôn 3"), Choice::new("0190", l.t("who-gone"))],
        is_correction: true,
        ..form("livelihood_training", faulty.with_fault("why", "field-missing"))
    };
    let faulty = Form::new([("day", "31/02/2023")]).with_fault("day", "field-date");
    vec![
        Sample::new("programme/activity_form-choose", form("", Form::default())),
        Sample::new("programme/activity_form", form("livelihood_training", faulty)),
        Sample::new("programme/activity_form-correction", correction(Form::new([("kept", "018f"), ("version", "1")]))),
        Sample::new("programme/take_back", take_back(l, false)),
        Sample::new("programme/take_back-leave", take_back(l, true)),
        Sample::new(
            "programme/taken_back",
            TakenBack {
                l,
                frame: frame(l),
                title: "Tập huấn chăn nuôi bò".into(),
                past: vec![entry(l)],
                back: Link::new(l.t("programme-activities"), "/programme/activities"),
            },
        ),
    ]
}

fn entry(l: Lang) -> TrailRow {
    TrailRow {
        at: "06/09/2023 08:12".into(),
        who: "Lê Thị Hoa".into(),
        what: l.t("verb-activity_corrected"),
        detail: "Tập huấn chăn nuôi bò · Ghi nhầm ngày".into(),
        subject: None,
    }
}

fn take_back(l: Lang, asks_day: bool) -> TakeBack {
    TakeBack {
        l,
        frame: frame(l),
        title: "Lê Thị Hoa".into(),
        heading: l.t(if asks_day { "staff-leave" } else { "activity-remove" }),
        why: l.t(if asks_day { "staff-leave-why" } else { "activity-remove-why" }),
        facts: vec![(l.t("label-day"), "05/09/2023".into())],
        form: Form::new([("left", "31/02/2023")]).with_fault("why", "field-missing"),
        action: "/programme/staff/0/leave".into(),
        back: Link::new(l.t("staff-title"), "/programme/staff"),
        asks_day,
    }
}

fn needs(l: Lang, with: bool) -> Needs {
    let line = NeedLine {
        name: "Nguyễn Thị Hường".into(),
        href: "/registry/households/0".into(),
        kind: "Việc làm".into(),
        day: "20/01/2023".into(),
        village: "Thôn 3".into(),
        note: "Muốn làm gần nhà".into(),
        remove_href: Some("/programme/needs/0/remove".into()),
    };
    Needs {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "needs"),
        form: if with { Form::default().with_fault("who", "field-missing") } else { Form::default() },
        action: "/programme/needs".into(),
        kinds: vec![Choice::new("job", "Việc làm")],
        sums: if with { vec![("Việc làm".into(), some("412"))] } else { Vec::new() },
        rows: if with { vec![line] } else { Vec::new() },
        pager: Pager::default(),
        line_faults: Vec::new(),
        may_record: with,
        staff_href: "/programme/staff".into(),
    }
}

fn staff(l: Lang) -> StaffPage {
    StaffPage {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "needs"),
        form: Form::default(),
        action: "/programme/staff".into(),
        levels: vec![Choice::new("commune", "Xã")],
        sexes: vec![Choice::new("female", "Nữ")],
        rows: vec![StaffLine {
            name: "Lê Thị Hoa".into(),
            level: "Xã".into(),
            office: "UBND xã".into(),
            since: "01/01/2023".into(),
            left: String::new(),
            leave_href: Some("/programme/staff/0/leave".into()),
            remove_href: Some("/programme/staff/0/remove".into()),
        }],
        may_record: true,
    }
}

fn import(l: Lang, with: bool) -> Import {
    let fault = ImportFault {
        row: "7".into(),
        name: "Trần Văn A".into(),
        why: l.t("row-recorded"),
        href: "/programme/activities/0".into(),
    };
    Import {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "activities"),
        form: Form::default(),
        action: "/programme/import".into(),
        apply_action: "/programme/import/apply".into(),
        layout_href: "/programme/import/layout.xlsx".into(),
        summary: with.then(|| "Đọc 40 dòng".into()),
        known: with.then(|| l.t2("import-known", "day", "05/09/2023 08:12", "who", "Lê Thị Hoa")),
        may_apply: with,
        text: "Loại\tNgày".into(),
        faults: if with { vec![fault] } else { Vec::new() },
    }
}

fn models_and_duties(l: Lang) -> Vec<Sample> {
    let line = ModelLine {
        href: "/programme/models/0".into(),
        name: "Nuôi bò sinh sản".into(),
        project: "P2".into(),
        mode: "Cộng đồng".into(),
        place: "Xã Hương Trạch".into(),
        households: some("15"),
        money: some("150.000.000"),
        started: "01/03/2023".into(),
    };
    let list = |rows| Models {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "models"),
        rows,
        distinct: some("15"),
        may_record: true,
        new_href: "/programme/models/new".into(),
    };
    let check = |verdict, key: &str| CheckLine {
        label: "Tối thiểu 50% hộ tham gia thuộc đối tượng chương trình".into(),
        verdict,
        state: l.t(key),
        detail: "12 / 15 · 80,00 %".into(),
        basis: basis(),
    };
    let page = ModelPage {
        l,
        frame: frame(l),
        title: "Nuôi bò sinh sản".into(),
        facts: vec![(l.t("label-mode"), "Cộng đồng".into())],
        checks: vec![check(Verdict::Good, "rule-kept"), check(Verdict::Bad, "rule-broken")],
        members: vec![person()],
        past: vec![entry(l)],
        back_href: "/programme/models".into(),
        edit_href: Some("/programme/models/0/edit".into()),
        remove_href: Some("/programme/models/0/remove".into()),
    };
    let choice = || vec![Choice::new("P2", "P2")];
    let form = |is_correction: bool| ModelForm {
        l,
        frame: frame(l),
        form: Form::default().with_fault("mode", "field-choice"),
        action: "/programme/models/new".into(),
        back_href: "/programme/models".into(),
        projects: choice(),
        modes: choice(),
        sectors: choice(),
        leads: choice(),
        reasons: choice(),
        line_faults: vec!["Dòng 1".into()],
        title: l.t("model-new"),
        kept: if is_correction { vec![Choice::new("018f", "Nguyễn Thị Hường · Thôn 3")] } else { Vec::new() },
        is_correction,
    };
    vec![
        Sample::new("programme/models", list(vec![line])),
        Sample::new("programme/models-empty", list(Vec::new())),
        Sample::new("programme/model", page),
        Sample::new("programme/model_form", form(false)),
        Sample::new("programme/model_form-correction", form(true)),
        Sample::new("programme/duties", duties(l, true)),
        Sample::new("programme/duties-empty", duties(l, false)),
    ]
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
    Duties {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "duties"),
        rows: if with { vec![line] } else { Vec::new() },
        may_close: true,
        form: Form::default(),
        action: "/programme/duties".into(),
        evidence_action: "/programme/duties/evidence".into(),
        event_action: "/programme/duties/event".into(),
        other: Link::new(l.t("duties-all"), "/programme/duties?show=all"),
    }
}

fn money(l: Lang, with: bool) -> Money {
    let source = SourceLine {
        name: "F1 · Ngân sách trung ương năm 2022 kéo dài sang 2023".into(),
        spend_by: l.t1("source-spend-by", "day", "31/12/2023"),
        assigned: some("1.200.000.000"),
        moved: some("-200.000.000"),
        paid: some("350.000.000"),
        left: some("650.000.000"),
    };
    let row = MoneyLine {
        id: "018f".into(),
        day: "05/09/2023".into(),
        what: l.t("money-what-disbursement"),
        source: source.name.clone(),
        capital: "V2 · Vốn sự nghiệp".into(),
        project: "P3.1 · Hỗ trợ phát triển sản xuất".into(),
        place: "Huyện Hương Khê".into(),
        document: "GRT 0125".into(),
        amount: some("350.000.000"),
        remove_href: Some("/programme/money/018f/remove".into()),
    };
    let choice = vec![Choice::new("F1", source.name.clone())];
    Money {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "money"),
        form: Form::default().with_fault("amount", "field-number"),
        action: format!("/programme/money?{PERIOD}"),
        sources: if with { vec![source] } else { Vec::new() },
        source_choices: choice.clone(),
        capital_choices: choice.clone(),
        project_choices: choice.clone(),
        moves: vec![Choice::new("allocation", l.t("money-what-allocation"))],
        rows: if with { vec![row] } else { Vec::new() },
        pager: Pager::default(),
        may_record: true,
    }
}
