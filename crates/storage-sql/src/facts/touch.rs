//! Says that the facts of a unit changed, and of whom, so that its sheets are made anew as far as they must be.

use std::collections::BTreeSet;

use domain::programme::work::Who;
use domain::registry::Household;
use domain::units::Place;
use kernel::{Day, HouseholdId, VillageId};
use storage::Stored;
use uuid::Uuid;

use crate::bulk;
use crate::registry::IDS;
use crate::tx::Tx;

const INTO: &str = "fact_version (units_from, province, district, commune, version)";
const THEN: &str = "ON CONFLICT (units_from, province, district, commune) \
                    DO UPDATE SET version = fact_version.version + 1";
/// From so many households at once on, the unit is read whole.
const MANY: usize = 40;

/// Units of which only lists, totals, staff or models changed, in one order for all writers.
pub(crate) async fn touch_places<'a>(tx: &mut Tx, places: impl Iterator<Item = &'a Place>) -> Stored<()> {
    touch_units(tx, places, false).await
}

async fn touch_units<'a>(tx: &mut Tx, places: impl Iterator<Item = &'a Place>, everybody: bool) -> Stored<()> {
    const CHANGE: &str = "INSERT INTO fact_change (units_from, province, district, commune, version, household, \
                          everybody) SELECT v.units_from, v.province, v.district, v.commune, v.version, NULL, ";
    let units: BTreeSet<(Day, &str, &str, &str)> =
        places.map(|p| (p.units_from, p.province.as_str(), p.district.as_str(), p.commune.as_str())).collect();
    let units: Vec<_> = units.into_iter().collect();
    bulk::insert(tx, "marking changed facts", (INTO, THEN), &units, |row, (from, province, district, commune)| {
        row.push(from.iso());
        row.push(*province);
        row.push(*district);
        row.push(*commune);
        row.push(1i64);
    })
    .await?;
    let said = if everybody { "TRUE" } else { "FALSE" };
    for some in units.chunks(IDS) {
        let mut query = tx.query("saying what changed", format!("{CHANGE}{said} FROM fact_version v WHERE 1 = 0"));
        for (from, province, district, commune) in some {
            query = query
                .push_bind(" OR (v.units_from = ", from.iso())
                .push_bind(" AND v.province = ", (*province).to_owned())
                .push_bind(" AND v.district = ", (*district).to_owned())
                .push_bind(" AND v.commune = ", (*commune).to_owned())
                .push(")");
        }
        query.run().await?;
    }
    Ok(())
}

/// Households that are new where they are.
pub(crate) async fn touch_added(tx: &mut Tx, households: &[Household]) -> Stored<()> {
    if households.len() >= MANY {
        return touch_units(tx, households.iter().map(|h| &h.place), true).await;
    }
    let ids: Vec<HouseholdId> = households.iter().map(|h| h.id).collect();
    touch_households(tx, &ids).await
}

/// The communes where these households live now.
pub(crate) async fn touch_households(tx: &mut Tx, ids: &[HouseholdId]) -> Stored<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    touch_found(tx, "household f WHERE f.id", Some("f.id"), &ids).await
}

/// Whether a household is stored in another unit than it is about to be.
pub(crate) async fn lives_elsewhere(tx: &mut Tx, household: &Household) -> Stored<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM household h WHERE h.id = $1 AND h.units_from = $2 AND h.province = $3 \
                       AND h.district = $4 AND h.commune = $5";
    let place = &household.place;
    let same = tx
        .query("finding where a household lives", SQL)
        .bind(household.id.0)
        .bind(place.units_from.iso())
        .bind(place.province.as_str())
        .bind(place.district.as_str())
        .bind(place.commune.as_str())
        .number("household")
        .await?;
    Ok(same == 0)
}

/// The communes where these households live now, and those where they were ever reviewed.
pub(crate) async fn touch_assessed(tx: &mut Tx, ids: &[HouseholdId]) -> Stored<()> {
    touch_households(tx, ids).await?;
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    touch_found(tx, "assessment f WHERE f.household", None, &ids).await
}

pub(crate) async fn touch_villages(tx: &mut Tx, ids: &[VillageId]) -> Stored<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    touch_found(tx, "village f WHERE f.id", None, &ids).await
}

/// The units of those listed by name.
pub(crate) async fn touch_who(tx: &mut Tx, who: &[Who]) -> Stored<()> {
    let (mut persons, mut households, mut staff) = (Vec::new(), Vec::new(), Vec::new());
    for one in who {
        match one {
            Who::Person(id) => persons.push(id.0),
            Who::Household(id) => households.push(id.0),
            Who::Staff(id) => staff.push(id.0),
        }
    }
    let of_persons = "household f JOIN membership m ON m.household = f.id WHERE m.person";
    touch_found(tx, of_persons, Some("f.id"), &persons).await?;
    touch_found(tx, "household f WHERE f.id", Some("f.id"), &households).await?;
    touch_found(tx, "staff f WHERE f.id", None, &staff).await
}

/// Grows the versions of the units found, and says which households changed: those found, where they are few.
async fn touch_found(tx: &mut Tx, from: &str, household: Option<&str>, ids: &[Uuid]) -> Stored<()> {
    let (household, everybody) = match household {
        Some(column) if ids.len() < MANY => (column, "FALSE"),
        Some(_) => ("CAST(NULL AS UUID)", "TRUE"),
        None => ("CAST(NULL AS UUID)", "FALSE"),
    };
    // The version is grown before it is named; both see the same rows.
    let (table, condition) = from.split_once(" WHERE ").unwrap_or((from, ""));
    let change = format!(
        "INSERT INTO fact_change (units_from, province, district, commune, version, household, everybody) \
         SELECT DISTINCT f.units_from, f.province, f.district, f.commune, v.version, {household}, {everybody} \
         FROM {table} JOIN fact_version v ON v.units_from = f.units_from AND v.province = f.province \
         AND v.district = f.district AND v.commune = f.commune WHERE {condition}"
    );
    for some in ids.chunks(IDS) {
        let sql = format!(
            "INSERT INTO {INTO} SELECT DISTINCT f.units_from, f.province, f.district, f.commune, 1 FROM {from}"
        );
        tx.query("marking changed facts", sql).push_ids("", some.iter().copied()).push(" ").push(THEN).run().await?;
        tx.query("saying what changed", change.clone()).push_ids("", some.iter().copied()).run().await?;
    }
    Ok(())
}
