//! Households, persons and their time together. Start with `write` for the tables and `list` for the pages.

mod count;
mod derived;
mod handovers;
mod list;
mod read;
mod search;
mod spell;
mod write;

use async_trait::async_trait;
use domain::registry::{Handover, Household};
use domain::units::Scope;
use kernel::{HandoverId, HouseholdId, Page, PageOf};
use storage::{HeadRecord, HouseholdFilter, HouseholdRow, RegistryStore, Stored};

pub(crate) use derived::{IDS, refresh_years};
pub(crate) use read::event;

use crate::facts;
use crate::work::SqlWork;

#[async_trait]
impl RegistryStore for SqlWork {
    async fn household(&mut self, scope: &Scope, id: HouseholdId) -> Stored<Option<Household>> {
        Ok(read::by_id(&mut self.tx, scope, &[id]).await?.into_iter().next())
    }

    async fn households_by_id(&mut self, scope: &Scope, ids: &[HouseholdId]) -> Stored<Vec<Household>> {
        read::by_id(&mut self.tx, scope, ids).await
    }

    async fn households(&mut self, filter: &HouseholdFilter, page: Page) -> Stored<PageOf<HouseholdRow>> {
        match &filter.text {
            None => list::page(&mut self.tx, filter, page).await,
            Some(text) => search::page(&mut self.tx, filter, text, page).await,
        }
    }

    async fn household_ids_between(
        &mut self,
        scope: &Scope,
        low: HouseholdId,
        high: HouseholdId,
    ) -> Stored<Vec<HouseholdId>> {
        read::ids_between(&mut self.tx, scope, low, high).await
    }

    async fn heads(&mut self, scope: &Scope) -> Stored<Vec<HeadRecord>> {
        read::heads(&mut self.tx, scope).await
    }

    async fn add_households(&mut self, households: &[Household]) -> Stored<()> {
        write::add(&mut self.tx, households).await?;
        facts::touch_added(&mut self.tx, households).await
    }

    async fn save_household(&mut self, household: &Household) -> Stored<()> {
        // A household that moves changes two units; one that stays is marked once.
        if facts::lives_elsewhere(&mut self.tx, household).await? {
            facts::touch_households(&mut self.tx, &[household.id]).await?;
        }
        write::save(&mut self.tx, household).await?;
        facts::touch_households(&mut self.tx, &[household.id]).await
    }

    async fn step_household(&mut self, household: &Household) -> Stored<()> {
        write::step(&mut self.tx, household).await?;
        facts::touch_households(&mut self.tx, &[household.id]).await
    }

    async fn remove_households(&mut self, scope: &Scope, ids: &[HouseholdId]) -> Stored<()> {
        facts::touch_households(&mut self.tx, ids).await?;
        write::remove(&mut self.tx, scope, ids).await
    }

    async fn handover(&mut self, scope: &Scope, id: HandoverId) -> Stored<Option<Handover>> {
        handovers::by_id(&mut self.tx, scope, id).await
    }

    async fn open_handovers(&mut self, scope: &Scope) -> Stored<Vec<Handover>> {
        handovers::open(&mut self.tx, scope).await
    }

    async fn save_handover(&mut self, handover: &Handover) -> Stored<()> {
        handovers::save(&mut self.tx, handover).await
    }
}
