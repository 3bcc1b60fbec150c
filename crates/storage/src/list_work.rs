//! The part of a unit of work that turns one list into a register, its classes and its papers. A narrower face than
//! [`Work`], so that a run on the command line needs no database: every [`Work`] has it, and `storage-memory` has only it.

use async_trait::async_trait;
use domain::registry::{Household, HouseholdEvent};
use domain::review::Submission;
use domain::units::{Scope, Village, VillageTotal};
use kernel::{Day, HouseholdId};

use crate::{
    HeadRecord, IntakeChange, RegistryStore, ReviewStore, Stored, StoredAssessment, UnitsStore, Work, YearClass,
};

/// What importing a list and counting its forms ask of a store; each call means what its namesake of the contexts means.
#[async_trait]
pub trait ListWork: Send {
    async fn villages(&mut self, scope: &Scope) -> Stored<Vec<Village>>;
    async fn add_villages(&mut self, villages: &[Village]) -> Stored<()>;
    async fn village_totals(&mut self, scope: &Scope, year: i16) -> Stored<Vec<VillageTotal>>;
    async fn save_village_totals(&mut self, totals: &[VillageTotal]) -> Stored<()>;

    async fn heads(&mut self, scope: &Scope) -> Stored<Vec<HeadRecord>>;
    async fn households_by_id(&mut self, scope: &Scope, ids: &[HouseholdId]) -> Stored<Vec<Household>>;
    async fn add_households(&mut self, households: Vec<Household>) -> Stored<()>;
    async fn save_household(&mut self, household: &Household) -> Stored<()>;

    async fn assessments_of_year(&mut self, scope: &Scope, year: i16) -> Stored<Vec<StoredAssessment>>;
    async fn assessments_by_household(&mut self, year: i16, ids: &[HouseholdId]) -> Stored<Vec<StoredAssessment>>;
    async fn save_assessments(&mut self, assessments: Vec<StoredAssessment>) -> Stored<()>;
    async fn classes_before(&mut self, scope: &Scope, year: i16) -> Stored<Vec<YearClass>>;
    async fn events_between(
        &mut self,
        scope: &Scope,
        first: Day,
        last: Day,
    ) -> Stored<Vec<(HouseholdId, HouseholdEvent)>>;
    async fn submissions(&mut self, scope: &Scope, year: i16) -> Stored<Vec<Submission>>;
    async fn add_intake_changes(&mut self, changes: &[IntakeChange]) -> Stored<()>;
}

#[async_trait]
impl ListWork for dyn Work + '_ {
    async fn villages(&mut self, scope: &Scope) -> Stored<Vec<Village>> {
        UnitsStore::villages(self, scope).await
    }

    async fn add_villages(&mut self, villages: &[Village]) -> Stored<()> {
        UnitsStore::add_villages(self, villages).await
    }

    async fn village_totals(&mut self, scope: &Scope, year: i16) -> Stored<Vec<VillageTotal>> {
        UnitsStore::village_totals(self, scope, year).await
    }

    async fn save_village_totals(&mut self, totals: &[VillageTotal]) -> Stored<()> {
        UnitsStore::save_village_totals(self, totals).await
    }

    async fn heads(&mut self, scope: &Scope) -> Stored<Vec<HeadRecord>> {
        RegistryStore::heads(self, scope).await
    }

    async fn households_by_id(&mut self, scope: &Scope, ids: &[HouseholdId]) -> Stored<Vec<Household>> {
        RegistryStore::households_by_id(self, scope, ids).await
    }

    async fn add_households(&mut self, households: Vec<Household>) -> Stored<()> {
        RegistryStore::add_households(self, &households).await
    }

    async fn save_household(&mut self, household: &Household) -> Stored<()> {
        RegistryStore::save_household(self, household).await
    }

    async fn assessments_of_year(&mut self, scope: &Scope, year: i16) -> Stored<Vec<StoredAssessment>> {
        ReviewStore::assessments_of_year(self, scope, year).await
    }

    async fn assessments_by_household(&mut self, year: i16, ids: &[HouseholdId]) -> Stored<Vec<StoredAssessment>> {
        ReviewStore::assessments_by_household(self, year, ids).await
    }

    async fn save_assessments(&mut self, assessments: Vec<StoredAssessment>) -> Stored<()> {
        ReviewStore::save_assessments(self, &assessments).await
    }

    async fn classes_before(&mut self, scope: &Scope, year: i16) -> Stored<Vec<YearClass>> {
        ReviewStore::classes_before(self, scope, year).await
    }

    async fn events_between(
        &mut self,
        scope: &Scope,
        first: Day,
        last: Day,
    ) -> Stored<Vec<(HouseholdId, HouseholdEvent)>> {
        ReviewStore::events_between(self, scope, first, last).await
    }

    async fn submissions(&mut self, scope: &Scope, year: i16) -> Stored<Vec<Submission>> {
        ReviewStore::submissions(self, scope, year).await
    }

    async fn add_intake_changes(&mut self, changes: &[IntakeChange]) -> Stored<()> {
        ReviewStore::add_intake_changes(self, changes).await
    }
}
