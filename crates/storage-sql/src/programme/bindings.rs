//! What a plan's clauses were taken for, in the order of the proposal.

use domain::programme::bind::Binding;
use domain::units::Scope;
use kernel::PlanId;
use storage::{StorageError, Stored, StoredBinding};

use crate::bulk;
use crate::scope::level_id;
use crate::tx::{Tx, to_json};

pub(super) async fn of_plan(tx: &mut Tx, unit: &Scope, plan: PlanId) -> Stored<Vec<StoredBinding>> {
    const SQL: &str = "SELECT b.content, b.version FROM plan_binding b JOIN plan p ON p.id = b.plan \
         WHERE b.plan = $1 AND p.units_from = $2 AND p.level = $3 AND p.code = $4 ORDER BY b.place";
    tx.query("finding what a plan's clauses stand for", SQL)
        .bind(plan.0)
        .bind(unit.units_from.iso())
        .bind(level_id(unit.level))
        .bind(unit.code.as_str())
        .all("plan_binding", |row| Ok(StoredBinding { binding: row.json()?, version: row.take()? }))
        .await
}

pub(super) async fn add(tx: &mut Tx, plan: PlanId, bindings: &[Binding]) -> Stored<()> {
    let mut rows = Vec::with_capacity(bindings.len());
    for (place, binding) in bindings.iter().enumerate() {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        rows.push((place, binding.id.as_str(), to_json("plan_binding", binding)?));
    }
    let into = "plan_binding (plan, id, place, content, version)";
    bulk::insert(tx, "keeping what a plan's clauses stand for", (into, ""), &rows, |row, (place, id, content)| {
        row.push(plan.0);
        row.push(*id);
        row.push(*place);
        row.push(content.as_str());
        row.push(1_i64);
    })
    .await
}

pub(super) async fn save(tx: &mut Tx, plan: PlanId, stored: &StoredBinding) -> Stored<()> {
    const UPDATE: &str = "UPDATE plan_binding SET content = $1, version = version + 1 \
         WHERE plan = $2 AND id = $3 AND version = $4";
    let touched = tx
        .query("saving what a clause stands for", UPDATE)
        .bind(to_json("plan_binding", &stored.binding)?)
        .bind(plan.0)
        .bind(stored.binding.id.as_str())
        .bind(stored.version)
        .run()
        .await?;
    if touched == 0 { Err(StorageError::Conflict { record: "binding" }) } else { Ok(()) }
}
