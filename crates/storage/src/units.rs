//! Villages and their totals. Units above the village are norms, not records.

use async_trait::async_trait;
use domain::review::form::PopulationCount;
use domain::units::{BoundaryChange, Place, Placeable, Scope, ScopeLevel, Village, VillageTotal};
use kernel::{Day, HouseholdId, UserId, VillageId};

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

/// Where a village or a household lies on the other side of a step, as a person said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacementRecord {
    pub what: Placeable,
    /// First day of the later of the two states.
    pub on: Day,
    pub commune: String,
    pub by: UserId,
    pub by_name: String,
}

/// An open household of a commune, for the list of those to be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceableHousehold {
    pub id: HouseholdId,
    pub head_name: String,
    pub commune: String,
    pub village: VillageId,
    pub village_name: String,
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

    /// The same added up for each commune of the scope that has villages, and how many of those have none.
    async fn commune_totals(&mut self, scope: &Scope, year: i16) -> Stored<Vec<(Place, PopulationCount)>>;

    /// Sets totals, replacing those of the same village and year.
    async fn save_village_totals(&mut self, totals: &[VillageTotal]) -> Stored<()>;

    /// Recorded changes of the province that the scope is, withdrawn ones too; oldest day first. A scope that is no
    /// province has none.
    async fn boundary_changes(&mut self, province: &Scope) -> Stored<Vec<BoundaryChange>>;

    /// Adds a change, or saves it again with what may change: that it was withdrawn.
    async fn save_boundary_change(&mut self, change: &BoundaryChange) -> Stored<()>;

    /// Placements of the villages and households of the scope.
    async fn placements(&mut self, scope: &Scope) -> Stored<Vec<PlacementRecord>>;

    /// Sets placements, replacing those of the same thing and step.
    async fn save_placements(&mut self, placements: &[PlacementRecord]) -> Stored<()>;

    /// Open households of the scope by commune, village and name that have no placement at the step, neither their
    /// own nor their village's; at most `limit`.
    async fn households_without_placement(
        &mut self,
        scope: &Scope,
        on: Day,
        limit: u32,
    ) -> Stored<Vec<PlaceableHousehold>>;
}
