//! Opens a database, brings it to the newest schema and hands out units of work.
//! SQLite: one connection that writes, a few that read. PostgreSQL: a pool.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use storage::{StorageError, Store, Stored, Work};

use crate::dialect::Dialect;
use crate::migrations::migrator;
use crate::tx::{Tx, fault};
use crate::work::SqlWork;

/// How long a writer waits for another one before giving up.
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections that read at the same time; more only costs memory on a machine with few cores.
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 12;

/// A database of the house. Cloning it is cheap.
#[derive(Debug, Clone)]
pub struct SqlStore {
    pub(crate) db: Db,
}

#[derive(Debug, Clone)]
pub(crate) enum Db {
    Lite {
        writer: SqlitePool,
        /// The writer's own pool when the database lives in memory.
        readers: SqlitePool,
    },
    Pg(PgPool),
}

impl SqlStore {
    /// Opens `postgres://…`, `sqlite:///path/to/file.db`, a plain path, or `sqlite::memory:`: a private store that is
    /// gone when it is dropped and whose units of work stand in line for its one connection.
    pub async fn open(url: &str) -> Result<Self, StorageError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Self::open_postgres(url).await;
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
        if path == ":memory:" { Self::open_memory().await } else { Self::open_file(Path::new(path)).await }
    }

    async fn open_file(path: &Path) -> Stored<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            // Pages kept by each connection; the rest is left to the machine, which keeps the file anyhow.
            .pragma("cache_size", "-8000")
            .pragma("temp_store", "MEMORY");
        let writer = lite_pool(1, options.clone()).await?;
        migrator(Dialect::Sqlite).run(&writer).await.map_err(migration_fault)?;
        let readers = lite_pool(SQLITE_READERS, options.read_only(true).create_if_missing(false)).await?;
        Ok(Self { db: Db::Lite { writer, readers } })
    }

    /// No file, no sync; the journal stays in memory, because a dropped unit of work must still leave nothing.
    async fn open_memory() -> Stored<Self> {
        let options = SqliteConnectOptions::new()
            .in_memory(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Memory)
            .synchronous(SqliteSynchronous::Off)
            .pragma("temp_store", "MEMORY");
        let writer = lite_pool(1, options).await?;
        migrator(Dialect::Sqlite).run(&writer).await.map_err(migration_fault)?;
        drop_indexes(&writer).await?;
        Ok(Self { db: Db::Lite { readers: writer.clone(), writer } })
    }

    async fn open_postgres(url: &str) -> Stored<Self> {
        let options: PgConnectOptions = url.parse().map_err(fault("reading the database's address"))?;
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .connect_with(options)
            .await
            .map_err(fault("connecting to PostgreSQL"))?;
        migrator(Dialect::Postgres).run(&pool).await.map_err(migration_fault)?;
        Ok(Self { db: Db::Pg(pool) })
    }

    /// Lets go of every connection; the file of an embedded store is then whole without its log.
    pub async fn close(&self) {
        match &self.db {
            Db::Lite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Db::Pg(pool) => pool.close().await,
        }
    }
}

async fn lite_pool(connections: u32, options: SqliteConnectOptions) -> Stored<SqlitePool> {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        // An in-memory database dies with its connection; a file's connections are few enough to keep.
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.row_buffer_size(500))
        .await
        .map_err(fault("opening the SQLite file"))
}

/// A store that lives for one run is read whole a few times; keeping its indexes up would cost more than they give.
async fn drop_indexes(pool: &SqlitePool) -> Stored<()> {
    const NAMES: &str =
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND sql NOT LIKE '%UNIQUE%'";
    let names: Vec<String> = sqlx::query_scalar(NAMES).fetch_all(pool).await.map_err(fault("looking for indexes"))?;
    for name in names {
        let sql = sqlx::AssertSqlSafe(format!("DROP INDEX \"{name}\""));
        sqlx::query(sql).execute(pool).await.map_err(fault("dropping an index"))?;
    }
    Ok(())
}

fn migration_fault(source: sqlx::migrate::MigrateError) -> StorageError {
    StorageError::Driver { doing: "bringing the database to the newest schema", source: Box::new(source) }
}

#[async_trait]
impl Store for SqlStore {
    async fn read(&self) -> Stored<Box<dyn Work>> {
        let tx = match &self.db {
            Db::Lite { readers, .. } => readers.begin().await.map(Tx::Lite),
            Db::Pg(pool) => pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.map(Tx::Pg),
        };
        Ok(Box::new(SqlWork { tx: tx.map_err(fault("beginning to read"))? }))
    }

    async fn write(&self) -> Stored<Box<dyn Work>> {
        let tx = match &self.db {
            // A writer takes the lock at once, so two of them never meet halfway.
            Db::Lite { writer, .. } => writer.begin_with("BEGIN IMMEDIATE").await.map(Tx::Lite),
            Db::Pg(pool) => pool.begin().await.map(Tx::Pg),
        };
        Ok(Box::new(SqlWork { tx: tx.map_err(fault("beginning to write"))? }))
    }
}
