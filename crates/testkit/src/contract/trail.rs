//! Who did what.

use domain::units::Place;
use kernel::{EntryId, Ids, Page};
use storage::{Entry, EntryFilter, Store};

use super::{committed, read, write};
use crate::World;

fn entry(world: &World, at_ms: i64, place: Option<Place>) -> Entry {
    Entry {
        id: EntryId(world.ids.next()),
        at_ms,
        actor: world.user(),
        actor_name: "Trần Thị Lan".to_owned(),
        verb: "household_saved".to_owned(),
        subject: "household".to_owned(),
        subject_id: format!("h{at_ms}"),
        place,
        detail: serde_json::json!({"zeta": [1, 2.5, null], "alpha": {"từ": "Xóm 1", "sang": "Xóm 2"}}),
    }
}

async fn ids(store: &dyn Store, filter: &EntryFilter) -> Vec<EntryId> {
    read(store).await.entries(filter, Page::new(1, 50)).await.unwrap().rows.iter().map(|e| e.id).collect()
}

pub async fn entries_come_newest_first(store: &dyn Store) {
    let world = World::new(1);
    let entries: Vec<Entry> = (1..=5).map(|n| entry(&world, n, Some(world.place("18073")))).collect();
    let mut work = write(store).await;
    for entry in &entries {
        work.record(entry).await.unwrap();
    }
    work.commit().await.unwrap();
    let filter = EntryFilter { scope: world.commune("18073"), about: None };
    let page = read(store).await.entries(&filter, Page::new(2, 2)).await.unwrap();
    assert_eq!((page.total, page.capped), (5, false));
    assert_eq!(page.rows, [entries[2].clone(), entries[1].clone()]);
}

pub async fn entries_outside_the_scope_are_hidden(store: &dyn Store) {
    let world = World::new(1);
    let one = entry(&world, 1, Some(world.place("18073")));
    let other = entry(&world, 2, Some(world.place("18001")));
    committed!(store, w => w.record(&one), w.record(&other));
    for (scope, expected) in [
        (world.commune("18073"), vec![one.id]),
        (world.district("436"), vec![other.id]),
        (world.province(), vec![other.id, one.id]),
        (world.commune("18070"), vec![]),
    ] {
        assert_eq!(ids(store, &EntryFilter { scope, about: None }).await, expected);
    }
    let peeking = EntryFilter { scope: world.commune("18001"), about: Some(("household".to_owned(), "h1".to_owned())) };
    assert!(ids(store, &peeking).await.is_empty());
}

pub async fn entries_of_no_place_are_for_the_province(store: &dyn Store) {
    let world = World::new(1);
    let norm = entry(&world, 1, None);
    committed!(store, w => w.record(&norm));
    assert_eq!(ids(store, &EntryFilter { scope: world.province(), about: None }).await, [norm.id]);
    for scope in [world.commune("18073"), world.district("439")] {
        assert!(ids(store, &EntryFilter { scope, about: None }).await.is_empty());
    }
}

pub async fn entries_about_one_thing_are_found(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (entry(&world, 1, Some(world.place("18073"))), entry(&world, 2, Some(world.place("18073"))));
    committed!(store, w => w.record(&one), w.record(&other));
    let filter = EntryFilter { scope: world.province(), about: Some(("household".to_owned(), "h1".to_owned())) };
    assert_eq!(ids(store, &filter).await, [one.id]);
}

pub async fn an_untouched_chain_holds(store: &dyn Store) {
    let world = World::new(1);
    assert_eq!(read(store).await.verify_entries().await.unwrap().broken_at, None);
    for n in 1..=20 {
        let place = (n % 3 != 0).then(|| world.place("18073"));
        committed!(store, w => w.record(&entry(&world, n, place)));
    }
    assert_eq!(read(store).await.verify_entries().await.unwrap().broken_at, None);
}

pub async fn two_writers_append_to_one_chain(store: &dyn Store) {
    let world = World::new(1);
    let append = async |at_ms: i64| {
        for n in 0..5i64 {
            committed!(store, w => w.record(&entry(&world, at_ms + n, None)));
        }
    };
    tokio::join!(append(100), append(200), append(300));
    let filter = EntryFilter { scope: world.province(), about: None };
    assert_eq!(ids(store, &filter).await.len(), 15);
    assert_eq!(read(store).await.verify_entries().await.unwrap().broken_at, None);
}
