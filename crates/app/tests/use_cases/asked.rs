//! Households that asked: none is left out of a list, none waits for a slower village, none is stuck; and who is late.

use app::AppError;
use app::review::papers::{income_paper, monthly_report};
use app::review::requests::{
    DecideInput, FileInput, IncomeInput, TakenIn, answer as answer_income, determine, file, grant,
    object as object_income, post as post_income, refuse, request_view, take_into_monthly,
};
use app::review::rounds::{
    At, RecogniseInput, add_household, add_waiting, agree, close_list, close_survey, commune_view, end_posting,
    hold_meeting, open_round, post, progress, recognise, release, village_view,
};
use app::review::survey::SentSurvey;
use documents::official::{Format, PaperKind};
use domain::access::Role;
use domain::review::request::{Request, RequestKind};
use domain::review::round::{CommuneRound, CommuneStep, Reason, Route, Step};
use domain::units::Village;
use kernel::HouseholdId;
use testkit::TestDatabase;

use crate::papers::with_papers;
use crate::rounds::{Commune, day, minutes, request, sent};
use crate::world::{COMMUNE, code, province_in};

const MARCH: Route = Route::Monthly(3);

/// The commune on 22 March, before any yearly review.
async fn spring() -> Commune {
    let world = province_in(TestDatabase::sqlite().await, "2023-01-21").await;
    let above = world.officer(Role::DistrictOfficer, "district:444").await;
    Commune::of(world, 2023, COMMUNE, above).await
}

async fn at(c: &Commune, village: &Village, route: Route) -> At {
    let view = village_view(&c.world.house, &c.officer, village.id, (2023, route)).await.unwrap();
    At { village: village.id, year: 2023, route, version: view.round.version }
}

async fn ask(c: &Commune, village: &Village, name: &str, kind: RequestKind, received: &str) -> Request {
    let household = c.world.household(&c.officer, village, name).await;
    file(&c.world.house, &c.officer, &request(household, kind, received)).await.unwrap()
}

async fn to_the_end(c: &Commune, village: &Village, household: HouseholdId, route: Route, days: [&str; 4]) {
    let house = &c.world.house;
    let sent = SentSurvey { route, ..sent(household, &format!("{household}"), ("120", "40")) };
    house.surveys.take(house, &c.officer, sent).await.unwrap();
    close_survey(house, &c.officer, &at(c, village, route).await, day(days[0])).await.unwrap();
    hold_meeting(house, &c.officer, &at(c, village, route).await, day(days[1]), &minutes("30", "30")).await.unwrap();
    post(house, &c.officer, &at(c, village, route).await, day(days[2])).await.unwrap();
    end_posting(house, &c.officer, &at(c, village, route).await, day(days[3])).await.unwrap();
}

async fn decide(c: &Commune, number: &str, on: &str) -> Result<usize, AppError> {
    let house = &c.world.house;
    let view = commune_view(house, &c.officer, &c.scope, (2023, MARCH)).await.unwrap();
    let input = RecogniseInput { number: number.into(), signer: "Phạm Quốc Việt".into() };
    let at = (view.round.unwrap().version, day(on));
    let round = recognise(house, &c.chairman, &c.scope, (2023, MARCH), at, &input).await?;
    Ok(round.decisions().last().map_or(0, |decision| decision.lines.len()))
}

#[tokio::test]
async fn of_two_villages_the_quick_one_is_decided_in_its_days_and_the_slow_one_later() {
    let c = spring().await;
    let house = &c.world.house;
    let slow = c.world.village(&c.officer, "Thôn 2").await;
    let quick = ask(&c, &c.village, "Trần Thị Nhanh", RequestKind::Enter, "2023-03-10").await;
    let late = ask(&c, &slow, "Trần Văn Chậm", RequestKind::Enter, "2023-03-11").await;
    assert_eq!(quick.due, Some(day("2023-03-30")));
    for asked in [&quick, &late] {
        let taken = take_into_monthly(house, &c.officer, asked.id, day("2023-03-15")).await.unwrap();
        assert!(matches!(taken, TakenIn::Round(round) if round.ends == asked.due));
    }
    for village in [&c.village, &slow] {
        close_list(house, &c.officer, &at(&c, village, MARCH).await, day("2023-03-15")).await.unwrap();
    }
    let first = ["2023-03-16", "2023-03-16", "2023-03-16", "2023-03-22"];
    to_the_end(&c, &c.village, quick.household, MARCH, first).await;
    assert_eq!(decide(&c, "31/QĐ-UBND", "2023-03-22").await.unwrap(), 1);
    let answered = request_view(house, &c.officer, quick.id).await.unwrap().request.decision.unwrap();
    assert_eq!((answered.number.as_str(), answered.granted), ("31/QĐ-UBND", true));
    let view = commune_view(house, &c.officer, &c.scope, (2023, MARCH)).await.unwrap();
    assert_eq!(view.step, Some(CommuneStep::Villages), "the slow village is still to come");
    assert_eq!(code(decide(&c, "32/QĐ-UBND", "2023-03-22").await), "ROU-016");

    c.world.clock.advance_days(15);
    let second = ["2023-03-23", "2023-03-24", "2023-03-24", "2023-03-30"];
    to_the_end(&c, &slow, late.household, MARCH, second).await;
    assert_eq!(decide(&c, "35/QĐ-UBND", "2023-03-30").await.unwrap(), 1);
    let view = commune_view(house, &c.officer, &c.scope, (2023, MARCH)).await.unwrap();
    assert_eq!(view.step, Some(CommuneStep::Recognised));
    let numbers: Vec<String> = view.round.unwrap().decisions().map(|decision| decision.number.clone()).collect();
    assert_eq!(numbers, ["31/QĐ-UBND", "35/QĐ-UBND"]);
    let round = commune_view(house, &c.officer, &c.scope, (2023, MARCH)).await.unwrap().round.unwrap();
    let given = [round.certificate_of(quick.household), round.certificate_of(late.household)];
    assert_eq!(given, [Some(1), Some(2)], "one series for the commune and the year");
    assert_eq!(code(decide(&c, "36/QĐ-UBND", "2023-03-30").await), "ROU-021");

    let house = &with_papers(house);
    ask(&c, &slow, "Trần Thị Sau", RequestKind::Leave, "2023-03-25").await;
    let report = html(monthly_report(house, &c.officer, None, (2023, 3), Format::Html).await);
    for words in ["tháng 3 năm 2023", "đã nhận 3 giấy đề nghị", "chấp thuận 2", "còn 1 giấy", "mẫu 04"]
    {
        assert!(report.contains(words), "report: {words} in {report}");
    }
    c.world.done().await;
}

#[tokio::test]
async fn two_decisions_signed_at_the_same_moment_share_no_number() {
    const OCTOBER: (i16, Route) = (2023, Route::Monthly(10));
    let world = province_in(TestDatabase::postgres().await, "2023-10-10").await;
    let above = world.officer(Role::DistrictOfficer, "district:444").await;
    let c = Commune::of(world, 2023, COMMUNE, above).await;
    let house = &c.world.house;
    c.to_posting().await;
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    let asked = ask(&c, &c.village, "Trần Thị Nhanh", RequestKind::Enter, "2023-10-11").await;
    take_into_monthly(house, &c.officer, asked.id, day("2023-10-16")).await.unwrap();
    close_list(house, &c.officer, &at(&c, &c.village, OCTOBER.1).await, day("2023-10-16")).await.unwrap();
    let days = ["2023-10-16", "2023-10-17", "2023-10-17", "2023-10-24"];
    to_the_end(&c, &c.village, asked.household, OCTOBER.1, days).await;
    c.ask("10-23").await.unwrap();
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();

    let on_request = async || {
        let view = commune_view(house, &c.officer, &c.scope, OCTOBER).await.unwrap();
        let input = RecogniseInput { number: "90/QĐ-UBND".into(), signer: "Phạm Quốc Việt".into() };
        let at = (view.round.unwrap().version, day("2023-10-25"));
        recognise(house, &c.chairman, &c.scope, OCTOBER, at, &input).await
    };
    let (yearly, monthly) = tokio::join!(c.recognise("10-25"), on_request());
    yearly.unwrap();
    let rounds = [c.view().await.round.unwrap(), monthly.unwrap()];
    let lines = rounds.iter().flat_map(CommuneRound::decisions).flat_map(|decision| &decision.lines);
    let mut certificates: Vec<_> = lines.filter_map(|line| line.certificate_number).collect();
    certificates.sort_unstable();
    assert_eq!(certificates, [1, 2, 3, 4]);
    c.world.done().await;
}

#[tokio::test]
async fn a_request_whose_village_closed_the_month_goes_into_the_next_and_says_why() {
    let c = spring().await;
    let house = &c.world.house;
    let first = ask(&c, &c.village, "Trần Thị Một", RequestKind::Enter, "2023-03-10").await;
    take_into_monthly(house, &c.officer, first.id, day("2023-03-15")).await.unwrap();
    close_list(house, &c.officer, &at(&c, &c.village, MARCH).await, day("2023-03-15")).await.unwrap();
    // Came by post and was entered only now.
    let second = ask(&c, &c.village, "Trần Thị Hai", RequestKind::Enter, "2023-03-12").await;
    let taken = take_into_monthly(house, &c.officer, second.id, day("2023-03-16")).await.unwrap();
    assert_eq!(taken, TakenIn::Later(day("2023-04-15")));
    let moved = request_view(house, &c.officer, second.id).await.unwrap().request;
    assert_eq!((moved.opens, moved.due), (day("2023-04-15"), Some(day("2023-03-30"))), "its last day stays");
    assert_eq!((moved.moves[0].from, moved.moves[0].to), (day("2023-03-15"), day("2023-04-15")));
    assert_eq!(code(take_into_monthly(house, &c.officer, second.id, day("2023-03-20")).await), "REQ-017");
    c.world.clock.advance_days(30);
    let taken = take_into_monthly(house, &c.officer, second.id, day("2023-04-17")).await.unwrap();
    assert!(matches!(taken, TakenIn::Round(round) if round.route == Route::Monthly(4)));
    c.world.done().await;
}

#[tokio::test]
async fn a_request_stuck_in_a_round_is_let_go_and_refused_in_writing() {
    let c = spring().await;
    let house = &c.world.house;
    let asked = ask(&c, &c.village, "Trần Thị Đi", RequestKind::Enter, "2023-03-10").await;
    take_into_monthly(house, &c.officer, asked.id, day("2023-03-15")).await.unwrap();
    close_list(house, &c.officer, &at(&c, &c.village, MARCH).await, day("2023-03-15")).await.unwrap();
    let decide = DecideInput {
        number: "9/UBND".into(),
        signer: "Phạm Quốc Việt".into(),
        reasons: "Hộ đã chuyển đi nơi khác".into(),
    };
    let version = request_view(house, &c.officer, asked.id).await.unwrap().request.version;
    assert_eq!(code(refuse(house, &c.chairman, (asked.id, version), day("2023-03-17"), &decide).await), "REQ-014");
    let unsaid = release(house, &c.officer, (asked.id, version), (day("2023-03-17"), " ")).await;
    assert_eq!(code(unsaid), "REQ-010");
    let free = release(house, &c.officer, (asked.id, version), (day("2023-03-17"), "Hộ chuyển đi")).await.unwrap();
    let refused = refuse(house, &c.chairman, (asked.id, free.version), day("2023-03-17"), &decide).await.unwrap();
    assert!(!refused.decision.unwrap().granted);
    let view = village_view(house, &c.officer, c.village.id, (2023, MARCH)).await.unwrap();
    assert_eq!((view.round.step, view.round.households.len()), (Step::Ended, 0), "nobody is left to review");
    c.world.done().await;
}

#[tokio::test]
async fn no_list_is_closed_while_somebody_who_asked_is_not_on_it() {
    let c = Commune::new().await;
    let house = &c.world.house;
    open_round(house, &c.officer, &c.scope, 2023, day("2023-09-05")).await.unwrap();
    let enter = ask(&c, &c.village, "Trần Thị Dung", RequestKind::Enter, "2023-08-20").await;
    ask(&c, &c.village, "Trần Thị Giang", RequestKind::Enter, "2023-09-08").await;
    let leave = request(c.households[0], RequestKind::Leave, "2023-09-06");
    let leave = file(house, &c.officer, &leave).await.unwrap();
    ask(&c, &c.village, "Trần Thị Hoa", RequestKind::Enter, "2023-09-20").await;
    // Reviewed anyway: it waits for no line of its own.
    file(house, &c.officer, &request(c.households[1], RequestKind::Enter, "2023-09-07")).await.unwrap();
    let closed = close_list(house, &c.officer, &c.at().await, day("2023-09-10")).await;
    let Err(AppError::Round(refusal)) = closed else { panic!("{closed:?}") };
    assert_eq!(refusal.stop, domain::review::round::Stop::RequestsWait { requests: 3 });
    add_household(house, &c.officer, &c.at().await, enter.id).await.unwrap();
    assert_eq!(add_waiting(house, &c.officer, &c.at().await).await.unwrap(), 3, "all that came in by today");
    let round = close_list(house, &c.officer, &c.at().await, day("2023-09-10")).await.unwrap();
    assert_eq!((round.step, round.households.len()), (Step::Survey, 6));
    let left = round.reviews(c.households[0]).unwrap();
    assert_eq!((&left.reason, left.before.as_deref()), (&Reason::Requested { request: leave.id }, Some("poor")));
    c.world.done().await;
}

#[tokio::test]
async fn the_latest_village_stands_first_and_the_closing_day_is_told_of_before_and_after() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let second = c.world.village(&c.officer, "Thôn 2").await;
    c.world.household(&c.officer, &second, "Lê Thị Xa").await;
    c.to_posting().await;
    let board = async || commune_view(house, &c.officer, &c.scope, (2023, Route::Yearly)).await.unwrap();
    let rows = async || -> Vec<(String, Option<String>, i64)> {
        let row = |row: app::review::rounds::VillageRow| {
            let due = row.round.as_ref().and_then(domain::review::round::VillageRound::due);
            (row.village.name.clone(), due.map(|day| day.to_string()), row.late_days)
        };
        board().await.villages.into_iter().map(row).collect()
    };
    let today = day("2023-12-09");
    assert_eq!(house.clock.today(), today);
    let expected = [
        ("Thôn 1".to_owned(), Some("19/10/2023".to_owned()), 51),
        ("Thôn 2".to_owned(), Some("14/12/2023".to_owned()), 0),
    ];
    assert_eq!(rows().await, expected);
    assert_eq!(board().await.closing, Some((day("2023-12-14"), 5)));
    end_posting(house, &c.officer, &c.at().await, today).await.unwrap();
    c.world.clock.advance_days(11);
    // 20 December: the village that never closed its list is six days late and stands first.
    let expected = [("Thôn 2".to_owned(), Some("14/12/2023".to_owned()), 6), ("Thôn 1".to_owned(), None, 0)];
    assert_eq!(rows().await, expected);
    assert_eq!(board().await.closing, Some((day("2023-12-14"), -6)));
    let all = progress(house, &c.above, None, (2023, Route::Yearly)).await.unwrap();
    assert_eq!((all[0].scope.address().as_str(), all[0].late_days), (COMMUNE, 6));
    c.world.done().await;
}

async fn worker_of(c: &Commune, name: &str, received: &str) -> Request {
    let house = &c.world.house;
    let household = c.world.household(&c.officer, &c.village, name).await;
    let view = app::registry::open(house, &c.officer, household, None).await.unwrap();
    let person = Some(view.household.members[1].person.id);
    let input = FileInput { person, ..request(household, RequestKind::LowIncomeWorker, received) };
    file(house, &c.officer, &input).await.unwrap()
}

fn income(total: &str, allowances: &str) -> IncomeInput {
    IncomeInput { total: total.into(), allowances: allowances.into() }
}

fn decision(number: &str, reasons: &str) -> DecideInput {
    DecideInput { number: number.into(), signer: "Phạm Quốc Việt".into(), reasons: reasons.into() }
}

#[tokio::test]
async fn a_low_income_worker_of_2025_is_granted_at_the_line_and_refused_one_dong_above() {
    let c = Commune::after_districts().await;
    let house = &with_papers(&c.world.house);
    // 2.250.000 đồng a month in twelve months, allowances left out.
    let at_the_line = worker_of(&c, "Phan Thị Lành", "2025-10-02").await;
    let above = worker_of(&c, "Phan Thị Vượt", "2025-10-02").await;
    let months = income("27.600.000", "600.000");
    let found = determine(house, &c.officer, (at_the_line.id, 1), day("2025-10-15"), &months).await.unwrap();
    let found = found.income.unwrap();
    assert_eq!((found.per_month, found.persons, found.fits), (2_250_000, 1, true));
    let over = determine(house, &c.officer, (above.id, 1), day("2025-10-15"), &income("27.000.001", "")).await.unwrap();
    assert_eq!(over.income.as_ref().map(|i| (i.per_month, i.fits)), Some((2_250_000, false)), "one đồng too much");
    assert_eq!(code(post_income(house, &c.officer, (above.id, 2), day("2025-10-15")).await), "REQ-006");
    post_income(house, &c.officer, (at_the_line.id, 2), day("2025-10-15")).await.unwrap();
    grant(house, &c.chairman, (at_the_line.id, 3), day("2025-10-23"), &decision("44/QĐ-UBND", "")).await.unwrap();
    let refused = decision("45/UBND", "Thu nhập bình quân cao hơn mức quy định");
    refuse(house, &c.chairman, (above.id, 2), day("2025-10-23"), &refused).await.unwrap();

    let list = html(income_paper(house, &c.officer, at_the_line.id, PaperKind::IncomeList, Format::Html).await);
    for words in
        ["người lao động có thu nhập thấp", "2.250.000", "đến hết ngày 22 tháng 10 năm 2025", "3 ngày làm việc"]
    {
        assert!(list.contains(words), "list: {words} in {list}");
    }
    let paper = income_paper(house, &c.officer, at_the_line.id, PaperKind::IncomeDecision, Format::Html).await;
    let paper = html(paper);
    for words in ["44/QĐ-UBND", "Phạm Quốc Việt", "Nghị định 30/2025/NĐ-CP", "2.250.000"] {
        assert!(paper.contains(words), "decision: {words} in {paper}");
    }
    let none = income_paper(house, &c.officer, above.id, PaperKind::IncomeDecision, Format::Html).await;
    assert_eq!(code(none), "MIS-001");
    c.world.done().await;
}

#[tokio::test]
async fn every_objection_to_an_income_is_kept_and_a_recheck_over_tet_changes_it() {
    let world = province_in(TestDatabase::sqlite().await, "2023-12-20").await;
    let above = world.officer(Role::DistrictOfficer, "district:444").await;
    // 18 February 2024, the last Sunday after Tết.
    let c = Commune::of(world, 2024, COMMUNE, above).await;
    let house = &with_papers(&c.world.house);
    let household = c.world.household(&c.officer, &c.village, "Hoàng Văn Em").await;
    let filed = file(house, &c.officer, &request(household, RequestKind::AverageLiving, "2024-01-10")).await.unwrap();
    let id = filed.id;
    determine(house, &c.officer, (id, 1), day("2024-01-31"), &income("72.000.000", "")).await.unwrap();
    let case = post_income(house, &c.officer, (id, 2), day("2024-02-02")).await.unwrap();
    // Monday to Wednesday, then Tết from Thursday 8 to Wednesday 14: the fifth working day is Friday 16.
    assert_eq!(case.posting.as_ref().map(|p| p.last), Some(day("2024-02-16")));
    let again = determine(house, &c.officer, (id, 3), day("2024-02-05"), &income("75.000.000", "")).await;
    assert_eq!(code(again), "REQ-018", "a posted result waits for an objection");
    object_income(house, &c.officer, (id, 3), day("2024-02-06"), "Có lương hưu chưa kê").await.unwrap();
    let case = object_income(house, &c.officer, (id, 4), day("2024-02-07"), "Có vườn cam").await.unwrap();
    let objections = &case.posting.as_ref().unwrap().objections;
    let told: Vec<(&str, kernel::Day)> = objections.iter().map(|o| (o.text.as_str(), o.recheck_by)).collect();
    assert_eq!(told, [("Có lương hưu chưa kê", day("2024-02-16")), ("Có vườn cam", day("2024-02-19"))]);
    let list = async || html(income_paper(house, &c.officer, id, PaperKind::IncomeList, Format::Html).await);
    let hung = list().await;
    let case = determine(house, &c.officer, (id, 5), day("2024-02-15"), &income("79.200.000", "")).await.unwrap();
    assert_eq!(case.income.as_ref().map(|i| (i.per_month, i.fits)), Some((2_200_000, true)));
    assert_eq!(case.earlier_incomes.iter().map(|i| i.per_month).collect::<Vec<_>>(), [2_000_000]);
    let posting = case.posting.unwrap();
    assert_eq!((posting.income.per_month, posting.objections.len()), (2_000_000, 2), "what hangs stays");
    assert_eq!(list().await, hung);
    answer_income(house, &c.officer, (id, 6), day("2024-02-16"), (1, "Đã tính lại")).await.unwrap();
    let early = grant(house, &c.chairman, (id, 7), day("2024-02-18"), &decision("9/QĐ-UBND", "")).await;
    assert_eq!(code(early), "REQ-009", "the second is still open");
    answer_income(house, &c.officer, (id, 7), day("2024-02-17"), (2, "Đã tính cả vườn cam")).await.unwrap();
    let granted = grant(house, &c.chairman, (id, 8), day("2024-02-18"), &decision("9/QĐ-UBND", "")).await.unwrap();
    let answers = granted.posting.unwrap().objections.into_iter().filter_map(|o| o.answer).count();
    assert_eq!(answers, 2);
    let paper = html(income_paper(house, &c.officer, id, PaperKind::IncomeDecision, Format::Html).await);
    assert!(paper.contains("2.200.000") && paper.contains("khoản 2 Điều 3 Quyết định 24/2021/QĐ-TTg"), "{paper}");
    c.world.done().await;
}

fn html(paper: Result<Vec<u8>, AppError>) -> String {
    String::from_utf8(paper.unwrap()).unwrap()
}
