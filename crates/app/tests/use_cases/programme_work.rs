//! Records of the programme's work: recorded, brought in from a table, put right, taken back; and what targets count of them.

use app::AppError;
use app::programme::corrections::*;
use app::programme::evidence::{attach, evidence, file};
use app::programme::import_undo::undo_import;
use app::programme::models::{ModelInput, model, record_model};
use app::programme::needs::{NeedInput, StaffInput, add_staff, need_sums, record_needs, staff};
use app::programme::rows::{RowsWanted, Side, rows};
use app::programme::targets::{by_area, target};
use app::programme::work::{ActivityInput, NotRecorded, activity, record_activity};
use app::programme::work_import::{Brought, Preview, RowProblem, apply, layout, preview};
use app::programme::{duties, resolve::Found};
use domain::access::{Actor, Role};
use domain::programme::work::{Outcome, WorkRefusal};
use kernel::{ActivityId, Day, Page};

use crate::bench::{Desk, Family, LAM, TRACH, desk, family};
use crate::world::{code, faults};

const LAN: &str = "042175000001";
const HOA: &str = "042175000002";
/// Lives in a household of no class, and is no beneficiary.
const BINH: &str = "042175000003";

fn families() -> Vec<Family> {
    vec![
        family("Nguyễn Thị Lan", "12/03/1975", LAN),
        family("Trần Thị Hoa", "05/09/1980", HOA),
        family("Lê Thị Bình", "01/01/1985", BINH).scores("200", "0", "KN"),
    ]
}

/// A commune with two poor households since 2022, on 20 December 2023.
async fn at_work() -> (Desk, Actor) {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    desk.bring(&officer, 2022, &families()).await;
    (desk, officer)
}

fn farm_training(who: &str) -> ActivityInput {
    ActivityInput {
        kind: "farm_training".into(),
        day: "15/9/2023".into(),
        content: "Tập huấn nuôi bò".into(),
        agency: "UBND xã".into(),
        money: "1.500.000".into(),
        fields: [("days".to_owned(), "2".to_owned())].into(),
        participants: who.to_owned(),
        ..ActivityInput::default()
    }
}

fn refusal<T: std::fmt::Debug>(done: Result<T, NotRecorded>) -> AppError {
    match done {
        Err(NotRecorded::Error(error)) => error,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

async fn recorded(desk: &Desk, officer: &Actor) -> ActivityId {
    record_activity(&desk.house, officer, None, &farm_training(&format!("{LAN}\n{HOA}\n{LAN}"))).await.unwrap()
}

#[tokio::test]
async fn an_activity_is_recorded_with_each_participant_once_or_not_at_all() {
    let (desk, officer) = at_work().await;
    let reader = desk.officer(Role::Reader, &format!("commune:{TRACH}")).await;
    let id = recorded(&desk, &officer).await;
    let seen = activity(&desk.house, &reader, id).await.unwrap();
    let names: Vec<&str> = seen.participants.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert_eq!((seen.activity.money, seen.activity.fields["days"].as_str()), (1_500_000, "2"));
    assert_eq!(seen.past.iter().map(|entry| entry.verb.as_str()).collect::<Vec<_>>(), ["activity_recorded"]);

    let record = async |actor: &Actor, input: ActivityInput| record_activity(&desk.house, actor, None, &input).await;
    assert_eq!(refusal(record(&reader, farm_training(LAN)).await).code(), "ACC-001");
    let unread =
        ActivityInput { day: "31/02/2023".into(), content: " ".into(), money: "một".into(), ..farm_training(LAN) };
    let said = faults(Err::<(), _>(refusal(record(&officer, unread).await)));
    assert_eq!(said, ["day field-date", "content field-missing", "money field-number"]);
    let lines = record(&officer, farm_training("Không Có Ai 1990")).await;
    assert!(matches!(&lines, Err(NotRecorded::Lines(l)) if l[0].found == Found::Nobody), "{lines:?}");
    desk.done().await;
}

#[tokio::test]
async fn what_the_law_does_not_allow_is_refused_with_its_article_and_nothing_is_recorded() {
    let (desk, officer) = at_work().await;
    let record = async |input: ActivityInput| record_activity(&desk.house, &officer, None, &input).await;
    // Project 3.1 begins on 18 January 2022.
    let early = record(ActivityInput { day: "17/1/2022".into(), ..farm_training("") }).await;
    match refusal(early) {
        AppError::Work(refused @ WorkRefusal::OutsidePeriod { .. }) => {
            assert_eq!(refused.code(), "WRK-001");
            let WorkRefusal::OutsidePeriod { period } = refused else { unreachable!() };
            assert_eq!((period.project.as_str(), period.from.iso().as_str()), ("P3.1", "2022-01-18"));
            assert_eq!(period.citation.unwrap().act, "Quyết định 90/QĐ-TTg");
        }
        other => panic!("{other:?}"),
    }
    let outside = record(farm_training(&format!("{LAN}\n{BINH}"))).await;
    match refusal(outside) {
        AppError::Work(WorkRefusal::OutsideClasses { names, law }) => {
            assert_eq!(names, ["Lê Thị Bình"]);
            assert!(law.unwrap().act.contains("Kế hoạch"), "the refusal names what it stands on");
        }
        other => panic!("{other:?}"),
    }
    let future = record(ActivityInput { day: "21/12/2023".into(), ..farm_training(LAN) }).await;
    assert_eq!(refusal(future).code(), "WRK-002");
    let found = app::programme::work::sums(&desk.house, &officer, None, 2023).await.unwrap();
    assert!(found.is_empty(), "{found:?}");
    desk.done().await;
}

#[tokio::test]
async fn an_activity_is_put_right_with_a_reason_and_its_trail_keeps_what_stood_before() {
    let (desk, officer) = at_work().await;
    let id = recorded(&desk, &officer).await;
    let seen = activity(&desk.house, &officer, id).await.unwrap();
    let lan = seen.participants.iter().find(|named| named.name.contains("Lan")).unwrap().who.id().to_string();
    let corrected = ActivityInput {
        content: "Tập huấn nuôi dê".into(),
        participants: String::new(),
        kept: vec![lan],
        version: 1,
        ..farm_training("")
    };
    let correct =
        async |input: &ActivityInput, why: &str| correct_activity(&desk.house, &officer, id, (input, why)).await;
    let unsaid = refusal(correct(&ActivityInput { day: "x".into(), ..corrected.clone() }, " ").await);
    assert_eq!(faults(Err::<(), _>(unsaid)), ["day field-date", "why field-missing"]);

    correct(&corrected, "Ghi nhầm nội dung").await.unwrap();

    let now = activity(&desk.house, &officer, id).await.unwrap();
    assert_eq!(now.activity.content, "Tập huấn nuôi dê");
    assert_eq!(now.participants.len(), 1, "a box not ticked takes its participant off");
    assert_eq!(now.past[0].verb, "activity_corrected");
    assert_eq!(now.past[0].detail["reason"], "Ghi nhầm nội dung");
    assert_eq!(now.past[0].detail["before"]["content"], "Tập huấn nuôi bò");
    let late = correct(&corrected, "Lần nữa").await;
    assert!(matches!(refusal(late), AppError::Conflict("activity")), "somebody saved in between");
    desk.done().await;
}

#[tokio::test]
async fn what_is_taken_back_counts_no_longer_and_its_address_tells_why() {
    let (desk, officer) = at_work().await;
    let neighbour = desk.of_commune(LAM).await;
    let id = recorded(&desk, &officer).await;
    assert_eq!(code(remove_activity(&desk.house, &neighbour, id, "lý do").await), "MIS-001");
    assert_eq!(faults(remove_activity(&desk.house, &officer, id, "").await), ["why field-missing"]);
    assert_eq!(code(taken_back(&desk.house, &officer, ("activity", id.to_string())).await), "MIS-001");

    remove_activity(&desk.house, &officer, id, "Ghi hai lần").await.unwrap();

    assert_eq!(code(activity(&desk.house, &officer, id).await), "MIS-001");
    let told = taken_back(&desk.house, &officer, ("activity", id.to_string())).await.unwrap();
    assert_eq!((told[0].verb.as_str(), &told[0].detail["reason"]), ("activity_removed", &"Ghi hai lần".into()));
    assert_eq!(told[0].detail["before"]["participants"].as_array().unwrap().len(), 2);
    assert_eq!(code(taken_back(&desk.house, &neighbour, ("activity", id.to_string())).await), "MIS-001");
    desk.done().await;
}

fn job(who: &str, day: &str) -> NeedInput {
    NeedInput { kind: "job".into(), day: day.into(), note: String::new(), who: who.into() }
}

#[tokio::test]
async fn a_need_is_recorded_once_a_year_for_whom_it_is_for_and_its_target_divides_by_it() {
    let (desk, officer) = at_work().await;
    let house = &desk.house;
    let unit = desk.scope(&format!("commune:{TRACH}"));
    let on = Day::from_iso("2023-12-20").unwrap();
    let before = target(house, &officer, None, "T05", on).await.unwrap().state;
    assert_eq!(before.readings[0].figure.as_ref().unwrap_err().code(), "TGT-002");
    assert!(before.readings[0].basis.citation.is_some(), "a gap stands on the act its figure is counted by");

    assert_eq!(record_needs(house, &officer, None, &job(&format!("{LAN}\n{HOA}"), "20/1/2023")).await.unwrap(), 2);
    let again = refusal(record_needs(house, &officer, None, &job(HOA, "21/1/2023")).await);
    assert!(matches!(&again, AppError::Work(WorkRefusal::NeedRecorded { names }) if names[0] == "Trần Thị Hoa"));
    assert_eq!(refusal(record_needs(house, &officer, None, &job(BINH, "20/1/2023")).await).code(), "WRK-003");
    let support = ActivityInput {
        kind: "job_support".into(),
        fields: [("service".to_owned(), "counselling".to_owned())].into(),
        ..farm_training(LAN)
    };
    record_activity(house, &officer, None, &support).await.unwrap();

    let state = target(house, &officer, None, "T05", on).await.unwrap().state;
    let figure = state.readings[0].figure.as_ref().unwrap();
    assert_eq!((figure.numbers(), figure.not_reached()), ((1, Some(2)), Some(1)));
    let wanted = |side| RowsWanted { unit: Some(&unit), target: "T05", reading: None, side, on };
    let (_, missing) = rows(house, &officer, &wanted(Side::NotReached), Page::new(1, 10)).await.unwrap();
    let names: Vec<&str> = missing.rows.iter().filter_map(|r| r.named.as_ref()).map(|n| n.name.as_str()).collect();
    assert_eq!((missing.total, names), (1, vec!["Trần Thị Hoa"]));
    let (_, reached) = rows(house, &officer, &wanted(Side::Reached), Page::new(1, 10)).await.unwrap();
    assert_eq!(reached.total + missing.total, 2, "reached and not reached are the base");
    let province = desk.of_province().await;
    let areas = by_area(house, &province, None, "T05", on).await.unwrap();
    let counted: i64 =
        areas.iter().filter_map(|(_, s)| s.readings[0].figure.as_ref().ok()).filter_map(|f| f.numbers().1).sum();
    assert_eq!(counted, 2, "the districts add up to the province");

    let page = app::programme::needs::needs(house, &officer, None, (2023, None), Page::new(1, 10)).await.unwrap();
    let (need, _) = page.rows.iter().find(|(_, who)| who.name == "Trần Thị Hoa").unwrap();
    assert_eq!(faults(remove_need(house, &officer, need.id, "").await), ["why field-missing"]);
    remove_need(house, &officer, need.id, "Đã có việc làm").await.unwrap();
    assert_eq!(need_sums(house, &officer, None, 2023).await.unwrap(), [("job".to_owned(), 1)]);
    desk.done().await;
}

#[tokio::test]
async fn whoever_leaves_the_list_of_staff_is_counted_until_the_day_before() {
    let (desk, officer) = at_work().await;
    let house = &desk.house;
    for name in ["Lê Thị Hoa", "Phan Văn Nhầm"] {
        let input = StaffInput {
            name: name.into(),
            sex: String::new(),
            level: "commune".into(),
            office: "UBND xã".into(),
            since: "1/1/2023".into(),
        };
        add_staff(house, &officer, None, &input).await.unwrap();
    }
    let listed = staff(house, &officer, None).await.unwrap();
    let of = |name: &str| listed.iter().find(|one| one.name == name).unwrap().id;
    let base = async |day: &str| {
        let state = target(house, &officer, None, "T04", Day::from_iso(day).unwrap()).await.unwrap().state;
        state.readings[0]
            .figure
            .as_ref()
            .map(|figure| figure.numbers().1)
            .map_err(domain::programme::target::TargetGap::code)
    };
    assert_eq!(base("2023-06-30").await, Ok(Some(2)));
    let leave = async |day: &str, why: &str| staff_leave(house, &officer, of("Lê Thị Hoa"), (day, why)).await;
    assert_eq!(faults(leave("", "").await), ["left field-missing", "why field-missing"]);
    assert_eq!(code(leave("31/12/2022", "Nghỉ hưu").await), "WRK-014");
    assert_eq!(code(leave("21/12/2023", "Nghỉ hưu").await), "WRK-002");
    leave("1/7/2023", "Nghỉ hưu").await.unwrap();
    remove_staff(house, &officer, of("Phan Văn Nhầm"), "Ghi nhầm người").await.unwrap();

    assert_eq!(base("2023-06-30").await, Ok(Some(1)));
    assert_eq!(base("2023-07-01").await, Err("TGT-002"));
    let left = staff(house, &officer, None).await.unwrap();
    assert_eq!(left.iter().map(|one| one.left.map(Day::iso)).collect::<Vec<_>>(), [Some("2023-07-01".to_owned())]);
    desk.done().await;
}

fn cows(members: &str) -> ModelInput {
    ModelInput {
        name: "Nuôi bò sinh sản".into(),
        project: "P2".into(),
        mode: "task".into(),
        sector: "farming".into(),
        lead: "agency".into(),
        reason: "vulnerable".into(),
        approved: "15/1/2023".into(),
        started: "1/3/2023".into(),
        state_money: "4.000.000.000".into(),
        direct_money: "2.000.000.000".into(),
        members: members.into(),
        others: "1".into(),
        ..ModelInput::default()
    }
}

#[tokio::test]
async fn a_model_is_tried_by_every_rule_of_its_mode_and_put_right_or_taken_back() {
    let (desk, officer) = at_work().await;
    let house = &desk.house;
    let wrong = ModelInput { mode: "gift".into(), sector: String::new(), others: "-1".into(), ..cows("") };
    let said = faults(Err::<(), _>(refusal(record_model(house, &officer, None, &wrong).await)));
    assert_eq!(said, ["others field-number", "mode field-choice", "sector field-missing"]);

    let id = record_model(house, &officer, None, &cows(&format!("{LAN}\n{BINH}"))).await.unwrap();
    let view = model(house, &officer, id).await.unwrap();
    assert!(view.checks.iter().all(|check| check.basis.citation.is_some()), "every rule has its article");
    let broken = view.checks.iter().filter(|check| check.outcome == Outcome::Broken).count();
    assert!(broken >= 2, "one poor household of three, half to production, four billion: {:?}", view.checks);
    let lan = view.members.iter().find(|named| named.name.contains("Lan")).unwrap().who.id().to_string();

    let better = ModelInput {
        state_money: "3.000.000.000".into(),
        direct_money: "2.100.000.000".into(),
        members: HOA.into(),
        kept: vec![lan],
        others: "0".into(),
        version: 1,
        ..cows("")
    };
    let unsaid = refusal(correct_model(house, &officer, id, (&better, "")).await);
    assert_eq!(faults(Err::<(), _>(unsaid)), ["why field-missing"]);
    correct_model(house, &officer, id, (&better, "Theo quyết định điều chỉnh")).await.unwrap();
    let now = model(house, &officer, id).await.unwrap();
    assert_eq!(now.members.len(), 2);
    assert!(now.checks.iter().all(|check| check.outcome != Outcome::Broken), "{:?}", now.checks);
    assert_eq!(now.past[0].detail["before"]["state_money"], 4_000_000_000_i64);

    remove_model(house, &officer, id, "Không triển khai").await.unwrap();
    assert_eq!(code(model(house, &officer, id).await), "MIS-001");
    let told = taken_back(house, &officer, ("model", id.to_string())).await.unwrap();
    assert_eq!(told[0].detail["reason"], "Không triển khai");
    desk.done().await;
}

/// A table with the headers that the norms give the layout, in Vietnamese.
fn table(desk: &Desk, lines: &[&[(&str, &str)]]) -> String {
    let headers: Vec<String> = layout(&desk.house, 2023, None).unwrap().columns.into_iter().map(|c| c.vi).collect();
    let mut out = vec![headers.join("\t")];
    for line in lines {
        for (column, _) in *line {
            assert!(headers.iter().any(|h| h == column), "no column {column} in {headers:?}");
        }
        let cell = |header: &String| line.iter().find(|(column, _)| column == header).map_or("", |(_, text)| text);
        out.push(headers.iter().map(cell).collect::<Vec<_>>().join("\t"));
    }
    out.join("\n")
}

const KIND: &str = "Loại hoạt động hoặc nhu cầu";
const SUPPORT: &str = "Kết nối, tư vấn, định hướng nghề, thông tin thị trường lao động, hỗ trợ tìm việc";

async fn looked(desk: &Desk, officer: &Actor, text: &str) -> Preview {
    preview(&desk.house, officer, None, Brought::Paste(text.to_owned())).await.unwrap()
}

#[tokio::test]
async fn a_table_brings_in_the_fields_of_each_kind_as_a_form_would() {
    let (desk, officer) = at_work().await;
    let own = layout(&desk.house, 2023, Some("job_support")).unwrap();
    let headers: Vec<&str> = own.columns.iter().map(|column| column.vi.as_str()).collect();
    assert!(headers.contains(&"Dịch vụ") && !headers.contains(&"Số ngày"), "only its own: {headers:?}");
    let row = |paper: &'static str, service: &'static str| {
        vec![
            (KIND, SUPPORT),
            ("Ngày", "15/9/2023"),
            ("Nội dung", "Phiên giao dịch"),
            ("Số giấy tờ", paper),
            ("Dịch vụ", service),
        ]
    };
    let wrong = [
        row(LAN, "Ca hát"),
        vec![(KIND, SUPPORT), ("Ngày", "15/9/2023"), ("Nội dung", "Phiên khác"), ("Số giấy tờ", LAN), ("Số ngày", "2")],
        vec![
            (KIND, "Tập huấn kỹ thuật nông, lâm, ngư, diêm nghiệp"),
            ("Ngày", "15/9/2023"),
            ("Nội dung", "A"),
            ("Số giấy tờ", LAN),
            ("Số ngày", "hai"),
        ],
        vec![(KIND, "Giám sát, kiểm tra"), ("Ngày", "15/9/2023")],
        vec![(KIND, "Múa lân"), ("Ngày", "15/9/2023")],
    ];
    let lines: Vec<&[_]> = wrong.iter().map(Vec::as_slice).collect();
    let seen = looked(&desk, &officer, &table(&desk, &lines)).await;
    assert_eq!((seen.rows, seen.activities), (5, 0));
    let told: Vec<String> = seen
        .faults
        .iter()
        .map(|fault| match &fault.problem {
            RowProblem::Field { field, text } => format!("{} {} {text}", fault.row, field.vi),
            RowProblem::NotAsked { field, .. } => format!("{} not {}", fault.row, field.vi),
            other => format!("{} {other:?}", fault.row),
        })
        .collect();
    assert_eq!(told, ["2 Dịch vụ Ca hát", "3 not Số ngày", "4 Số ngày hai", "5 Content", "6 Kind(\"Múa lân\")"]);

    let good = [row(LAN, "Sàn giao dịch việc làm"), row(HOA, "exchange")];
    let lines: Vec<&[_]> = good.iter().map(Vec::as_slice).collect();
    let text = table(&desk, &lines);
    let (_, done) = apply(&desk.house, &officer, None, &text).await.unwrap();
    assert_eq!((done.activities, done.participants, done.faults.len()), (1, 2, 0));
    let page =
        app::programme::work::activities(&desk.house, &officer, None, (2023, None), Page::new(1, 10)).await.unwrap();
    assert_eq!(page.rows[0].activity.fields["service"], "exchange", "a choice is kept by its id");
    desk.done().await;
}

#[tokio::test]
async fn the_same_table_twice_is_known_and_brings_nothing_in_again() {
    let (desk, officer) = at_work().await;
    let line: &[_] = &[(KIND, SUPPORT), ("Ngày", "15/9/2023"), ("Nội dung", "Phiên giao dịch"), ("Số giấy tờ", LAN)];
    let need: &[_] = &[(KIND, "job"), ("Ngày", "20/1/2023"), ("Số giấy tờ", HOA)];
    let text = table(&desk, &[line, need]);
    assert!(looked(&desk, &officer, &text).await.known.is_none());
    let (intake, _) = apply(&desk.house, &officer, None, &text).await.unwrap();

    // Saved by another program: blank lines, and ends of lines as Windows writes them.
    let copy = format!("\r\n{}\r\n\r\n", text.replace('\n', "\r\n"));
    let seen = looked(&desk, &officer, &copy).await;
    assert_eq!(seen.known.as_ref().map(|known| known.by_name.as_str()), Some(officer.name.as_str()));
    assert_eq!((seen.activities, seen.needs), (0, 0));
    assert!(matches!(seen.faults[0].problem, RowProblem::Recorded(_)), "{:?}", seen.faults);
    assert!(
        matches!(&seen.faults[1].problem, RowProblem::Refused(WorkRefusal::NeedRecorded { .. })),
        "{:?}",
        seen.faults
    );
    assert_eq!(code(apply(&desk.house, &officer, None, &seen.text).await), "WRK-015");

    assert_eq!(faults(undo_import(&desk.house, &officer, intake, " ").await), ["why field-missing"]);
    let neighbour = desk.of_commune(LAM).await;
    assert_eq!(code(undo_import(&desk.house, &neighbour, intake, "Nhập nhầm").await), "MIS-001");
    assert_eq!(undo_import(&desk.house, &officer, intake, "Nhập nhầm tệp").await.unwrap(), 2);
    assert_eq!(code(undo_import(&desk.house, &officer, intake, "Nhập nhầm tệp").await), "MIS-001");
    let trail = app::access::trail(&desk.house, desk.administrator(), None, Page::new(1, 1)).await.unwrap();
    let told = &trail.rows[0];
    assert_eq!((told.verb.as_str(), told.detail["reason"].as_str()), ("work_import_undone", Some("Nhập nhầm tệp")));
    let seen = looked(&desk, &officer, &copy).await;
    assert_eq!((seen.known, seen.activities, seen.needs), (None, 1, 1));
    desk.done().await;
}

#[tokio::test]
async fn needs_recorded_already_stay_out_row_by_row_and_the_others_go_in() {
    let (desk, officer) = at_work().await;
    record_needs(&desk.house, &officer, None, &job(LAN, "20/1/2023")).await.unwrap();
    let need = |paper: &'static str, day: &'static str| vec![(KIND, "job"), ("Ngày", day), ("Số giấy tờ", paper)];
    let all = [need(LAN, "2/2/2023"), need(HOA, "2/2/2023"), need(HOA, "3/2/2023"), need(BINH, "2/2/2023")];
    let lines: Vec<&[_]> = all.iter().map(Vec::as_slice).collect();
    let text = table(&desk, &lines);
    let seen = looked(&desk, &officer, &text).await;
    assert_eq!(seen.needs, 1);
    let told: Vec<(usize, &str)> = seen
        .faults
        .iter()
        .map(|fault| match &fault.problem {
            RowProblem::Refused(refusal) => (fault.row, refusal.code()),
            _ => (fault.row, "?"),
        })
        .collect();
    assert_eq!(told, [(2, "WRK-008"), (4, "WRK-008"), (5, "WRK-003")]);
    let (_, done) = apply(&desk.house, &officer, None, &text).await.unwrap();
    assert_eq!(done.needs, 1);
    assert_eq!(need_sums(&desk.house, &officer, None, 2023).await.unwrap(), [("job".to_owned(), 2)]);
    desk.done().await;
}

#[tokio::test]
async fn rows_of_one_activity_that_tell_different_money_are_said_and_stay_out() {
    let (desk, officer) = at_work().await;
    let row = |paper: &'static str, money: &'static str| {
        vec![
            (KIND, SUPPORT),
            ("Ngày", "15/9/2023"),
            ("Nội dung", "Phiên"),
            ("Số giấy tờ", paper),
            ("Kinh phí (đồng)", money),
        ]
    };
    let differs = [row(LAN, "1.000.000"), row(HOA, "2.000.000")];
    let lines: Vec<&[_]> = differs.iter().map(Vec::as_slice).collect();
    let seen = looked(&desk, &officer, &table(&desk, &lines)).await;
    assert_eq!((seen.activities, seen.faults.len()), (0, 2));
    let RowProblem::Differs { column, texts } = &seen.faults[0].problem else { panic!("{:?}", seen.faults) };
    assert_eq!((column.vi.as_str(), texts.join(" ").as_str()), ("Kinh phí (đồng)", "1.000.000 2.000.000"));

    let once = [row(LAN, "1.000.000"), row(HOA, "")];
    let lines: Vec<&[_]> = once.iter().map(Vec::as_slice).collect();
    apply(&desk.house, &officer, None, &table(&desk, &lines)).await.unwrap();
    let sums = app::programme::work::sums(&desk.house, &officer, None, 2023).await.unwrap();
    assert_eq!(sums, [("job_support".to_owned(), 1, 2, 1_000_000)]);
    desk.done().await;
}

#[tokio::test]
async fn a_file_shows_what_was_done_within_its_unit_and_only_of_kinds_that_are_taken() {
    let (desk, officer) = at_work().await;
    let neighbour = desk.of_commune(LAM).await;
    let house = &desk.house;
    let about = (("duty", "K25"), 2023);
    let bring = async |actor: &Actor, name: &str, bytes: &[u8]| attach(house, actor, None, about, (name, bytes)).await;
    assert_eq!(code(bring(&officer, "a.exe", b"MZ").await), "WRK-010");
    assert_eq!(code(bring(&officer, "a.pdf", &[&b"%PDF-"[..], &vec![0; 8 * 1024 * 1024]].concat()).await), "WRK-009");
    let id = bring(&officer, "báo cáo.pdf", b"%PDF-1.7").await.unwrap();
    let (record, bytes) = file(house, &officer, id).await.unwrap();
    assert_eq!((record.file_name.as_str(), bytes.as_slice()), ("báo cáo.pdf", &b"%PDF-1.7"[..]));
    assert_eq!(code(file(house, &neighbour, id).await), "MIS-001");
    let listed = evidence(house, &officer, None, ("duty", "K25"), 2023).await.unwrap();
    assert_eq!(listed.iter().map(|record| record.id).collect::<Vec<_>>(), [id]);
    desk.done().await;
}

#[tokio::test]
async fn ones_own_duties_are_those_of_ones_office_late_ones_first() {
    let (desk, _) = at_work().await;
    let province = desk.of_province().await;
    let plan =
        app::programme::PlanFile { name: "kế hoạch.txt".into(), bytes: app::sample::PLAN.as_bytes().to_vec() };
    app::programme::import_plan(&desk.house, &province, 2023, &plan).await.unwrap();
    let all = duties::duties(&desk.house, &province, None, 2023).await.unwrap();
    let own: Vec<_> = all.iter().filter(|duty| duty.is_own).collect();
    assert!(!own.is_empty() && own.len() < all.len(), "{} of {}", own.len(), all.len());
    let states: Vec<_> = own.iter().map(|duty| duty.state).collect();
    let first_ahead = states.iter().position(|s| !matches!(s, domain::programme::due::DueState::Late { .. }));
    let last_late = states.iter().rposition(|s| matches!(s, domain::programme::due::DueState::Late { .. }));
    assert!(last_late.is_none_or(|late| first_ahead.is_none_or(|ahead| late < ahead)), "{states:?}");
    let reader = desk.officer(Role::Reader, "province:42").await;
    let seen = duties::duties(&desk.house, &reader, None, 2023).await.unwrap();
    assert!(seen.iter().all(|duty| !duty.is_own), "a reader has no duties of their own");
    desk.done().await;
}

#[tokio::test]
async fn a_paper_number_that_lost_its_leading_zero_is_found_and_one_of_no_kind_is_said() {
    let (desk, officer) = at_work().await;
    let row = |paper: &'static str| {
        vec![(KIND, SUPPORT), ("Ngày", "15/9/2023"), ("Nội dung", "Phiên"), ("Số giấy tờ", paper)]
    };
    // As a spreadsheet writes it, as it is, with marks, too short, a word.
    let all = [row("42175000001"), row("042 175 000 002"), row("4217500"), row("không rõ")];
    let lines: Vec<&[_]> = all.iter().map(Vec::as_slice).collect();
    let seen = looked(&desk, &officer, &table(&desk, &lines)).await;
    assert_eq!((seen.activities, seen.participants), (1, 2), "{:?}", seen.faults);
    let told: Vec<(usize, &RowProblem)> = seen.faults.iter().map(|fault| (fault.row, &fault.problem)).collect();
    let (short, word) = (RowProblem::Paper("4217500".into()), RowProblem::Paper("không rõ".into()));
    assert_eq!(told, [(4, &short), (5, &word)]);

    // Typed or pasted into the box of a form, it is read in the same way.
    assert_eq!(record_needs(&desk.house, &officer, None, &job("42175000001", "20/1/2023")).await.unwrap(), 1);
    desk.done().await;
}

#[tokio::test]
async fn days_that_no_rule_speaks_of_are_said_and_the_year_without_districts_keeps_its_reports() {
    let (desk, _) = at_work().await;
    let province = desk.of_province().await;
    let due = async |year: i16, id: &str| -> Vec<String> {
        let all = duties::duties(&desk.house, &province, None, year).await.unwrap();
        all.iter().filter(|duty| duty.id == id).filter_map(|duty| duty.due).map(Day::iso).collect()
    };
    assert_eq!(due(2025, "R02").await, ["2025-05-31"]);
    assert_eq!(due(2025, "R03").await, ["2025-11-30"]);
    assert_eq!(due(2025, "R06").await.len(), 8, "February to September, across the day the districts ended");
    assert_eq!(due(2025, "R07").await, ["2025-11-14"]);
    let gaps = |year: i16| app::programme::day_gaps(&desk.house, year);
    let told: Vec<_> = gaps(2022).iter().map(|gap| (gap.from.iso(), gap.to.iso(), gap.why.code())).collect();
    assert_eq!(told[0], ("2022-01-01".to_owned(), "2022-12-31".to_owned(), "NRM-102"));
    for year in [2023, 2024, 2025] {
        assert_eq!(gaps(year), [], "{year}");
    }
    let [gap] = gaps(2026).try_into().unwrap_or_else(|gaps| panic!("{gaps:?}"));
    assert_eq!((gap.from.iso(), gap.to.iso(), gap.why.code()), ("2026-01-01".into(), "2026-12-31".into(), "NRM-104"));
    assert!(gap.why.says().vi.contains("417/QĐ-BNNMT"), "{}", gap.why.says().vi);
    desk.done().await;
}
