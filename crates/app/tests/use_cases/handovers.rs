//! A household goes to another commune: offered and accepted, declined, taken back; or moved at once from above.

use app::registry::*;
use domain::access::{Actor, Role};
use domain::registry::HandoverState;
use kernel::{Day, HouseholdId, VillageId};

use crate::world::{COMMUNE, Province, code, faults, province};

const OTHER: &str = "commune:18547";

/// A household of Thôn 1 in the first commune, and a village of the second.
struct TwoCommunes {
    world: Province,
    from: Actor,
    to: Actor,
    id: HouseholdId,
    there: VillageId,
}

async fn two_communes() -> TwoCommunes {
    let world = province().await;
    let from = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let to = world.officer(Role::CommuneOfficer, OTHER).await;
    let village = world.village(&from, "Thôn 1").await;
    let there = world.village(&to, "Thôn xa").await.id;
    let id = world.household(&from, &village, "Lê Thị Lan").await;
    let scores = AssessmentInput { b1_entered: "130".into(), b2_entered: "30".into(), ..AssessmentInput::default() };
    assess(&world.house, &from, world.seen(&from, id).await, 2023, &scores).await.unwrap();
    TwoCommunes { world, from, to, id, there }
}

impl TwoCommunes {
    async fn offer(&self) -> kernel::HandoverId {
        let to = self.world.scope(OTHER);
        let seen = self.world.seen(&self.from, self.id).await;
        offer_household(&self.world.house, &self.from, seen, &to, ("01/10/2023", "theo con")).await.unwrap()
    }
}

#[tokio::test]
async fn a_household_is_handed_over_with_its_people_scores_and_history_and_both_communes_read_it_in_the_trail() {
    let two = two_communes().await;
    let house = &two.world.house;
    let offered = two.offer().await;
    assert_eq!(code(open(house, &two.to, two.id, None).await), "MIS-001", "it is not theirs yet");
    let waiting = open_handovers(house, &two.to).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].head_name.as_str(), waiting[0].size), (1, "Lê Thị Lan", 3));
    assert_eq!(open(house, &two.from, two.id, None).await.unwrap().handover.unwrap().id, offered);

    accept_household(house, &two.to, offered, two.there).await.unwrap();
    assert_eq!(code(open(house, &two.from, two.id, None).await), "MIS-001");
    let view = open(house, &two.to, two.id, None).await.unwrap();
    assert_eq!((view.household.place.village, view.household.size()), (two.there, 3));
    assert_eq!(view.household.events.iter().map(|e| e.kind.as_str()).collect::<Vec<_>>(), ["moved_away", "moved_in"]);
    assert!(view.household.events.iter().all(|event| Some(event.day) == Day::new(2023, 10, 1)));
    let stored = view.assessment.unwrap();
    assert_eq!((stored.class.as_deref(), stored.assessment.place.commune.as_str()), (Some("poor"), "18547"));
    assert!(view.handover.is_none());
    assert_eq!(handover(house, &two.from, offered).await.unwrap().state, HandoverState::Accepted);
    for (actor, word) in [(&two.from, "household_left"), (&two.to, "household_moved")] {
        let trail = app::access::trail(house, actor, None, kernel::Page::new(1, 50)).await.unwrap();
        let words: Vec<&str> = trail.rows.iter().map(|entry| entry.verb.as_str()).collect();
        assert!(words.contains(&word) && words.contains(&"household_accepted"), "{words:?}");
    }
    assert_eq!(code(accept_household(house, &two.to, offered, two.there).await), "REG-012");
    two.world.done().await;
}

#[tokio::test]
async fn a_household_is_offered_once_and_stays_until_it_is_accepted() {
    let two = two_communes().await;
    let house = &two.world.house;
    let seen = two.world.seen(&two.from, two.id).await;
    let own = two.world.scope(COMMUNE);
    let table = [
        (own, "01/10/2023", "REG-008"),
        (two.world.scope(OTHER), "11/10/2023", "FRM-001"),
        (two.world.scope("district:444"), "01/10/2023", "FRM-001"),
    ];
    for (to, day, expected) in table {
        assert_eq!(code(offer_household(house, &two.from, seen, &to, (day, "")).await), expected, "{to:?}");
    }
    two.offer().await;
    let again = offer_household(house, &two.from, seen, &two.world.scope(OTHER), ("01/10/2023", "")).await;
    assert_eq!(code(again), "REG-013");
    let inside = two.world.village(&two.from, "Thôn 2").await;
    assert_eq!(code(move_household(house, &two.from, seen, inside.id, "01/10/2023").await), "REG-013");
    two.world.done().await;
}

#[tokio::test]
async fn only_the_receiving_commune_answers_and_only_the_sending_one_takes_back() {
    let two = two_communes().await;
    let house = &two.world.house;
    let offered = two.offer().await;
    let stranger = two.world.officer(Role::CommuneOfficer, "commune:18496").await;
    let reader = two.world.officer(Role::Reader, OTHER).await;
    for actor in [&stranger, &two.from] {
        assert_eq!(code(accept_household(house, actor, offered, two.there).await), "MIS-001");
        assert_eq!(code(decline_household(house, actor, offered, "không").await), "MIS-001");
    }
    assert_eq!(code(accept_household(house, &reader, offered, two.there).await), "ACC-001");
    assert_eq!(code(withdraw_household(house, &two.to, offered).await), "MIS-001");
    assert_eq!(faults(decline_household(house, &two.to, offered, "  ").await), ["remark field-missing"]);
    decline_household(house, &two.to, offered, "hộ chưa đến ở").await.unwrap();
    assert_eq!(code(accept_household(house, &two.to, offered, two.there).await), "REG-012");
    let declined = open_handovers(house, &two.from).await.unwrap();
    assert_eq!(declined[0].remark.as_deref(), Some("hộ chưa đến ở"));
    withdraw_household(house, &two.from, offered).await.unwrap();
    assert!(open_handovers(house, &two.from).await.unwrap().is_empty());
    two.offer().await;
    two.world.done().await;
}

#[tokio::test]
async fn a_list_that_was_sent_neither_loses_nor_gains_a_household() {
    for sends_first in [true, false] {
        let two = two_communes().await;
        let offered = two.offer().await;
        let sender = if sends_first { &two.from } else { &two.to };
        two.world.send(sender, 2023).await;
        assert_eq!(code(accept_household(&two.world.house, &two.to, offered, two.there).await), "REV-005");
        assert_eq!(open(&two.world.house, &two.from, two.id, None).await.unwrap().household.size(), 3);
        two.world.done().await;
    }
}

#[tokio::test]
async fn who_answers_for_both_communes_moves_a_household_at_once() {
    let two = two_communes().await;
    let house = &two.world.house;
    let above = two.world.officer(Role::ProvinceOfficer, "province:42").await;
    let district = two.world.officer(Role::DistrictOfficer, "district:436").await;
    let reader = two.world.officer(Role::Reader, "province:42").await;
    let seen = two.world.seen(&two.from, two.id).await;
    assert_eq!(code(move_household(house, &district, seen, two.there, "01/10/2023").await), "MIS-001");
    assert_eq!(code(move_household(house, &reader, seen, two.there, "01/10/2023").await), "ACC-001");
    move_household(house, &above, seen, two.there, "01/10/2023").await.unwrap();
    let view = open(house, &two.to, two.id, None).await.unwrap();
    assert_eq!((view.household.place.commune.as_str(), view.household.events.len()), ("18547", 2));
    let trail = app::access::trail(house, &two.from, None, kernel::Page::new(1, 1)).await.unwrap();
    assert_eq!(trail.rows[0].verb, "household_left");
    two.world.done().await;
}
