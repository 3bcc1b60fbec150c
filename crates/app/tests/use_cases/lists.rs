//! What a list that was sent up forbids.

use app::registry::*;
use domain::access::Role;

use crate::world::{COMMUNE, code, member, province};

#[tokio::test]
async fn nothing_of_a_commune_changes_while_its_list_is_with_the_level_above() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let (one, two) = (world.village(&officer, "Thôn 1").await, world.village(&officer, "Thôn 2").await);
    let id = world.household(&officer, &one, "Lê Thị Lan").await;
    let other = world.household(&officer, &one, "Trần Thị Mai").await;
    let view = open(&world.house, &officer, id, None).await.unwrap();
    let people: Vec<_> = view.household.members.iter().map(|m| m.person.id).collect();
    let (seen, beside) = (world.seen(&officer, id).await, world.seen(&officer, other).await);
    world.send(&officer, 2023).await;

    let child = member("Bé", "Nữ", "05/09/2023", "Con");
    let (house, day) = (&world.house, "01/10/2023");
    let members = vec![member("Mới", "Nam", "1980", "Chủ hộ")];
    let new = FoundInput { village: one.id, address: String::new(), members: members.clone(), came: None };
    let mended = CorrectInput { address: String::new(), village: one.id, members };
    let refusals = [
        code(found(house, &officer, &new).await),
        code(correct(house, &officer, seen, &mended).await),
        code(record_birth(house, &officer, seen, &child).await),
        code(record_arrival(house, &officer, seen, &child, day).await),
        code(record_death(house, &officer, seen, people[0], day).await),
        code(record_departure(house, &officer, seen, people[0], day).await),
        code(split(house, &officer, seen, (&people[1..2], people[1]), day).await),
        code(merge(house, &officer, seen, beside, day).await),
        code(move_household(house, &officer, seen, two.id, day).await),
        code(close_household(house, &officer, seen, ("moved_away", day, "")).await),
        code(assess(house, &officer, seen, 2023, &AssessmentInput::default()).await),
    ];
    assert_eq!(refusals, ["REV-005"; 11]);
    assert!(open(house, &officer, id, None).await.unwrap().is_locked);
    world.done().await;
}

#[tokio::test]
async fn readers_and_the_levels_above_change_no_household() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Lê Thị Lan").await;
    let seen = world.seen(&officer, id).await;
    let child = member("Bé", "Nữ", "05/09/2023", "Con");
    let others =
        [(Role::Reader, COMMUNE), (Role::DistrictOfficer, "district:444"), (Role::ProvinceOfficer, "province:42")];
    for (role, unit) in others {
        let actor = world.officer(role, unit).await;
        open(&world.house, &actor, id, None).await.unwrap();
        assert_eq!(code(record_birth(&world.house, &actor, seen, &child).await), "ACC-001", "{unit}");
    }
    world.done().await;
}
