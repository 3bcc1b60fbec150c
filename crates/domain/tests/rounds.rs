//! The round of a commune: its steps in order, what stops each, and that nothing reaches recognition without its conditions.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot build its own fixture has failed"
)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::review::round::{
    Amendment, AmendmentKind, CommuneRound, CommuneStep, Meeting, ObjectionFrom, Outcome, Remark, RoundRefusal, Route,
    Step, Stop, Under, VillageRound,
};
use domain::units::Place;
use kernel::{Day, HouseholdId, Points, RequestId, RoundId, VillageId};
use norms::{Calendar, Classes, Dated, Norms, Process};
use proptest::prelude::*;
use uuid::Uuid;

struct Law {
    process: Dated<Process>,
    calendar: Calendar,
    classes: Classes,
}

static LAW: LazyLock<Law> = LazyLock::new(|| {
    let norms = Norms::embedded().unwrap();
    let on = day("2023-10-01");
    Law {
        process: norms.in_force("review.process", on).unwrap(),
        calendar: norms.in_force::<Calendar>("review.calendar", on).unwrap().value,
        classes: norms.in_force::<Classes>("review.classes", on).unwrap().value,
    }
});

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

fn on(iso: &str) -> Under<'static> {
    at(day(iso))
}

fn at(day: Day) -> Under<'static> {
    Under { process: &LAW.process, calendar: &LAW.calendar, day, today: self::day("2023-12-31") }
}

fn id(n: u128) -> HouseholdId {
    HouseholdId(Uuid::from_u128(n))
}

fn village_id(n: u128) -> VillageId {
    VillageId(Uuid::from_u128(1000 + n))
}

fn place(n: u128) -> Place {
    let units_from = day("2023-01-01");
    let (province, district, commune) = ("42".into(), "444".into(), "18553".into());
    Place { units_from, province, district, commune, village: village_id(n) }
}

fn outcome(class: &str, at_ms: i64) -> Outcome {
    Outcome { class: Some(class.into()), b1: Some(Points::whole(100)), b2: Some(Points::whole(30)), at_ms }
}

fn surveyed(village: &VillageRound, class: &str) -> BTreeMap<HouseholdId, Outcome> {
    village.households.iter().map(|h| (h.household, outcome(class, 1))).collect()
}

fn meeting(present: u32, agree: u32) -> Meeting {
    Meeting {
        attempt: 0,
        day: day("2023-01-01"),
        chair: "Trưởng thôn".into(),
        secretary: "Thư ký".into(),
        representatives: "Hai hộ".into(),
        front: String::new(),
        present,
        agree,
        disagree: 0,
        discussion: String::new(),
        passed: false,
        scan: None,
        presented: Vec::new(),
    }
}

fn opened(n: u128) -> VillageRound {
    let listed = [(id(n * 10), "poor".to_owned()), (id(n * 10 + 1), "near_poor".to_owned())];
    let key = (2023, Route::Yearly);
    VillageRound::open(RoundId(Uuid::from_u128(n)), place(n), key, &listed, on("2023-09-05")).unwrap()
}

fn met(n: u128) -> VillageRound {
    let village = opened(n).close_list(0, on("2023-09-10")).unwrap();
    let results = surveyed(&village, "poor");
    let village = village.close_survey(&results, on("2023-10-01")).unwrap();
    village.hold_meeting(meeting(40, 30), &results, on("2023-10-08")).unwrap()
}

fn ended(n: u128) -> VillageRound {
    met(n).post(on("2023-10-09")).unwrap().end_posting(on("2023-10-13")).unwrap()
}

fn commune() -> CommuneRound {
    CommuneRound::new(RoundId(Uuid::from_u128(99)), place(0), 2023, Route::Yearly)
}

fn stop<T: std::fmt::Debug>(result: Result<T, RoundRefusal>) -> Stop {
    result.unwrap_err().stop
}

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

/// What somebody tries to do.
#[derive(Debug, Clone)]
enum Act {
    CloseList(usize),
    CloseSurvey(usize, bool),
    Meet(usize, u32, u32),
    Post(usize),
    Object(usize),
    Answer(usize, bool),
    EndPosting(usize),
    Ask,
    Agree,
    GiveBack(usize),
    Recognise,
}

fn some_act() -> impl Strategy<Value = Act> {
    let v = || 0usize..2;
    prop_oneof![
        v().prop_map(Act::CloseList),
        (v(), any::<bool>()).prop_map(|(v, all)| Act::CloseSurvey(v, all)),
        (v(), 1u32..50, 0u32..50).prop_map(|(v, present, agree)| Act::Meet(v, present, agree)),
        v().prop_map(Act::Post),
        v().prop_map(Act::Object),
        (v(), any::<bool>()).prop_map(|(v, recheck)| Act::Answer(v, recheck)),
        v().prop_map(Act::EndPosting),
        Just(Act::Ask),
        Just(Act::Agree),
        v().prop_map(Act::GiveBack),
        Just(Act::Recognise),
    ]
}

/// The right next act, mostly: otherwise no random walk would come far.
fn next_act(villages: &[VillageRound; 2], round: &CommuneRound) -> Act {
    for (v, village) in villages.iter().enumerate() {
        match village.step {
            Step::Listing => return Act::CloseList(v),
            Step::Survey => return Act::CloseSurvey(v, true),
            Step::Meeting => return Act::Meet(v, 40, 30),
            Step::Posting if village.posting.is_none() => return Act::Post(v),
            Step::Posting if village.open_objections().count() > 0 => return Act::Answer(v, true),
            Step::Posting => return Act::EndPosting(v),
            Step::Ended => {}
        }
    }
    match round.step() {
        CommuneStep::Villages => Act::Ask,
        CommuneStep::Opinion => Act::Agree,
        _ => Act::Recognise,
    }
}

fn try_act(act: &Act, villages: &mut [VillageRound; 2], round: &mut CommuneRound, under: Under<'_>, now: i64) {
    let of_commune = [village_id(1), village_id(2)];
    let change = |v: usize, villages: &mut [VillageRound; 2], done: Result<VillageRound, RoundRefusal>| {
        if let Ok(next) = done {
            villages[v] = next;
        }
    };
    match act {
        Act::CloseList(v) => change(*v, villages, villages[*v].clone().close_list(0, under)),
        Act::CloseSurvey(v, all) => {
            let mut results = surveyed(&villages[*v], "poor");
            if !all {
                results.pop_first();
            }
            change(*v, villages, villages[*v].clone().close_survey(&results, under));
        }
        Act::Meet(v, present, agree) => {
            let results = surveyed(&villages[*v], "near_poor");
            change(*v, villages, villages[*v].clone().hold_meeting(meeting(*present, *agree), &results, under));
        }
        Act::Post(v) => change(*v, villages, villages[*v].clone().post(under)),
        Act::Object(v) => {
            let household = villages[*v].households[0].household;
            change(*v, villages, villages[*v].clone().object(household, ("B", "Sai"), now, under));
        }
        Act::Answer(v, recheck) => {
            let number = villages[*v].open_objections().next().map_or(1, |o| o.number);
            let found = outcome("non_poor", now);
            let recheck = recheck.then_some(&found);
            change(*v, villages, villages[*v].clone().answer(number, "Đã xem", recheck, under));
        }
        Act::EndPosting(v) => change(*v, villages, villages[*v].clone().end_posting(under)),
        Act::Ask => {
            if let Ok(next) = round.clone().ask_opinion("Xã", (villages.as_slice(), &of_commune), under) {
                *round = next;
            }
        }
        Act::Agree => {
            if let Ok(next) = round.clone().agree("Huyện", "", under) {
                *round = next;
            }
        }
        Act::GiveBack(v) => {
            let remark = Remark { household: villages[*v].households[0].household, text: "Xem lại".into() };
            if let Ok((next, reopened)) = round.clone().give_back("Huyện", vec![remark], villages.to_vec(), now, under)
            {
                *round = next;
                for village in reopened {
                    let v = usize::from(village.place.village != village_id(1));
                    villages[v] = village;
                }
            }
        }
        Act::Recognise => {
            let done = round.clone().recognise(("1/QĐ", "A"), (villages.as_slice(), &of_commune), &LAW.classes, under);
            if let Ok(next) = done {
                *round = next;
            }
        }
    }
}

/// Told from the records alone, not from the steps: what the law asks for before a recognition.
fn lawful(villages: &[VillageRound; 2], round: &CommuneRound) {
    let recognition = round.recognition.as_ref().unwrap();
    for village in villages {
        let meeting = village.meetings.last().expect("a meeting was held");
        assert!(meeting.agree * 2 >= meeting.present, "{} of {}", meeting.agree, meeting.present);
        let failed = village.meetings.iter().filter(|m| m.agree * 2 < m.present).count();
        assert_eq!(usize::from(village.attempt), failed + 1, "each failed meeting was followed by a new survey");
        let posting = village.posting.as_ref().expect("the list was posted");
        assert!(meeting.day <= posting.first && posting.first < posting.last && posting.last < recognition.day);
        for objection in &village.objections {
            let answer = objection.answer.as_ref().expect("every objection is answered");
            assert!(objection.day <= answer.day && answer.day <= recognition.day);
        }
        assert!(village.households.iter().all(|h| h.outcome.as_ref().is_some_and(|o| o.class.is_some())));
    }
    let asked = round.asked.last().expect("the opinion was asked for");
    let answer = asked.answer.as_ref().expect("and given");
    assert!(answer.returned.is_empty() && asked.day <= answer.day && answer.day <= recognition.day);
    assert!(villages.iter().all(|v| v.ended.is_some_and(|ended| ended <= asked.day)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_sequence_of_acts_reaches_recognition_without_its_conditions(
        acts in proptest::collection::vec((some_act(), 0i32..4, 0u8..100), 1..90),
    ) {
        let mut villages = [opened(1), opened(2)];
        let mut round = commune();
        let mut today = day("2023-09-05");
        for (number, (act, later, chance)) in acts.into_iter().enumerate() {
            today = today.plus_days(i64::from(later));
            let act = if chance < 70 { next_act(&villages, &round) } else { act };
            let before = round.recognition.clone();
            let under = Under { day: today.plus_days(if chance < 5 { -10 } else { 0 }), ..at(today) };
            try_act(&act, &mut villages, &mut round, under, i64::try_from(number).unwrap());
            match (before, &round.recognition) {
                (None, Some(_)) => lawful(&villages, &round),
                (Some(before), now) => prop_assert_eq!(Some(&before), now.as_ref()),
                (None, None) => {}
            }
        }
    }
}

#[test]
fn the_walk_of_the_property_does_reach_recognition() {
    let mut villages = [opened(1), opened(2)];
    let mut round = commune();
    let mut today = day("2023-09-05");
    for number in 0..30 {
        today = today.plus_days(2);
        let act = next_act(&villages, &round);
        try_act(&act, &mut villages, &mut round, at(today), number);
    }
    lawful(&villages, &round);
}
