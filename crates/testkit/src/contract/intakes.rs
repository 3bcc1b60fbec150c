//! Imports, what each did, and the columns a person matched once.

use domain::units::Scope;
use kernel::{HouseholdId, Ids, IntakeId};
use storage::{IntakeChange, IntakeRecord, IntakeState, RememberedColumns, StorageError, Store, UnitPlace};

use super::{committed, read, write};
use crate::World;

fn intake(world: &World, scope: Scope, at_ms: i64) -> IntakeRecord {
    IntakeRecord {
        id: IntakeId(world.ids.next()),
        scope,
        year: 2023,
        file_name: "danh sách.xlsx".to_owned(),
        file_hash: "ab".repeat(32),
        state: IntakeState::Staged,
        by: world.user(),
        by_name: "Lê Thị Cán Bộ".to_owned(),
        at_ms,
        content: "{\"rows\":[]}".to_owned(),
        summary: "{\"new\":3}".to_owned(),
        version: 0,
    }
}

pub async fn an_intake_is_listed_without_its_content(store: &dyn Store) {
    let world = World::new(1);
    let (first, second) = (intake(&world, world.commune("18073"), 1), intake(&world, world.commune("18073"), 2));
    committed!(store, w => w.save_intake(&first), w.save_intake(&second));
    let mut work = read(store).await;
    let found = work.intake(&world.commune("18073"), first.id).await.unwrap().unwrap();
    assert_eq!(found, IntakeRecord { version: 1, ..first.clone() });
    let listed = work.intakes(&world.commune("18073")).await.unwrap();
    assert_eq!(listed.iter().map(|i| i.id).collect::<Vec<_>>(), [second.id, first.id]);
    assert!(listed.iter().all(|i| i.content.is_empty() && !i.summary.is_empty()));
}

pub async fn an_intake_saved_twice_at_the_same_version_is_refused(store: &dyn Store) {
    let world = World::new(1);
    let mut record = intake(&world, world.commune("18073"), 1);
    committed!(store, w => w.save_intake(&record));
    record.version = 1;
    record.state = IntakeState::Applied;
    committed!(store, w => w.save_intake(&record));
    let mut work = write(store).await;
    assert!(matches!(work.save_intake(&record).await, Err(StorageError::Conflict { record: "intake" })));
    drop(work);
    let found = read(store).await.intake(&world.commune("18073"), record.id).await.unwrap().unwrap();
    assert_eq!((found.state, found.version), (IntakeState::Applied, 2));
}

pub async fn an_intake_outside_the_scope_is_hidden(store: &dyn Store) {
    let world = World::new(1);
    let record = intake(&world, world.commune("18073"), 1);
    let above = intake(&world, world.district("439"), 2);
    let placed = UnitPlace {
        units_from: world.units_from,
        level: domain::units::ScopeLevel::Commune,
        code: "18073".to_owned(),
        district: "439".to_owned(),
        province: "42".to_owned(),
    };
    let district = UnitPlace { level: domain::units::ScopeLevel::District, code: "439".to_owned(), ..placed.clone() };
    committed!(store, w => w.place_units(&[placed, district]), w.save_intake(&record), w.save_intake(&above));
    let mut work = read(store).await;
    for (scope, sees, seen) in [
        (world.commune("18073"), true, 1),
        (world.district("439"), true, 2),
        (world.province(), true, 2),
        (world.commune("18070"), false, 0),
        (world.district("436"), false, 0),
    ] {
        assert_eq!(work.intake(&scope, record.id).await.unwrap().is_some(), sees, "{scope:?}");
        assert_eq!(work.intakes(&scope).await.unwrap().len(), seen, "{scope:?}");
    }
}

pub async fn intake_changes_come_back_as_kept(store: &dyn Store) {
    let world = World::new(1);
    let record = intake(&world, world.commune("18073"), 1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").born("1970").build();
    let line = world.assessment(&household, 2023, Some("poor"));
    let changes = [
        IntakeChange {
            intake: record.id,
            household: HouseholdId(world.ids.next()),
            household_before: None,
            assessment_before: None,
            version_after: 1,
        },
        IntakeChange {
            intake: record.id,
            household: HouseholdId(world.ids.next()),
            household_before: Some(household),
            assessment_before: Some(line),
            version_after: 4,
        },
    ];
    committed!(store, w => w.save_intake(&record), w.add_intake_changes(&changes));
    assert_eq!(read(store).await.intake_changes(record.id).await.unwrap(), changes);
    assert!(read(store).await.intake_changes(IntakeId(world.ids.next())).await.unwrap().is_empty());
}

pub async fn remembered_columns_are_replaced(store: &dyn Store) {
    let columns =
        |columns: &str| RememberedColumns { signature: "họ tên|xã".to_owned(), columns: columns.to_owned() };
    committed!(store, w => w.remember_columns(&columns("[1]")), w.remember_columns(&columns("[2]")));
    let mut work = read(store).await;
    assert_eq!(work.remembered_columns("họ tên|xã").await.unwrap(), Some(columns("[2]")));
    assert_eq!(work.remembered_columns("khác").await.unwrap(), None);
}

pub async fn what_an_import_left_is_restated_for_one_household_and_version(store: &dyn Store) {
    let world = World::new(1);
    let record = intake(&world, world.commune("18073"), 1);
    let change = |version_after| IntakeChange {
        intake: record.id,
        household: HouseholdId(world.ids.next()),
        household_before: None,
        assessment_before: None,
        version_after,
    };
    let changes = [change(2), change(2), change(3)];
    committed!(store, w =>
        w.save_intake(&record),
        w.add_intake_changes(&changes),
        w.restate_intake_changes(changes[0].household, 2, 5),
        w.restate_intake_changes(changes[2].household, 2, 5),
    );
    let left: Vec<i64> =
        read(store).await.intake_changes(record.id).await.unwrap().iter().map(|c| c.version_after).collect();
    assert_eq!(left, [5, 2, 3]);
}
