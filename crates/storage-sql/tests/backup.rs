//! Backup and restore of the embedded store, taken while people work.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops; that is its report")]

use std::path::Path;

use storage::{StorageError, Store};
use storage_sql::{SqlStore, backup, restore};
use testkit::{TestDatabase, World};

/// A store with one village and two households, one of them added after the backup was begun elsewhere.
async fn settled() -> (TestDatabase, World) {
    let (database, world) = (TestDatabase::sqlite().await, World::new(1));
    let village = world.village("18073", "Thôn 1");
    let households = ["Lê An", "Nguyễn Thị Hường"].map(|head| world.household(&village, head).build());
    let mut work = database.store.write().await.unwrap();
    work.add_villages(&[village]).await.unwrap();
    work.add_households(&households).await.unwrap();
    work.commit().await.unwrap();
    (database, world)
}

async fn heads_in(file: &Path, world: &World) -> usize {
    let store = SqlStore::open(&file.display().to_string()).await.unwrap();
    let mut work = store.read().await.unwrap();
    let found = work.heads(&world.province()).await.unwrap().len();
    let filter = storage::HouseholdFilter::new(world.province(), 2023).text("huong");
    assert_eq!(work.households(&filter, kernel::Page::new(1, 10)).await.unwrap().total, 1);
    drop(work);
    store.close().await;
    found
}

fn said(error: &StorageError) -> String {
    format!("{error}")
}

#[tokio::test]
async fn a_backup_holds_what_was_committed_while_somebody_writes() {
    let (database, world) = settled().await;
    let copy = database.folder().join("copy.db");
    let mut writer = database.store.write().await.unwrap();
    let village = world.village("18073", "Thôn 2");
    writer.add_villages(std::slice::from_ref(&village)).await.unwrap();
    writer.add_households(&[world.household(&village, "Phan Chưa Xong").build()]).await.unwrap();
    database.store.backup(&copy).await.unwrap();
    writer.commit().await.unwrap();
    assert_eq!(heads_in(&copy, &world).await, 2);
    database.remove().await;
}

#[tokio::test]
async fn a_file_in_use_is_backed_up_and_restored() {
    let (database, world) = settled().await;
    let folder = database.folder();
    let (file, copy, back) = (folder.join("vuon.db"), folder.join("copy.db"), folder.join("back.db"));
    backup(&file, &copy).await.unwrap();
    restore(&copy, &back).await.unwrap();
    assert_eq!(heads_in(&back, &world).await, 2);
    database.remove().await;
}

#[tokio::test]
async fn nothing_is_overwritten() {
    let (database, _) = settled().await;
    let folder = database.folder();
    let (file, copy) = (folder.join("vuon.db"), folder.join("copy.db"));
    database.store.backup(&copy).await.unwrap();
    for refused in [database.store.backup(&copy).await, backup(&file, &copy).await, restore(&copy, &file).await] {
        assert!(said(&refused.unwrap_err()).contains("exists already"));
    }
    database.remove().await;
}

#[tokio::test]
async fn what_is_no_backup_is_refused_with_a_sentence() {
    let (database, _) = settled().await;
    let folder = database.folder();
    let (copy, back) = (folder.join("copy.db"), folder.join("back.db"));
    database.store.backup(&copy).await.unwrap();

    let table = folder.join("list.xlsx");
    std::fs::write(&table, b"PK not a database, but long enough to be taken for a file of some kind").unwrap();
    assert!(said(&restore(&table, &back).await.unwrap_err()).contains("cannot be read"));

    let mut bytes = std::fs::read(&copy).unwrap();
    let (start, end) = (bytes.len() / 3, bytes.len() / 3 + 8_192);
    bytes[start..end].fill(0xa5);
    let damaged = folder.join("damaged.db");
    std::fs::write(&damaged, bytes).unwrap();
    assert!(said(&restore(&damaged, &back).await.unwrap_err()).contains("backup"));

    let missing = folder.join("missing.db");
    assert!(said(&restore(&missing, &back).await.unwrap_err()).contains("no file"));
    assert!(!back.exists());
    database.remove().await;
}

#[tokio::test]
async fn a_backup_of_a_newer_program_is_refused() {
    let (database, _) = settled().await;
    let folder = database.folder();
    let (copy, back) = (folder.join("copy.db"), folder.join("back.db"));
    database.store.backup(&copy).await.unwrap();
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
    let sql = "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
               VALUES (999, 'later', 0, TRUE, x'00', 0)";
    sqlx::query(sql).execute(&pool).await.unwrap();
    pool.close().await;
    assert!(said(&restore(&copy, &back).await.unwrap_err()).contains("newer program"));
    database.remove().await;
}
