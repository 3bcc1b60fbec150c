//! Which spreadsheets of work were brought in, so that a second copy is known.

use domain::units::Scope;
use kernel::IntakeId;
use storage::{Stored, WorkImport};

use super::{place, push_place};
use crate::tx::{Tx, Values};

const TABLE: &str = "work_import";

pub(super) async fn add(tx: &mut Tx, import: &WorkImport) -> Stored<()> {
    const SQL: &str = "INSERT INTO work_import (id, hash, units_from, province, district, commune, by_name, at_ms) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let mut values = Values::new(tx.dialect());
    values.push(import.id.0);
    values.push(import.hash.as_str());
    push_place(&mut values, &import.place);
    values.push(import.by_name.as_str());
    values.push(import.at_ms);
    tx.query("keeping an import", SQL).with(values).run().await?;
    Ok(())
}

pub(super) async fn like(tx: &mut Tx, scope: &Scope, hash: &str) -> Stored<Option<WorkImport>> {
    const SQL: &str = "SELECT i.id, i.hash, i.units_from, i.province, i.district, i.commune, i.by_name, i.at_ms \
                       FROM work_import i WHERE i.hash = $1 AND";
    tx.query("finding an import of the same cells", SQL)
        .bind(hash)
        .in_scope("i", scope)
        .push(" ORDER BY i.at_ms DESC LIMIT 1")
        .first(TABLE, |row| {
            Ok(WorkImport {
                id: IntakeId(row.uuid()?),
                hash: row.text()?,
                place: place(row)?,
                by_name: row.text()?,
                at_ms: row.take()?,
            })
        })
        .await
}

pub(super) async fn forget(tx: &mut Tx, id: IntakeId) -> Stored<()> {
    tx.query("forgetting an import", "DELETE FROM work_import WHERE id = $1").bind(id.0).run().await?;
    Ok(())
}
