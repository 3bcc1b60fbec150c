//! One commune in one review: the opinion from above, the decision, what was amended since.

use domain::review::round::{CommuneRound, CommuneStep, Route};
use domain::units::Scope;
use kernel::Day;
use storage::{CommuneMark, StorageError, Stored};

use crate::tx::{Row, Tx, to_json};

const TABLE: &str = "commune_round";
const CHANGED: StorageError = StorageError::Conflict { record: "round" };

/// A commune's round belongs to the commune: a village of it may see how far it has come.
fn of_whole_commune(scope: &Scope) -> Scope {
    scope.clone().in_village(None)
}

pub(super) async fn of_commune(tx: &mut Tx, scope: &Scope, year: i16, route: Route) -> Stored<Option<CommuneRound>> {
    tx.query("finding a commune's round", "SELECT c.content, c.version FROM commune_round c WHERE")
        .in_scope("c", &of_whole_commune(scope))
        .push_bind(" AND c.year = ", i64::from(year))
        .push_bind(" AND c.route = ", route.id())
        .first(TABLE, |row: &mut Row| {
            let mut round: CommuneRound = row.json()?;
            round.version = row.take()?;
            Ok(round)
        })
        .await
}

pub(super) async fn save(tx: &mut Tx, round: &CommuneRound) -> Stored<()> {
    const INSERT: &str = "INSERT INTO commune_round (units_from, province, district, commune, year, route, step, due, \
         content, id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 + 1) ON CONFLICT DO NOTHING";
    const UPDATE: &str = "UPDATE commune_round SET units_from = $1, province = $2, district = $3, commune = $4, \
         year = $5, route = $6, step = $7, due = $8, content = $9, version = version + 1 \
         WHERE id = $10 AND version = $11";
    let sql = if round.version == 0 { INSERT } else { UPDATE };
    let content = to_json(TABLE, round)?;
    let touched = tx
        .query("saving a commune's round", sql)
        .bind(round.place.units_from.iso())
        .bind(round.place.province.as_str())
        .bind(round.place.district.as_str())
        .bind(round.place.commune.as_str())
        .bind(i64::from(round.year))
        .bind(round.route.id())
        .bind(round.step().id())
        .bind(round.due().map(Day::iso))
        .bind(content)
        .bind(round.id.0)
        .bind(round.version)
        .run()
        .await?;
    if touched == 0 { Err(CHANGED) } else { Ok(()) }
}

pub(super) async fn marks(tx: &mut Tx, scope: &Scope, year: i16, route: Route) -> Stored<Vec<CommuneMark>> {
    tx.query(
        "listing how far communes have come",
        "SELECT c.district, c.commune, c.step, c.due FROM commune_round c WHERE",
    )
    .in_scope("c", &of_whole_commune(scope))
    .push_bind(" AND c.year = ", i64::from(year))
    .push_bind(" AND c.route = ", route.id())
    .push(" ORDER BY c.commune")
    .all(TABLE, |row| {
        Ok(CommuneMark {
            district: row.text()?,
            commune: row.text()?,
            step: row.word(CommuneStep::from_id)?,
            due: row.day_if_any()?,
        })
    })
    .await
}

/// The row is locked by whoever draws until they commit; the second one waits here. SQLite has one writer anyhow.
pub(super) async fn hold_paper_series(tx: &mut Tx, commune: &Scope, year: i16) -> Stored<()> {
    const DRAW: &str = "INSERT INTO paper_series (units_from, commune, year, draws) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (units_from, commune, year) DO UPDATE SET draws = paper_series.draws + 1";
    tx.query("holding the numbers of a commune's papers", DRAW)
        .bind(commune.units_from.iso())
        .bind(commune.code.as_str())
        .bind(i64::from(year))
        .run()
        .await
        .map(drop)
}
