//! Plans and their bindings. Start with `plans`.

mod bindings;
mod plans;

use async_trait::async_trait;
use domain::programme::bind::Binding;
use domain::units::Scope;
use kernel::PlanId;
use storage::{PlanRecord, ProgrammeStore, Stored, StoredBinding, StoredPlan};

use crate::work::SqlWork;

#[async_trait]
impl ProgrammeStore for SqlWork {
    async fn plans(&mut self, unit: &Scope) -> Stored<Vec<PlanRecord>> {
        plans::of_unit(&mut self.tx, unit).await
    }

    async fn plan(&mut self, unit: &Scope, id: PlanId) -> Stored<Option<StoredPlan>> {
        plans::by_id(&mut self.tx, unit, id).await
    }

    async fn add_plan(&mut self, plan: &StoredPlan) -> Stored<()> {
        plans::add(&mut self.tx, plan).await
    }

    async fn bindings(&mut self, unit: &Scope, plan: PlanId) -> Stored<Vec<StoredBinding>> {
        bindings::of_plan(&mut self.tx, unit, plan).await
    }

    async fn add_bindings(&mut self, plan: PlanId, bindings: &[Binding]) -> Stored<()> {
        bindings::add(&mut self.tx, plan, bindings).await
    }

    async fn save_binding(&mut self, plan: PlanId, binding: &StoredBinding) -> Stored<()> {
        bindings::save(&mut self.tx, plan, binding).await
    }
}
