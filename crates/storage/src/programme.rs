//! Plans as they were imported, every version of every year, and what their clauses were taken for.

use async_trait::async_trait;
use domain::programme::bind::Binding;
use domain::programme::plan::Plan;
use domain::units::Scope;
use kernel::{PlanId, UserId};

use crate::Stored;

/// One import of a plan. It is never changed; importing again makes the next version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRecord {
    pub id: PlanId,
    /// The unit whose plan it is.
    pub unit: Scope,
    pub year: i16,
    /// Counted from 1 for the unit and the year; the highest is in force.
    pub number: i64,
    pub title: String,
    pub file_name: String,
    /// SHA-256 of the file, in hex.
    pub file_hash: String,
    pub by: UserId,
    pub by_name: String,
    pub at_ms: i64,
}

/// A plan with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPlan {
    pub record: PlanRecord,
    /// The file as text.
    pub text: String,
    /// As read when it was imported; a later reader does not change its keys.
    pub plan: Plan,
}

/// A binding of a plan, with the version it was read at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBinding {
    pub binding: Binding,
    pub version: i64,
}

#[async_trait]
pub trait ProgrammeStore {
    /// The unit's plans of all years, the newest version first within the newest year.
    async fn plans(&mut self, unit: &Scope) -> Stored<Vec<PlanRecord>>;
    async fn plan(&mut self, unit: &Scope, id: PlanId) -> Stored<Option<StoredPlan>>;
    /// Conflict when the unit's year already has a version of that number.
    async fn add_plan(&mut self, plan: &StoredPlan) -> Stored<()>;

    /// In the order they were added.
    async fn bindings(&mut self, unit: &Scope, plan: PlanId) -> Stored<Vec<StoredBinding>>;
    async fn add_bindings(&mut self, plan: PlanId, bindings: &[Binding]) -> Stored<()>;
    /// Replaces the stored version; conflict when it is no longer that one.
    async fn save_binding(&mut self, plan: PlanId, binding: &StoredBinding) -> Stored<()>;
}
