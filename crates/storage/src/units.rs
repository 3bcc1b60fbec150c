//! Villages and their totals. Units above the village are norms, not records.

use async_trait::async_trait;
use domain::units::{Scope, ScopeLevel, Village, VillageTotal};
use kernel::Day;

use crate::Stored;

/// Where a unit stands in its list: what tells that a commune's user or import lies in a district's scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPlace {
    pub units_from: Day,
    pub level: ScopeLevel,
    pub code: String,
    /// Empty where the list has no district level.
    pub district: String,
    pub province: String,
}

#[async_trait]
pub trait UnitsStore {
    /// Villages of the scope, by commune and name in Vietnamese order.
    async fn villages(&mut self, scope: &Scope) -> Stored<Vec<Village>>;

    /// Adds villages; one whose commune (in its list of units) has the same folded name is left as it is.
    async fn add_villages(&mut self, villages: &[Village]) -> Stored<()>;

    /// Says which unit lies in which, replacing what was said before. [`UnitsStore::add_villages`] says it for the
    /// communes of its villages; a commune without villages is only known to its district through this.
    async fn place_units(&mut self, units: &[UnitPlace]) -> Stored<()>;

    /// Totals of the year for the villages of the scope.
    async fn village_totals(&mut self, scope: &Scope, year: i16) -> Stored<Vec<VillageTotal>>;

    /// Sets totals, replacing those of the same village and year.
    async fn save_village_totals(&mut self, totals: &[VillageTotal]) -> Stored<()>;
}
