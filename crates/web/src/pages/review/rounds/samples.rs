//! Every page of a round in the states that matter.

use super::{
    AmendmentRow, CertificateRow, CertificatesPage, CommuneBoard, DecisionPage, DecisionRow, FrozenPart, FrozenResults,
    FrozenRow, LineRow, MeetingRow, NewRequest, ObjectionRow, ProgressPage, ProgressRow, ReportRow, ReportsPage,
    RequestPage, RequestRow, Requests, ResultsPage, ResultsRow, StepMark, VillageCell, VillagePage,
};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Basis, Choice, Count, Link, PaperLinks, Tag, Verdict};

pub fn samples(l: Lang) -> Vec<Sample> {
    let mut found: Vec<Sample> = ["open", "ask", "answer", "recognise", ""]
        .into_iter()
        .zip(["review/round-open", "review/round-ask", "review/round-answer", "review/round-recognise", "review/round"])
        .map(|(act, name)| Sample::new(name, board(l, act)))
        .collect();
    for (act, name) in [
        ("close-list", "review/village-list"),
        ("close-survey", "review/village-survey"),
        ("meeting", "review/village-meeting"),
        ("post", "review/village-post"),
        ("posted", "review/village-posted"),
        ("", "review/village-ended"),
    ] {
        found.push(Sample::new(name, village(l, act)));
    }
    found.push(Sample::new("review/progress", progress(l)));
    found.push(Sample::new("review/decision", decision(l)));
    found.push(Sample::new("review/certificates", certificates(l, None)));
    found.push(Sample::new("review/certificates-running", certificates(l, Some(42))));
    found.push(Sample::new("review/certificates-none", CertificatesPage { may_begin: false, ..certificates(l, None) }));
    found.push(Sample::new("review/requests", requests(l, true)));
    found.push(Sample::new("review/requests-empty", requests(l, false)));
    found.push(Sample::new("review/request-new", new_request(l)));
    found.push(Sample::new("review/request", request(l, vec!["take-in", "refuse"])));
    found.push(Sample::new("review/request-income", request(l, vec!["determine", "object", "answer", "grant"])));
    found.push(Sample::new("review/results", results(l)));
    found.push(Sample::new("review/reports", reports(l)));
    found.push(Sample::new("review/reports-none", ReportsPage { rows: Vec::new(), ..reports(l) }));
    found.push(Sample::new("review/results-table", frozen(l, true)));
    found.push(Sample::new("review/results-published", frozen(l, false)));
    found.push(Sample::new("review/results-published-none", FrozenResults { tables: Vec::new(), ..frozen(l, false) }));
    found
}

fn frame(l: Lang) -> Frame {
    Frame::sample(l, Section::Review)
}

fn paper(l: Lang, key: &str, address: &str) -> PaperLinks {
    let file = |text: &str, ending: &str| Link::new(text, format!("{address}.{ending}"));
    PaperLinks::new(&l.t(key), vec![file("PDF", "pdf"), file("Word", "docx")])
}

fn steps(l: Lang) -> Vec<StepMark> {
    let mark = |key: &str, state| StepMark {
        label: l.t(key),
        state,
        law: "khoản 3 Điều 4 Quyết định 24/2021/QĐ-TTg".to_owned(),
    };
    vec![mark("step-listing", "done"), mark("step-survey", "now"), mark("step-meeting", "next")]
}

fn board(l: Lang, act: &'static str) -> CommuneBoard {
    let cell = |name: &str, late: &str| VillageCell {
        name: name.to_owned(),
        href: "/review/2023/round/0191?route=yearly".to_owned(),
        step: l.t("step-survey"),
        verdict: if late.is_empty() { Verdict::Open } else { Verdict::Bad },
        households: "24".to_owned(),
        surveyed: "18".to_owned(),
        undecided: l.t1("round-undecided", "n", 1),
        meeting: l.t1("round-meeting-failed", "n", 1),
        posting: "16/10/2023 – 19/10/2023".to_owned(),
        objections: "2".to_owned(),
        due: "14/12/2023".to_owned(),
        late: late.to_owned(),
    };
    CommuneBoard {
        l,
        frame: frame(l),
        form: match act {
            "" => Form::default(),
            _ => Form::new([("day", "05/10/2023")]).with_fault("day", "field-date"),
        },
        unit: "commune:18553".to_owned(),
        year: "2023".to_owned(),
        route: "yearly".to_owned(),
        route_words: l.t("route-yearly"),
        steps: steps(l),
        rows: vec![cell("Thôn Đông Hải", &l.t1("round-late-days", "n", 4)), cell("Thôn Tân Hương", "")],
        version: "3".to_owned(),
        state: l.t("commune-villages"),
        due: l.t1("round-due", "day", "23/10/2023"),
        closing: l.t2("round-closing", "day", "14/12/2023", "n", 9),
        act,
        households: vec![Choice::new("0191", "Nguyễn Thị Hường (Thôn Đông Hải)")],
        remarks: vec![("Nguyễn Thị Hường".to_owned(), "Xem lại điểm B1".to_owned())],
        links: vec![Link::new(l.t("decision-title"), "/review/2023/round/decision?unit=commune:18553")],
        routes: vec![Link::new(l.t1("route-monthly", "month", 3), "/review/2023/round?route=m03")],
        unconfirmed: true,
    }
}

fn village(l: Lang, act: &'static str) -> VillagePage {
    let line = |head: &str, verdict, key: &str, both: &str| LineRow {
        head: head.to_owned(),
        href: "/registry/households/0191".to_owned(),
        size: "4".to_owned(),
        before: (verdict != Verdict::Plain).then(|| Tag::new("Hộ nghèo", 1)),
        reason: l.t("round-requested"),
        state: l.t(key),
        verdict,
        class: Some(Tag::new("Hộ cận nghèo", 2)),
        b1: "120".to_owned(),
        b2: "20".to_owned(),
        both_href: both.to_owned(),
    };
    let objection = |number: &str, answer: &str| ObjectionRow {
        number: number.to_owned(),
        head: "Trần Văn Bình".to_owned(),
        who: "Ông Ba (17/10/2023)".to_owned(),
        text: "Nhà có xe tải".to_owned(),
        due: l.t1("round-recheck-by", "day", "26/10/2023"),
        answer: answer.to_owned(),
        survey_href: "/survey/2023/households/0191/form?route=yearly".to_owned(),
        rechecked: true,
    };
    VillagePage {
        l,
        frame: frame(l),
        form: Form::new([("day", "05/10/2023")]),
        back: Link::new(l.t("round-board"), "/review/2023/round?unit=commune:18553"),
        village: "Thôn Đông Hải".to_owned(),
        route_words: l.t("route-yearly"),
        steps: steps(l),
        base: "/review/2023/round/0191".to_owned(),
        route: "yearly".to_owned(),
        version: "4".to_owned(),
        state: l.t("step-posting"),
        late: l.t1("round-late-days", "n", 2),
        act,
        hint: l.t2("hint-meeting", "share", 50, "law", "khoản 3 Điều 4 Quyết định 24/2021/QĐ-TTg"),
        lines: vec![
            line("Nguyễn Thị Hường", Verdict::Bad, "survey-two", "/survey/2023/households/0191/both"),
            line("Trần Văn Bình", Verdict::Plain, "survey-open", ""),
        ],
        meetings: vec![MeetingRow {
            day: "15/10/2023".to_owned(),
            words: l.tv("round-votes", &[("present", 40), ("agree", 18), ("disagree", 20)]),
            discussion: "Nhiều hộ chưa đồng tình với điểm nhà ở.".to_owned(),
            verdict: Verdict::Bad,
            state: l.t("meeting-failed"),
            scan: Some(Link::new(l.t("round-scan"), "/files/ab12")),
        }],
        papers: vec![paper(l, "paper-posted", "/review/2023/round/0001/papers/posted_list")],
        posting: l.t2("round-posted-days", "first", "16/10/2023", "last", "19/10/2023"),
        objections: vec![objection("1", ""), objection("2", "18/10/2023: Đã phúc tra, giữ kết quả")],
        households: vec![Choice::new("0191", "Trần Văn Bình")],
        requests: vec![Choice::new("0192", "Lê Thị Na, 02/09/2023")],
        may_attach: true,
        may_answer: true,
        survey_links: vec![
            Link::new(l.t("survey-phone"), "/survey/2023/0191"),
            Link::new(l.t("survey-paper"), "/survey/2023/0191/paper"),
        ],
        unconfirmed: true,
    }
}

fn progress(l: Lang) -> ProgressPage {
    ProgressPage {
        l,
        frame: frame(l),
        year: "2023".to_owned(),
        shows_above: true,
        steps: vec![l.t("step-listing"), l.t("step-survey")],
        rows: vec![ProgressRow {
            name: "Xã Hương Trạch".to_owned(),
            href: "/review/2023/round?unit=commune:18553".to_owned(),
            above: "Huyện Hương Khê".to_owned(),
            state: l.t("commune-opinion"),
            verdict: Verdict::Bad,
            households: "312".to_owned(),
            villages: vec!["0".to_owned(), "9".to_owned()],
            late: l.t1("round-late-days", "n", 3),
        }],
        summary: vec![
            Count::new(l.t("commune-recognised"), "12", "/review/2023/round?unit=province:42&step=recognised"),
            Count::new(l.t("units-all"), "216", "/review/2023/round?unit=province:42"),
        ],
        links: vec![Link::new(l.t("results-title"), "/review/2023/results")],
    }
}

fn certificates(l: Lang, running: Option<u8>) -> CertificatesPage {
    CertificatesPage {
        l,
        frame: frame(l),
        back: Link::new(l.t("round-board"), "/review/2023/round?unit=district:444"),
        title: l.t1("certificates-title-year", "year", 2023),
        unit_name: "Huyện Hương Khê".to_owned(),
        summary: vec![(l.t("certificates-communes"), "21".to_owned()), (l.t("certificates-count"), "1.204".to_owned())],
        running,
        may_begin: true,
        rows: vec![CertificateRow {
            file: Link::new(
                "certificate-18553-0001-1f0c2b3a.pdf",
                "/review/2023/certificates/files/a?unit=district:444",
            ),
            commune: "Xã Hương Trạch".to_owned(),
            size: l.t1("size-kb", "n", "1.480"),
        }],
        action: "/review/2023/certificates?unit=district:444".to_owned(),
        progress_href: "/review/2023/certificates/progress?unit=district:444".to_owned(),
    }
}

fn decision(l: Lang) -> DecisionPage {
    DecisionPage {
        l,
        frame: frame(l),
        form: Form::default(),
        back: Link::new(l.t("round-board"), "/review/2023/round?unit=commune:18553"),
        title: l.t2("decision-heading", "number", "88/QĐ-UBND", "day", "25/10/2023"),
        certificate_note: l.t1("decision-certificates", "year", 2024),
        others: vec![Link::new(
            l.t2("decision-other", "number", "91/QĐ-UBND", "day", "02/11/2023"),
            "/review/2023/round/decision",
        )],
        summary: vec![(l.t("decision-lines"), "312".to_owned()), (l.t("paper-certificate"), "270".to_owned())],
        rows: vec![DecisionRow {
            head: "Nguyễn Thị Hường".to_owned(),
            href: "/registry/households/0191".to_owned(),
            before: Some(Tag::new("Hộ nghèo", 1)),
            class: Tag::new("Hộ cận nghèo", 2),
            b1: "120".to_owned(),
            b2: "20".to_owned(),
            papers: vec![paper(l, "paper-certificate", "/x"), PaperLinks::new(&l.t("paper-escape"), Vec::new())],
        }],
        papers: vec![paper(l, "paper-recognition", "/review/2023/round/papers/recognition_decision")],
        certificates: Some(Link::new(l.t("certificates-all"), "/review/2023/certificates?unit=commune:18553")),
        amendments: vec![AmendmentRow {
            day: "20/11/2023".to_owned(),
            number: "95/QĐ-UBND".to_owned(),
            head: "Trần Văn Bình".to_owned(),
            words: l.t("amend-corrected"),
            reason: "Tính nhầm điểm B2".to_owned(),
            papers: vec![Link::new("PDF", "/review/2023/round/papers/change_decision.pdf")],
        }],
        may_amend: true,
        action: "/review/2023/round/amend?unit=commune:18553".to_owned(),
        unit: "commune:18553".to_owned(),
        route: "yearly".to_owned(),
        version: "5".to_owned(),
        households: vec![Choice::new("0191", "Nguyễn Thị Hường")],
        classes: vec![Choice::new("near_poor", "Hộ cận nghèo")],
        kinds: vec![Choice::new("corrected", l.t("amend-corrected"))],
    }
}

fn requests(l: Lang, some: bool) -> Requests {
    let row = RequestRow {
        head: "Lê Thị Na".to_owned(),
        href: "/review/requests/0192".to_owned(),
        village: "Thôn Đông Hải".to_owned(),
        kind: l.t("request-kind-enter"),
        channel: l.t("request-channel-online"),
        received: "02/03/2023".to_owned(),
        due: "30/03/2023".to_owned(),
        state: l.t("request-late"),
        verdict: Verdict::Bad,
    };
    Requests {
        l,
        frame: frame(l),
        year: "2023".to_owned(),
        rows: if some { vec![row] } else { Vec::new() },
        links: vec![Link::new(l.t("request-find"), "/registry/households")],
        blanks: vec![paper(l, "paper-form-01", "/papers/review_request")],
    }
}

fn new_request(l: Lang) -> NewRequest {
    NewRequest {
        l,
        frame: frame(l),
        form: Form::new([("household", "0191"), ("channel", "counter")]).with_fault("reason", "field-missing"),
        back: Link::new("Lê Thị Na", "/registry/households/0191"),
        head: "Lê Thị Na · Thôn Đông Hải".to_owned(),
        kinds: vec![Choice::new("enter", l.t("request-kind-enter")), Choice::new("leave", l.t("request-kind-leave"))],
        channels: vec![Choice::new("counter", l.t("request-channel-counter"))],
        persons: vec![Choice::new("0193", "Nguyễn Văn Nam")],
    }
}

fn request(l: Lang, acts: Vec<&'static str>) -> RequestPage {
    RequestPage {
        l,
        frame: frame(l),
        form: Form::default(),
        back: Link::new(l.t("requests-title"), "/review/2023/requests"),
        title: l.t("request-kind-average_living"),
        head: Link::new("Lê Thị Na", "/registry/households/0191"),
        state: l.t("request-open"),
        verdict: Verdict::Open,
        facts: vec![(l.t("request-received"), "02/03/2023".to_owned())],
        papers: vec![paper(l, "paper-refusal", "/review/requests/0001/papers/refusal_letter")],
        basis: Some(Basis {
            id: "review.routes.average_living".to_owned(),
            act: "Quyết định 24/2021/QĐ-TTg".to_owned(),
            article: "khoản 2 Điều 3".to_owned(),
            href: "/norms/review.routes.average_living".to_owned(),
            mark: "quoted".to_owned(),
            is_unconfirmed: false,
        }),
        base: "/review/requests/0192".to_owned(),
        version: "1".to_owned(),
        objections: vec![Choice::new("1", "1. 20/03/2023: Có vườn cam")],
        acts,
    }
}

fn results(l: Lang) -> ResultsPage {
    let row = |id: &str, kind: &str| ResultsRow {
        id: id.to_owned(),
        kind: l.t(kind),
        unit: "Tỉnh Hà Tĩnh".to_owned(),
        table: Link::new(l.t("results-table"), "/review/2023/results/0191"),
        state: l.t("results-approved"),
        verdict: Verdict::Open,
        steps: vec![l.t2("results-step", "day", "10/11/2023", "by", "Lê Thị Minh Châu")],
        counts: vec![("Hộ nghèo".to_owned(), "11.572".to_owned())],
        hash: "ab12cd34ef56ab12".to_owned(),
        may_approve: id == "a",
        needs_another: id == "c",
        may_publish: id == "b",
    };
    ResultsPage {
        l,
        frame: frame(l),
        form: Form::default(),
        back: Link::new(l.t("round-progress"), "/review/2023/round"),
        year: "2023".to_owned(),
        rows: vec![
            row("a", "results-kind-official"),
            row("b", "results-kind-preliminary"),
            row("c", "results-kind-preliminary"),
        ],
        may_compile: true,
        differences: vec![("Hộ nghèo".to_owned(), "+3".to_owned())],
    }
}

fn frozen(l: Lang, inside: bool) -> FrozenResults {
    let row = |unit: &str, is_total, cells: [&str; 5]| FrozenRow {
        unit: unit.to_owned(),
        is_total,
        cells: cells.map(str::to_owned).to_vec(),
    };
    let class = |key: &str, class: &str| l.t1(key, "class", class);
    let part = FrozenPart {
        name: l.t("results-kind-official"),
        says: vec![l.t1("results-public-day", "day", "20/12/2023")],
        papers: if inside { vec![paper(l, "results-table", "/review/2023/results/0191")] } else { Vec::new() },
        forms: if inside { vec![paper(l, "results-forms", "/review/2023/results/0191/7.1")] } else { Vec::new() },
        heads: vec![
            class("results-households", "Hộ nghèo"),
            class("results-persons", "Hộ nghèo"),
            class("results-households", "Hộ cận nghèo"),
            class("results-persons", "Hộ cận nghèo"),
            l.t("class-none-yet"),
        ],
        rows: vec![
            row("Xã Hương Trạch", false, ["61", "182", "84", "301", "0"]),
            row("Xã Hương Thủy", false, if inside { ["4", "9", "71", "262", "0"] } else { ["***"; 5] }),
            row(&l.t("results-total"), true, ["65", "191", "155", "563", "0"]),
        ],
    };
    FrozenResults {
        l,
        frame: frame(l),
        back: inside.then(|| Link::new(l.t("results-title"), "/review/2023/results")),
        title: l.t2("results-of-unit", "unit", "Tỉnh Hà Tĩnh", "year", 2023),
        is_sample: true,
        tables: vec![part],
    }
}

fn reports(l: Lang) -> ReportsPage {
    let row = |title: &str, is_sent: bool| ReportRow {
        id: "monthly".to_owned(),
        due: "2023-04-05".to_owned(),
        title: title.to_owned(),
        detail: format!("{} {}", l.t1("round-due", "day", "05/04/2023"), l.t1("reports-sent-on", "day", "04/04/2023")),
        state: l.t(if is_sent { "reports-sent" } else { "round-late" }),
        verdict: if is_sent { Verdict::Good } else { Verdict::Bad },
        papers: vec![paper(l, "paper-monthly", "/review/2023/papers/monthly_report")],
        unconfirmed: !is_sent,
        may_mark: !is_sent,
    };
    ReportsPage {
        l,
        frame: frame(l),
        form: Form::default(),
        year: "2023".to_owned(),
        today: "20/04/2023".to_owned(),
        rows: vec![row("Báo cáo hằng tháng 03/2023", true), row("Báo cáo kết quả sơ bộ", false)],
    }
}
