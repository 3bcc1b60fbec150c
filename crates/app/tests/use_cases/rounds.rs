//! A commune's review from the list to the certificates, by the people who take each step.

use app::AppError;
use app::registry::AssessmentInput;
use app::review::frozen::{frozen_paper, frozen_table, frozen_workbook, public_tables};
use app::review::lists::send;
use app::review::papers::{PaperOf, commune_paper, request_letter};
use app::review::reminders::{mark_sent, reminders};
use app::review::requests::{
    DecideInput, FileInput, IncomeInput, determine, file, grant, post as post_income, refuse, requests,
};
use app::review::results::{approve, compile, publish, results};
use app::review::rounds::{
    AmendInput, At, CommuneView, MeetingInput, RecogniseInput, add_household, agree, amend, answer_objection,
    ask_opinion, close_list, close_survey, commune_view, configure_opinion, end_posting, give_back, hold_meeting,
    object, open_round, post, progress, recognise, village_view,
};
use app::review::survey::{SentSurvey, choose, twins};
use documents::official::{Format, PaperKind};
use domain::access::{Actor, Role};
use domain::review::request::{Channel, RequestKind};
use domain::review::results::ResultsKind;
use domain::review::round::{AmendmentKind, CommuneStep, Remark, Route, Step};
use domain::review::survey::SurveyStanding;
use domain::units::{Scope, Village};
use kernel::{Day, HouseholdId, VillageId};
use testkit::TestDatabase;

use crate::papers::with_papers;
use crate::world::{COMMUNE, Province, code, faults, province, province_in};

pub fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

/// A commune with one village, three households on last year's list, and everybody who takes a step.
pub struct Commune {
    pub world: Province,
    /// The year that is reviewed.
    pub year: i16,
    pub officer: Actor,
    pub head: Actor,
    pub chairman: Actor,
    /// Who gives the opinion: the district's officer, later the province's.
    pub above: Actor,
    pub village: Village,
    pub households: Vec<HouseholdId>,
    pub scope: Scope,
}

impl Commune {
    pub async fn new() -> Self {
        let world = province().await;
        let above = world.officer(Role::DistrictOfficer, "district:444").await;
        Self::of(world, 2023, COMMUNE, above).await
    }

    /// In the autumn of 2025: communes lie in their province.
    pub async fn after_districts() -> Self {
        let world = province_in(TestDatabase::sqlite().await, "2025-10-10").await;
        let above = world.officer(Role::ProvinceOfficer, "province:42").await;
        Self::of(world, 2025, "commune:18532", above).await
    }

    pub async fn of(world: Province, year: i16, commune: &str, above: Actor) -> Self {
        let officer = world.officer(Role::CommuneOfficer, commune).await;
        let village = world.village(&officer, "Thôn 1").await;
        let mut households = Vec::new();
        for name in ["Lê Thị An", "Lê Thị Bình", "Lê Thị Châu"] {
            let id = world.household(&officer, &village, name).await;
            let seen = world.seen(&officer, id).await;
            app::registry::assess(&world.house, &officer, seen, year - 1, &scores("120", "40")).await.unwrap();
            households.push(id);
        }
        let head = world.officer(Role::VillageHead, commune).await;
        let chairman = world.officer(Role::CommuneChairman, commune).await;
        let scope = world.scope(commune);
        world.clock.advance_days(60);
        Self { world, year, officer, head, chairman, above, village, households, scope }
    }

    /// `10-23` of the year.
    pub fn on(&self, month_and_day: &str) -> Day {
        day(&format!("{}-{month_and_day}", self.year))
    }

    pub async fn at(&self) -> At {
        self.at_route(Route::Yearly).await
    }

    pub async fn at_route(&self, route: Route) -> At {
        let view = village_view(&self.world.house, &self.officer, self.village.id, (self.year, route)).await.unwrap();
        At { village: self.village.id, year: self.year, route, version: view.round.version }
    }

    pub async fn view(&self) -> CommuneView {
        commune_view(&self.world.house, &self.officer, &self.scope, (self.year, Route::Yearly)).await.unwrap()
    }

    pub async fn version(&self) -> i64 {
        self.view().await.round.unwrap().version
    }

    /// The chairman corrects the first household to near-poor.
    pub async fn correct(&self, number: &str, reason: &str, month_and_day: &str) {
        let input = AmendInput {
            kind: AmendmentKind::Corrected,
            household: self.households[0],
            number: number.into(),
            signer: "Phạm Quốc Việt".into(),
            reason: reason.into(),
            class: "near_poor".into(),
        };
        let at = (self.version().await, self.on(month_and_day));
        amend(&self.world.house, &self.chairman, &self.scope, (self.year, Route::Yearly), at, &input).await.unwrap();
    }

    pub async fn survey(&self, by: &Actor, household: HouseholdId, token: &str, points: (&str, &str)) -> SentSurvey {
        let sent = SentSurvey { year: self.year, ..sent(household, token, points) };
        self.world.house.surveys.take(&self.world.house, by, sent.clone()).await.unwrap();
        sent
    }

    pub async fn to_survey(&self) {
        let house = &self.world.house;
        open_round(house, &self.officer, &self.scope, self.year, self.on("09-05")).await.unwrap();
        close_list(house, &self.officer, &self.at().await, self.on("09-10")).await.unwrap();
    }

    pub async fn survey_all(&self, attempt: &str) {
        for (n, id) in self.households.clone().into_iter().enumerate() {
            self.survey(&self.head, id, &format!("{attempt}-{n}"), ("120", "40")).await;
        }
    }

    pub async fn to_posting(&self) {
        let house = &self.world.house;
        self.to_survey().await;
        self.survey_all("first").await;
        close_survey(house, &self.officer, &self.at().await, self.on("10-10")).await.unwrap();
        hold_meeting(house, &self.head, &self.at().await, self.on("10-15"), &minutes("40", "30")).await.unwrap();
        post(house, &self.officer, &self.at().await, self.on("10-16")).await.unwrap();
    }

    pub async fn ask(&self, on: &str) -> Result<(), AppError> {
        let version = self.version().await;
        ask_opinion(&self.world.house, &self.officer, &self.scope, self.year, (version, self.on(on))).await.map(drop)
    }

    pub async fn recognise(&self, on: &str) -> Result<(), AppError> {
        let version = self.version().await;
        let input = RecogniseInput { number: "88/QĐ-UBND".into(), signer: "Phạm Quốc Việt".into() };
        let key = (self.year, Route::Yearly);
        recognise(&self.world.house, &self.chairman, &self.scope, key, (version, self.on(on)), &input).await.map(drop)
    }
}

pub fn scores(b1: &str, b2: &str) -> AssessmentInput {
    AssessmentInput { b1_entered: b1.into(), b2_entered: b2.into(), ..AssessmentInput::default() }
}

pub fn sent(household: HouseholdId, token: &str, (b1, b2): (&str, &str)) -> SentSurvey {
    SentSurvey {
        token: token.into(),
        household,
        year: 2023,
        route: Route::Yearly,
        based_on: None,
        saved_ms: 1,
        channel: "phone".into(),
        input: scores(b1, b2),
        note: String::new(),
        view: String::new(),
        confirmed_by: String::new(),
        photos: Vec::new(),
    }
}

pub fn minutes(present: &str, agree: &str) -> MeetingInput {
    MeetingInput {
        chair: "Đặng Văn Thìn".into(),
        secretary: "Lê Văn Sáu".into(),
        representatives: "Trần Văn Bảy; Lê Thị Tám".into(),
        present: present.into(),
        agree: agree.into(),
        ..MeetingInput::default()
    }
}

#[tokio::test]
async fn a_commune_walks_from_the_list_to_the_certificates() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_posting().await;
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    assert_eq!(code(c.recognise("10-24").await), "ROU-020", "the level above has not agreed yet");
    let agreed = (c.version().await, day("2023-10-25"), "Nhất trí");
    agree(house, &c.above, &c.scope, 2023, agreed).await.unwrap();
    c.recognise("10-30").await.unwrap();

    let view = c.view().await;
    let recognition = view.round.as_ref().unwrap().recognition.clone().unwrap();
    assert_eq!((recognition.certificate_year, recognition.lines.len()), (2024, 3));
    let opened = app::registry::open(house, &c.officer, c.households[0], Some(2023)).await.unwrap();
    let decision = opened.assessment.unwrap().assessment.decision.unwrap();
    assert_eq!((decision.number.as_str(), decision.class.as_str()), ("88/QĐ-UBND", "poor"));
    assert!(opened.trail.iter().any(|e| e.verb == "survey_taken"));
    assert!(app::access::verify_trail(house, &c.officer).await.unwrap().broken_at.is_none());
    let rows = progress(house, &c.above, None, (2023, Route::Yearly)).await.unwrap();
    let row = rows.iter().find(|r| r.scope.code == "18553").unwrap();
    assert_eq!((row.step, row.villages.get(&Step::Ended)), (Some(CommuneStep::Recognised), Some(&1)));
    c.world.done().await;
}

#[tokio::test]
async fn a_failed_meeting_brings_every_household_back_to_the_survey() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_survey().await;
    c.survey_all("first").await;
    close_survey(house, &c.officer, &c.at().await, day("2023-10-10")).await.unwrap();
    let round = hold_meeting(house, &c.head, &c.at().await, day("2023-10-15"), &minutes("41", "20")).await.unwrap();
    assert_eq!((round.step, round.attempt), (Step::Survey, 2));
    assert_eq!(code(close_survey(house, &c.officer, &c.at().await, day("2023-10-20")).await), "ROU-006");
    c.survey_all("second").await;
    close_survey(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    let round = hold_meeting(house, &c.head, &c.at().await, day("2023-10-22"), &minutes("41", "21")).await.unwrap();
    assert_eq!((round.step, round.meetings.len()), (Step::Posting, 2));
    c.world.done().await;
}

#[tokio::test]
async fn a_complaint_is_rechecked_and_changes_the_class() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_posting().await;
    let id = c.households[1];
    let late = house.surveys.take(house, &c.head, sent(id, "stray", ("200", "0"))).await;
    assert_eq!(code(late), "ROU-028", "nobody objected, so nothing is surveyed again");
    object(house, &c.officer, &c.at().await, day("2023-10-17"), (id, "Ông Ba", "Nhà có xe tải")).await.unwrap();
    assert_eq!(code(end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await), "ROU-012");
    c.world.clock.advance_ms(10);
    let again = SentSurvey { based_on: Some("first-1".into()), ..sent(id, "recheck", ("200", "0")) };
    let receipt = house.surveys.take(house, &c.head, again).await.unwrap();
    assert_eq!((receipt.standing, receipt.class.as_deref()), (SurveyStanding::Counted, Some("non_poor")));
    let said = (1, "Đã phúc tra, hộ có xe tải");
    answer_objection(house, &c.officer, &c.at().await, day("2023-10-18"), said).await.unwrap();
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    let lines = c.view().await.round.unwrap().recognition.unwrap().lines;
    let line = lines.iter().find(|l| l.household == id).unwrap();
    assert!(line.escaped && !line.certificate);
    c.world.done().await;
}

#[tokio::test]
async fn the_same_survey_sent_again_is_the_same_survey() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_survey().await;
    let first = c.survey(&c.head, c.households[0], "token", ("120", "40")).await;
    let again = house.surveys.take(house, &c.head, first).await.unwrap();
    assert!(again.known);
    assert_eq!(twins(house, &c.officer, c.households[0], (2023, Route::Yearly)).await.unwrap().versions.len(), 1);
    c.world.done().await;
}

#[tokio::test]
async fn two_officers_who_did_not_know_of_each_other_lose_nothing_and_somebody_chooses() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_survey().await;
    let id = c.households[0];
    c.survey_all("head").await;
    let second = house.surveys.take(house, &c.officer, sent(id, "officer", ("150", "40"))).await.unwrap();
    assert_eq!(second.standing, SurveyStanding::Aside);
    assert_eq!(code(close_survey(house, &c.officer, &c.at().await, day("2023-10-10")).await), "ROU-006");
    let both = twins(house, &c.officer, id, (2023, Route::Yearly)).await.unwrap();
    let seen: Vec<_> = both.versions.iter().map(|v| (v.record.by_name.as_str(), v.input.b1_entered.as_str())).collect();
    assert_eq!(seen, [(c.head.name.as_str(), "120"), (c.officer.name.as_str(), "150")]);
    let pick = both.versions[1].record.id;
    choose(house, &c.officer, id, (2023, Route::Yearly), pick).await.unwrap();
    let opened = app::registry::open(house, &c.officer, id, Some(2023)).await.unwrap();
    assert_eq!(opened.assessment.unwrap().class.as_deref(), Some("non_poor"));
    let kept = twins(house, &c.officer, id, (2023, Route::Yearly)).await.unwrap();
    let standing: Vec<_> = kept.versions.iter().map(|v| v.record.standing).collect();
    assert_eq!(standing, [SurveyStanding::Counted, SurveyStanding::Replaced], "the other one is kept and shown");
    let other = kept.versions[1].record.id;
    assert_eq!(code(choose(house, &c.officer, id, (2023, Route::Yearly), other).await), "MIS-001");
    close_survey(house, &c.officer, &c.at().await, day("2023-10-10")).await.unwrap();
    c.world.done().await;
}

#[tokio::test]
async fn a_hundred_surveys_at_once_are_all_stored_and_none_twice() {
    let c = Commune::new().await;
    let house = c.world.house.clone();
    c.to_survey().await;
    let ids = c.households.clone();
    let mut waiting = Vec::new();
    for n in 0..100 {
        let (house, head, id) = (house.clone(), c.head.clone(), ids[n % ids.len()]);
        // Each is sent twice, as a phone does whose answer was lost.
        for _ in 0..2 {
            let (house, head) = (house.clone(), head.clone());
            let sent = sent(id, &format!("t{n}"), ("120", "40"));
            waiting.push(tokio::spawn(async move { house.surveys.take(&house, &head, sent).await }));
        }
    }
    let mut fresh = 0;
    for one in waiting {
        let receipt = one.await.unwrap().unwrap();
        fresh += usize::from(!receipt.known);
    }
    assert_eq!(fresh, 100);
    let mut work = house.store.read().await.unwrap();
    assert_eq!(work.surveys(&c.scope, 2023, Route::Yearly).await.unwrap().len(), 100);
    drop(work);
    c.world.done().await;
}

#[tokio::test]
async fn a_village_head_works_in_their_village_and_takes_no_step_of_the_commune() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_survey().await;
    let other = c.world.village(&c.officer, "Thôn 2").await;
    let stranger = c.world.household(&c.officer, &other, "Trần Văn Xa").await;
    let wrong = house.surveys.take(house, &c.head, sent(stranger, "x", ("1", "0"))).await;
    assert_eq!(code(wrong), "MIS-001");
    assert_eq!(code(post(house, &c.head, &c.at().await, day("2023-10-16")).await), "ACC-001");
    assert_eq!(code(open_round(house, &c.head, &c.scope, 2023, day("2023-09-05")).await), "ACC-001");
    let seen = app::registry::open(house, &c.head, stranger, None).await;
    assert_eq!(code(seen), "MIS-001");
    c.world.done().await;
}

#[tokio::test]
async fn a_line_given_back_is_answered_and_goes_up_again() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_posting().await;
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    assert_eq!(code(give(&c, &c.officer, "2023-10-24").await), "ACC-001");
    give(&c, &c.above, "2023-10-24").await.unwrap();
    let view = village_view(house, &c.officer, c.village.id, (2023, Route::Yearly)).await.unwrap();
    assert_eq!((view.round.step, view.round.objections[0].text.as_str()), (Step::Posting, "Xem lại điểm B1"));
    assert_eq!(code(c.ask("10-25").await), "ROU-016");
    answer_objection(house, &c.officer, &c.at().await, day("2023-10-25"), (1, "Điểm đúng, gửi kèm phiếu"))
        .await
        .unwrap();
    end_posting(house, &c.officer, &c.at().await, day("2023-10-25")).await.unwrap();
    c.ask("10-25").await.unwrap();
    assert_eq!(c.view().await.round.unwrap().asked.len(), 2);
    c.world.done().await;
}

async fn give(c: &Commune, by: &Actor, on: &str) -> Result<(), AppError> {
    let remarks = vec![Remark { household: *c.households.last().unwrap(), text: "Xem lại điểm B1".into() }];
    let at = (c.version().await, day(on));
    give_back(&c.world.house, by, &c.scope, 2023, at, remarks).await.map(drop)
}

#[tokio::test]
async fn results_come_from_the_round_and_not_beside_it() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_survey().await;
    assert_eq!(code(send(house, &c.officer, &c.scope, 2023).await), "ROU-029");
    let seen = c.world.seen(&c.officer, c.households[0]).await;
    assert_eq!(code(app::registry::assess(house, &c.officer, seen, 2023, &scores("1", "0")).await), "ROU-029");
    let decision = app::registry::DecisionInput {
        number: "1".into(),
        day: "05/10/2023".into(),
        classes: vec![(c.households[0], "poor".into())],
    };
    assert_eq!(code(app::registry::record_decision(house, &c.chairman, 2023, &decision).await), "ROU-029");
    c.world.done().await;
}

#[tokio::test]
async fn a_request_joins_the_list_and_its_refusal_gives_the_scores() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let asked = c.world.household(&c.officer, &c.village, "Trần Thị Dung").await;
    let input = request(asked, RequestKind::Enter, "2023-08-20");
    let filed = file(house, &c.officer, &input).await.unwrap();
    assert_eq!((filed.opens, filed.due), (day("2023-09-15"), Some(day("2023-10-02"))));
    assert_eq!(code(file(house, &c.officer, &input).await), "REQ-015");
    open_round(house, &c.officer, &c.scope, 2023, day("2023-09-05")).await.unwrap();
    add_household(house, &c.officer, &c.at().await, filed.id).await.unwrap();
    close_list(house, &c.officer, &c.at().await, day("2023-09-10")).await.unwrap();
    c.survey_all("x").await;
    c.survey(&c.head, asked, "asked", ("200", "10")).await;
    close_survey(house, &c.officer, &c.at().await, day("2023-10-10")).await.unwrap();
    hold_meeting(house, &c.head, &c.at().await, day("2023-10-15"), &minutes("40", "30")).await.unwrap();
    post(house, &c.officer, &c.at().await, day("2023-10-16")).await.unwrap();
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    let views = requests(house, &c.officer, None, 2023).await.unwrap();
    let decision = views[0].request.decision.clone().unwrap();
    assert_eq!((decision.granted, decision.reasons.as_str()), (false, "B1 = 200, B2 = 10"));
    let house = &with_papers(house);
    let letter = (PaperKind::RefusalLetter, PaperOf::Household(asked));
    let letter = commune_paper(house, &c.officer, &c.scope, (2023, Route::Yearly), letter, Format::Html).await.unwrap();
    let letter = String::from_utf8(letter).unwrap();
    for words in ["Điểm B1 của hộ là 200", "Nông thôn, điểm B1 trên 140 là hộ không nghèo", "Số: 01/UBND"]
    {
        assert!(letter.contains(words), "letter: {words} in {letter}");
    }
    c.world.done().await;
}

pub fn request(household: HouseholdId, kind: RequestKind, received: &str) -> FileInput {
    FileInput {
        kind,
        channel: Channel::Counter,
        household,
        person: None,
        received: day(received),
        filed_by: "Chủ hộ".into(),
        reason: "Mất mùa".into(),
    }
}

#[tokio::test]
async fn average_living_goes_by_twelve_months_income_without_the_allowances() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let id = c.world.household(&c.officer, &c.village, "Hoàng Văn Em").await;
    let filed = file(house, &c.officer, &request(id, RequestKind::AverageLiving, "2023-10-02")).await.unwrap();
    let income = |total: &str, allowances: &str| IncomeInput { total: total.into(), allowances: allowances.into() };
    // Three members: 72 triệu a year is 2 triệu a month each; 18 triệu of allowances take it to the line itself.
    let edge = income("72.000.000", "18.000.000");
    let early = determine(house, &c.officer, (filed.id, 1), day("2023-10-14"), &edge).await;
    assert_eq!(code(early), "REQ-017");
    let case = determine(house, &c.officer, (filed.id, 1), day("2023-10-16"), &edge).await.unwrap();
    assert_eq!(case.income.as_ref().map(|i| (i.per_month, i.fits)), Some((1_500_000, false)));
    let case = determine(house, &c.officer, (filed.id, 2), day("2023-10-16"), &income("72.000.000", "")).await.unwrap();
    assert_eq!(case.income.as_ref().map(|i| (i.per_month, i.fits)), Some((2_000_000, true)));
    let case = post_income(house, &c.officer, (filed.id, 3), day("2023-10-17")).await.unwrap();
    assert_eq!(case.posting.as_ref().map(|p| p.last), Some(day("2023-10-24")));
    let decide = DecideInput { number: "9/QĐ".into(), signer: "Phạm Quốc Việt".into(), reasons: String::new() };
    assert_eq!(code(grant(house, &c.chairman, (filed.id, 4), day("2023-10-24"), &decide).await), "REQ-007");
    let granted = grant(house, &c.chairman, (filed.id, 4), day("2023-10-25"), &decide).await.unwrap();
    assert!(granted.decision.unwrap().granted);
    c.world.done().await;
}

#[tokio::test]
async fn a_poor_household_is_not_of_average_living_and_low_income_workers_begin_in_2025() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let filed =
        file(house, &c.officer, &request(c.households[0], RequestKind::AverageLiving, "2023-10-02")).await.unwrap();
    let income = IncomeInput { total: "72.000.000".into(), allowances: String::new() };
    assert_eq!(code(determine(house, &c.officer, (filed.id, 1), day("2023-10-16"), &income).await), "REQ-013");
    let decide = DecideInput { number: "9".into(), signer: "A".into(), reasons: String::new() };
    assert_eq!(code(refuse(house, &c.chairman, (filed.id, 1), day("2023-10-16"), &decide).await), "REQ-010");
    let decide = DecideInput { reasons: "Hộ đang là hộ nghèo".into(), ..decide };
    assert!(
        !refuse(house, &c.chairman, (filed.id, 1), day("2023-10-16"), &decide).await.unwrap().decision.unwrap().granted
    );
    let letter = request_letter(&with_papers(house), &c.officer, filed.id, Format::Html).await.unwrap();
    let letter = String::from_utf8(letter).unwrap();
    for words in ["Hộ đang là hộ nghèo", "Lê Thị An", "phúc tra"] {
        assert!(letter.contains(words), "letter: {words} in {letter}");
    }
    let view = app::registry::open(house, &c.officer, c.households[0], None).await.unwrap();
    let person = view.household.members[1].person.id;
    let worker =
        FileInput { person: Some(person), ..request(c.households[0], RequestKind::LowIncomeWorker, "2023-10-02") };
    assert_eq!(code(file(house, &c.officer, &worker).await), "NRM-001", "the law begins later");
    c.world.done().await;
}

#[tokio::test]
async fn preliminary_and_official_results_stand_side_by_side() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let province = c.world.officer(Role::ProvinceOfficer, "province:42").await;
    c.to_posting().await;
    let early = compile(house, &province, 2023, ResultsKind::Preliminary).await.unwrap();
    assert_eq!(code(compile(house, &province, 2023, ResultsKind::Official).await), "RES-001");
    assert_eq!(code(publish(house, &province, early.id).await), "RES-003");
    assert_eq!(code(approve(house, &province, early.id, "12/BC-SLĐ").await), "RES-009", "by who compiled them");
    let approver = c.world.colleague(Role::ProvinceOfficer, "province:42").await;
    approve(house, &approver, early.id, "12/BC-SLĐ").await.unwrap();
    publish(house, &province, early.id).await.unwrap();
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    compile(house, &province, 2023, ResultsKind::Official).await.unwrap();
    let kinds: Vec<_> =
        results(house, &province, None, 2023).await.unwrap().iter().map(|r| (r.kind, r.published.is_some())).collect();
    assert_eq!(kinds, [(ResultsKind::Official, false), (ResultsKind::Preliminary, true)]);

    // The frozen table does not move with the register, and goes down to the communes once it is published.
    let house = &with_papers(house);
    let paper = async |by: &Actor, id| frozen_paper(house, by, id, Format::Html).await;
    let table = frozen_table(house, &province, early.id).await.unwrap();
    let commune = table.lines.iter().find(|line| line.unit == "Xã Hương Trạch").unwrap();
    let counts = |line: &documents::official::context::ResultsLine| -> Vec<i64> {
        line.counts.iter().map(|count| count.households).collect()
    };
    assert_eq!((counts(commune), counts(&table.total)), (vec![3, 0, 0, 0], vec![3, 0, 0, 0]));
    let printed = String::from_utf8(paper(&c.officer, early.id).await.unwrap()).unwrap();
    for words in ["KẾT QUẢ SƠ BỘ", "Xã Hương Trạch", "12/BC-SLĐ", &early.hash[..16]] {
        assert!(printed.contains(words), "{words} in {printed}");
    }
    let change = AmendInput {
        kind: AmendmentKind::Corrected,
        household: c.households[0],
        number: "95/QĐ-UBND".into(),
        signer: "Phạm Quốc Việt".into(),
        reason: "Tính nhầm điểm B2".into(),
        class: "near_poor".into(),
    };
    let at = (c.version().await, day("2023-11-20"));
    amend(house, &c.chairman, &c.scope, (2023, Route::Yearly), at, &change).await.unwrap();
    let again = String::from_utf8(paper(&province, early.id).await.unwrap()).unwrap();
    assert_eq!(printed, again, "the preliminary version prints as it did");
    let book = frozen_workbook(house, &c.officer, early.id).await.unwrap();
    assert!(book.starts_with(b"PK"));
    let official = results(house, &province, None, 2023).await.unwrap()[0].id;
    assert_eq!(code(frozen_table(house, &c.officer, official).await), "MIS-001", "not published yet");
    let seen = results(house, &c.officer, None, 2023).await.unwrap();
    assert_eq!(seen.iter().map(|r| r.id).collect::<Vec<_>>(), [early.id]);
    let public = public_tables(house, None).await.unwrap();
    assert_eq!(public.iter().map(|p| p.table.results.id).collect::<Vec<_>>(), [early.id]);
    let shown = public[0].table.lines.iter().zip(&public[0].hidden).find(|(line, _)| line.unit == "Xã Hương Trạch");
    assert_eq!(shown.map(|(_, hidden)| *hidden), Some(true), "three households are too few to be told of");
    c.world.done().await;
}

#[tokio::test]
async fn every_step_of_a_round_that_decides_leaves_its_facts_frozen() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let frozen = async || -> Vec<String> {
        let known = app::reporting::snapshots(house, &c.officer, None, Some(2023)).await.unwrap();
        known.into_iter().map(|snapshot| snapshot.act).collect()
    };
    c.to_posting().await;
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    assert_eq!(frozen().await, ["opinion_asked"]);
    let approve = async || app::reporting::approve_review(house, &c.above, &c.above.scope, 2023).await;
    assert_eq!(code(approve().await), "RPT-005", "the classes are not decided yet");
    c.world.clock.advance_ms(10);
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    assert_eq!(frozen().await, ["recognised", "opinion_asked"]);
    let why = app::reporting::why(house, &c.officer, c.households[0], 2023, (None, None)).await.unwrap();
    let record = why.why.now.unwrap().record;
    assert_eq!(record.assessment.decision.unwrap().number, "88/QĐ-UBND", "the decision is in the newest snapshot");

    c.world.clock.advance_ms(10);
    c.correct("101/QĐ-UBND", "Tính lại điểm B1", "11-02").await;
    assert_eq!(frozen().await, ["recognised", "recognised", "opinion_asked"]);
    let why = app::reporting::why(house, &c.officer, c.households[0], 2023, (None, None)).await.unwrap();
    assert_eq!(why.why.now.unwrap().record.class.as_deref(), Some("near_poor"));
    assert_eq!(approve().await.unwrap().act, "review_approved");
    c.world.done().await;
}

#[tokio::test]
async fn a_step_whose_facts_cannot_be_frozen_is_not_taken() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_posting().await;
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    std::fs::write(house.archive().unwrap().root(), "a file where the folder should be").unwrap();
    assert_eq!(code(c.ask("10-23").await), "SNP-006");
    assert_eq!(c.view().await.round.unwrap().step(), CommuneStep::Villages);
    c.world.done().await;
}

#[tokio::test]
async fn approved_and_published_results_are_frozen_and_never_say_what_the_register_no_longer_says() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let province = c.world.officer(Role::ProvinceOfficer, "province:42").await;
    c.to_posting().await;
    let early = compile(house, &province, 2023, ResultsKind::Preliminary).await.unwrap();
    let of_province = async || -> Vec<String> {
        let known = app::reporting::snapshots(house, &province, None, Some(2023)).await.unwrap();
        let own = known.into_iter().filter(|snapshot| snapshot.scope == province.scope);
        own.map(|snapshot| snapshot.act).collect()
    };
    assert_eq!(of_province().await, ["preliminary_compiled"]);
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    let approver = c.world.colleague(Role::ProvinceOfficer, "province:42").await;
    approve(house, &approver, early.id, "12/BC").await.unwrap();
    publish(house, &province, early.id).await.unwrap();
    assert_eq!(app::reporting::published_years(house).await.unwrap(), Vec::<i16>::new(), "no table of what may change");

    c.ask("10-23").await.unwrap();
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    let stale = compile(house, &province, 2023, ResultsKind::Official).await.unwrap();
    c.correct("101/QĐ-UBND", "Tính lại điểm B1", "11-02").await;
    assert_eq!(code(approve(house, &approver, stale.id, "15/BC").await), "RES-008");
    c.world.clock.advance_ms(10);
    let fresh = compile(house, &province, 2023, ResultsKind::Official).await.unwrap();
    approve(house, &approver, fresh.id, "16/BC").await.unwrap();
    c.world.clock.advance_ms(10);
    publish(house, &province, fresh.id).await.unwrap();
    assert_eq!(of_province().await, ["results_published", "results_approved", "preliminary_compiled"]);
    c.world.done().await;
}

#[tokio::test]
async fn a_correction_changes_the_register_and_leaves_the_decision_as_it_was() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_posting().await;
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    let input = AmendInput {
        kind: AmendmentKind::Corrected,
        household: c.households[0],
        number: "95/QĐ-UBND".into(),
        signer: "Phạm Quốc Việt".into(),
        reason: "Tính nhầm điểm B2".into(),
        class: "near_poor".into(),
    };
    let at = (c.version().await, day("2023-11-20"));
    let round = amend(house, &c.chairman, &c.scope, (2023, Route::Yearly), at, &input).await.unwrap();
    assert_eq!(round.recognition.unwrap().lines[0].outcome.class.as_deref(), Some("poor"));
    let opened = app::registry::open(house, &c.officer, c.households[0], Some(2023)).await.unwrap();
    assert_eq!(opened.assessment.unwrap().class.as_deref(), Some("near_poor"));
    c.world.done().await;
}

#[tokio::test]
async fn after_the_district_level_the_province_says_who_gives_the_opinion() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let province = c.world.officer(Role::ProvinceOfficer, "province:42").await;
    c.world.clock.advance_days(730);
    let body = |on: &'static str| async move { app::review::rounds::opinion_body(house, day(on)).await.unwrap() };
    assert_eq!(body("2025-06-30").await.role, Some(Role::DistrictOfficer));
    assert_eq!((body("2025-07-01").await.role, body("2025-07-01").await.by_law), (None, false));
    configure_opinion(house, &province, "province_officer", day("2025-08-01")).await.unwrap();
    assert_eq!(body("2025-07-31").await.role, None, "a choice touches no day before it");
    assert_eq!(body("2025-08-01").await.role, Some(Role::ProvinceOfficer));
    configure_opinion(house, &province, "commune_chairman", day("2025-10-01")).await.unwrap();
    assert_eq!(body("2025-09-30").await.role, Some(Role::ProvinceOfficer), "who answered then stays who answered");
    assert_eq!(body("2025-10-01").await.role, Some(Role::CommuneChairman));
    assert_eq!(body("2025-06-30").await.role, Some(Role::DistrictOfficer));
    c.world.done().await;
}

#[tokio::test]
async fn minutes_name_who_chaired_and_count_in_whole_people() {
    let c = Commune::new().await;
    c.to_survey().await;
    c.survey_all("x").await;
    let house = &c.world.house;
    close_survey(house, &c.officer, &c.at().await, day("2023-10-10")).await.unwrap();
    let blank = MeetingInput { present: "bốn mươi".into(), ..MeetingInput::default() };
    let wrong = hold_meeting(house, &c.head, &c.at().await, day("2023-10-15"), &blank).await;
    assert_eq!(
        faults(wrong),
        [
            "chair field-missing",
            "secretary field-missing",
            "representatives field-missing",
            "present field-number",
            "agree field-number"
        ]
    );
    let stale = At { version: 1, ..c.at().await };
    assert_eq!(code(hold_meeting(house, &c.head, &stale, day("2023-10-15"), &minutes("4", "4")).await), "STO-001");
    let _: VillageId = c.village.id;
    c.world.done().await;
}

#[tokio::test]
async fn a_report_is_reminded_of_before_its_day_and_after_it_until_its_results_are_published() {
    let world = province_in(TestDatabase::sqlite().await, "2023-01-28").await;
    let house = &world.house;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let above = world.officer(Role::ProvinceOfficer, "province:42").await;
    let due = async |actor: &Actor| -> Vec<(String, String, i64)> {
        let found = reminders(house, actor, 2023).await.unwrap();
        found.into_iter().map(|r| (r.id, r.due.to_string(), r.days_left)).collect()
    };
    for actor in [&officer, &above] {
        assert_eq!(due(actor).await, [("monthly".to_owned(), "05/02/2023".to_owned(), 8)]);
    }
    // The commune says that it sent its own; the province still owes one.
    let marked = mark_sent(house, &officer, ("monthly", day("2023-02-05")), day("2023-01-28")).await;
    marked.unwrap();
    assert_eq!((due(&officer).await.len(), due(&above).await.len()), (0, 1));
    let none = mark_sent(house, &officer, ("official", day("2023-12-19")), day("2023-01-28")).await;
    assert_eq!(code(none), "MIS-001", "that one is the province's");
    assert!(app::access::verify_trail(house, &officer).await.unwrap().broken_at.is_none());
    // 10 November: before the 15th, for the province alone.
    world.clock.advance_days(286);
    let village = world.village(&officer, "Thôn 1").await;
    let household = world.household(&officer, &village, "Lê Thị An").await;
    let seen = world.seen(&officer, household).await;
    app::registry::assess(house, &officer, seen, 2023, &scores("120", "40")).await.unwrap();
    assert_eq!(due(&officer).await, [("preliminary_commune".to_owned(), "05/11/2023".to_owned(), -5)]);
    assert_eq!(due(&above).await, [("preliminary".to_owned(), "14/11/2023".to_owned(), 4)]);
    let early = compile(house, &above, 2023, ResultsKind::Preliminary).await.unwrap();
    let approver = world.colleague(Role::ProvinceOfficer, "province:42").await;
    approve(house, &approver, early.id, "12/BC").await.unwrap();
    assert_eq!(due(&above).await.len(), 1, "approved is not published");
    publish(house, &above, early.id).await.unwrap();
    assert_eq!(due(&above).await, []);
    // 25 December: the official results are late.
    world.clock.advance_days(45);
    assert_eq!(due(&above).await, [("official".to_owned(), "19/12/2023".to_owned(), -6)]);
    world.done().await;
}
