//! Sheets as kept: found while they are good, replaced when they are not.

use domain::programme::target::Lists;
use domain::units::Scope;
use storage::{SheetKey, Stored, StoredSheet};

use super::scope_of;
use crate::tx::{Row, Tx};

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
        .in_scope("s", &scope_of(of))
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
    }
    Ok(())
}

fn key(row: &mut Row) -> Stored<SheetKey> {
    Ok(SheetKey { units_from: row.day()?, province: row.text()?, district: row.text()?, commune: row.text()? })
}
