//! Sheets as kept: found while they are good, replaced when they are not.

use std::collections::BTreeSet;

use domain::programme::target::Lists;
use domain::units::{Scope, ScopeLevel};
use kernel::HouseholdId;
use storage::{FactChanges, SheetKey, Stored, StoredSheet};
use uuid::Uuid;

use crate::tx::{Row, Tx, Values};

/// So many versions of changes are kept behind a sheet, for the sheets of other years.
const KEPT_CHANGES: i64 = 50;

pub(super) async fn provinces(tx: &mut Tx) -> Stored<Vec<Scope>> {
    const SQL: &str = "SELECT DISTINCT f.units_from, f.province FROM fact_version f ORDER BY f.units_from, f.province";
    tx.query("asking where anything changed", SQL)
        .all("fact_version", |row| Ok(Scope::new(row.day()?, ScopeLevel::Province, row.text()?)))
        .await
}

pub(super) async fn versions(tx: &mut Tx, scope: &Scope) -> Stored<Vec<(SheetKey, i64)>> {
    const SQL: &str = "SELECT f.units_from, f.province, f.district, f.commune, f.version FROM fact_version f WHERE";
    tx.query("asking what changed", SQL)
        .in_scope("f", scope)
        .all("fact_version", |row| Ok((key(row)?, row.take()?)))
        .await
}

pub(super) async fn counts(tx: &mut Tx, scope: &Scope, lists: Lists, print: &str) -> Stored<Vec<StoredSheet>> {
    const SQL: &str = "SELECT s.units_from, s.province, s.district, s.commune, s.version, s.fingerprint, s.counts \
                       FROM fact_sheet s WHERE";
    tx.query("reading counts", SQL)
        .in_scope("s", scope)
        .push_bind(" AND s.year = ", i64::from(lists.year))
        .push_bind(" AND s.in_force = ", i64::from(lists.in_force))
        .push_bind(" AND s.fingerprint = ", print.to_owned())
        .all("fact_sheet", |row| {
            let (key, version, fingerprint) = (key(row)?, row.take()?, row.text()?);
            Ok(StoredSheet { key, version, fingerprint, counts: row.take()?, content: Vec::new() })
        })
        .await
}

pub(super) async fn whole(tx: &mut Tx, of: &SheetKey, lists: Lists, print: &str) -> Stored<Option<StoredSheet>> {
    const SQL: &str = "SELECT s.units_from, s.province, s.district, s.commune, s.version, s.fingerprint, s.counts, \
                       s.content FROM fact_sheet s WHERE";
    tx.query("reading a sheet", SQL)
        .in_scope("s", &of.place().unit())
        .push_bind(" AND s.district = ", of.district.clone())
        .push_bind(" AND s.commune = ", of.commune.clone())
        .push_bind(" AND s.year = ", i64::from(lists.year))
        .push_bind(" AND s.in_force = ", i64::from(lists.in_force))
        .push_bind(" AND s.fingerprint = ", print.to_owned())
        .first("fact_sheet", |row| {
            let (key, version, fingerprint) = (key(row)?, row.take()?, row.text()?);
            Ok(StoredSheet { key, version, fingerprint, counts: row.take()?, content: row.take()? })
        })
        .await
}

pub(super) async fn save(tx: &mut Tx, lists: Lists, sheets: &[StoredSheet]) -> Stored<()> {
    // An older reader must not put its sheet over a newer one.
    const SQL: &str = "INSERT INTO fact_sheet (units_from, province, district, commune, year, in_force, version, \
                       fingerprint, counts, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                       ON CONFLICT (units_from, province, district, commune, year, in_force) DO UPDATE SET \
                       version = excluded.version, fingerprint = excluded.fingerprint, counts = excluded.counts, \
                       content = excluded.content WHERE fact_sheet.version <= excluded.version";
    for sheet in sheets {
        tx.query("keeping a sheet", SQL)
            .bind(sheet.key.units_from.iso())
            .bind(sheet.key.province.as_str())
            .bind(sheet.key.district.as_str())
            .bind(sheet.key.commune.as_str())
            .bind(i64::from(lists.year))
            .bind(i64::from(lists.in_force))
            .bind(sheet.version)
            .bind(sheet.fingerprint.as_str())
            .bind(sheet.counts.clone())
            .bind(sheet.content.clone())
            .run()
            .await?;
        forget(tx, sheet).await?;
    }
    Ok(())
}

/// Every version after `after` must have left its change; a gap means that nothing is known.
pub(super) async fn changes(tx: &mut Tx, of: &SheetKey, after: i64) -> Stored<FactChanges> {
    const NOW: &str = "SELECT f.version FROM fact_version f WHERE f.units_from = $1 AND f.province = $2 \
                       AND f.district = $3 AND f.commune = $4";
    const SQL: &str = "SELECT c.version, c.household, c.everybody FROM fact_change c WHERE c.units_from = $1 \
                       AND c.province = $2 AND c.district = $3 AND c.commune = $4 AND c.version > $5";
    let values = of_unit(tx, of);
    let now = tx.query("asking what changed", NOW).with(values).number("fact_version").await?;
    let mut values = of_unit(tx, of);
    values.push(after);
    let found = tx
        .query("asking what changed", SQL)
        .with(values)
        .all("fact_change", |row| Ok((row.take::<i64>()?, row.take::<Option<Uuid>>()?, row.take::<bool>()?)))
        .await?;
    let versions: BTreeSet<i64> = found.iter().map(|(version, ..)| *version).collect();
    let is_known = i64::try_from(versions.len()).is_ok_and(|known| known == now - after);
    if !is_known || found.iter().any(|(.., everybody)| *everybody) {
        return Ok(FactChanges::Everything);
    }
    let households: BTreeSet<HouseholdId> = found.iter().filter_map(|(_, id, _)| id.map(HouseholdId)).collect();
    Ok(FactChanges::Households(households.into_iter().collect()))
}

/// Changes that are long in every sheet; a sheet of another year that missed them is made anew.
async fn forget(tx: &mut Tx, sheet: &StoredSheet) -> Stored<()> {
    const SQL: &str = "DELETE FROM fact_change WHERE units_from = $1 AND province = $2 AND district = $3 \
                       AND commune = $4 AND version <= $5";
    let mut values = of_unit(tx, &sheet.key);
    values.push(sheet.version - KEPT_CHANGES);
    tx.query("forgetting changes", SQL).with(values).run().await?;
    Ok(())
}

fn of_unit(tx: &Tx, of: &SheetKey) -> Values {
    let mut values = Values::new(tx.dialect());
    values.push(of.units_from.iso());
    values.push(of.province.as_str());
    values.push(of.district.as_str());
    values.push(of.commune.as_str());
    values
}

fn key(row: &mut Row) -> Stored<SheetKey> {
    Ok(SheetKey { units_from: row.day()?, province: row.text()?, district: row.text()?, commune: row.text()? })
}
