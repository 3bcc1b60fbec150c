//! Says that the facts of a unit changed, so that its sheets are made anew.

use std::collections::BTreeSet;

use domain::programme::work::Who;
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

/// Units by their places, in one order for all writers.
pub(crate) async fn touch_places<'a>(tx: &mut Tx, places: impl Iterator<Item = &'a Place>) -> Stored<()> {
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
    .await
}

/// The communes where these households live now.
pub(crate) async fn touch_households(tx: &mut Tx, ids: &[HouseholdId]) -> Stored<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    touch_found(tx, "household f WHERE f.id", &ids).await
}

/// The communes where these households live now, and those where they were ever reviewed.
pub(crate) async fn touch_assessed(tx: &mut Tx, ids: &[HouseholdId]) -> Stored<()> {
    touch_households(tx, ids).await?;
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    touch_found(tx, "assessment f WHERE f.household", &ids).await
}

pub(crate) async fn touch_villages(tx: &mut Tx, ids: &[VillageId]) -> Stored<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    touch_found(tx, "village f WHERE f.id", &ids).await
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
    touch_found(tx, of_persons, &persons).await?;
    touch_found(tx, "household f WHERE f.id", &households).await?;
    touch_found(tx, "staff f WHERE f.id", &staff).await
}

async fn touch_found(tx: &mut Tx, from: &str, ids: &[Uuid]) -> Stored<()> {
    for some in ids.chunks(IDS) {
        let sql = format!(
            "INSERT INTO {INTO} SELECT DISTINCT f.units_from, f.province, f.district, f.commune, 1 FROM {from}"
        );
        tx.query("marking changed facts", sql).push_ids("", some.iter().copied()).push(" ").push(THEN).run().await?;
    }
    Ok(())
}
