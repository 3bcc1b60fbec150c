//! The steps of a round: from the list to the certificates, a failed meeting, a complaint, a line given back, who may take which.

use app::AppError;
use app::review::rounds::{
    AmendInput, At, MeetingInput, agree, amend, answer_objection, close_survey, configure_opinion, end_posting,
    give_back, hold_meeting, object, open_round, post, progress, village_view,
};
use app::review::survey::SentSurvey;
use domain::access::{Actor, Role};
use domain::review::round::{AmendmentKind, CommuneStep, Remark, Route, Step};
use domain::review::survey::SurveyStanding;
use kernel::VillageId;

use super::{Commune, day, minutes, sent};
use crate::world::{code, faults};

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
