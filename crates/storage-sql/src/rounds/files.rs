//! Files attached to a place, by the hash of their content.

use domain::units::Scope;
use storage::{Attachment, Stored};

use super::place;
use crate::tx::Tx;

pub(super) async fn add(tx: &mut Tx, file: &Attachment) -> Stored<()> {
    const SQL: &str = "INSERT INTO attachment (hash, units_from, province, district, commune, village, name, \
         media_type, content, at_ms, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT DO NOTHING";
    tx.query("keeping a file", SQL)
        .bind(file.hash.as_str())
        .bind(file.place.units_from.iso())
        .bind(file.place.province.as_str())
        .bind(file.place.district.as_str())
        .bind(file.place.commune.as_str())
        .bind(file.place.village.0)
        .bind(file.name.as_str())
        .bind(file.media_type.as_str())
        .bind(file.content.clone())
        .bind(file.at_ms)
        .bind(file.by_name.as_str())
        .run()
        .await
        .map(drop)
}

pub(super) async fn by_hash(tx: &mut Tx, scope: &Scope, hash: &str) -> Stored<Option<Attachment>> {
    const SQL: &str = "SELECT f.hash, f.units_from, f.province, f.district, f.commune, f.village, f.name, f.media_type, \
                       f.content, f.at_ms, f.by_name FROM attachment f WHERE";
    tx.query("finding a file", SQL)
        .push_bind(" f.hash = ", hash.to_owned())
        .push(" AND")
        .in_scope("f", scope)
        .first("attachment", |row| {
            Ok(Attachment {
                hash: row.text()?,
                place: place(row)?,
                name: row.text()?,
                media_type: row.text()?,
                content: row.take()?,
                at_ms: row.take()?,
                by_name: row.text()?,
            })
        })
        .await
}
