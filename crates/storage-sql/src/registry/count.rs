//! How many households each village has, kept in step so that a page of a province counts villages, not households.

use std::collections::BTreeMap;

use domain::units::{Place, Scope};
use kernel::VillageId;
use storage::{HouseholdFilter, Stored};

use crate::tx::Tx;

/// Changes of counts on their way to the table.
#[derive(Default)]
pub(super) struct Counts(BTreeMap<(VillageId, String), (Place, i64, i64)>);

impl Counts {
    /// `by` is 1 for a household that came and -1 for one that went.
    pub(super) fn count(&mut self, place: &Place, is_closed: bool, by: i64) {
        let key = (place.village, format!("{}{}", place.units_from.iso(), place.commune));
        let (_, open, closed) = self.0.entry(key).or_insert_with(|| (place.clone(), 0, 0));
        *(if is_closed { closed } else { open }) += by;
    }

    /// In the order of villages, so that two writers never wait for each other crosswise.
    pub(super) async fn store(self, tx: &mut Tx) -> Stored<()> {
        const SQL: &str = "INSERT INTO household_count \
             (units_from, province, district, commune, village, open, closed) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (village, units_from, commune) \
             DO UPDATE SET open = household_count.open + excluded.open, closed = household_count.closed + excluded.closed";
        for (place, open, closed) in self.0.into_values().filter(|(_, open, closed)| *open != 0 || *closed != 0) {
            tx.query("counting the households of a village", SQL)
                .bind(place.units_from.iso())
                .bind(place.province)
                .bind(place.district)
                .bind(place.commune)
                .bind(place.village.0)
                .bind(open)
                .bind(closed)
                .run()
                .await?;
        }
        Ok(())
    }
}

/// Households of a filter's scope and village, whatever their text, class or year.
pub(super) async fn households(tx: &mut Tx, filter: &HouseholdFilter) -> Stored<i64> {
    let what = if filter.with_closed { "open + closed" } else { "open" };
    let sql = format!("SELECT CAST(coalesce(sum({what}), 0) AS BIGINT) FROM household_count c WHERE");
    let mut query = tx.query("counting households", sql).in_scope("c", &filter.scope);
    if let Some(village) = filter.village {
        query = query.push_bind(" AND c.village = ", village.0);
    }
    query.number("household_count").await
}

/// Whether a scope holds most of the register; its word in the text index then excludes too little to be worth reading.
pub(super) async fn is_most_of_all(tx: &mut Tx, scope: &Scope) -> Stored<bool> {
    const ALL: &str = "SELECT CAST(coalesce(sum(open + closed), 0) AS BIGINT) FROM household_count";
    let all = tx.query("counting households", ALL).number("household_count").await?;
    let filter = HouseholdFilter { with_closed: true, ..HouseholdFilter::new(scope.clone(), 0) };
    Ok(households(tx, &filter).await? * 2 > all)
}
