//! The register of snapshots.

use domain::units::{Scope, ScopeLevel};
use kernel::Day;
use storage::{SnapshotRecord, Store, UnitPlace};

use super::{committed, read, write};
use crate::World;

fn snapshot(world: &World, name: &str, scope: Scope, (year, at_ms): (i16, i64)) -> SnapshotRecord {
    SnapshotRecord {
        name: name.to_owned(),
        act: "list_sent".to_owned(),
        year,
        scope,
        day: Day::last_of(year),
        at_ms,
        by: world.user(),
        by_name: "Nguyễn Thị Lan".to_owned(),
        households: 73,
        persons: 210,
        bytes: 41_000,
        is_sample: true,
        checked: None,
    }
}

fn place(world: &World, level: ScopeLevel, code: &str) -> UnitPlace {
    let district = if code.starts_with("1800") { "436" } else { "439" };
    UnitPlace {
        units_from: world.units_from,
        level,
        code: code.to_owned(),
        district: district.to_owned(),
        province: "42".to_owned(),
    }
}

async fn names(store: &dyn Store, scope: &Scope, year: Option<i16>) -> Vec<String> {
    read(store).await.snapshots(scope, year).await.unwrap().into_iter().map(|found| found.name).collect()
}

pub async fn a_snapshot_is_found_as_entered(store: &dyn Store) {
    let world = World::new(1);
    let entered = snapshot(&world, "aa", world.commune("18007"), (2023, 5));
    committed!(store, work => work.add_snapshot(&entered));
    let found = read(store).await.snapshot(&world.commune("18007"), "aa").await.unwrap();
    assert_eq!(found, Some(entered));
}

pub async fn snapshots_come_newest_first_and_by_year(store: &dyn Store) {
    let world = World::new(1);
    let commune = world.commune("18007");
    committed!(store, work =>
        work.add_snapshot(&snapshot(&world, "aa", commune.clone(), (2022, 1))),
        work.add_snapshot(&snapshot(&world, "bb", commune.clone(), (2023, 2))),
        work.add_snapshot(&snapshot(&world, "cc", commune.clone(), (2023, 3))));
    assert_eq!(names(store, &commune, None).await, ["cc", "bb", "aa"]);
    assert_eq!(names(store, &commune, Some(2023)).await, ["cc", "bb"]);
}

pub async fn snapshots_outside_the_scope_are_hidden(store: &dyn Store) {
    let world = World::new(1);
    committed!(store, work =>
        work.place_units(&[
            place(&world, ScopeLevel::Commune, "18007"),
            place(&world, ScopeLevel::Commune, "18100"),
            place(&world, ScopeLevel::District, "436"),
        ]),
        work.add_snapshot(&snapshot(&world, "aa", world.commune("18007"), (2023, 1))),
        work.add_snapshot(&snapshot(&world, "bb", world.commune("18100"), (2023, 2))),
        work.add_snapshot(&snapshot(&world, "cc", world.district("436"), (2023, 3))),
        work.add_snapshot(&snapshot(&world, "dd", world.province(), (2023, 4))));
    assert_eq!(names(store, &world.commune("18007"), None).await, ["aa"]);
    assert_eq!(names(store, &world.district("436"), None).await, ["cc", "aa"]);
    assert_eq!(names(store, &world.province(), None).await, ["dd", "cc", "bb", "aa"]);
    let neighbour = read(store).await.snapshot(&world.commune("18007"), "bb").await.unwrap();
    assert_eq!(neighbour, None);
}

pub async fn snapshots_of_a_unit_and_those_above_it_are_found_together(store: &dyn Store) {
    let world = World::new(1);
    committed!(store, work =>
        work.add_snapshot(&snapshot(&world, "aa", world.commune("18007"), (2023, 1))),
        work.add_snapshot(&snapshot(&world, "bb", world.commune("18100"), (2023, 2))),
        work.add_snapshot(&snapshot(&world, "cc", world.province(), (2023, 3))),
        work.add_snapshot(&snapshot(&world, "dd", world.province(), (2022, 4))));
    let above = [world.commune("18007"), world.district("436"), world.province()];
    let found = read(store).await.snapshots_of(&above, 2023).await.unwrap();
    assert_eq!(found.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["cc", "aa"]);
    assert!(read(store).await.snapshots_of(&[], 2023).await.unwrap().is_empty());
}

pub async fn a_snapshot_entered_twice_stays_as_it_is(store: &dyn Store) {
    let world = World::new(1);
    let first = snapshot(&world, "aa", world.commune("18007"), (2023, 5));
    let again = SnapshotRecord { by_name: "Ai đó khác".to_owned(), ..first.clone() };
    committed!(store, work => work.add_snapshot(&first));
    committed!(store, work => work.add_snapshot(&again));
    assert_eq!(read(store).await.snapshots(&world.commune("18007"), None).await.unwrap(), [first]);
}

pub async fn the_last_check_of_a_snapshot_is_kept(store: &dyn Store) {
    let world = World::new(1);
    let entered = snapshot(&world, "aa", world.commune("18007"), (2023, 5));
    let day = Day::last_of(2024);
    committed!(store, work =>
        work.add_snapshot(&entered),
        work.save_snapshot_check("aa", Day::last_of(2023), true),
        work.save_snapshot_check("aa", day, false));
    let found = read(store).await.snapshot(&world.commune("18007"), "aa").await.unwrap().unwrap();
    assert_eq!(found.checked, Some((day, false)));
}

pub async fn a_snapshot_of_a_dropped_unit_of_work_is_not_entered(store: &dyn Store) {
    let world = World::new(1);
    let mut work = write(store).await;
    work.add_snapshot(&snapshot(&world, "aa", world.commune("18007"), (2023, 5))).await.unwrap();
    drop(work);
    assert!(names(store, &world.province(), None).await.is_empty());
}
