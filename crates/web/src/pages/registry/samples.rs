//! Every page of this context, filled with people who do not exist.

use super::{
    Birth, ClassReason, Edit, EventRow, Found, Handover, Household, HouseholdRow, Households, Leave, MarkRow,
    MemberFields, MemberPage, MemberRow, Merge, MergeCandidate, Moving, Score, Split, Subject, YearCell,
};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::access::sample_trail;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Basis, Choice, Link, Pager, Tag, Verdict};

pub fn samples(l: Lang) -> Vec<Sample> {
    vec![
        Sample::new("registry/households", households(l, rows(), false)),
        Sample::new("registry/households-none-found", households(l, Vec::new(), false)),
        Sample::new("registry/households-empty-register", households(l, Vec::new(), true)),
        Sample::new("registry/household", household(l)),
        Sample::new("registry/household-closed", closed(l)),
        Sample::new("registry/found", found(l)),
        Sample::new("registry/edit", edit(l)),
        Sample::new("registry/member", member(l, Some("p1"))),
        Sample::new("registry/member-new", member(l, None)),
        Sample::new("registry/birth", birth(l)),
        Sample::new("registry/leave", leave(l)),
        Sample::new("registry/split", split(l)),
        Sample::new("registry/merge", merge(l)),
        Sample::new("registry/move", moving(l)),
        Sample::new("registry/move-from-above", moving_from_above(l)),
        Sample::new("registry/handover-offered", handover(l, ("handover-offered", Verdict::Open), true)),
        Sample::new("registry/handover-declined", handover(l, ("handover-declined", Verdict::Bad), false)),
    ]
}

pub(crate) fn frame(l: Lang) -> Frame {
    Frame::sample(l, Section::Registry)
}

pub(crate) fn subject() -> Subject {
    Subject {
        href: "/registry/households/0191".into(),
        head: "Nguyễn Thị Hường".into(),
        place: "Thôn 3, Xã Hương Trạch".into(),
        version: "4".into(),
    }
}

pub(crate) fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    pairs.iter().map(|(value, label)| Choice::new(*value, *label)).collect()
}

pub(crate) fn basis(id: &str, is_unconfirmed: bool) -> Basis {
    Basis {
        id: id.into(),
        act: if is_unconfirmed { String::new() } else { "Nghị định 07/2021/NĐ-CP".into() },
        article: if is_unconfirmed { String::new() } else { "Điều 3".into() },
        href: format!("/norms/{}", id.split('#').next().unwrap_or(id)),
        mark: if is_unconfirmed { "memory".into() } else { "quoted".into() },
        is_unconfirmed,
    }
}

fn poor() -> Tag {
    Tag::new("Hộ nghèo", 1)
}

fn near_poor() -> Tag {
    Tag::new("Hộ cận nghèo", 2)
}

fn villages() -> Vec<Choice> {
    choices(&[("v1", "Thôn 1"), ("v2", "Thôn 2"), ("v3", "Thôn 3")])
}

fn rows() -> Vec<HouseholdRow> {
    let heads = ["Phan Thị Ân", "Nguyễn Văn Bình", "Hồ Sỹ Nghĩa", "Nguyễn Thị Hường", "Lê Hữu Phước", "Đặng Thị Thuỷ"];
    (0..36u32)
        .zip(heads.iter().cycle())
        .map(|(n, head)| HouseholdRow {
            href: format!("/registry/households/{n}"),
            head: (*head).into(),
            commune: String::new(),
            village: format!("Thôn {}", n % 9 + 1),
            size: (n % 6 + 1).to_string(),
            b1: (85 + n * 3).to_string(),
            b2: (n % 6 * 10).to_string(),
            class: match n % 7 {
                0..=2 => poor(),
                3..=4 => near_poor(),
                5 => Tag::new("Hộ không nghèo", 4),
                _ => Tag::new("Chưa phân loại", 0),
            },
            lacks: if n % 3 == 0 {
                "Việc làm; Nguồn nước; Nhà tiêu".into()
            } else {
                "Bảo hiểm y tế".into()
            },
            is_closed: n == 30,
        })
        .collect()
}

fn households(l: Lang, rows: Vec<HouseholdRow>, is_register_empty: bool) -> Households {
    let count = rows.len().to_string();
    Households {
        l,
        frame: frame(l),
        form: Form::new([("q", "huong"), ("year", "2023")]),
        unit: "commune:18073".into(),
        classes: choices(&[("poor", "Hộ nghèo"), ("near_poor", "Hộ cận nghèo")]),
        villages: villages(),
        years: choices(&[("2023", "2023"), ("2022", "2022")]),
        totals: vec![
            (l.t("total-households"), "1.284".into()),
            ("Hộ nghèo".into(), "96".into()),
            ("Hộ cận nghèo".into(), "121".into()),
        ],
        pager: Pager {
            from: "1".into(),
            to: count,
            total: "1.284".into(),
            next: Some("?from=37".into()),
            ..Pager::default()
        },
        rows,
        shows_commune: false,
        may_edit: true,
        may_import: true,
        export_href: "/review/2023/list.xlsx?unit=commune:18073".into(),
        print_href: "/review/2023/list/print?unit=commune:18073".into(),
        is_register_empty,
    }
}

fn members() -> Vec<MemberRow> {
    let row = |name: &str, relation: &str, sex: &str, birth: &str, age: &str, paper: &str| MemberRow {
        href: "/registry/households/0191/members/p1".into(),
        name: name.into(),
        relation: relation.into(),
        is_head: relation == "Chủ hộ",
        sex: sex.into(),
        birth: birth.into(),
        age: age.into(),
        paper: paper.into(),
        paper_warning: String::new(),
        ethnicity: "Kinh".into(),
        period: String::new(),
        is_present: true,
    };
    let mut spouse = row("Trần Đình Quế", "Vợ/chồng", "Nam", "1983", "40", "183512345");
    spouse.paper_warning = "Chứng minh nhân dân 9 số: đổi sang căn cước công dân.".into();
    let mut gone = row("Trần Thị Lý", "Bố/mẹ", "Nữ", "03/04/1941", "", "042141004512");
    gone.is_present = false;
    gone.period = "Qua đời ngày 11/03/2023".into();
    vec![
        row("Nguyễn Thị Hường", "Chủ hộ", "Nữ", "02/09/1985", "38", "042185001234"),
        spouse,
        row("Trần Thị Chi", "Con", "Nữ", "14/05/2012", "11", "042312009876"),
        gone,
    ]
}

fn marks(l: Lang) -> Vec<MarkRow> {
    let names = [
        "Việc làm",
        "Người phụ thuộc trong hộ gia đình",
        "Dinh dưỡng",
        "Bảo hiểm y tế",
        "Trình độ giáo dục của người lớn",
        "Tình trạng đi học của trẻ em",
        "Chất lượng nhà ở",
        "Diện tích nhà ở bình quân đầu người",
        "Nguồn nước sinh hoạt",
        "Nhà tiêu hợp vệ sinh",
        "Sử dụng dịch vụ viễn thông",
        "Phương tiện phục vụ tiếp cận thông tin",
    ];
    let row = |(at, label): (usize, &&str)| {
        let number = at + 1;
        let (verdict, reason) = match number {
            1 => (Verdict::Bad, "Trần Đình Quế làm công ăn lương không có hợp đồng lao động."),
            4 => (Verdict::Bad, "Trần Thị Chi không có bảo hiểm y tế."),
            9 => (Verdict::Bad, "Nguồn nước: giếng đào không được bảo vệ."),
            3 => (Verdict::Open, "Chưa biết tình trạng dinh dưỡng của Trần Thị Chi."),
            _ => (Verdict::Good, ""),
        };
        MarkRow {
            number: number.to_string(),
            label: (*label).into(),
            verdict,
            reason: reason.into(),
            difference: if number == 9 { l.t("mark-entered-no") } else { String::new() },
            basis: basis(&format!("review.indicators#{number}"), number > 10),
        }
    };
    names.iter().enumerate().map(row).collect()
}

fn household(l: Lang) -> Household {
    Household {
        l,
        frame: frame(l),
        subject: subject(),
        address: "Xóm Bãi, gần trạm y tế".into(),
        size: "3".into(),
        area: "Nông thôn".into(),
        closed: String::new(),
        locked: String::new(),
        members: members(),
        class: Some(ClassReason {
            class: near_poor(),
            sentence: "B1 = 110 ≤ 140 và B2 = 30 ≥ 30 (khu vực nông thôn)".into(),
            computed: Some(poor()),
            entered: Some(near_poor()),
            decided: Some(near_poor()),
            decision: "15/QĐ-UBND, 14/12/2023".into(),
            difference: "Quyết định ghi hộ cận nghèo, quy định cho kết quả hộ nghèo.".into(),
            basis: Some(basis("review.class_rules#rural-poor", false)),
        }),
        b1: Some(score("110", "", "110", "Nhập tay; chưa có bộ câu hỏi được ký duyệt.", "")),
        b2: Some(score("20", "30", "30", "10 × 3 = 30", "Nhập 20, tính được 30: chênh 10 điểm.")),
        marks: marks(l),
        causes: vec!["Không có vốn sản xuất, kinh doanh".into()],
        groups: vec!["Chủ hộ là nữ".into()],
        history: vec![
            year("2021", near_poor(), "", false),
            year("2022", poor(), "Phát sinh mới", false),
            year("2023", near_poor(), "Thoát nghèo thành cận nghèo", true),
        ],
        events: vec![EventRow {
            day: "02/06/2021".into(),
            what: "Tách từ hộ khác".into(),
            other: Some(Link::new("Nguyễn Văn Bình", "/registry/households/0100")),
            note: String::new(),
        }],
        trail: sample_trail(),
        may_edit: true,
        move_href: Some("/registry/households/0191/move".into()),
        on_its_way: Some(Link::new(
            l.t1("handover-waits", "to", "Xã Phúc Đồng, Huyện Hương Khê"),
            "/registry/handovers/0192",
        )),
        may_assess: true,
        may_decide: true,
        review_href: "/review/2023/households/0191".into(),
        why_href: "/registry/households/x/why?year=2023".into(),
        request_href: Some("/review/requests/new?household=0191".into()),
        list_href: "/registry/households?unit=commune:18073&year=2023".into(),
    }
}

fn score(entered: &str, computed: &str, used: &str, arithmetic: &str, difference: &str) -> Score {
    Score {
        entered: entered.into(),
        computed: computed.into(),
        used: used.into(),
        arithmetic: arithmetic.into(),
        difference: difference.into(),
        basis: Some(basis("review.class_rules", false)),
    }
}

fn year(year: &str, class: Tag, movement: &str, is_shown: bool) -> YearCell {
    let href = format!("/registry/households/0191?year={year}");
    YearCell { year: year.into(), class, movement: movement.into(), href, is_shown }
}

fn closed(l: Lang) -> Household {
    Household {
        closed: "Nhập vào hộ khác ngày 03/10/2023".into(),
        locked: l.t("locked-closed"),
        class: None,
        b1: None,
        b2: None,
        marks: Vec::new(),
        causes: Vec::new(),
        groups: Vec::new(),
        history: Vec::new(),
        events: Vec::new(),
        trail: Vec::new(),
        may_edit: false,
        move_href: None,
        on_its_way: None,
        may_assess: false,
        may_decide: false,
        ..household(l)
    }
}

fn sexes(l: Lang) -> Vec<Choice> {
    vec![Choice::new("female", l.t("sex-female")), Choice::new("male", l.t("sex-male"))]
}

fn relations() -> Vec<Choice> {
    choices(&[("head", "Chủ hộ"), ("spouse", "Vợ/chồng"), ("child", "Con")])
}

fn ethnicities() -> Vec<Choice> {
    choices(&[("1", "Kinh"), ("3", "Thái"), ("6", "Mường")])
}

fn present() -> Vec<Choice> {
    choices(&[("p1", "Nguyễn Thị Hường"), ("p2", "Trần Đình Quế"), ("p3", "Trần Thị Chi")])
}

fn found(l: Lang) -> Found {
    let form = Form::new([("village", "v3"), ("members.0.name", "Võ Thị Ngự"), ("members.0.relation", "head")])
        .with_fault("day", "field-missing")
        .with_fault("members.0.birth", "field-no-such-day");
    Found {
        l,
        frame: frame(l),
        form,
        unit: "commune:18073".into(),
        villages: villages(),
        events: choices(&[("", "Đã ở đây từ trước"), ("moved_in", "Chuyển đến"), ("founded", "Lập hộ mới")]),
        sexes: sexes(l),
        relations: relations(),
        rows: (0..4).map(MemberFields::numbered).collect(),
    }
}

fn edit(l: Lang) -> Edit {
    let form = Form::new([("head", "p1"), ("village", "v3"), ("address", "Xóm Bãi")]);
    Edit { l, frame: frame(l), form, subject: subject(), heads: present(), villages: villages() }
}

fn member(l: Lang, person: Option<&str>) -> MemberPage {
    let form = Form::new([("name", "Trần Đình Quế"), ("sex", "male"), ("birth", "31/02/1983"), ("paper", "183512345")])
        .with_fault("birth", "field-no-such-day");
    MemberPage {
        l,
        frame: frame(l),
        form,
        subject: subject(),
        person: person.map(str::to_owned),
        sexes: sexes(l),
        relations: relations(),
        ethnicities: ethnicities(),
        warnings: vec![l.t("paper-old")],
    }
}

fn birth(l: Lang) -> Birth {
    Birth {
        l,
        frame: frame(l),
        form: Form::new([("relation", "child")]),
        subject: subject(),
        sexes: sexes(l),
        relations: relations(),
        ethnicities: ethnicities(),
    }
}

fn leave(l: Lang) -> Leave {
    let reasons = ["died", "moved_away"].map(|id| Choice::new(id, l.t(&format!("leave-{id}")))).to_vec();
    let form = Form::new([("reason", "died")]).with_fault("day", "field-future");
    Leave { l, frame: frame(l), form, subject: subject(), members: present(), reasons }
}

fn split(l: Lang) -> Split {
    Split {
        l,
        frame: frame(l),
        form: Form::new([("going", "p2"), ("going", "p3")]),
        subject: subject(),
        members: present(),
    }
}

fn merge(l: Lang) -> Merge {
    let candidates = vec![MergeCandidate {
        id: "0100".into(),
        head: "Nguyễn Văn Bình".into(),
        detail: "Thôn 3 · 4 khẩu · sinh 1961".into(),
    }];
    Merge { l, frame: frame(l), form: Form::new([("q", "nguyen van binh")]), subject: subject(), candidates }
}

fn moving(l: Lang) -> Moving {
    let targets = ["inside", "commune", "outside"].map(|id| Choice::new(id, l.t(&format!("move-{id}")))).to_vec();
    Moving {
        l,
        frame: frame(l),
        form: Form::new([("to", "inside")]),
        subject: subject(),
        villages: villages(),
        communes: choices(&[
            ("commune:18550", "Xã Phúc Đồng, Huyện Hương Khê"),
            ("commune:18553", "Xã Hương Trạch, Huyện Hương Khê"),
        ]),
        targets,
    }
}

/// As who answers for several communes sees it.
fn moving_from_above(l: Lang) -> Moving {
    Moving { form: Form::new([("commune", "commune:18553")]), targets: Vec::new(), ..moving(l) }
}

fn handover(l: Lang, (state, verdict): (&str, Verdict), may_answer: bool) -> Handover {
    Handover {
        l,
        frame: frame(l),
        form: Form::default(),
        href: "/registry/handovers/0192".into(),
        head: "Nguyễn Thị Hường".into(),
        household_href: (!may_answer).then(|| "/registry/households/0191".into()),
        size: "3".into(),
        from: "Xã Phúc Đồng, Huyện Hương Khê".into(),
        to: "Xã Hương Trạch, Huyện Hương Khê".into(),
        day: "01/11/2023".into(),
        note: "Về ở cùng con gái".into(),
        offered: l.t2("handover-by", "by", "Trần Văn Minh", "at", "03/11/2023 09:12"),
        state: l.t(state),
        verdict,
        remark: if verdict == Verdict::Bad { "Hộ chưa đến ở.".into() } else { String::new() },
        villages: if may_answer { villages() } else { Vec::new() },
        may_answer,
        may_withdraw: !may_answer,
    }
}
