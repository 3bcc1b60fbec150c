//! Imports, what each did, and the columns a person matched once.

use domain::units::Scope;
use kernel::{HouseholdId, IntakeId, UserId};
use storage::{IntakeChange, IntakeRecord, IntakeState, RememberedColumns, StorageError, Stored};

use crate::bulk;
use crate::scope::{level_from, level_id};
use crate::tx::{Row, Tx, to_json};

const CHANGED: StorageError = StorageError::Conflict { record: "intake" };
const ABOUT: &str = "SELECT i.id, i.units_from, i.level, i.code, i.year, i.file_name, i.file_hash, i.state, i.by_user, \
                     i.by_name, i.at_ms, i.summary, i.version";

fn state_id(state: IntakeState) -> &'static str {
    match state {
        IntakeState::Staged => "staged",
        IntakeState::Applied => "applied",
        IntakeState::Undone => "undone",
        IntakeState::Dropped => "dropped",
    }
}

fn state_from(id: &str) -> Option<IntakeState> {
    [IntakeState::Staged, IntakeState::Applied, IntakeState::Undone, IntakeState::Dropped]
        .into_iter()
        .find(|state| state_id(*state) == id)
}

pub(super) async fn by_id(tx: &mut Tx, scope: &Scope, id: IntakeId) -> Stored<Option<IntakeRecord>> {
    tx.query("finding an import", format!("{ABOUT}, i.content FROM intake i WHERE"))
        .push_bind(" i.id = ", id.0)
        .push(" AND")
        .unit_in_scope("i", scope)
        .first("intake", intake)
        .await
}

pub(super) async fn in_scope(tx: &mut Tx, scope: &Scope) -> Stored<Vec<IntakeRecord>> {
    tx.query("listing imports", format!("{ABOUT}, '' FROM intake i WHERE"))
        .unit_in_scope("i", scope)
        .push(" ORDER BY i.at_ms DESC, i.id DESC")
        .all("intake", intake)
        .await
}

pub(super) async fn save(tx: &mut Tx, intake: &IntakeRecord) -> Stored<()> {
    const INSERT: &str = "INSERT INTO intake (units_from, level, code, year, file_name, file_hash, state, by_user, \
         by_name, at_ms, content, summary, id, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 + 1) ON CONFLICT DO NOTHING";
    const UPDATE: &str = "UPDATE intake SET units_from = $1, level = $2, code = $3, year = $4, file_name = $5, \
         file_hash = $6, state = $7, by_user = $8, by_name = $9, at_ms = $10, content = $11, summary = $12, \
         version = version + 1 WHERE id = $13 AND version = $14";
    let sql = if intake.version == 0 { INSERT } else { UPDATE };
    let touched = tx
        .query("saving an import", sql)
        .bind(intake.scope.units_from.iso())
        .bind(level_id(intake.scope.level))
        .bind(intake.scope.code.as_str())
        .bind(i64::from(intake.year))
        .bind(intake.file_name.as_str())
        .bind(intake.file_hash.as_str())
        .bind(state_id(intake.state))
        .bind(intake.by.0)
        .bind(intake.by_name.as_str())
        .bind(intake.at_ms)
        .bind(intake.content.as_str())
        .bind(intake.summary.as_str())
        .bind(intake.id.0)
        .bind(intake.version)
        .run()
        .await?;
    if touched == 0 { Err(CHANGED) } else { Ok(()) }
}

fn intake(row: &mut Row) -> Stored<IntakeRecord> {
    let id = IntakeId(row.uuid()?);
    let scope = Scope { units_from: row.day()?, level: row.word(level_from)?, code: row.text()?, village: None };
    let year = row.number()?;
    let (file_name, file_hash) = (row.text()?, row.text()?);
    let state = row.word(state_from)?;
    let (by, by_name) = (UserId(row.uuid()?), row.text()?);
    let (at_ms, summary, version) = (row.take()?, row.text()?, row.take()?);
    let content = row.text()?;
    Ok(IntakeRecord { id, scope, year, file_name, file_hash, state, by, by_name, at_ms, content, summary, version })
}

pub(super) async fn add_changes(tx: &mut Tx, changes: &[IntakeChange]) -> Stored<()> {
    let mut rows = Vec::with_capacity(changes.len());
    for change in changes {
        let household = change.household_before.as_ref().map(|h| to_json("intake_change", h)).transpose()?;
        let assessment = change.assessment_before.as_ref().map(|a| to_json("intake_change", a)).transpose()?;
        rows.push((change, household, assessment));
    }
    let into = "intake_change (intake, household, household_before, assessment_before, version_after)";
    bulk::insert(tx, "keeping what an import did", (into, ""), &rows, |row, (change, household, assessment)| {
        row.push(change.intake.0);
        row.push(change.household.0);
        row.push(household.as_deref());
        row.push(assessment.as_deref());
        row.push(change.version_after);
    })
    .await
}

pub(super) async fn changes(tx: &mut Tx, id: IntakeId) -> Stored<Vec<IntakeChange>> {
    const SQL: &str = "SELECT c.intake, c.household, c.household_before, c.assessment_before, c.version_after \
                       FROM intake_change c WHERE c.intake = $1 ORDER BY c.household";
    tx.query("finding what an import did", SQL).bind(id.0).all("intake_change", change).await
}

pub(super) async fn restate(tx: &mut Tx, household: HouseholdId, from: i64, to: i64) -> Stored<()> {
    const SQL: &str = "UPDATE intake_change SET version_after = $1 WHERE household = $2 AND version_after = $3";
    tx.query("restating what imports did", SQL).bind(to).bind(household.0).bind(from).run().await.map(drop)
}

fn change(row: &mut Row) -> Stored<IntakeChange> {
    Ok(IntakeChange {
        intake: IntakeId(row.uuid()?),
        household: HouseholdId(row.uuid()?),
        household_before: row.json_if_any()?,
        assessment_before: row.json_if_any()?,
        version_after: row.take()?,
    })
}

pub(super) async fn remembered_columns(tx: &mut Tx, signature: &str) -> Stored<Option<RememberedColumns>> {
    const SQL: &str = "SELECT signature, columns FROM remembered_columns WHERE signature = $1";
    tx.query("finding remembered columns", SQL)
        .bind(signature)
        .first("remembered_columns", |row| Ok(RememberedColumns { signature: row.text()?, columns: row.text()? }))
        .await
}

pub(super) async fn remember_columns(tx: &mut Tx, columns: &RememberedColumns) -> Stored<()> {
    const SQL: &str = "INSERT INTO remembered_columns (signature, columns) VALUES ($1, $2) \
                       ON CONFLICT (signature) DO UPDATE SET columns = excluded.columns";
    tx.query("remembering columns", SQL)
        .bind(columns.signature.as_str())
        .bind(columns.columns.as_str())
        .run()
        .await
        .map(drop)
}
