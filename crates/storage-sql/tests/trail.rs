//! A trail that somebody changed behind the program's back shows where.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on stops; that is its report")]

use kernel::{EntryId, Ids};
use storage::{Entry, Store, TrailMark};
use testkit::{TestDatabase, World};

async fn recorded(database: &TestDatabase) -> Vec<Entry> {
    let world = World::new(1);
    let entries: Vec<Entry> = (1..=6)
        .map(|n| Entry {
            id: EntryId(world.ids.next()),
            at_ms: n,
            actor: world.user(),
            actor_name: "Trần Thị Lan".to_owned(),
            verb: "household_saved".to_owned(),
            subject: "household".to_owned(),
            subject_id: format!("h{n}"),
            place: Some(world.place("18073")),
            detail: serde_json::json!({ "size": n }),
        })
        .collect();
    let mut work = database.store.write().await.unwrap();
    for entry in &entries {
        work.record(entry).await.unwrap();
    }
    work.commit().await.unwrap();
    entries
}

async fn tamper(database: &TestDatabase, sql: &'static str) {
    if database.url.starts_with("postgres") {
        let pool = sqlx::PgPool::connect(&database.url).await.unwrap();
        sqlx::query(sql).execute(&pool).await.unwrap();
        pool.close().await;
    } else {
        let pool = sqlx::SqlitePool::connect(&database.url).await.unwrap();
        sqlx::query(sql).execute(&pool).await.unwrap();
        pool.close().await;
    }
}

async fn first_that_does_not_fit(database: &TestDatabase) -> Option<EntryId> {
    database.store.read().await.unwrap().verify_entries().await.unwrap().broken_at
}

/// What a page of the trail sees without reading the whole of it: its own entries, and the mark of the last full check.
async fn seen_on_a_page(database: &TestDatabase, entries: &[Entry], mark: &TrailMark) -> bool {
    let ids: Vec<EntryId> = entries.iter().map(|entry| entry.id).collect();
    let mut work = database.store.read().await.unwrap();
    work.entries_fit(&ids).await.unwrap().is_some() || !work.trail_holds(mark).await.unwrap()
}

async fn each_kind_of_tampering_shows(make: impl AsyncFn() -> TestDatabase) {
    let table = [
        ("UPDATE trail SET detail = '{\"size\":9}' WHERE position = 3", 2),
        ("UPDATE trail SET actor_name = 'Lê Thị Khác' WHERE position = 1", 0),
        ("UPDATE trail SET commune = '18001' WHERE position = 6", 5),
        ("DELETE FROM trail WHERE position = 4", 4),
        ("UPDATE trail SET prev_hash = hash WHERE position = 5", 4),
    ];
    for (sql, at) in table {
        let database = make().await;
        let entries = recorded(&database).await;
        assert_eq!(first_that_does_not_fit(&database).await, None);
        let mark = database.store.read().await.unwrap().verify_entries().await.unwrap().whole_until.unwrap();
        assert_eq!(mark.position, 6);
        assert!(!seen_on_a_page(&database, &entries, &mark).await);
        tamper(&database, sql).await;
        assert_eq!(first_that_does_not_fit(&database).await, Some(entries[at].id), "{sql}");
        assert!(seen_on_a_page(&database, &entries, &mark).await, "{sql}");
        database.remove().await;
    }
}

#[tokio::test]
async fn a_trail_whose_end_was_cut_off_does_not_go_through_its_mark() {
    for database in [TestDatabase::sqlite().await, TestDatabase::postgres().await] {
        recorded(&database).await;
        let mark = database.store.read().await.unwrap().verify_entries().await.unwrap().whole_until.unwrap();
        tamper(&database, "DELETE FROM trail WHERE position = 6").await;
        assert_eq!(first_that_does_not_fit(&database).await, None, "what is left is a chain");
        assert!(!database.store.read().await.unwrap().trail_holds(&mark).await.unwrap());
        database.remove().await;
    }
}

#[tokio::test]
async fn a_changed_entry_is_found_on_sqlite() {
    each_kind_of_tampering_shows(TestDatabase::sqlite).await;
}

#[tokio::test]
async fn a_changed_entry_is_found_on_postgres() {
    each_kind_of_tampering_shows(TestDatabase::postgres).await;
}
