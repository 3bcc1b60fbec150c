//! Changes to households by hand lose nobody and never leave a household without a head.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its own fixture has failed")]

use domain::registry::{
    ChangeRefusal, Household, LeaveReason, Member, PaperFault, Person, Sex, merge, paper_fault, read_paper, split,
};
use domain::units::Place;
use kernel::{BirthDate, Day, HouseholdId, PersonId, VillageId};
use norms::Norms;
use proptest::prelude::*;
use uuid::Uuid;

const TODAY: (i16, i8, i8) = (2023, 10, 1);

fn day(year: i16, month: i8, of_month: i8) -> Day {
    Day::new(year, month, of_month).unwrap()
}

fn today() -> Day {
    day(TODAY.0, TODAY.1, TODAY.2)
}

fn place(village: u128) -> Place {
    Place {
        units_from: Day::first_of(2020),
        province: "42".to_owned(),
        district: "444".to_owned(),
        commune: "18553".to_owned(),
        village: VillageId(Uuid::from_u128(village)),
    }
}

fn household(number: u128, members: u128) -> Household {
    let member = |n: u128| Member {
        person: Person {
            id: PersonId(Uuid::from_u128(number * 100 + n)),
            name: format!("Người {n}"),
            sex: Some(if n.is_multiple_of(2) { Sex::Male } else { Sex::Female }),
            birth: Some(BirthDate::of_year(1950 + i16::try_from(n).unwrap())),
            paper: None,
            ethnicity: Some(1),
        },
        relation: "child".to_owned(),
        is_head: n == 0,
        joined: None,
        left: None,
    };
    Household {
        id: HouseholdId(Uuid::from_u128(number)),
        place: place(1),
        address: None,
        members: (0..members).map(member).collect(),
        events: Vec::new(),
        closed: None,
        version: 1,
    }
}

fn present(household: &Household) -> Vec<PersonId> {
    household.present().map(|m| m.person.id).collect()
}

proptest! {
    #[test]
    fn a_split_loses_nobody_and_doubles_nobody(members in 2u128..9, chosen in proptest::collection::vec(any::<bool>(), 8)) {
        let whole = household(1, members);
        let going: Vec<PersonId> =
            present(&whole).into_iter().zip(&chosen).filter(|(_, goes)| **goes).map(|(id, _)| id).collect();
        let before = present(&whole);
        let head = going.first().copied().unwrap_or(before[0]);
        let outcome = split(whole, &going, head, HouseholdId(Uuid::from_u128(2)), today(), ("split_from", today()));
        match outcome {
            Ok(outcome) => {
                let mut after = present(&outcome.stays);
                after.extend(present(&outcome.founded));
                after.sort();
                let mut before = before;
                before.sort();
                prop_assert_eq!(after, before);
                prop_assert_eq!(outcome.stays.present().filter(|m| m.is_head).count(), 1);
                prop_assert_eq!(outcome.founded.present().filter(|m| m.is_head).count(), 1);
            }
            Err(refusal) => {
                let nobody = going.is_empty() || going.len() == before.len();
                prop_assert!(nobody, "{:?}", refusal);
            }
        }
    }

    #[test]
    fn a_merge_brings_everybody_together_once(a in 1u128..7, b in 1u128..7) {
        let outcome = merge(household(1, a), household(2, b), today(), "merged_into", today()).unwrap();
        prop_assert_eq!(outcome.grown.size(), usize::try_from(a + b).unwrap());
        prop_assert_eq!(outcome.closed.size(), 0);
        prop_assert_eq!(outcome.grown.present().filter(|m| m.is_head).count(), 1);
        prop_assert!(outcome.closed.closed.is_some());
    }
}

#[test]
fn when_the_head_dies_the_eldest_who_stays_heads_the_household() {
    let before = household(1, 3);
    let head = before.head().unwrap().person.id;
    let after = before.without_member(head, today(), LeaveReason::Died, "died_out", today()).unwrap();
    assert_eq!(after.head_name(), "Người 1");
    assert_eq!(after.size(), 2);
    assert_eq!(after.closed, None);
}

#[test]
fn when_the_last_member_dies_the_household_closes_with_its_event() {
    let before = household(1, 1);
    let only = before.head().unwrap().person.id;
    let after = before.without_member(only, today(), LeaveReason::Died, "died_out", today()).unwrap();
    assert_eq!(after.closed, Some(today()));
    assert_eq!(after.events.len(), 1);
    let again = after.without_member(only, today(), LeaveReason::Died, "died_out", today());
    assert_eq!(again, Err(ChangeRefusal::HouseholdClosed { closed: today() }));
}

#[test]
fn what_has_not_happened_yet_is_not_recorded() {
    let tomorrow = day(2023, 10, 2);
    let before = household(1, 2);
    let head = before.head().unwrap().person.id;
    let refused = before.clone().without_member(head, tomorrow, LeaveReason::Died, "died_out", today());
    assert_eq!(refused, Err(ChangeRefusal::DayInFuture { day: tomorrow }));
    let same_place = before.clone().moved_to(place(1), today(), "moved_away", "moved_in", today());
    assert_eq!(same_place, Err(ChangeRefusal::SamePlace));
    let itself = merge(before.clone(), before, today(), "merged_into", today());
    assert_eq!(itself.unwrap_err(), ChangeRefusal::SameHousehold);
}

#[test]
fn a_paper_is_held_against_sex_century_and_year() {
    let rules = Norms::embedded().unwrap().rulebook(2023, "42").unwrap();
    let papers = &rules.papers.value;
    let table = [
        // written, sex, birth year, fault
        ("042069227120", Some(Sex::Male), 1969, None),
        ("42069227120", Some(Sex::Male), 1969, None),
        ("042 069 227 120", Some(Sex::Male), 1969, None),
        ("042169227120", Some(Sex::Female), 1969, None),
        ("042205227120", Some(Sex::Male), 2005, None),
        ("042305227120", Some(Sex::Female), 2005, None),
        ("042069227120", Some(Sex::Female), 1969, Some(PaperFault::SexOrCentury)),
        ("042069227120", Some(Sex::Male), 2069, Some(PaperFault::SexOrCentury)),
        ("042069227120", None, 1969, None),
        ("042076227120", Some(Sex::Male), 1969, Some(PaperFault::Year)),
        ("181234567", Some(Sex::Male), 1969, Some(PaperFault::Old)),
        ("81234567", Some(Sex::Male), 1969, Some(PaperFault::Old)),
        ("0420692271", Some(Sex::Male), 1969, Some(PaperFault::Length)),
        ("không có", Some(Sex::Male), 1969, Some(PaperFault::Length)),
    ];
    for (written, sex, year, expected) in table {
        let number = read_paper(written, papers).unwrap();
        assert_eq!(paper_fault(&number, sex, Some(BirthDate::of_year(year)), papers), expected, "{written}");
    }
}
