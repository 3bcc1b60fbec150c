//! Households on their way between two communes. Both communes see a hand-over, and whoever sees either of them.

use domain::registry::{Handover, HandoverState};
use domain::units::{Place, Scope};
use kernel::{Day, HandoverId, HouseholdId, UserId, VillageId};
use storage::{StorageError, Stored};

use crate::scope::column;
use crate::tx::{Query, Row, Tx};

const TABLE: &str = "handover";
const CHANGED: StorageError = StorageError::Conflict { record: TABLE };
const COLUMNS: &str = "SELECT o.id, o.household, o.head_name, o.size, o.units_from, o.from_province, o.from_district, \
    o.from_commune, o.from_village, o.to_province, o.to_district, o.to_commune, o.to_village, o.day, o.note, o.state, \
    o.remark, o.by_user, o.by_name, o.at_ms, o.version FROM handover o WHERE";

fn at_either_end<'t>(query: Query<'t>, scope: &Scope) -> Query<'t> {
    let unit = column(scope.level);
    query
        .push_bind(" o.units_from = ", scope.units_from.iso())
        .push_bind(&format!(" AND (o.from_{unit} = "), scope.code.clone())
        .push_bind(&format!(" OR o.to_{unit} = "), scope.code.clone())
        .push(")")
}

pub(super) async fn by_id(tx: &mut Tx, scope: &Scope, id: HandoverId) -> Stored<Option<Handover>> {
    let query = tx.query("finding a hand-over", COLUMNS).push_bind(" o.id = ", id.0).push(" AND");
    at_either_end(query, scope).first(TABLE, handover).await
}

pub(super) async fn open(tx: &mut Tx, scope: &Scope) -> Stored<Vec<Handover>> {
    at_either_end(tx.query("listing hand-overs", COLUMNS), scope)
        .push(" AND o.state IN ('offered', 'declined') ORDER BY o.at_ms, o.id")
        .all(TABLE, handover)
        .await
}

pub(super) async fn save(tx: &mut Tx, handover: &Handover) -> Stored<()> {
    const INSERT: &str = "INSERT INTO handover (household, head_name, size, units_from, from_province, from_district, \
         from_commune, from_village, to_province, to_district, to_commune, to_village, day, note, state, remark, \
         by_user, by_name, at_ms, id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
         $15, $16, $17, $18, $19, $20, $21 + 1) ON CONFLICT DO NOTHING";
    const UPDATE: &str = "UPDATE handover SET household = $1, head_name = $2, size = $3, units_from = $4, \
         from_province = $5, from_district = $6, from_commune = $7, from_village = $8, to_province = $9, \
         to_district = $10, to_commune = $11, to_village = $12, day = $13, note = $14, state = $15, remark = $16, \
         by_user = $17, by_name = $18, at_ms = $19, version = version + 1 WHERE id = $20 AND version = $21";
    let sql = if handover.version == 0 { INSERT } else { UPDATE };
    let mut query = tx
        .query("saving a hand-over", sql)
        .bind(handover.household.0)
        .bind(handover.head_name.as_str())
        .bind(handover.size)
        .bind(handover.from.units_from.iso());
    for place in [&handover.from, &handover.to] {
        query = query
            .bind(place.province.as_str())
            .bind(place.district.as_str())
            .bind(place.commune.as_str())
            .bind(place.village.0);
    }
    let touched = query
        .bind(handover.day.iso())
        .bind(handover.note.as_deref())
        .bind(handover.state.id())
        .bind(handover.remark.as_deref())
        .bind(handover.by.0)
        .bind(handover.by_name.as_str())
        .bind(handover.at_ms)
        .bind(handover.id.0)
        .bind(handover.version)
        .run()
        .await?;
    if touched == 0 { Err(CHANGED) } else { Ok(()) }
}

fn handover(row: &mut Row) -> Stored<Handover> {
    let (id, household) = (HandoverId(row.uuid()?), HouseholdId(row.uuid()?));
    let (head_name, size, units_from) = (row.text()?, row.take()?, row.day()?);
    Ok(Handover {
        id,
        household,
        head_name,
        size,
        from: place(row, units_from)?,
        to: place(row, units_from)?,
        day: row.day()?,
        note: row.take()?,
        state: row.word(HandoverState::from_id)?,
        remark: row.take()?,
        by: UserId(row.uuid()?),
        by_name: row.text()?,
        at_ms: row.take()?,
        version: row.take()?,
    })
}

fn place(row: &mut Row, units_from: Day) -> Stored<Place> {
    Ok(Place {
        units_from,
        province: row.text()?,
        district: row.text()?,
        commune: row.text()?,
        village: VillageId(row.uuid()?),
    })
}
