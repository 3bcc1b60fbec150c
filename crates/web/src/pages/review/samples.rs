//! Every page of this context.

use super::{
    Board, BoardRow, Cell, ChangeRow, Changes, CheckRow, ClassCount, Decide, DecidedList, Decisions, FailedPlace,
    Figure, FigurePart, FigureRow, FigureVillage, FormLink, FormPage, FormRow, Forms, Heading, MadeOf, Paper,
    PaperMember, PaperRow, PersonPart, Question, QuestionKind, Recognised, Sheet, WouldDecide, YearList, intake,
    rounds,
};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{
    AbsentLine, Basis, ByUnitsChoice, Choice, Count, Link, Notice, Pager, PaperLinks, Tag, Verdict,
};
use crate::pages::registry::Subject;

pub fn samples(l: Lang) -> Vec<Sample> {
    let own = vec![
        Sample::new("review/sheet", sheet(l, true)),
        Sample::new("review/sheet-without-pack", sheet(l, false)),
        Sample::new("review/decide", decide(l)),
        Sample::new("review/decisions", decisions(l)),
        Sample::new("review/list", list(l, None)),
        Sample::new("review/list-returned", list(l, Some("Thiếu điểm B2 của 3 hộ ở Thôn 4."))),
        Sample::new("review/board", board(l)),
        Sample::new("review/forms", forms(l)),
        Sample::new("review/forms-empty", Forms { rows: Vec::new(), empty: l.t("forms-empty-next"), ..forms(l) }),
        Sample::new("review/form", form_page(l)),
        Sample::new("review/figure", figure(l)),
        Sample::new("review/figure-villages", figure_of_villages(l)),
        Sample::new("review/figure-rate", figure_of_parts(l)),
        Sample::new("review/changes", changes(l, false)),
        Sample::new("review/changes-no-previous", changes(l, true)),
        Sample::new("review/paper", paper(l)),
    ];
    own.into_iter().chain(intake::samples(l)).chain(rounds::samples(l)).collect()
}

fn frame(l: Lang) -> Frame {
    Frame::sample(l, Section::Review)
}

fn subject() -> Subject {
    Subject {
        href: "/registry/households/0191".into(),
        head: "Nguyễn Thị Hường".into(),
        place: "Thôn 3, Xã Hương Trạch".into(),
        version: "4".into(),
    }
}

fn basis(id: &str, is_unconfirmed: bool) -> Basis {
    Basis {
        id: id.into(),
        act: if is_unconfirmed { String::new() } else { "Thông tư 07/2021/TT-BLĐTBXH".into() },
        article: if is_unconfirmed { String::new() } else { "Phụ lục VII".into() },
        href: format!("/norms/{}", id.split('#').next().unwrap_or(id)),
        mark: if is_unconfirmed { "memory".into() } else { "quoted".into() },
        is_unconfirmed,
    }
}

fn question(field: &str, label: &str, kind: QuestionKind, choices: &[(&str, &str)]) -> Question {
    Question {
        field: field.into(),
        label: label.into(),
        hint: String::new(),
        kind,
        choices: choices.iter().map(|(value, label)| Choice::new(*value, *label)).collect(),
        unit: "m²".into(),
    }
}

fn sheet(l: Lang, has_pack: bool) -> Sheet {
    let yes_no = [("yes", "Có"), ("no", "Không"), ("", "Chưa rõ")];
    let water = [("tap", "Nước máy"), ("drilled_well", "Giếng khoan"), ("open_well", "Giếng đào không được bảo vệ")];
    let means = [("television", "Tivi"), ("phone", "Điện thoại")];
    let item = [("1", "Một người (10 điểm)"), ("2", "Hai người (5 điểm)")];
    Sheet {
        l,
        frame: frame(l),
        form: Form::new([("household.water", "open_well"), ("household.area_m2", "x")]).with_named_fault(
            "household.area_m2",
            "field-number",
            "Diện tích nhà ở",
        ),
        subject: subject(),
        action: "/review/2023/households/0191".into(),
        hidden: Vec::new(),
        household: vec![
            question("household.water", "Nguồn nước sinh hoạt chính", QuestionKind::Select, &water),
            question("household.area_m2", "Diện tích nhà ở", QuestionKind::Number, &[]),
            question("household.internet", "Có thành viên sử dụng dịch vụ internet", QuestionKind::Radios, &yes_no),
            question("household.information_means", "Phương tiện tiếp cận thông tin", QuestionKind::Boxes, &means),
        ],
        persons: vec![PersonPart {
            title: "Trần Thị Chi · con · 11 tuổi".into(),
            questions: vec![
                question("person.p3.insured", "Có bảo hiểm y tế", QuestionKind::Radios, &yes_no),
                question("person.p3.malnourished", "Suy dinh dưỡng theo tuổi", QuestionKind::Radios, &yes_no),
            ],
        }],
        marks: vec![question("mark.3", "3. Dinh dưỡng", QuestionKind::Radios, &yes_no)],
        pack: if has_pack { "Bộ câu hỏi minh hoạ 1.0".into() } else { String::new() },
        pack_basis: has_pack.then(|| basis("pack:illustrative_b1@1.0", true)),
        items: if has_pack {
            vec![question("answer.size", "Số khẩu", QuestionKind::Radios, &item)]
        } else {
            Vec::new()
        },
        causes: vec![Choice::new("1", "Không có đất sản xuất"), Choice::new("2", "Không có vốn sản xuất, kinh doanh")],
        groups: vec![Choice::new("merit_member", "Hộ có thành viên là người có công với cách mạng")],
        result: Some(Notice::good("B1 = 110, B2 = 30: hộ nghèo.")),
    }
}

fn decide(l: Lang) -> Decide {
    Decide {
        l,
        frame: frame(l),
        form: Form::new([("class", "near_poor"), ("number", "15/QĐ-UBND")]).with_fault("day", "field-date"),
        subject: subject(),
        action: "/review/2023/households/0191/decide".into(),
        computed: Some(Tag::new("Hộ nghèo", 1)),
        sentence: "B1 = 110 ≤ 140 và B2 = 30 ≥ 30".into(),
        classes: vec![Choice::new("poor", "Hộ nghèo"), Choice::new("near_poor", "Hộ cận nghèo")],
    }
}

fn decisions(l: Lang) -> Decisions {
    let row = |head: &str, class: Tag, before: &str| Recognised {
        household: Link::new(head, "/registry/households/0191"),
        village: "Thôn 3".into(),
        class,
        before: before.into(),
    };
    let decided = |number: &str, is_undone| DecidedList {
        number: number.into(),
        day: "20/12/2023".into(),
        households: "134".into(),
        by: l.t2("handover-by", "by", "Nguyễn Thị Lan", "at", "21/12/2023 08:30"),
        is_undone,
        undo_action: "/review/2023/decisions/0193/undo?unit=commune:18073".into(),
    };
    Decisions {
        l,
        frame: frame(l),
        form: Form::new([
            ("number", "15/QĐ-UBND"),
            ("day", "20/12/2023"),
            ("classes", "poor"),
            ("classes", "near_poor"),
        ]),
        unit: "commune:18073".into(),
        list_href: "/review/2023?unit=commune:18073".into(),
        classes: vec![Choice::new("poor", "Hộ nghèo"), Choice::new("near_poor", "Hộ cận nghèo")],
        would: Some(WouldDecide {
            total: "2".into(),
            counts: vec![(Tag::new("Hộ nghèo", 1), "1".into()), (Tag::new("Hộ cận nghèo", 2), "1".into())],
            decided: Some(l.t1("decisions-left-decided", "n", "3")),
            unclassified: Some(l.t1("decisions-left-unclassified", "n", "1")),
            rows: vec![
                row("Nguyễn Thị Hường", Tag::new("Hộ nghèo", 1), ""),
                row("Lê Hữu Phước", Tag::new("Hộ cận nghèo", 2), "09/QĐ-UBND"),
            ],
            fingerprint: "2-4d".into(),
        }),
        recorded: vec![decided("15/QĐ-UBND", false), decided("12/QĐ-UBND", true)],
    }
}

fn count(label: &str, rank: usize, households: &str, persons: &str) -> ClassCount {
    ClassCount {
        class: Tag::new(label, rank),
        households: households.into(),
        persons: persons.into(),
        href: "/registry/households?unit=commune:18073&year=2023&class=poor".into(),
    }
}

fn list(l: Lang, remark: Option<&str>) -> YearList {
    let returned = remark.is_some();
    YearList {
        l,
        frame: frame(l),
        unit: "commune:18073".into(),
        version: "3".into(),
        state: l.t(if returned { "list-returned" } else { "list-open" }),
        verdict: if returned { Verdict::Bad } else { Verdict::Open },
        step: if returned { "20/11/2026 · Trần Đình Quế".into() } else { String::new() },
        remark: remark.map(str::to_owned),
        counts: vec![count("Hộ nghèo", 1, "96", "301"), count("Hộ cận nghèo", 2, "121", "402")],
        total: count(&l.t("total"), 0, "217", "703"),
        hindrances: vec![Link::new("3 hộ chưa có phân loại", "/registry/households?class=none")],
        remarks: vec![Link::new("5 hộ có phân loại ghi tay khác phân loại tính được", "/review/2023/changes")],
        may_send: !returned,
        may_import: true,
        export_href: "/review/2023/list.xlsx?unit=commune:18073".into(),
        print_href: "/review/2023/list/print?unit=commune:18073".into(),
        changes_href: "/review/2023/changes?unit=commune:18073".into(),
        decisions_href: Some("/review/2023/decisions?unit=commune:18073".into()),
        villages_href: "/units/villages?unit=commune:18073&year=2023".into(),
        snapshots_href: "/reporting/snapshots?unit=commune:18073&year=2023".into(),
        dynamics_href: "/review/2023/dynamics?unit=commune:18073".into(),
        poverty_href: "/review/2023/poverty?unit=commune:18073".into(),
        intakes_href: "/review/intake/all?unit=commune:18073".into(),
    }
}

fn board(l: Lang) -> Board {
    let row = |code: &str, name: &str, state: &str, verdict, may_return| BoardRow {
        unit: format!("commune:{code}"),
        name: name.into(),
        href: format!("/review/2023?unit=commune:{code}"),
        above: "Huyện Hương Khê".into(),
        state: l.t(state),
        verdict,
        day: if may_return { "18/11/2026".into() } else { String::new() },
        by: if may_return { "Nguyễn Thị Lan".into() } else { String::new() },
        households: "217".into(),
        households_href: format!("/registry/households?unit=commune:{code}&year=2023"),
        may_return,
        version: "3".into(),
    };
    Board {
        l,
        frame: frame(l),
        form: Form::new([("unit", "commune:18073")]).with_fault("remark", "field-missing"),
        rows: vec![
            row("18079", "Xã Hương Xuân", "list-returned", Verdict::Bad, false),
            row("18082", "Xã Phúc Đồng", "list-open", Verdict::Open, false),
            row("18073", "Xã Hương Trạch", "list-sent", Verdict::Good, true),
        ],
        summary: vec![
            Count::new(l.t("list-sent"), "1", "/review/2023?unit=district:444&state=sent"),
            Count::new(l.t("list-returned"), "1", "/review/2023?unit=district:444&state=returned"),
            Count::new(l.t("list-open"), "1", "/review/2023?unit=district:444&state=open"),
        ],
        shows_above: true,
        return_action: "/review/2023/return".into(),
        round_href: "/review/2023/round".into(),
        forms_href: "/review/2023/forms?unit=district:444".into(),
        changes_href: "/review/2023/changes?unit=district:444".into(),
        export_href: "/review/2023/list.xlsx?unit=district:444".into(),
        snapshots_href: "/reporting/snapshots?unit=district:444&year=2023".into(),
        dynamics_href: "/review/2023/dynamics?unit=district:444".into(),
        poverty_href: "/review/2023/poverty?unit=district:444".into(),
        approved: l.t2("approved-on", "day", "20/12/2023", "by", "Trần Văn Đức"),
        may_approve: true,
        approve_action: "/review/2023/approve".into(),
        unit: "district:444".into(),
        counts_href: "/units/counts?unit=district:444".into(),
    }
}

fn forms(l: Lang) -> Forms {
    let row = |number: &str, title: &str, verdict, checks: &str, is_unconfirmed| FormLink {
        number: number.into(),
        title: title.into(),
        href: format!("/review/2023/forms/{number}?unit=commune:18073"),
        files: vec![Link::new("XLSX", format!("/review/2023/forms/{number}.xlsx?unit=commune:18073"))],
        verdict,
        checks: checks.into(),
        is_unconfirmed,
    };
    Forms {
        l,
        frame: Frame::sample(l, Section::Forms),
        rows: vec![
            row("7.1", "Tổng hợp kết quả rà soát", Verdict::Open, "1 đạt, 1 chưa đủ dữ liệu", false),
            row("7.2", "Diễn biến hộ nghèo trong năm", Verdict::Bad, "5 đạt, 1 không đạt", false),
            row("7.4", "Thiếu hụt của hộ nghèo", Verdict::Good, "3 đạt", true),
        ],
        report: vec![PaperLinks::new(
            &l.t("paper-report"),
            vec![Link::new("PDF", "/review/2023/papers/covering_report.pdf")],
        )],
        all_xlsx_href: "/review/2023/forms.xlsx?unit=commune:18073".into(),
        official: l.t2("official-on", "day", "20/12/2023", "by", "Nguyễn Thị Lan"),
        may_mark: true,
        official_action: "/review/2023/official".into(),
        snapshots_href: "/reporting/snapshots?unit=commune:18073&year=2023".into(),
        unit: "commune:18073".into(),
        empty: String::new(),
        by: ByUnitsChoice::sample(),
        counts_href: "/units/counts?unit=commune:18073".into(),
    }
}

fn form_page(l: Lang) -> FormPage {
    let cell = |text: &str| Cell {
        text: text.into(),
        href: Some("/review/2023/forms/7.2/rows?unit=commune:18073&row=total&column=c1h".into()),
        is_gap: false,
    };
    let gap = || Cell { text: l.t("check-open"), href: None, is_gap: true };
    let row =
        |number: &str, name: &str, is_sum, cells| FormRow { number: number.into(), name: name.into(), is_sum, cells };
    let check = |label: &str, verdict, detail: &str| CheckRow {
        label: label.into(),
        verdict,
        places: if verdict == Verdict::Bad {
            vec![FailedPlace {
                household: Some(Link::new("Nguyễn Thị Hường", "/registry/households/0191?year=2023")),
                words: detail.into(),
            }]
        } else {
            Vec::new()
        },
        detail: if verdict == Verdict::Bad { String::new() } else { detail.into() },
    };
    let cells = |n: u32| (0..18u32).map(|c| cell(&(n + c).to_string())).collect::<Vec<_>>();
    let mut poor = cells(40);
    poor.pop();
    poor.push(gap());
    let heads = [
        "(1) Đầu năm",
        "(2) Thoát nghèo thành cận nghèo",
        "(3) Thoát nghèo, vượt chuẩn cận nghèo",
        "(4) Giảm khác",
        "(5) Cận nghèo thành nghèo",
        "(6) Tái nghèo",
        "(7) Phát sinh mới",
        "(8) Tăng khác",
        "(9) Cuối năm",
    ];
    FormPage {
        l,
        frame: Frame::sample(l, Section::Forms),
        number: "7.2".into(),
        title: "Diễn biến hộ nghèo trong năm".into(),
        subtitle: "Xã Hương Trạch, Huyện Hương Khê · năm 2023".into(),
        headings: heads.iter().map(|text| Heading { text: (*text).into(), span: 2 }).collect(),
        columns: heads.iter().flat_map(|_| ["Số hộ".to_owned(), "Số khẩu".to_owned()]).collect(),
        rows: vec![
            row("I", "Khu vực thành thị", true, cells(0)),
            row("II", "Khu vực nông thôn", true, cells(40)),
            row("1", "Thôn 1", false, cells(20)),
            row("2", "Thôn 2", false, poor),
            row("III", "Tổng cộng", true, cells(40)),
        ],
        checks: vec![
            check("Cột 9 = 1 − 2 − 3 − 4 + 5 + 6 + 7 + 8 (số hộ)", Verdict::Good, ""),
            check("Cột 2 bằng cột 5 của biểu 7.3", Verdict::Bad, "Khu vực nông thôn: 12 và 11."),
            check("Cột 1 bằng cột 9 của năm trước", Verdict::Open, "Chưa có danh sách năm 2022 của Xã Hương Trạch."),
        ],
        missing: vec![Link::new("Nhập tổng số hộ, số khẩu của 4 thôn", "/units/villages?unit=commune:18073&year=2023")],
        absent: vec![AbsentLine::new(l.t1("gap-lists", "n", "2"), &["Xã Hương Lâm".into(), "Xã Hương Liên".into()])],
        may_be_official: false,
        unconfirmed: vec![basis("review.indicators#telecom", true)],
        bases: vec![basis("review.forms.7_2", false)],
        signatures: vec!["Người lập biểu".into(), "TM. UBND xã, Chủ tịch".into()],
        issuer: "UBND XÃ HƯƠNG TRẠCH".into(),
        superior: "UBND HUYỆN HƯƠNG KHÊ".into(),
        place_and_day: "Hương Trạch, ngày … tháng … năm 2023".into(),
        xlsx_href: "/review/2023/forms/7.2.xlsx?unit=commune:18073".into(),
        papers: vec![PaperLinks::new(&l.t("paper-form"), vec![Link::new("PDF", "/review/2023/forms/7.2.pdf")])],
        forms_href: "/review/2023/forms?unit=commune:18073".into(),
        by: ByUnitsChoice::sample(),
    }
}

fn figure(l: Lang) -> Figure {
    let row = FigureRow {
        href: "/registry/households/0191".into(),
        head: "Nguyễn Thị Hường".into(),
        place: "Thôn 3, Xã Hương Trạch".into(),
        before: Tag::new("Hộ nghèo", 1),
        now: Tag::new("Hộ cận nghèo", 2),
        movement: "Thoát nghèo thành cận nghèo".into(),
        adds: "3".into(),
    };
    Figure {
        l,
        frame: Frame::sample(l, Section::Forms),
        title: "Biểu 7.2 · (2) Thoát nghèo thành cận nghèo, số khẩu · Khu vực nông thôn".into(),
        total: "3".into(),
        counted_in: l.t("unit-persons"),
        definition: l.t1("measure-population", "year", 2023),
        day: "31/12/2023".into(),
        bases: vec![basis("review.forms.7_2", false), basis("review.movements", true)],
        made_of: MadeOf::Households(vec![row]),
        pager: Pager { from: "1".into(), to: "1".into(), total: "1".into(), ..Pager::default() },
        form_href: "/review/2023/forms/7.2?unit=commune:18073".into(),
    }
}

fn figure_of_villages(l: Lang) -> Figure {
    let village = |name: &str, adds: String| FigureVillage {
        name: name.into(),
        commune: "Xã Hương Trạch".into(),
        href: "/units/villages?unit=commune:18073&year=2023".into(),
        adds,
    };
    let villages = vec![village("Thôn 3", "212".into()), village("Thôn 4", l.t("not-enough-data"))];
    Figure { total: l.t1("gap-population", "n", 1), made_of: MadeOf::Villages(villages), ..figure(l) }
}

fn figure_of_parts(l: Lang) -> Figure {
    let part = |label: &str, value: &str| FigurePart {
        label: label.into(),
        value: value.into(),
        href: "/review/2023/forms/7.1/rows?unit=commune:18073&row=total&column=households".into(),
    };
    let parts = vec![part("Hộ nghèo · Số hộ", "98"), part("Tổng số dân cư · Số hộ", "1.959")];
    Figure { total: "5,00".into(), made_of: MadeOf::Parts(parts), ..figure(l) }
}

fn changes(l: Lang, has_no_previous: bool) -> Changes {
    let row = |head: &str, before: Tag, now: Tag, movement: &str, question: &str| ChangeRow {
        href: "/registry/households/0191".into(),
        head: head.into(),
        place: "Thôn 3".into(),
        before,
        now,
        size: "4 → 3".into(),
        movement: movement.into(),
        question: question.into(),
    };
    let (poor, near_poor, none) =
        (Tag::new("Hộ nghèo", 1), Tag::new("Hộ cận nghèo", 2), Tag::new(l.t("not-on-list"), 0));
    Changes {
        l,
        frame: frame(l),
        form: Form::new([("movement", "escaped_to_near_poor")]),
        unit: "commune:18073".into(),
        action: "/review/2023/changes".into(),
        movements: vec![Choice::new("escaped_to_near_poor", "Thoát nghèo thành cận nghèo")],
        totals: vec![("Thoát nghèo".into(), "12".into()), ("Phát sinh mới".into(), "3".into())],
        rows: vec![
            row("Nguyễn Thị Hường", poor.clone(), near_poor, "Thoát nghèo thành cận nghèo", ""),
            row("Lê Hữu Phước", poor, none, "", "Chưa ghi hộ này đi đâu: ghi chuyển đi, nhập hộ hoặc qua đời."),
        ],
        pager: Pager { from: "1".into(), to: "2".into(), total: "2".into(), ..Pager::default() },
        has_no_previous,
    }
}

fn paper(l: Lang) -> Paper {
    let member = |name: &str, relation: &str| PaperMember {
        name: name.into(),
        relation: relation.into(),
        sex: "Nữ".into(),
        birth: "02/09/1985".into(),
        paper: "042185001234".into(),
    };
    let row = |n: u32| PaperRow {
        number: n.to_string(),
        head: "Nguyễn Thị Hường".into(),
        village: "Thôn 3".into(),
        size: "2".into(),
        b1: "110".into(),
        b2: "30".into(),
        class: "Hộ nghèo".into(),
        decision: "15/QĐ-UBND, 14/12/2023".into(),
        members: vec![member("Nguyễn Thị Hường", "Chủ hộ"), member("Trần Thị Chi", "Con")],
    };
    Paper {
        l,
        frame: frame(l),
        title: "Danh sách hộ nghèo, hộ cận nghèo sau khi rà soát năm 2023".into(),
        subtitle: "Xã Hương Trạch, Huyện Hương Khê".into(),
        superior: "UBND HUYỆN HƯƠNG KHÊ".into(),
        issuer: "UBND XÃ HƯƠNG TRẠCH".into(),
        place_and_day: "Hương Trạch, ngày … tháng … năm 2023".into(),
        rows: (1..=18).map(row).collect(),
        totals: vec![("Hộ nghèo".into(), "18".into())],
        signatures: vec!["Người lập danh sách".into(), "TM. UBND xã, Chủ tịch".into()],
        is_unconfirmed: true,
        back_href: "/review/2023?unit=commune:18073".into(),
    }
}
