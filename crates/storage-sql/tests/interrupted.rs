//! An import that is cut off in the middle leaves nothing; the next one works as if nothing had been.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops; that is its report")]

use std::time::Duration;

use domain::registry::Household;
use storage::Store;
use storage_sql::SqlStore;
use testkit::{TestDatabase, World};

async fn import(store: &SqlStore, world: &World, households: &[Household]) {
    let mut work = store.write().await.unwrap();
    work.add_villages(&[world.village("18073", "Thôn của lần nhập")]).await.unwrap();
    work.add_households(households).await.unwrap();
    // Never reached within the time the test gives it.
    tokio::time::sleep(Duration::from_mins(1)).await;
    work.commit().await.unwrap();
}

async fn a_cut_off_import_leaves_nothing(database: TestDatabase) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let households: Vec<_> = (0..6_000).map(|n| world.household(&village, &format!("Lê Văn {n}")).build()).collect();
    let mut work = database.store.write().await.unwrap();
    work.add_villages(&[village]).await.unwrap();
    work.commit().await.unwrap();

    for patience in [5, 60, 400] {
        let cut =
            tokio::time::timeout(Duration::from_millis(patience), import(&database.store, &world, &households)).await;
        assert!(cut.is_err());
        let mut work = database.store.read().await.unwrap();
        assert!(work.heads(&world.province()).await.unwrap().is_empty());
        assert_eq!(work.villages(&world.province()).await.unwrap().len(), 1);
        let filter = storage::HouseholdFilter::new(world.province(), 2023).text("le");
        assert_eq!(work.households(&filter, kernel::Page::new(1, 10)).await.unwrap().total, 0);
    }
    let mut work = database.store.write().await.unwrap();
    work.add_households(&households).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(database.store.read().await.unwrap().heads(&world.province()).await.unwrap().len(), 6_000);
    database.remove().await;
}

#[tokio::test]
async fn on_sqlite() {
    a_cut_off_import_leaves_nothing(TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn on_postgres() {
    a_cut_off_import_leaves_nothing(TestDatabase::postgres().await).await;
}
