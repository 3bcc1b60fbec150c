//! A unit's results of a year; every compilation is a record of its own.

use domain::review::results::Results;
use domain::units::Scope;
use kernel::ResultsId;
use storage::{StorageError, Stored};

use crate::scope::level_id;
use crate::tx::{Row, Tx, to_json};

const TABLE: &str = "review_results";
const CHANGED: StorageError = StorageError::Conflict { record: "results" };
const COLUMNS: &str = "SELECT p.content, p.version FROM review_results p WHERE";

fn results(row: &mut Row) -> Stored<Results> {
    let mut results: Results = row.json()?;
    results.version = row.take()?;
    Ok(results)
}

pub(super) async fn of_unit(tx: &mut Tx, unit: &Scope, year: i16) -> Stored<Vec<Results>> {
    tx.query("listing results", COLUMNS)
        .push_bind(" p.units_from = ", unit.units_from.iso())
        .push_bind(" AND p.level = ", level_id(unit.level))
        .push_bind(" AND p.code = ", unit.code.clone())
        .push_bind(" AND p.year = ", i64::from(year))
        .push(" ORDER BY p.id DESC")
        .all(TABLE, results)
        .await
}

pub(super) async fn by_id(tx: &mut Tx, id: ResultsId) -> Stored<Option<Results>> {
    tx.query("finding results", COLUMNS).push_bind(" p.id = ", id.0).first(TABLE, results).await
}

pub(super) async fn save(tx: &mut Tx, results: &Results) -> Stored<()> {
    const INSERT: &str = "INSERT INTO review_results (units_from, level, code, year, content, id, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7 + 1) ON CONFLICT DO NOTHING";
    const UPDATE: &str = "UPDATE review_results SET units_from = $1, level = $2, code = $3, year = $4, content = $5, \
         version = version + 1 WHERE id = $6 AND version = $7";
    let sql = if results.version == 0 { INSERT } else { UPDATE };
    let content = to_json(TABLE, results)?;
    let touched = tx
        .query("saving results", sql)
        .bind(results.unit.units_from.iso())
        .bind(level_id(results.unit.level))
        .bind(results.unit.code.as_str())
        .bind(i64::from(results.year))
        .bind(content)
        .bind(results.id.0)
        .bind(results.version)
        .run()
        .await?;
    if touched == 0 { Err(CHANGED) } else { Ok(()) }
}
