//! Decisions recorded for whole lists, each with what the households had before.

use domain::units::{Scope, ScopeLevel};
use kernel::{ListDecisionId, UserId};
use storage::{ListDecision, StorageError, Stored};

use crate::tx::{Row, Tx, to_json};

const TABLE: &str = "list_decision";
const CHANGED: StorageError = StorageError::Conflict { record: TABLE };

pub(super) async fn of_commune(tx: &mut Tx, commune: &Scope, year: i16) -> Stored<Vec<ListDecision>> {
    const SQL: &str = "SELECT d.id, d.units_from, d.commune, d.year, d.number, d.day, d.by_user, d.by_name, d.at_ms, \
                       d.is_undone, d.households, d.version FROM list_decision d WHERE d.units_from = $1 \
                       AND d.commune = $2 AND d.year = $3 ORDER BY d.at_ms DESC, d.id DESC";
    if commune.level != ScopeLevel::Commune {
        return Ok(Vec::new());
    }
    tx.query("listing decisions", SQL)
        .bind(commune.units_from.iso())
        .bind(commune.code.as_str())
        .bind(i64::from(year))
        .all(TABLE, decision)
        .await
}

pub(super) async fn save(tx: &mut Tx, decision: &ListDecision) -> Stored<()> {
    const INSERT: &str = "INSERT INTO list_decision (units_from, commune, year, number, day, by_user, by_name, at_ms, \
         is_undone, households, id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 + 1) \
         ON CONFLICT DO NOTHING";
    const UPDATE: &str = "UPDATE list_decision SET units_from = $1, commune = $2, year = $3, number = $4, day = $5, \
         by_user = $6, by_name = $7, at_ms = $8, is_undone = $9, households = $10, version = version + 1 \
         WHERE id = $11 AND version = $12";
    let sql = if decision.version == 0 { INSERT } else { UPDATE };
    let touched = tx
        .query("saving a decision", sql)
        .bind(decision.commune.units_from.iso())
        .bind(decision.commune.code.as_str())
        .bind(i64::from(decision.year))
        .bind(decision.number.as_str())
        .bind(decision.day.iso())
        .bind(decision.by.0)
        .bind(decision.by_name.as_str())
        .bind(decision.at_ms)
        .bind(decision.is_undone)
        .bind(to_json(TABLE, &decision.households)?)
        .bind(decision.id.0)
        .bind(decision.version)
        .run()
        .await?;
    if touched == 0 { Err(CHANGED) } else { Ok(()) }
}

fn decision(row: &mut Row) -> Stored<ListDecision> {
    let id = ListDecisionId(row.uuid()?);
    let commune = Scope::new(row.day()?, ScopeLevel::Commune, row.text()?);
    Ok(ListDecision {
        id,
        commune,
        year: row.number()?,
        number: row.text()?,
        day: row.day()?,
        by: UserId(row.uuid()?),
        by_name: row.text()?,
        at_ms: row.take()?,
        is_undone: row.take()?,
        households: row.json()?,
        version: row.take()?,
    })
}
