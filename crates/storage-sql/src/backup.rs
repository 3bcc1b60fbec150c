//! A copy of the embedded store that can be taken while people work, and the way back. Never overwrites anything.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use storage::{StorageError, Stored};

use crate::migrations::newest;
use crate::store::{Db, SqlStore};
use crate::tx::fault;

impl SqlStore {
    /// Writes the whole store into a new file, whatever is being written meanwhile.
    pub async fn backup(&self, to: &Path) -> Result<(), StorageError> {
        let Db::Lite { readers, .. } = &self.db else {
            return Err(refused("backing up", "this store is on PostgreSQL; use pg_dump".to_owned()));
        };
        must_not_exist("backing up", to)?;
        let target = text("backing up", to)?;
        sqlx::query("VACUUM INTO $1").bind(target).execute(readers).await.map_err(fault("backing up"))?;
        Ok(())
    }
}

/// Backs up the store in the file `from`, which may be in use.
pub async fn backup(from: &Path, to: &Path) -> Result<(), StorageError> {
    must_exist("backing up", from)?;
    must_not_exist("backing up", to)?;
    let target = text("backing up", to)?;
    let mut source = open("backing up", from).await?;
    sqlx::query("VACUUM INTO $1").bind(target).execute(&mut source).await.map_err(fault("backing up"))?;
    Ok(())
}

/// Puts a backup where a store is to be, after looking whether it is whole and of a schema this program knows.
pub async fn restore(from: &Path, to: &Path) -> Result<(), StorageError> {
    const DOING: &str = "restoring";
    must_exist(DOING, from)?;
    must_not_exist(DOING, to)?;
    let mut source = open(DOING, from).await?;
    must_be_whole(&mut source).await?;
    let target = text(DOING, to)?;
    sqlx::query("VACUUM INTO $1").bind(target).execute(&mut source).await.map_err(fault(DOING))?;
    Ok(())
}

async fn must_be_whole(source: &mut SqliteConnection) -> Stored<()> {
    const DOING: &str = "restoring";
    let verdict: String = sqlx::query_scalar("PRAGMA integrity_check(1)")
        .fetch_one(&mut *source)
        .await
        .map_err(|error| refused(DOING, format!("the backup cannot be read; take another one ({error})")))?;
    if verdict != "ok" {
        return Err(refused(DOING, format!("the backup is damaged; take another one ({verdict})")));
    }
    let step: i64 = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success")
        .fetch_one(&mut *source)
        .await
        .map_err(|_| refused(DOING, "the file is no backup of this program".to_owned()))?;
    if step > newest() {
        let what = format!("the backup is of a newer program (schema {step}); install that one first");
        return Err(refused(DOING, what));
    }
    Ok(())
}

async fn open(doing: &'static str, file: &Path) -> Stored<SqliteConnection> {
    SqliteConnectOptions::new().filename(file).create_if_missing(false).connect().await.map_err(fault(doing))
}

fn must_exist(doing: &'static str, file: &Path) -> Stored<()> {
    if file.is_file() { Ok(()) } else { Err(refused(doing, format!("there is no file {}", file.display()))) }
}

fn must_not_exist(doing: &'static str, file: &Path) -> Stored<()> {
    if file.exists() {
        return Err(refused(doing, format!("{} exists already and is not overwritten", file.display())));
    }
    Ok(())
}

fn text(doing: &'static str, file: &Path) -> Stored<String> {
    file.to_str().map(str::to_owned).ok_or_else(|| refused(doing, format!("{} is no readable name", file.display())))
}

fn refused(doing: &'static str, what: String) -> StorageError {
    StorageError::Driver { doing, source: what.into() }
}
