//! The register of snapshots.

use async_trait::async_trait;
use domain::units::Scope;
use kernel::{Day, UserId};
use storage::{ReportingStore, SnapshotRecord, Stored};

use crate::scope::{level_from, level_id};
use crate::tx::Row;
use crate::work::SqlWork;

const TABLE: &str = "snapshot";
const COLUMNS: &str = "SELECT s.name, s.act, s.year, s.units_from, s.level, s.code, s.day, s.at_ms, s.by_user, s.by_name, \
                       s.households, s.persons, s.bytes, s.is_sample, s.checked_on, s.is_whole FROM snapshot s WHERE";
const NEWEST_FIRST: &str = " ORDER BY s.at_ms DESC, s.name";

#[async_trait]
impl ReportingStore for SqlWork {
    async fn snapshots(&mut self, scope: &Scope, year: Option<i16>) -> Stored<Vec<SnapshotRecord>> {
        let query = self.tx.query("listing snapshots", COLUMNS).unit_in_scope("s", scope);
        let query = match year {
            Some(year) => query.push_bind(" AND s.year = ", i64::from(year)),
            None => query,
        };
        query.push(NEWEST_FIRST).all(TABLE, snapshot).await
    }

    async fn snapshots_of(&mut self, units: &[Scope], year: i16) -> Stored<Vec<SnapshotRecord>> {
        let mut query =
            self.tx.query("finding snapshots", COLUMNS).push_bind(" s.year = ", i64::from(year)).push(" AND (");
        for (at, unit) in units.iter().enumerate() {
            query = query
                .push(if at == 0 { "(" } else { " OR (" })
                .push_bind("s.units_from = ", unit.units_from.iso())
                .push_bind(" AND s.level = ", level_id(unit.level))
                .push_bind(" AND s.code = ", unit.code.clone())
                .push(")");
        }
        if units.is_empty() {
            query = query.push("FALSE");
        }
        query.push(")").push(NEWEST_FIRST).all(TABLE, snapshot).await
    }

    async fn snapshot(&mut self, scope: &Scope, name: &str) -> Stored<Option<SnapshotRecord>> {
        let query = self.tx.query("finding a snapshot", COLUMNS).push_bind(" s.name = ", name.to_owned()).push(" AND");
        query.unit_in_scope("s", scope).first(TABLE, snapshot).await
    }

    async fn add_snapshot(&mut self, snapshot: &SnapshotRecord) -> Stored<()> {
        const SQL: &str = "INSERT INTO snapshot (name, act, year, units_from, level, code, day, at_ms, by_user, by_name, \
             households, persons, bytes, is_sample) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
             ON CONFLICT DO NOTHING";
        self.tx
            .query("entering a snapshot", SQL)
            .bind(snapshot.name.as_str())
            .bind(snapshot.act.as_str())
            .bind(i64::from(snapshot.year))
            .bind(snapshot.scope.units_from.iso())
            .bind(level_id(snapshot.scope.level))
            .bind(snapshot.scope.code.as_str())
            .bind(snapshot.day.iso())
            .bind(snapshot.at_ms)
            .bind(snapshot.by.0)
            .bind(snapshot.by_name.as_str())
            .bind(snapshot.households)
            .bind(snapshot.persons)
            .bind(snapshot.bytes)
            .bind(snapshot.is_sample)
            .run()
            .await
            .map(drop)
    }

    async fn save_snapshot_check(&mut self, name: &str, day: Day, is_whole: bool) -> Stored<()> {
        const SQL: &str = "UPDATE snapshot SET checked_on = $1, is_whole = $2 WHERE name = $3";
        let query = self.tx.query("keeping the check of a snapshot", SQL);
        query.bind(day.iso()).bind(is_whole).bind(name.to_owned()).run().await.map(drop)
    }
}

fn snapshot(row: &mut Row) -> Stored<SnapshotRecord> {
    let (name, act, year) = (row.text()?, row.text()?, row.number()?);
    let (units_from, level, code) = (row.day()?, row.word(level_from)?, row.text()?);
    let (day, at_ms, by, by_name) = (row.day()?, row.take()?, UserId(row.uuid()?), row.text()?);
    let (households, persons, bytes, is_sample) = (row.take()?, row.take()?, row.take()?, row.take()?);
    let (checked_on, is_whole): (_, Option<bool>) = (row.day_if_any()?, row.take()?);
    Ok(SnapshotRecord {
        name,
        act,
        year,
        scope: Scope::new(units_from, level, code),
        day,
        at_ms,
        by,
        by_name,
        households,
        persons,
        bytes,
        is_sample,
        checked: checked_on.zip(is_whole),
    })
}
