//! Random walks: whatever is tried in whatever order, a decision has everything the law asks before it. The yearly review
//! decides all villages at once after the opinion from above; a review on request decides each village when it is through.

use domain::review::round::{CommuneStep, Reason, Recognition, Remark, Step};
use kernel::RequestId;
use proptest::prelude::*;
use uuid::Uuid;

use crate::*;

/// What somebody tries to do.
#[derive(Debug, Clone)]
enum Act {
    TakeIn(usize),
    Release(usize),
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
        v().prop_map(Act::TakeIn),
        v().prop_map(Act::Release),
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

/// A commune with its two villages.
struct Walk {
    villages: [VillageRound; 2],
    round: CommuneRound,
}

impl Walk {
    fn yearly() -> Self {
        Self { villages: [opened(1), opened(2)], round: commune() }
    }

    /// One household of each village asked.
    fn on_request() -> Self {
        let key = (2023, Route::Monthly(3));
        let village = |n: u128| {
            let id = RoundId(Uuid::from_u128(n));
            let round = VillageRound::open(id, place(n), key, &[], on("2023-03-15")).unwrap();
            take_in(&round, on("2023-03-15")).unwrap()
        };
        let round = CommuneRound::new(RoundId(Uuid::from_u128(98)), place(0), key.0, key.1);
        Self { villages: [village(1), village(2)], round }
    }

    /// The right next act, mostly: otherwise no random walk would come far. `first` is the village that is looked after
    /// before the other.
    fn next(&self, first: usize) -> Act {
        let is_on_request = self.round.route != Route::Yearly;
        for v in [first, 1 - first] {
            let village = &self.villages[v];
            match village.step {
                Step::Listing => return Act::CloseList(v),
                Step::Survey => return Act::CloseSurvey(v, true),
                Step::Meeting => return Act::Meet(v, 40, 30),
                Step::Posting if village.posting.is_none() => return Act::Post(v),
                Step::Posting if village.open_objections().count() > 0 => return Act::Answer(v, true),
                Step::Posting => return Act::EndPosting(v),
                Step::Ended if is_on_request && self.round.is_undecided(village) => return Act::Recognise,
                Step::Ended => {}
            }
        }
        match self.round.step() {
            CommuneStep::Villages => Act::Ask,
            CommuneStep::Opinion => Act::Agree,
            _ => Act::Recognise,
        }
    }

    /// What is refused leaves everything as it was.
    fn attempt(&mut self, act: &Act, under: Under<'_>, now: i64) {
        let of_commune = [village_id(1), village_id(2)];
        let whole = (self.villages.as_slice(), of_commune.as_slice());
        match act {
            Act::TakeIn(v) => self.change(*v, |village| take_in(&village, under)),
            Act::Release(v) => self.change(*v, |village| {
                let asked = village.households.iter().find_map(|h| match h.reason {
                    Reason::Requested { request } => Some(request),
                    _ => None,
                });
                village.release(asked.unwrap_or(RequestId(Uuid::nil())), under)
            }),
            Act::CloseList(v) => self.change(*v, |village| village.close_list(0, under)),
            Act::CloseSurvey(v, all) => self.change(*v, |village| {
                let mut results = surveyed(&village, "poor");
                if !all {
                    results.pop_first();
                }
                village.close_survey(&results, under)
            }),
            Act::Meet(v, present, agree) => self.change(*v, |village| {
                let results = surveyed(&village, "near_poor");
                village.hold_meeting(meeting(*present, *agree), &results, under)
            }),
            Act::Post(v) => self.change(*v, |village| village.post(under)),
            Act::Object(v) => self.change(*v, |village| {
                let household = village.households.first().map_or(id(0), |h| h.household);
                village.object(household, ("B", "Sai"), now, under)
            }),
            Act::Answer(v, recheck) => self.change(*v, |village| {
                let number = village.open_objections().next().map_or(1, |o| o.number);
                let found = outcome("non_poor", now);
                village.answer(number, "Đã xem", recheck.then_some(&found), under)
            }),
            Act::EndPosting(v) => self.change(*v, |village| village.end_posting(under)),
            Act::Ask => self.decide(self.round.clone().ask_opinion("Xã", whole, under)),
            Act::Agree => self.decide(self.round.clone().agree("Huyện", "", under)),
            Act::GiveBack(v) => self.give_back(*v, now, under),
            Act::Recognise => {
                self.decide(self.round.clone().recognise(("1/QĐ", "A"), whole, &LAW.classes, under));
            }
        }
    }

    fn change(&mut self, v: usize, act: impl FnOnce(VillageRound) -> Result<VillageRound, RoundRefusal>) {
        if let Ok(next) = act(self.villages[v].clone()) {
            self.villages[v] = next;
        }
    }

    fn decide(&mut self, done: Result<CommuneRound, RoundRefusal>) {
        if let Ok(next) = done {
            self.round = next;
        }
    }

    fn give_back(&mut self, v: usize, now: i64, under: Under<'_>) {
        let Some(household) = self.villages[v].households.first().map(|h| h.household) else { return };
        let remark = Remark { household, text: "Xem lại".into() };
        let villages = self.villages.to_vec();
        if let Ok((next, reopened)) = self.round.clone().give_back("Huyện", vec![remark], villages, now, under) {
            self.round = next;
            for village in reopened {
                let v = usize::from(village.place.village != village_id(1));
                self.villages[v] = village;
            }
        }
    }

    fn decisions(&self) -> Vec<Recognition> {
        self.round.decisions().cloned().collect()
    }

    /// Told from the records alone, not from the steps: what the law asks for before the newest decision.
    fn newest_is_lawful(&self) {
        let decisions = self.decisions();
        let decision = decisions.last().unwrap();
        match self.round.route {
            Route::Yearly => {
                self.villages.iter().for_each(|village| village_is_through(village, decision));
                self.agreed_before(decision);
            }
            Route::Monthly(_) => {
                let is_in =
                    |village: &&VillageRound| decision.lines.iter().any(|line| line.village == village.place.village);
                let decided: Vec<&VillageRound> = self.villages.iter().filter(is_in).collect();
                assert!(!decided.is_empty(), "a decision is on somebody");
                for village in decided {
                    village_is_through(village, decision);
                }
                assert!(self.round.asked.is_empty(), "nobody above is asked about a request");
            }
        }
        for village in &self.villages {
            for household in &village.households {
                let lines = decisions.iter().flat_map(|d| &d.lines).filter(|l| l.household == household.household);
                assert!(lines.count() <= 1, "nobody is decided twice");
            }
        }
    }

    fn agreed_before(&self, decision: &Recognition) {
        let asked = self.round.asked.last().expect("the opinion was asked for");
        let answer = asked.answer.as_ref().expect("and given");
        assert!(answer.returned.is_empty() && asked.day <= answer.day && answer.day <= decision.day);
        assert!(self.villages.iter().all(|v| v.ended.is_some_and(|ended| ended <= asked.day)));
    }
}

fn take_in(village: &VillageRound, under: Under<'_>) -> Result<VillageRound, RoundRefusal> {
    let n = village.place.village.0.as_u128() * 10 + u128::try_from(village.households.len()).unwrap();
    village.clone().add_requested(id(n), (RequestId(Uuid::from_u128(n)), None), None, under)
}

/// Met with enough in favour, posted to the end, every objection answered, and each household in the decision as it was found.
fn village_is_through(village: &VillageRound, decision: &Recognition) {
    let meeting = village.meetings.last().expect("a meeting was held");
    assert!(meeting.agree * 2 >= meeting.present, "{} of {}", meeting.agree, meeting.present);
    let failed = village.meetings.iter().filter(|m| m.agree * 2 < m.present).count();
    assert_eq!(usize::from(village.attempt), failed + 1, "each failed meeting was followed by a new survey");
    let posting = village.posting.as_ref().expect("the list was posted");
    assert!(meeting.day <= posting.first && posting.first < posting.last && posting.last < decision.day);
    for objection in &village.objections {
        let answer = objection.answer.as_ref().expect("every objection is answered");
        assert!(objection.day <= answer.day && answer.day <= decision.day);
    }
    assert!(village.ended.is_some_and(|ended| ended <= decision.day));
    for household in &village.households {
        let found = household.outcome.as_ref().expect("everybody was surveyed");
        assert!(found.class.is_some());
        let line = decision.lines.iter().find(|line| line.household == household.household).expect("and is decided");
        assert_eq!(&line.outcome, found);
    }
}

/// Takes the walk; after each act every older decision is what it was, and a new one is lawful. How many were made.
fn take(mut walk: Walk, mut today: Day, acts: Vec<(Act, i32, u8)>) -> Result<usize, TestCaseError> {
    for (number, (act, later, chance)) in acts.into_iter().enumerate() {
        today = today.plus_days(i64::from(later));
        let act = if chance < 70 { walk.next(usize::from(chance % 2)) } else { act };
        let before = walk.decisions();
        let under = Under { day: today.plus_days(if chance < 5 { -10 } else { 0 }), ..at(today) };
        walk.attempt(&act, under, i64::try_from(number).unwrap());
        let now = walk.decisions();
        prop_assert_eq!(&before[..], &now[..before.len()], "what was decided stays");
        if now.len() > before.len() {
            walk.newest_is_lawful();
        }
    }
    Ok(walk.decisions().len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_sequence_of_acts_reaches_recognition_without_its_conditions(
        acts in proptest::collection::vec((some_act(), 0i32..4, 0u8..100), 1..90),
    ) {
        prop_assert!(take(Walk::yearly(), day("2023-09-05"), acts)? <= 1, "a year is decided once");
    }

    #[test]
    fn no_sequence_of_acts_decides_a_request_without_its_conditions(
        acts in proptest::collection::vec((some_act(), 0i32..4, 0u8..100), 1..90),
    ) {
        prop_assert!(take(Walk::on_request(), day("2023-03-15"), acts)? <= 2, "each village is decided once");
    }
}

#[test]
fn the_walks_of_the_properties_do_reach_their_decisions() {
    for (mut walk, first, decisions) in [(Walk::yearly(), "2023-09-05", 1), (Walk::on_request(), "2023-03-15", 2)] {
        let mut today = day(first);
        for number in 0..30 {
            today = today.plus_days(2);
            // The second village begins when the first is decided.
            walk.attempt(&walk.next(0), at(today), number);
        }
        walk.newest_is_lawful();
        assert_eq!(walk.decisions().len(), decisions);
    }
}
