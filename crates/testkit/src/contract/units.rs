//! Villages and their totals, recorded changes of boundaries and who was placed where.

use domain::units::{BoundaryChange, ChangeKind, Decision, NewUnit, Placeable, ScopeLevel, Step, VillageTotal};
use kernel::{BoundaryId, Day, Ids};
use storage::{PlacementRecord, Store};

use super::{committed, read};
use crate::World;

pub async fn villages_are_listed_in_vietnamese_order(store: &dyn Store) {
    let world = World::new(1);
    let names = ["Thôn Đông", "Thôn Du", "Thôn Ấp", "Thôn An", "Thôn Ánh"];
    let mut villages: Vec<_> = names.iter().map(|name| world.village("18073", name)).collect();
    villages.push(world.village("18001", "Thôn Yên"));
    committed!(store, w => w.add_villages(&villages));

    let found = read(store).await.villages(&world.province()).await.unwrap();
    let found: Vec<&str> = found.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(found, ["Thôn Yên", "Thôn An", "Thôn Ánh", "Thôn Ấp", "Thôn Du", "Thôn Đông"]);
}

pub async fn a_village_of_the_same_folded_name_is_left_as_it_is(store: &dyn Store) {
    let world = World::new(1);
    let first = world.village("18073", "Thôn Hoà Bình");
    let again = world.village("18073", "THÔN HÒA BÌNH");
    let elsewhere = world.village("18070", "Thôn Hoà Bình");
    committed!(store, w => w.add_villages(std::slice::from_ref(&first)), w.add_villages(&[again, elsewhere.clone()]));

    let found = read(store).await.villages(&world.province()).await.unwrap();
    assert_eq!(found, [elsewhere, first]);
}

pub async fn villages_outside_the_scope_are_hidden(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 1"));
    committed!(store, w => w.add_villages(&[one.clone(), other.clone()]));

    let mut work = read(store).await;
    assert_eq!(work.villages(&world.commune("18073")).await.unwrap(), std::slice::from_ref(&one));
    assert_eq!(work.villages(&world.district("439")).await.unwrap(), [one]);
    assert_eq!(work.villages(&world.district("436")).await.unwrap(), [other]);
    assert!(work.villages(&world.commune("18999")).await.unwrap().is_empty());
}

pub async fn village_totals_replace_those_of_the_same_year(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 1"));
    let total = |village: &domain::units::Village, year, households| VillageTotal {
        village: village.id,
        year,
        households,
        persons: households * 4,
    };
    committed!(store, w =>
        w.add_villages(&[one.clone(), other.clone()]),
        w.save_village_totals(&[total(&one, 2022, 90), total(&one, 2023, 100), total(&other, 2023, 50)]),
        w.save_village_totals(&[total(&one, 2023, 120)]),
    );

    let mut work = read(store).await;
    assert_eq!(work.village_totals(&world.commune("18073"), 2023).await.unwrap(), [total(&one, 2023, 120)]);
    assert_eq!(work.village_totals(&world.commune("18073"), 2022).await.unwrap(), [total(&one, 2022, 90)]);
    assert_eq!(work.village_totals(&world.province(), 2023).await.unwrap().len(), 2);
}

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap_or(Day::first_of(2025))
}

fn change(world: &World, on: &str) -> BoundaryChange {
    BoundaryChange {
        id: BoundaryId(world.ids.next()),
        kind: ChangeKind::Division,
        level: ScopeLevel::Commune,
        on: day(on),
        province: "42".to_owned(),
        decision: Decision {
            act: "12/NQ-HĐND".to_owned(),
            day: day("2024-12-01"),
            article: Some("Điều 3".to_owned()),
            issuer: "Hội đồng nhân dân tỉnh".to_owned(),
        },
        steps: ["77777", "77778"].map(|to| Step { from: "18073".to_owned(), to: to.to_owned() }).to_vec(),
        creates: vec![NewUnit { code: "77777".to_owned(), kind: "Xã".to_owned(), name: "Hoà Đông".to_owned() }],
        note: None,
        withdrawn: None,
    }
}

fn placed(world: &World, what: Placeable, on: &str, commune: &str) -> PlacementRecord {
    let by = world.user();
    PlacementRecord { what, on: day(on), commune: commune.to_owned(), by, by_name: "Lê An".to_owned() }
}

pub async fn a_change_of_boundaries_is_found_as_recorded(store: &dyn Store) {
    let world = World::new(1);
    let (later, earlier) = (change(&world, "2026-01-01"), change(&world, "2025-07-01"));
    committed!(store, w => w.save_boundary_change(&later), w.save_boundary_change(&earlier));
    let found = read(store).await.boundary_changes(&world.province()).await.unwrap();
    assert_eq!(found, [earlier, later]);
}

pub async fn a_withdrawn_change_stays_readable(store: &dyn Store) {
    let world = World::new(1);
    let mut recorded = change(&world, "2025-07-01");
    committed!(store, w => w.save_boundary_change(&recorded));
    recorded.withdrawn = Some(day("2025-08-01"));
    committed!(store, w => w.save_boundary_change(&recorded));
    assert_eq!(read(store).await.boundary_changes(&world.province()).await.unwrap(), [recorded]);
}

pub async fn changes_belong_to_their_province(store: &dyn Store) {
    let world = World::new(1);
    let elsewhere = BoundaryChange { province: "40".to_owned(), ..change(&world, "2025-07-01") };
    committed!(store, w => w.save_boundary_change(&elsewhere));
    let mut work = read(store).await;
    assert!(work.boundary_changes(&world.province()).await.unwrap().is_empty());
    assert!(work.boundary_changes(&world.commune("40")).await.unwrap().is_empty(), "a commune has no changes");
}

pub async fn placements_replace_those_of_the_same_step(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let (v, h) = (Placeable::Village(village.id), Placeable::Household(household.id));
    let first = placed(&world, v, "2025-07-01", "18100");
    let (again, other_step) = (placed(&world, v, "2025-07-01", "18652"), placed(&world, v, "2026-01-01", "18100"));
    let one = placed(&world, h, "2025-07-01", "18100");
    committed!(store, w =>
        w.add_villages(std::slice::from_ref(&village)),
        w.add_households(std::slice::from_ref(&household)),
        w.save_placements(&[first]),
        w.save_placements(&[again.clone(), other_step.clone(), one.clone()]),
    );
    assert_eq!(read(store).await.placements(&world.province()).await.unwrap(), [again, other_step, one]);
}

pub async fn placements_outside_the_scope_are_hidden(store: &dyn Store) {
    let world = World::new(1);
    let (here, there) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 1"));
    let both = [&here, &there].map(|v| placed(&world, Placeable::Village(v.id), "2025-07-01", "18100"));
    committed!(store, w => w.add_villages(&[here.clone(), there]), w.save_placements(&both));
    let mut work = read(store).await;
    assert_eq!(work.placements(&world.commune("18073")).await.unwrap(), std::slice::from_ref(&both[0]));
    assert_eq!(work.placements(&world.district("439")).await.unwrap().len(), 1);
    assert_eq!(work.placements(&world.province()).await.unwrap().len(), 2);
}

pub async fn households_are_to_be_placed_until_they_or_their_village_are(store: &dyn Store) {
    let world = World::new(1);
    let (placed_village, village) = (world.village("18073", "Thôn 1"), world.village("18073", "Thôn 2"));
    let of = |village, head: &str| world.household(village, head);
    let households = [
        of(&placed_village, "Lê Một").build(),
        of(&village, "Lê Hai").build(),
        of(&village, "Lê Ba").build(),
        of(&village, "Lê Thôi").closed_on("2023-05-01").build(),
    ];
    let records = [
        placed(&world, Placeable::Village(placed_village.id), "2025-07-01", "18100"),
        placed(&world, Placeable::Household(households[1].id), "2025-07-01", "18652"),
    ];
    committed!(store, w =>
        w.add_villages(&[placed_village, village.clone()]),
        w.add_households(&households),
        w.save_placements(&records),
    );
    let mut work = read(store).await;
    let left = work.households_without_placement(&world.commune("18073"), day("2025-07-01"), 10).await.unwrap();
    let names: Vec<&str> = left.iter().map(|h| h.head_name.as_str()).collect();
    assert_eq!(names, ["Lê Ba"]);
    assert_eq!((left[0].village, left[0].village_name.as_str()), (village.id, "Thôn 2"));
    let other_step = work.households_without_placement(&world.commune("18073"), day("2026-01-01"), 2).await.unwrap();
    assert_eq!(other_step.len(), 2, "three are left, two were asked for");
    assert!(work.households_without_placement(&world.commune("18001"), day("2026-01-01"), 9).await.unwrap().is_empty());
}

pub async fn a_removed_household_takes_its_placement_along(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let record = placed(&world, Placeable::Household(household.id), "2025-07-01", "18100");
    committed!(store, w =>
        w.add_villages(std::slice::from_ref(&village)),
        w.add_households(std::slice::from_ref(&household)),
        w.save_placements(&[record]),
        w.remove_households(&world.province(), &[household.id]),
    );
    assert!(read(store).await.placements(&world.province()).await.unwrap().is_empty());
}
