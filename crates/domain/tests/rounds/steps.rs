//! Each step, what it needs and what it leaves; edge values in tables.

use domain::review::round::{
    Amendment, AmendmentKind, CommuneRound, CommuneStep, Meeting, ObjectionFrom, Outcome, Remark, Route, Step, Stop,
    Under, VillageRound,
};
use kernel::{RequestId, RoundId};
use uuid::Uuid;

use crate::*;

#[test]
fn a_commune_walks_every_step_to_the_certificates_of_the_next_year() {
    let villages = [ended(1), ended(2)];
    let of_commune = [village_id(1), village_id(2)];
    let round = commune().ask_opinion("Xã", (&villages, &of_commune), on("2023-10-16")).unwrap();
    assert_eq!(round.step(), CommuneStep::Opinion);
    assert_eq!(round.due(), Some(day("2023-10-23")));
    let round = round.agree("Huyện", "Nhất trí", on("2023-10-20")).unwrap();
    let decision = ("15/QĐ-UBND", "Nguyễn Văn A");
    let round = round.recognise(decision, (&villages, &of_commune), &LAW.classes, on("2023-10-25")).unwrap();
    let recognition = round.recognition.as_ref().unwrap();
    assert_eq!((recognition.certificate_year, recognition.lines.len()), (2024, 4));
    assert!(recognition.lines.iter().all(|line| line.certificate && !line.refused));
}

#[test]
fn what_stops_a_step_is_said_with_its_clause() {
    let refused = opened(1).post(on("2023-10-01")).unwrap_err();
    assert_eq!(refused.stop, Stop::OtherStep { at: Step::Listing, needs: Step::Posting });
    let law = refused.law.unwrap();
    assert_eq!((law.act.as_str(), law.article.as_deref()), ("Quyết định 24/2021/QĐ-TTg", Some("khoản 4 Điều 4")));
}

#[test]
fn the_round_opens_with_the_window_of_the_year() {
    let key = (2023, Route::Yearly);
    let open = |iso| VillageRound::open(RoundId(Uuid::from_u128(1)), place(1), key, &[], on(iso));
    assert_eq!(stop(open("2023-08-31")), Stop::NotOpen { opens: day("2023-09-01") });
    assert!(open("2023-09-01").is_ok());
    let future = Under { today: day("2023-09-30"), ..on("2023-10-01") };
    let refused = VillageRound::open(RoundId(Uuid::from_u128(1)), place(1), key, &[], future);
    assert_eq!(stop(refused), Stop::DayInFuture { day: day("2023-10-01") });
}

#[test]
fn half_of_those_present_is_enough_and_one_less_is_not() {
    let table = [(40, 20, true), (40, 19, false), (41, 21, true), (41, 20, false), (1, 1, true), (7, 0, false)];
    for (present, agree, passes) in table {
        let village = opened(1).close_list(0, on("2023-09-10")).unwrap();
        let results = surveyed(&village, "poor");
        let village = village.close_survey(&results, on("2023-10-01")).unwrap();
        let village = village.hold_meeting(meeting(present, agree), &results, on("2023-10-08")).unwrap();
        let step = if passes { Step::Posting } else { Step::Survey };
        assert_eq!(village.step, step, "{agree} of {present}");
        assert_eq!(village.attempt, if passes { 1 } else { 2 });
        assert_eq!(village.passed_meeting().is_some(), passes);
    }
}

#[test]
fn more_votes_than_people_a_meeting_of_nobody_and_unsigned_minutes_are_refused() {
    let village = opened(1).close_list(0, on("2023-09-10")).unwrap();
    let results = surveyed(&village, "poor");
    let village = village.close_survey(&results, on("2023-10-01")).unwrap();
    let hold = |m| stop(village.clone().hold_meeting(m, &results, on("2023-10-08")));
    assert_eq!(hold(meeting(0, 0)), Stop::NobodyPresent);
    let unsigned = [
        Meeting { chair: " ".into(), ..meeting(40, 30) },
        Meeting { secretary: String::new(), ..meeting(40, 30) },
        Meeting { representatives: String::new(), ..meeting(40, 30) },
    ];
    for minutes in unsigned {
        assert_eq!(hold(minutes), Stop::NotSigned);
    }
    assert_eq!(hold(Meeting { disagree: 11, ..meeting(40, 30) }), Stop::MoreVotesThanPresent);
}

#[test]
fn the_meeting_waits_for_the_last_household_and_for_its_class() {
    let village = opened(1).close_list(0, on("2023-09-10")).unwrap();
    let mut results = surveyed(&village, "poor");
    results.remove(&id(10));
    assert_eq!(stop(village.clone().close_survey(&results, on("2023-10-01"))), Stop::NotSurveyed { households: 1 });
    results.insert(id(10), Outcome { class: None, ..outcome("poor", 1) });
    assert_eq!(stop(village.close_survey(&results, on("2023-10-01"))), Stop::NoClass { households: 1 });
}

#[test]
fn posting_ends_after_its_last_day_and_not_on_it() {
    let village = met(1).post(on("2023-10-09")).unwrap();
    assert_eq!(village.posting.as_ref().unwrap().last, day("2023-10-12"));
    assert_eq!(stop(village.clone().end_posting(on("2023-10-12"))), Stop::StillPosted { until: day("2023-10-12") });
    assert_eq!(village.end_posting(on("2023-10-13")).unwrap().step, Step::Ended);
}

#[test]
fn an_objection_is_taken_on_the_last_day_and_not_after() {
    let village = met(1).post(on("2023-10-09")).unwrap();
    let object = |iso| village.clone().object(id(10), ("Ông B", "Nhà có xe"), 5, on(iso));
    assert!(object("2023-10-12").is_ok());
    assert_eq!(stop(object("2023-10-13")), Stop::ObjectionTooLate { until: day("2023-10-12") });
    assert_eq!(object("2023-10-12").unwrap().due(), Some(day("2023-10-23")));
}

#[test]
fn a_recheck_that_changes_the_class_changes_what_is_recognised() {
    let village = met(1).post(on("2023-10-09")).unwrap();
    let village = village.object(id(10), ("Ông B", "Nhà có xe"), 5, on("2023-10-11")).unwrap();
    assert_eq!(stop(village.clone().end_posting(on("2023-10-13"))), Stop::Unanswered { objections: 1 });
    let early = village.clone().answer(1, "Đã phúc tra", Some(&outcome("non_poor", 4)), on("2023-10-16"));
    assert_eq!(stop(early), Stop::NotRechecked);
    let village = village.answer(1, "Đã phúc tra", Some(&outcome("non_poor", 6)), on("2023-10-16")).unwrap();
    let answer = village.objections.first().unwrap().answer.clone().unwrap();
    assert_eq!((answer.before.as_deref(), answer.after.as_deref()), (Some("poor"), Some("non_poor")));
    let village = village.end_posting(on("2023-10-17")).unwrap();
    assert_eq!(village.outcomes()[&id(10)].class.as_deref(), Some("non_poor"));
}

#[test]
fn a_line_given_back_reopens_its_village_alone() {
    let villages = vec![ended(1), ended(2)];
    let of_commune = [village_id(1), village_id(2)];
    let round = commune().ask_opinion("Xã", (&villages, &of_commune), on("2023-10-16")).unwrap();
    let remark = Remark { household: id(20), text: "Kiểm tra lại điểm B1".into() };
    assert_eq!(stop(round.clone().give_back("Huyện", vec![], villages.clone(), 7, on("2023-10-18"))), Stop::NoRemark);
    let (round, reopened) = round.give_back("Huyện", vec![remark], villages.clone(), 7, on("2023-10-18")).unwrap();
    assert_eq!(round.step(), CommuneStep::Villages);
    assert_eq!(reopened.len(), 1);
    let village = reopened.into_iter().next().unwrap();
    assert_eq!((village.step, village.objections[0].from), (Step::Posting, ObjectionFrom::Above));
    let now = [villages[0].clone(), village.clone()];
    let again = round.clone().ask_opinion("Xã", (&now, &of_commune), on("2023-10-19"));
    assert_eq!(stop(again), Stop::VillagesNotReady { villages: 1 });
    let mended = village.answer(1, "Điểm đúng", None, on("2023-10-19")).unwrap().end_posting(on("2023-10-19")).unwrap();
    let now = [villages[0].clone(), mended];
    assert!(round.ask_opinion("Xã", (&now, &of_commune), on("2023-10-19")).is_ok());
}

#[test]
fn a_village_without_a_round_keeps_the_commune_waiting() {
    let villages = [ended(1)];
    let asked = commune().ask_opinion("Xã", (&villages, &[village_id(1), village_id(2)]), on("2023-10-16"));
    assert_eq!(stop(asked), Stop::VillagesNotReady { villages: 1 });
}

#[test]
fn a_correction_stands_beside_the_decision_and_does_not_overwrite_it() {
    let villages = [ended(1)];
    let of_commune = [village_id(1)];
    let round = commune().ask_opinion("Xã", (&villages, &of_commune), on("2023-10-16")).unwrap();
    let round = round.agree("Huyện", "", on("2023-10-17")).unwrap();
    let amendment = |reason: &str| Amendment {
        kind: AmendmentKind::Corrected,
        household: id(10),
        number: "20/QĐ-UBND".into(),
        day: day("2023-11-20"),
        signer: "Nguyễn Văn A".into(),
        reason: reason.into(),
        before: None,
        class: "near_poor".into(),
        certificate_number: None,
    };
    assert_eq!(stop(round.clone().amend(amendment("Nhầm"), on("2023-11-20"))), Stop::NotRecognised);
    let round = round.recognise(("1", "A"), (&villages, &of_commune), &LAW.classes, on("2023-10-18")).unwrap();
    assert_eq!(stop(round.clone().amend(amendment(" "), on("2023-11-20"))), Stop::NoReason);
    let round = round.amend(amendment("Tính nhầm điểm"), on("2023-11-20")).unwrap();
    assert_eq!(round.class_of(id(10)).as_deref(), Some("near_poor"));
    assert_eq!(round.amendments[0].before.as_deref(), Some("poor"));
    assert_eq!(round.recognition.unwrap().lines[0].outcome.class.as_deref(), Some("poor"));
}

#[test]
fn a_review_on_request_needs_no_opinion_and_its_certificates_are_of_its_own_year() {
    let key = (2023, Route::Monthly(3));
    let village = VillageRound::open(RoundId(Uuid::from_u128(1)), place(1), key, &[], on("2023-03-15")).unwrap();
    let ask = |village: VillageRound, n, before: Option<&str>| {
        village
            .add_requested(id(n), (RequestId(Uuid::from_u128(n)), None), before.map(str::to_owned), on("2023-03-15"))
            .unwrap()
    };
    let village = ask(ask(ask(village, 77, None), 78, Some("poor")), 79, Some("near_poor"));
    let village = village.close_list(0, on("2023-03-15")).unwrap();
    let results = surveyed(&village, "poor");
    let village = village.close_survey(&results, on("2023-03-16")).unwrap();
    let village = village.hold_meeting(meeting(30, 30), &results, on("2023-03-17")).unwrap();
    let villages = [village.post(on("2023-03-20")).unwrap().end_posting(on("2023-03-24")).unwrap()];
    let round = CommuneRound::new(RoundId(Uuid::from_u128(98)), place(0), 2023, Route::Monthly(3));
    let of_commune = [village_id(1)];
    let round = round.recognise(("7", "A"), (&villages, &of_commune), &LAW.classes, on("2023-03-27")).unwrap();
    let recognition = round.recognition.unwrap();
    assert_eq!(recognition.certificate_year, 2023);
    let refused = |n| recognition.lines.iter().find(|line| line.household == id(n)).map(|line| line.refused);
    assert_eq!(refused(77), Some(false), "poor, as it said");
    assert_eq!(refused(78), Some(true), "it asked to leave and is as poor as before");
    assert_eq!(refused(79), Some(false), "near-poor became poor");
}

#[test]
fn a_household_that_asked_and_is_not_poor_is_refused_and_one_that_left_the_list_has_escaped() {
    let village =
        opened(1).add_requested(id(77), (RequestId(Uuid::from_u128(5)), None), None, on("2023-09-08")).unwrap();
    let village = village.close_list(0, on("2023-09-10")).unwrap();
    let results = surveyed(&village, "non_poor");
    let village = village.close_survey(&results, on("2023-10-01")).unwrap();
    let village = village.hold_meeting(meeting(30, 30), &results, on("2023-10-08")).unwrap();
    let villages = [village.post(on("2023-10-09")).unwrap().end_posting(on("2023-10-13")).unwrap()];
    let of_commune = [village_id(1)];
    let round = commune().ask_opinion("Xã", (&villages, &of_commune), on("2023-10-16")).unwrap();
    let round = round.agree("Huyện", "", on("2023-10-17")).unwrap();
    let round = round.recognise(("1", "A"), (&villages, &of_commune), &LAW.classes, on("2023-10-18")).unwrap();
    let lines = round.recognition.unwrap().lines;
    let of = |household| lines.iter().find(|l| l.household == household).map(|l| (l.certificate, l.escaped, l.refused));
    assert_eq!(of(id(10)), Some((false, true, false)));
    assert_eq!(of(id(77)), Some((false, false, true)));
}
