//! Villages and their totals. Units above the village are norms, not records.

use async_trait::async_trait;
use domain::units::{Scope, Village, VillageTotal};

use crate::Stored;

#[async_trait]
pub trait UnitsStore {
    /// Villages of the scope, by commune and name in Vietnamese order.
    async fn villages(&mut self, scope: &Scope) -> Stored<Vec<Village>>;

    /// Adds villages; one whose commune (in its list of units) has the same folded name is left as it is.
    async fn add_villages(&mut self, villages: &[Village]) -> Stored<()>;

    /// Totals of the year for the villages of the scope.
    async fn village_totals(&mut self, scope: &Scope, year: i16) -> Stored<Vec<VillageTotal>>;

    /// Sets totals, replacing those of the same village and year.
    async fn save_village_totals(&mut self, totals: &[VillageTotal]) -> Stored<()>;
}
