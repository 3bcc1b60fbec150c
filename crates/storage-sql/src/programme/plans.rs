//! Plans: inserted once, never changed.

use domain::units::Scope;
use kernel::{PlanId, UserId};
use storage::{PlanRecord, StorageError, Stored, StoredPlan};

use crate::scope::{level_from, level_id};
use crate::tx::{Query, Row, Tx, to_json};

const ABOUT: &str = "p.id, p.units_from, p.level, p.code, p.year, p.number, p.title, p.file_name, p.file_hash, p.by_user, \
                     p.by_name, p.at_ms";

/// The plans of exactly this unit.
fn of<'t>(query: Query<'t>, unit: &Scope) -> Query<'t> {
    query
        .push_bind(" p.units_from = ", unit.units_from.iso())
        .push_bind(" AND p.level = ", level_id(unit.level))
        .push_bind(" AND p.code = ", unit.code.clone())
}

pub(super) async fn of_unit(tx: &mut Tx, unit: &Scope) -> Stored<Vec<PlanRecord>> {
    let query = tx.query("listing plans", format!("SELECT {ABOUT} FROM plan p WHERE"));
    of(query, unit).push(" ORDER BY p.year DESC, p.number DESC").all("plan", record).await
}

pub(super) async fn by_id(tx: &mut Tx, unit: &Scope, id: PlanId) -> Stored<Option<StoredPlan>> {
    let query = tx.query("finding a plan", format!("SELECT {ABOUT}, p.text, p.content FROM plan p WHERE"));
    of(query, unit)
        .push_bind(" AND p.id = ", id.0)
        .first("plan", |row| Ok(StoredPlan { record: record(row)?, text: row.text()?, plan: row.json()? }))
        .await
}

pub(super) async fn add(tx: &mut Tx, plan: &StoredPlan) -> Stored<()> {
    const INSERT: &str = "INSERT INTO plan (id, units_from, level, code, year, number, title, file_name, file_hash, \
         by_user, by_name, at_ms, text, content) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING";
    let StoredPlan { record, text, plan } = plan;
    let content = to_json("plan", plan)?;
    let added = tx
        .query("saving a plan", INSERT)
        .bind(record.id.0)
        .bind(record.unit.units_from.iso())
        .bind(level_id(record.unit.level))
        .bind(record.unit.code.as_str())
        .bind(i64::from(record.year))
        .bind(record.number)
        .bind(record.title.as_str())
        .bind(record.file_name.as_str())
        .bind(record.file_hash.as_str())
        .bind(record.by.0)
        .bind(record.by_name.as_str())
        .bind(record.at_ms)
        .bind(text.as_str())
        .bind(content)
        .run()
        .await?;
    if added == 0 { Err(StorageError::Conflict { record: "plan" }) } else { Ok(()) }
}

fn record(row: &mut Row) -> Stored<PlanRecord> {
    Ok(PlanRecord {
        id: PlanId(row.uuid()?),
        unit: Scope::new(row.day()?, row.word(level_from)?, row.text()?),
        year: row.number()?,
        number: row.take()?,
        title: row.text()?,
        file_name: row.text()?,
        file_hash: row.text()?,
        by: UserId(row.uuid()?),
        by_name: row.text()?,
        at_ms: row.take()?,
    })
}
