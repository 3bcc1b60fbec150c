//! Assessments of a year, lists on their way up, and imports. Start with `assessments`.

mod assessments;
mod decisions;
mod intakes;
mod submissions;
mod years;

use async_trait::async_trait;
use domain::registry::HouseholdEvent;
use domain::review::Submission;
use domain::units::Scope;
use kernel::{Day, HouseholdId, IntakeId};
use storage::{
    IntakeChange, IntakeRecord, ListDecision, RememberedColumns, ReviewStore, Stored, StoredAssessment, YearClass,
};

use crate::work::SqlWork;

#[async_trait]
impl ReviewStore for SqlWork {
    async fn assessments(&mut self, scope: &Scope, household: HouseholdId) -> Stored<Vec<StoredAssessment>> {
        assessments::of_household(&mut self.tx, scope, household).await
    }

    async fn assessments_of_year(&mut self, scope: &Scope, year: i16) -> Stored<Vec<StoredAssessment>> {
        assessments::of_year(&mut self.tx, scope, year).await
    }

    async fn assessments_by_household(&mut self, year: i16, ids: &[HouseholdId]) -> Stored<Vec<StoredAssessment>> {
        assessments::by_household(&mut self.tx, year, ids).await
    }

    async fn save_assessments(&mut self, assessments: &[StoredAssessment]) -> Stored<()> {
        assessments::save(&mut self.tx, assessments).await
    }

    async fn remove_assessments(&mut self, scope: &Scope, year: i16, ids: &[HouseholdId]) -> Stored<()> {
        assessments::remove(&mut self.tx, scope, year, ids).await
    }

    async fn classes_before(&mut self, scope: &Scope, year: i16) -> Stored<Vec<YearClass>> {
        years::classes_before(&mut self.tx, scope, year).await
    }

    async fn events_between(
        &mut self,
        scope: &Scope,
        first: Day,
        last: Day,
    ) -> Stored<Vec<(HouseholdId, HouseholdEvent)>> {
        years::events_between(&mut self.tx, scope, first, last).await
    }

    async fn class_counts(&mut self, scope: &Scope, year: i16) -> Stored<Vec<(Option<String>, i64)>> {
        years::class_counts(&mut self.tx, scope, year).await
    }

    async fn years(&mut self, scope: &Scope) -> Stored<Vec<i16>> {
        years::years(&mut self.tx, scope).await
    }

    async fn submissions(&mut self, scope: &Scope, year: i16) -> Stored<Vec<Submission>> {
        submissions::of_year(&mut self.tx, scope, year).await
    }

    async fn submission(&mut self, commune: &Scope, year: i16) -> Stored<Option<Submission>> {
        Ok(submissions::of_year(&mut self.tx, commune, year).await?.into_iter().next())
    }

    async fn save_submission(&mut self, submission: &Submission) -> Stored<()> {
        submissions::save(&mut self.tx, submission).await
    }

    async fn list_decisions(&mut self, commune: &Scope, year: i16) -> Stored<Vec<ListDecision>> {
        decisions::of_commune(&mut self.tx, commune, year).await
    }

    async fn save_list_decision(&mut self, decision: &ListDecision) -> Stored<()> {
        decisions::save(&mut self.tx, decision).await
    }

    async fn intake(&mut self, scope: &Scope, id: IntakeId) -> Stored<Option<IntakeRecord>> {
        intakes::by_id(&mut self.tx, scope, id).await
    }

    async fn intakes(&mut self, scope: &Scope) -> Stored<Vec<IntakeRecord>> {
        intakes::in_scope(&mut self.tx, scope).await
    }

    async fn save_intake(&mut self, intake: &IntakeRecord) -> Stored<()> {
        intakes::save(&mut self.tx, intake).await
    }

    async fn add_intake_changes(&mut self, changes: &[IntakeChange]) -> Stored<()> {
        intakes::add_changes(&mut self.tx, changes).await
    }

    async fn intake_changes(&mut self, id: IntakeId) -> Stored<Vec<IntakeChange>> {
        intakes::changes(&mut self.tx, id).await
    }

    async fn restate_intake_changes(&mut self, household: HouseholdId, from: i64, to: i64) -> Stored<()> {
        intakes::restate(&mut self.tx, household, from, to).await
    }

    async fn remembered_columns(&mut self, signature: &str) -> Stored<Option<RememberedColumns>> {
        intakes::remembered_columns(&mut self.tx, signature).await
    }

    async fn remember_columns(&mut self, columns: &RememberedColumns) -> Stored<()> {
        intakes::remember_columns(&mut self.tx, columns).await
    }
}
