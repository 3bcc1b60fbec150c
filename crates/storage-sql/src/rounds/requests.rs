//! Requests of households.

use domain::review::request::Request;
use domain::units::Scope;
use kernel::{HouseholdId, RequestId};
use storage::{StorageError, Stored};

use crate::tx::{Row, Tx, to_json};

const TABLE: &str = "review_request";
const CHANGED: StorageError = StorageError::Conflict { record: "request" };
const COLUMNS: &str = "SELECT q.content, q.version FROM review_request q WHERE";
const NEWEST: &str = " ORDER BY q.received DESC, q.id DESC";

fn request(row: &mut Row) -> Stored<Request> {
    let mut request: Request = row.json()?;
    request.version = row.take()?;
    Ok(request)
}

pub(super) async fn of_year(tx: &mut Tx, scope: &Scope, year: i16) -> Stored<Vec<Request>> {
    tx.query("listing requests", COLUMNS)
        .in_scope("q", scope)
        .push_bind(" AND q.year = ", i64::from(year))
        .push(NEWEST)
        .all(TABLE, request)
        .await
}

pub(super) async fn by_id(tx: &mut Tx, scope: &Scope, id: RequestId) -> Stored<Option<Request>> {
    tx.query("finding a request", COLUMNS)
        .push_bind(" q.id = ", id.0)
        .push(" AND")
        .also_in_scope("q", scope)
        .first(TABLE, request)
        .await
}

pub(super) async fn of_household(tx: &mut Tx, scope: &Scope, household: HouseholdId) -> Stored<Vec<Request>> {
    tx.query("listing a household's requests", COLUMNS)
        .push_bind(" q.household = ", household.0)
        .push(" AND")
        .also_in_scope("q", scope)
        .push(NEWEST)
        .all(TABLE, request)
        .await
}

pub(super) async fn save(tx: &mut Tx, request: &Request) -> Stored<()> {
    const INSERT: &str = "INSERT INTO review_request (units_from, province, district, commune, village, year, household, \
         received, content, id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 + 1) ON CONFLICT DO NOTHING";
    const UPDATE: &str = "UPDATE review_request SET units_from = $1, province = $2, district = $3, commune = $4, \
         village = $5, year = $6, household = $7, received = $8, content = $9, version = version + 1 \
         WHERE id = $10 AND version = $11";
    let sql = if request.version == 0 { INSERT } else { UPDATE };
    let content = to_json(TABLE, request)?;
    let touched = tx
        .query("saving a request", sql)
        .bind(request.place.units_from.iso())
        .bind(request.place.province.as_str())
        .bind(request.place.district.as_str())
        .bind(request.place.commune.as_str())
        .bind(request.place.village.0)
        .bind(i64::from(request.year))
        .bind(request.household.0)
        .bind(request.received.iso())
        .bind(content)
        .bind(request.id.0)
        .bind(request.version)
        .run()
        .await?;
    if touched == 0 { Err(CHANGED) } else { Ok(()) }
}
