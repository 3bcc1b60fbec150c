//! One village in one review.

use domain::review::round::{Route, Step, VillageRound};
use domain::units::Scope;
use kernel::{Day, RoundId, VillageId};
use storage::{StorageError, Stored, VillageMark};

use super::place;
use crate::tx::{Row, Tx, to_json};

const TABLE: &str = "village_round";
const CHANGED: StorageError = StorageError::Conflict { record: "round" };
const COLUMNS: &str = "SELECT r.content, r.version FROM village_round r WHERE";

fn round(row: &mut Row) -> Stored<VillageRound> {
    let mut round: VillageRound = row.json()?;
    round.version = row.take()?;
    Ok(round)
}

pub(super) async fn of_year(tx: &mut Tx, scope: &Scope, year: i16, route: Route) -> Stored<Vec<VillageRound>> {
    tx.query("listing rounds", COLUMNS)
        .in_scope("r", scope)
        .push_bind(" AND r.year = ", i64::from(year))
        .push_bind(" AND r.route = ", route.id())
        .push(" ORDER BY r.commune, r.village")
        .all(TABLE, round)
        .await
}

pub(super) async fn of_village(
    tx: &mut Tx,
    scope: &Scope,
    village: VillageId,
    (year, route): (i16, Route),
) -> Stored<Option<VillageRound>> {
    tx.query("finding a village's round", COLUMNS)
        .push_bind(" r.village = ", village.0)
        .push_bind(" AND r.year = ", i64::from(year))
        .push_bind(" AND r.route = ", route.id())
        .push(" AND")
        .also_in_scope("r", scope)
        .first(TABLE, round)
        .await
}

pub(super) async fn by_id(tx: &mut Tx, scope: &Scope, id: RoundId) -> Stored<Option<VillageRound>> {
    tx.query("finding a round", COLUMNS)
        .push_bind(" r.id = ", id.0)
        .push(" AND")
        .also_in_scope("r", scope)
        .first(TABLE, round)
        .await
}

pub(super) async fn save(tx: &mut Tx, round: &VillageRound) -> Stored<()> {
    const INSERT: &str = "INSERT INTO village_round (units_from, province, district, commune, village, year, route, \
         step, due, households, content, id, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 + 1) ON CONFLICT DO NOTHING";
    const UPDATE: &str = "UPDATE village_round SET units_from = $1, province = $2, district = $3, commune = $4, \
         village = $5, year = $6, route = $7, step = $8, due = $9, households = $10, content = $11, \
         version = version + 1 WHERE id = $12 AND version = $13";
    let sql = if round.version == 0 { INSERT } else { UPDATE };
    let content = to_json(TABLE, round)?;
    let touched = tx
        .query("saving a round", sql)
        .bind(round.place.units_from.iso())
        .bind(round.place.province.as_str())
        .bind(round.place.district.as_str())
        .bind(round.place.commune.as_str())
        .bind(round.place.village.0)
        .bind(i64::from(round.year))
        .bind(round.route.id())
        .bind(round.step.id())
        .bind(round.due().map(Day::iso))
        .bind(i64::try_from(round.households.len()).unwrap_or(i64::MAX))
        .bind(content)
        .bind(round.id.0)
        .bind(round.version)
        .run()
        .await?;
    if touched == 0 { Err(CHANGED) } else { Ok(()) }
}

pub(super) async fn marks(tx: &mut Tx, scope: &Scope, year: i16, route: Route) -> Stored<Vec<VillageMark>> {
    const SQL: &str = "SELECT r.units_from, r.province, r.district, r.commune, r.village, r.step, r.due, r.households \
                       FROM village_round r WHERE";
    tx.query("listing how far rounds have come", SQL)
        .in_scope("r", scope)
        .push_bind(" AND r.year = ", i64::from(year))
        .push_bind(" AND r.route = ", route.id())
        .push(" ORDER BY r.commune, r.village")
        .all(TABLE, |row| {
            Ok(VillageMark {
                place: place(row)?,
                step: row.word(Step::from_id)?,
                due: row.day_if_any()?,
                households: row.take()?,
            })
        })
        .await
}

pub(super) async fn routes(tx: &mut Tx, scope: &Scope, year: i16) -> Stored<Vec<Route>> {
    tx.query("listing reviews", "SELECT DISTINCT r.route FROM village_round r WHERE")
        .in_scope("r", scope)
        .push_bind(" AND r.year = ", i64::from(year))
        .push(" ORDER BY r.route")
        .all(TABLE, |row| row.word(Route::from_id))
        .await
}
