//! Assessments of a year, lists on their way up, and imports.

use async_trait::async_trait;
use domain::registry::{Household, HouseholdEvent};
use domain::review::{Assessment, Decision, Submission};
use domain::units::Scope;
use kernel::{Day, HouseholdId, IntakeId, ListDecisionId, UserId};
use serde::{Deserialize, Serialize};

use crate::Stored;

/// An assessment with what the rules made of it when it was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAssessment {
    pub assessment: Assessment,
    /// The class that counts: decided, else computed.
    pub class: Option<String>,
    /// The class the scores give.
    pub class_computed: Option<String>,
}

/// A household's class in some year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearClass {
    pub household: HouseholdId,
    pub year: i16,
    pub class: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntakeState {
    /// Uploaded; being matched, mended, previewed.
    Staged,
    Applied,
    Undone,
    /// Left without being applied.
    Dropped,
}

/// One import, from upload to undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeRecord {
    pub id: IntakeId,
    /// Where the person who brought it answers.
    pub scope: Scope,
    pub year: i16,
    pub file_name: String,
    /// SHA-256 of the file, in hex.
    pub file_hash: String,
    pub state: IntakeState,
    pub by: UserId,
    pub by_name: String,
    pub at_ms: i64,
    /// The cells as read, with the person's mends: JSON of `app`.
    pub content: String,
    /// Counts for lists of imports: JSON of `app`.
    pub summary: String,
    pub version: i64,
}

/// What an import did to one household; enough to undo it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IntakeChange {
    pub intake: IntakeId,
    pub household: HouseholdId,
    /// `None`: the import created it.
    pub household_before: Option<Household>,
    /// `None`: there was no assessment of the year.
    pub assessment_before: Option<StoredAssessment>,
    /// The household's version after the import; if it has grown since, the import cannot be undone silently.
    pub version_after: i64,
}

/// A decision that was recorded for a whole list at once; enough to take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListDecision {
    pub id: ListDecisionId,
    pub commune: Scope,
    pub year: i16,
    pub number: String,
    pub day: Day,
    pub by: UserId,
    pub by_name: String,
    pub at_ms: i64,
    pub is_undone: bool,
    /// Each household with the decision it had before.
    pub households: Vec<(HouseholdId, Option<Decision>)>,
    pub version: i64,
}

/// How a person matched a table's columns once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RememberedColumns {
    /// [`domain::review::list::header_signature`].
    pub signature: String,
    /// JSON of [`domain::review::list::Columns`].
    pub columns: String,
}

#[async_trait]
pub trait ReviewStore {
    /// All years of one household, newest first.
    async fn assessments(&mut self, scope: &Scope, household: HouseholdId) -> Stored<Vec<StoredAssessment>>;
    /// All households of a scope in one year. The scope is tested on the assessment's own place.
    async fn assessments_of_year(&mut self, scope: &Scope, year: i16) -> Stored<Vec<StoredAssessment>>;
    /// Assessments of these households in one year.
    async fn assessments_by_household(&mut self, year: i16, ids: &[HouseholdId]) -> Stored<Vec<StoredAssessment>>;
    /// Inserts or replaces, thousands at a time.
    async fn save_assessments(&mut self, assessments: &[StoredAssessment]) -> Stored<()>;
    async fn remove_assessments(&mut self, scope: &Scope, year: i16, ids: &[HouseholdId]) -> Stored<()>;

    /// Classes of households of the scope in the years before `year`.
    async fn classes_before(&mut self, scope: &Scope, year: i16) -> Stored<Vec<YearClass>>;
    /// Events of households of the scope between two days, both included.
    async fn events_between(
        &mut self,
        scope: &Scope,
        first: Day,
        last: Day,
    ) -> Stored<Vec<(HouseholdId, HouseholdEvent)>>;
    /// How many of the scope are assessed in the year, by class (`None`: without one).
    async fn class_counts(&mut self, scope: &Scope, year: i16) -> Stored<Vec<(Option<String>, i64)>>;
    /// The years that have assessments, newest first.
    async fn years(&mut self, scope: &Scope) -> Stored<Vec<i16>>;

    async fn submissions(&mut self, scope: &Scope, year: i16) -> Stored<Vec<Submission>>;
    async fn submission(&mut self, commune: &Scope, year: i16) -> Stored<Option<Submission>>;
    /// Inserts at version 0, else updates the stored version; conflict as for households.
    async fn save_submission(&mut self, submission: &Submission) -> Stored<()>;

    /// Decisions on whole lists of a commune, newest first.
    async fn list_decisions(&mut self, commune: &Scope, year: i16) -> Stored<Vec<ListDecision>>;
    /// Inserts at version 0, else updates the stored version; conflict as for households.
    async fn save_list_decision(&mut self, decision: &ListDecision) -> Stored<()>;

    async fn intake(&mut self, scope: &Scope, id: IntakeId) -> Stored<Option<IntakeRecord>>;
    /// Newest first; without the content (it is empty).
    async fn intakes(&mut self, scope: &Scope) -> Stored<Vec<IntakeRecord>>;
    /// Inserts at version 0, else updates the stored version; conflict as for households.
    async fn save_intake(&mut self, intake: &IntakeRecord) -> Stored<()>;
    async fn add_intake_changes(&mut self, changes: &[IntakeChange]) -> Stored<()>;
    async fn intake_changes(&mut self, id: IntakeId) -> Stored<Vec<IntakeChange>>;
    /// A household is again as it was at version `from`, now as version `to`: what imports left at the one counts at the other.
    async fn restate_intake_changes(&mut self, household: HouseholdId, from: i64, to: i64) -> Stored<()>;

    async fn remembered_columns(&mut self, signature: &str) -> Stored<Option<RememberedColumns>>;
    async fn remember_columns(&mut self, columns: &RememberedColumns) -> Stored<()>;
}
