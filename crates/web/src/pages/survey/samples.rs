//! Every page of a survey in the states that matter.

use super::{
    AskPage, BlankGroup, BlankPage, BlankSheet, BothPage, BothRow, CodeField, CodeGroup, OwnHousehold, OwnRequest,
    PaperPage, Phone, SelfAnswer, SelfCheckPage, UnplacedPage, UnplacedRow, VersionHead,
};
use crate::handlers::survey_assets;
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Choice, Link, PaperLinks, Tag};
use crate::pages::review::{PersonPart, Question, QuestionKind};

pub fn samples(l: Lang) -> Vec<Sample> {
    vec![
        Sample::new("survey/phone", phone(l)),
        Sample::new("survey/paper", paper(l)),
        Sample::new("survey/blank", blank(l)),
        Sample::new("survey/both", both(l)),
        Sample::new("survey/self-check", self_check(l, false)),
        Sample::new("survey/self-check-result", self_check(l, true)),
        Sample::new("survey/household", own(l, false)),
        Sample::new("survey/household-found", own(l, true)),
        Sample::new("survey/ask", ask(l, false)),
        Sample::new("survey/ask-taken", ask(l, true)),
        Sample::new("survey/unplaced", unplaced(l, true)),
        Sample::new("survey/unplaced-empty", unplaced(l, false)),
    ]
}

fn frame(l: Lang) -> Frame {
    Frame::sample(l, Section::Review)
}

fn phone(l: Lang) -> Phone {
    let (style, script) = survey_assets();
    Phone {
        l,
        village: "Thôn Đông Hải".to_owned(),
        period: l.t("route-yearly"),
        year: "2023".to_owned(),
        is_sample: true,
        style,
        script,
        data: "{}".to_owned(),
        forms: vec![("Nguyễn Thị Hường".to_owned(), "/survey/2023/households/0191/form".to_owned())],
        back: "/review/2023/round/0191".to_owned(),
    }
}

fn paper(l: Lang) -> PaperPage {
    let field = |name: &str, width| CodeField {
        name: name.to_owned(),
        label: "Vật liệu tường nhà".to_owned(),
        codes: "1 Bền chắc · 2 Không bền chắc".to_owned(),
        width,
    };
    PaperPage {
        l,
        frame: frame(l),
        form: Form::new([("household.wall", "9"), ("token", "0191")]).with_fault("household.wall", "field-code"),
        back: Link::new("Thôn Đông Hải", "/review/2023/round/0191"),
        head: "Nguyễn Thị Hường".to_owned(),
        progress: l.t2("paper-progress", "done", 3, "n", 24),
        action: "/survey/2023/0191/paper?route=yearly".to_owned(),
        groups: vec![CodeGroup {
            title: l.t("sheet-household"),
            fields: vec![field("household.wall", 1), field("household.area_m2", 8)],
        }],
        others: vec![Link::new("✓ Trần Văn Bình", "/survey/2023/0191/paper?household=0192")],
    }
}

fn blank(l: Lang) -> BlankPage {
    BlankPage {
        l,
        frame: frame(l),
        village: "Thôn Đông Hải".to_owned(),
        year: "2023".to_owned(),
        sheets: vec![BlankSheet {
            head: "Nguyễn Thị Hường".to_owned(),
            address: "Số 5".to_owned(),
            code: "0191C0DE7ABC-00000000002A".to_owned(),
            papers: vec![Link::new("PDF", "/review/2023/round/0191/papers/survey_sheet.pdf?household=0191")],
            groups: vec![BlankGroup {
                title: l.t("sheet-household"),
                questions: vec![("Vật liệu tường nhà".to_owned(), "1 Bền chắc · 2 Không bền chắc".to_owned())],
            }],
        }],
        back: Link::new("Thôn Đông Hải", "/review/2023/round/0191"),
        is_unconfirmed: true,
    }
}

fn both(l: Lang) -> BothPage {
    let head = |id: &str, by: &str, state: &str| VersionHead {
        id: id.to_owned(),
        by: by.to_owned(),
        saved: "05/10/2023 09:12".to_owned(),
        state: l.t(state),
        class: Tag::new("Hộ nghèo", 1),
        b1: "120".to_owned(),
        b2: "40".to_owned(),
        note: "Con trai đi làm xa".to_owned(),
        view: l.t1("survey-view", "text", "Xin được xét nhà ở"),
        confirmed: l.t1("survey-confirmed", "by", "Trần Thị An"),
        photos: vec![Link::new(l.t("survey-photo"), "/files/ab12")],
        may_be_chosen: true,
    };
    BothPage {
        l,
        frame: frame(l),
        head: "Nguyễn Thị Hường".to_owned(),
        back: Link::new(l.t("round-households"), "/review/2023/round/0191"),
        action: "/survey/2023/households/0191/both".to_owned(),
        may_choose: true,
        heads: vec![head("a", "Đặng Văn Thìn", "survey-counted"), head("b", "Nguyễn Thị Hoài", "survey-aside")],
        rows: vec![BothRow {
            label: "Vật liệu tường nhà".to_owned(),
            values: vec!["Bền chắc".to_owned(), String::new()],
            differs: true,
        }],
    }
}

fn self_check(l: Lang, has_result: bool) -> SelfCheckPage {
    let question = |field: &str| Question {
        field: field.to_owned(),
        label: "Có bảo hiểm y tế".to_owned(),
        hint: String::new(),
        kind: QuestionKind::Radios,
        choices: vec![Choice::new("yes", l.t("yes")), Choice::new("no", l.t("no"))],
        unit: String::new(),
    };
    let answer = SelfAnswer {
        class: Some(Tag::new("Hộ cận nghèo", 2)),
        says: "B1 từ 140 điểm trở xuống và B2 dưới 30 điểm".to_owned(),
        b1: "120".to_owned(),
        b2: "20".to_owned(),
        lacks: vec!["Việc làm".to_owned(), "Bảo hiểm y tế".to_owned()],
        open: vec!["Dinh dưỡng".to_owned()],
        law: "Thông tư 07/2021/TT-BLĐTBXH".to_owned(),
    };
    SelfCheckPage {
        l,
        frame: Frame::outside(l),
        form: Form::new([("area", "rural"), ("persons", "1")]),
        persons: vec![Choice::new("1", "1"), Choice::new("2", "2")],
        areas: vec![Choice::new("rural", l.t("area-rural")), Choice::new("urban", l.t("area-urban"))],
        household: vec![question("household.internet")],
        members: vec![PersonPart { title: l.t1("self-person", "n", 1), questions: vec![question("person.x.insured")] }],
        items: vec![question("answer.size")],
        result: has_result.then_some(answer),
    }
}

fn own(l: Lang, is_found: bool) -> OwnHousehold {
    let found = OwnRequest {
        head: "Nguyễn Thị Hường".to_owned(),
        class: Some((Tag::new("Hộ nghèo", 1), "88/QĐ-UBND".to_owned())),
        requests: vec![(l.t("request-kind-leave"), format!("02/03/2023: {}", l.t("request-open")))],
    };
    OwnHousehold {
        l,
        frame: Frame::outside(l),
        form: Form::new([("code", "0191C0DE7ABC-00000000002A")]),
        found: is_found.then_some(found),
        kinds: vec![Choice::new("enter", l.t("request-kind-enter"))],
        blanks: vec![PaperLinks::new(&l.t("paper-form-01"), vec![Link::new("PDF", "/papers/review_request.pdf")])],
    }
}

fn ask(l: Lang, is_taken: bool) -> AskPage {
    AskPage {
        l,
        frame: Frame::outside(l),
        form: Form::new([("commune", "18553")]).with_fault("birth", "field-date"),
        communes: vec![Choice::new("18553", "Xã Hương Trạch, Huyện Hương Khê")],
        villages: vec![Choice::new("0191", "Thôn Tân Hội")],
        kinds: vec![Choice::new("enter", l.t("request-kind-enter"))],
        number: is_taken.then(|| "0191C0DE7ABC-00000000002A".to_owned()),
    }
}

fn unplaced(l: Lang, has_rows: bool) -> UnplacedPage {
    let row = |id: &str, candidates| UnplacedRow {
        id: id.to_owned(),
        version: "1".to_owned(),
        head: "Nguyễn Thị Hường".to_owned(),
        words: "05/09/1985 · Thôn Tân Hội".to_owned(),
        reason: "Mất mùa".to_owned(),
        candidates,
    };
    let rows = vec![row("0191", vec![Choice::new("0192", "Nguyễn Thị Hường, 05/09/1985")]), row("0193", Vec::new())];
    UnplacedPage {
        l,
        frame: frame(l),
        form: Form::default(),
        back: Link::new(l.t("requests-title"), "/review/2023/requests"),
        year: "2023".to_owned(),
        unit: "commune:18553".to_owned(),
        rows: if has_rows { rows } else { Vec::new() },
    }
}
