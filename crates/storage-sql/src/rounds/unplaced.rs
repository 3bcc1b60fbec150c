//! Requests of households that have not been found in the register yet.

use domain::review::unplaced::UnplacedRequest;
use domain::units::Scope;
use kernel::RequestId;
use storage::{StorageError, Stored};

use crate::tx::{Row, Tx, to_json};

const TABLE: &str = "unplaced_request";
const CHANGED: StorageError = StorageError::Conflict { record: "unplaced_request" };
const COLUMNS: &str = "SELECT q.content, q.version FROM unplaced_request q WHERE";

fn request(row: &mut Row) -> Stored<UnplacedRequest> {
    let mut request: UnplacedRequest = row.json()?;
    request.version = row.take()?;
    Ok(request)
}

pub(super) async fn open(tx: &mut Tx, scope: &Scope) -> Stored<Vec<UnplacedRequest>> {
    tx.query("listing unplaced requests", COLUMNS)
        .in_scope("q", scope)
        .push(" AND q.is_open = 1 ORDER BY q.received, q.id")
        .all(TABLE, request)
        .await
}

pub(super) async fn by_id(tx: &mut Tx, scope: &Scope, id: RequestId) -> Stored<Option<UnplacedRequest>> {
    tx.query("finding an unplaced request", COLUMNS)
        .push_bind(" q.id = ", id.0)
        .push(" AND")
        .also_in_scope("q", scope)
        .first(TABLE, request)
        .await
}

pub(super) async fn between(
    tx: &mut Tx,
    scope: &Scope,
    (low, high): (RequestId, RequestId),
) -> Stored<Vec<UnplacedRequest>> {
    tx.query("finding unplaced requests by code", COLUMNS)
        .push_bind(" q.id >= ", low.0)
        .push_bind(" AND q.id <= ", high.0)
        .push(" AND")
        .also_in_scope("q", scope)
        .all(TABLE, request)
        .await
}

pub(super) async fn save(tx: &mut Tx, request: &UnplacedRequest) -> Stored<()> {
    const INSERT: &str = "INSERT INTO unplaced_request (units_from, province, district, commune, village, received, \
         is_open, content, id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10 + 1) ON CONFLICT DO NOTHING";
    const UPDATE: &str = "UPDATE unplaced_request SET units_from = $1, province = $2, district = $3, commune = $4, \
         village = $5, received = $6, is_open = $7, content = $8, version = version + 1 WHERE id = $9 AND version = $10";
    let sql = if request.version == 0 { INSERT } else { UPDATE };
    let content = to_json(TABLE, request)?;
    let touched = tx
        .query("saving an unplaced request", sql)
        .bind(request.place.units_from.iso())
        .bind(request.place.province.as_str())
        .bind(request.place.district.as_str())
        .bind(request.place.commune.as_str())
        .bind(request.place.village.0)
        .bind(request.received.iso())
        .bind(i64::from(request.placed.is_none()))
        .bind(content)
        .bind(request.id.0)
        .bind(request.version)
        .run()
        .await?;
    if touched == 0 { Err(CHANGED) } else { Ok(()) }
}
