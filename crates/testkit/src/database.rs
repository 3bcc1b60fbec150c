//! A fresh database for one test, on either kind of server. PostgreSQL that cannot be reached is a failed test, never a
//! skipped one.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use storage_sql::SqlStore;

/// Names the server on which tests create their databases.
pub const POSTGRES: &str = "VUON_TEST_POSTGRES";

static DRAWN: AtomicU64 = AtomicU64::new(0);

/// A database that is taken away when the test is done with it.
#[derive(Debug)]
pub struct TestDatabase {
    pub store: SqlStore,
    /// What [`SqlStore::open`] was given.
    pub url: String,
    leftover: Leftover,
}

#[derive(Debug)]
enum Leftover {
    Folder(PathBuf),
    Database { server: String, name: String },
}

fn fresh_name() -> String {
    format!("vuon_test_{}_{}", std::process::id(), DRAWN.fetch_add(1, Ordering::Relaxed))
}

impl TestDatabase {
    /// A file of its own in a folder of its own.
    ///
    /// # Panics
    /// When the machine has no room for it.
    pub async fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(fresh_name());
        // A test that failed leaves its folder, and the machine gives out the number of its process again.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let url = format!("sqlite://{}", folder.join("vuon.db").display());
        let store = SqlStore::open(&url).await.unwrap_or_else(|error| panic!("{url}: {error:?}"));
        Self { store, url, leftover: Leftover::Folder(folder) }
    }

    /// A database of its own on the server that `VUON_TEST_POSTGRES` names.
    ///
    /// # Panics
    /// When the variable is not set or the server does not answer.
    pub async fn postgres() -> Self {
        let server = std::env::var(POSTGRES).unwrap_or_else(|_| {
            panic!("{POSTGRES} is not set: PostgreSQL was not tested. Set it to postgres://user@host:port/postgres")
        });
        let name = fresh_name();
        let mut connection = reach(&server).await;
        for sql in [
            format!("DROP DATABASE IF EXISTS {name}"),
            format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"),
        ] {
            sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap_or_else(|error| panic!("{error}"));
        }
        let _ = connection.close().await;
        let url = with_database(&server, &name);
        let store = SqlStore::open(&url).await.unwrap_or_else(|error| panic!("{url}: {error:?}"));
        Self { store, url, leftover: Leftover::Database { server, name } }
    }

    /// The folder of a SQLite database.
    ///
    /// # Panics
    /// On PostgreSQL.
    pub fn folder(&self) -> PathBuf {
        match &self.leftover {
            Leftover::Folder(folder) => folder.clone(),
            Leftover::Database { name, .. } => panic!("{name} is on a server"),
        }
    }

    /// A folder for what an installation keeps beside its database; goes with it.
    pub fn beside(&self, name: &str) -> PathBuf {
        match &self.leftover {
            Leftover::Folder(folder) => folder.join(name),
            Leftover::Database { name: database, .. } => {
                std::env::temp_dir().join(format!("{database}_files")).join(name)
            }
        }
    }

    /// Takes the database away.
    pub async fn remove(self) {
        self.store.close().await;
        match self.leftover {
            Leftover::Folder(folder) => {
                let _ = std::fs::remove_dir_all(folder);
            }
            Leftover::Database { server, name } => {
                let _ = std::fs::remove_dir_all(std::env::temp_dir().join(format!("{name}_files")));
                let mut connection = reach(&server).await;
                let sql = AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                let _ = sqlx::query(sql).execute(&mut connection).await;
            }
        }
    }
}

async fn reach(server: &str) -> PgConnection {
    let options: sqlx::postgres::PgConnectOptions =
        server.parse().unwrap_or_else(|error| panic!("{POSTGRES}={server}: {error}"));
    options.connect().await.unwrap_or_else(|error| {
        panic!("PostgreSQL at {server} ({POSTGRES}) does not answer: {error}. Start it; the tests do not skip it.")
    })
}

/// The same server with another database's name.
fn with_database(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').map_or((server, None), |(a, o)| (a, Some(o)));
    let authority_from = address.find("://").map_or(0, |at| at + 3);
    let end =
        address.get(authority_from..).and_then(|rest| rest.find('/')).map_or(address.len(), |at| authority_from + at);
    let base = address.get(..end).unwrap_or(address);
    options.map_or_else(|| format!("{base}/{name}"), |options| format!("{base}/{name}?{options}"))
}
