//! Both databases end in the same schema, and bringing a database up to date twice changes nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops; that is its report")]

use std::collections::BTreeMap;

use sqlx::Row;
use storage::Store;
use storage_sql::SqlStore;
use testkit::{TestDatabase, World};

/// Columns with what kind of value they hold and whether they may be empty, by table.
type Schema = BTreeMap<String, BTreeMap<String, (String, bool)>>;

/// The text index is the one thing each database has in its own way.
fn is_shared(table: &str, column: &str) -> bool {
    let is_index =
        table.starts_with("household_text") || (table == "household" && ["number", "search"].contains(&column));
    !is_index && !table.starts_with("_sqlx")
}

fn kind(declared: &str) -> String {
    match declared.to_lowercase().as_str() {
        "bytea" => "bytes".to_owned(),
        "bigint" => "number".to_owned(),
        other => other.to_owned(),
    }
}

async fn sqlite_schema(url: &str) -> Schema {
    let pool = sqlx::SqlitePool::connect(url).await.unwrap();
    let sql = "SELECT t.name AS tab, c.name AS col, c.type AS kind, c.\"notnull\" AS filled \
               FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'";
    let rows = sqlx::query(sql).fetch_all(&pool).await.unwrap();
    pool.close().await;
    collect(rows.iter().map(|row| (row.get("tab"), row.get("col"), row.get("kind"), row.get::<i64, _>("filled") == 0)))
}

async fn postgres_schema(url: &str) -> Schema {
    let pool = sqlx::PgPool::connect(url).await.unwrap();
    let sql = "SELECT table_name::text AS tab, column_name::text AS col, data_type::text AS kind, \
               is_nullable::text AS empty FROM information_schema.columns WHERE table_schema = 'public'";
    let rows = sqlx::query(sql).fetch_all(&pool).await.unwrap();
    pool.close().await;
    collect(
        rows.iter()
            .map(|row| (row.get("tab"), row.get("col"), row.get("kind"), row.get::<String, _>("empty") == "YES")),
    )
}

fn collect(columns: impl Iterator<Item = (String, String, String, bool)>) -> Schema {
    let mut schema = Schema::new();
    for (table, column, declared, may_be_empty) in columns.filter(|(table, column, ..)| is_shared(table, column)) {
        schema.entry(table).or_default().insert(column, (kind(&declared), may_be_empty));
    }
    schema
}

#[tokio::test]
async fn both_databases_end_in_the_same_schema() {
    let (lite, pg) = (TestDatabase::sqlite().await, TestDatabase::postgres().await);
    let (in_lite, in_pg) = (sqlite_schema(&lite.url).await, postgres_schema(&pg.url).await);
    assert!(in_lite.len() > 15, "{:?}", in_lite.keys());
    assert_eq!(in_lite, in_pg);
    lite.remove().await;
    pg.remove().await;
}

#[tokio::test]
async fn opening_again_keeps_what_is_stored() {
    for database in [TestDatabase::sqlite().await, TestDatabase::postgres().await] {
        let world = World::new(1);
        let village = world.village("18073", "Thôn 1");
        let household = world.household(&village, "Lê An").build();
        let mut work = database.store.write().await.unwrap();
        work.add_villages(&[village]).await.unwrap();
        work.add_households(&[household]).await.unwrap();
        work.commit().await.unwrap();
        database.store.close().await;

        let again = SqlStore::open(&database.url).await.unwrap();
        assert_eq!(again.read().await.unwrap().heads(&world.province()).await.unwrap().len(), 1);
        again.close().await;
        database.remove().await;
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_not_opened() {
    let database = TestDatabase::sqlite().await;
    database.store.close().await;
    let pool = sqlx::SqlitePool::connect(&database.url).await.unwrap();
    let sql = "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
               VALUES (999, 'later', 0, TRUE, x'00', 0)";
    sqlx::query(sql).execute(&pool).await.unwrap();
    pool.close().await;
    let refused = SqlStore::open(&database.url).await.unwrap_err().to_string();
    assert!(refused.contains("newest schema"), "{refused}");
    database.remove().await;
}

#[tokio::test]
async fn a_place_that_cannot_be_opened_says_what_was_tried() {
    let refused = SqlStore::open("/no/such/folder/vuon.db").await.unwrap_err().to_string();
    assert!(refused.contains("opening the SQLite file"), "{refused}");
    let refused = SqlStore::open("postgres://nobody@127.0.0.1:1/none").await.unwrap_err().to_string();
    assert!(refused.contains("connecting to PostgreSQL"), "{refused}");
}
