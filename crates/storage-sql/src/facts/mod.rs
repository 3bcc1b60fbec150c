//! The facts targets are counted from, and the sheets kept of them. Every write to what a sheet is made of calls one of the
//! `touch` functions in the same transaction. Start with `rows` for the facts and `sheets` for what is kept.

mod home;
mod rows;
mod sheets;
mod touch;
mod working;

use async_trait::async_trait;
use domain::programme::target::{FactRows, Lists};
use domain::review::form::HomeFacts;
use domain::units::Scope;
use kernel::HouseholdId;
use storage::{FactChanges, FactStore, SheetKey, Stored, StoredSheet, VillageClass, WorkingRow};

pub(crate) use touch::{
    lives_elsewhere, touch_added, touch_assessed, touch_households, touch_places, touch_villages, touch_who,
};

use crate::work::SqlWork;

#[async_trait]
impl FactStore for SqlWork {
    async fn fact_provinces(&mut self) -> Stored<Vec<Scope>> {
        sheets::provinces(&mut self.tx).await
    }

    async fn fact_versions(&mut self, scope: &Scope) -> Stored<Vec<(SheetKey, i64)>> {
        sheets::versions(&mut self.tx, scope).await
    }

    async fn fact_rows(
        &mut self,
        key: &SheetKey,
        lists: Lists,
        lists_before: u8,
        only: Option<&[HouseholdId]>,
    ) -> Stored<FactRows> {
        rows::of_unit(&mut self.tx, key, (lists, lists_before), only).await
    }

    async fn working_rows(&mut self, key: &SheetKey, year: i16) -> Stored<Vec<WorkingRow>> {
        working::of_unit(&mut self.tx, key, year).await
    }

    async fn home_facts(&mut self, key: &SheetKey, year: i16, only: Option<&[HouseholdId]>) -> Stored<HomeFacts> {
        home::of_unit(&mut self.tx, key, year, only).await
    }

    async fn village_classes(&mut self, key: &SheetKey, year: i16) -> Stored<Vec<VillageClass>> {
        working::village_classes(&mut self.tx, key, year).await
    }

    async fn fact_changes(&mut self, key: &SheetKey, after: i64) -> Stored<FactChanges> {
        sheets::changes(&mut self.tx, key, after).await
    }

    async fn sheet_counts(&mut self, scope: &Scope, lists: Lists, fingerprint: &str) -> Stored<Vec<StoredSheet>> {
        sheets::counts(&mut self.tx, scope, lists, fingerprint).await
    }

    async fn sheet(&mut self, key: &SheetKey, lists: Lists, fingerprint: &str) -> Stored<Option<StoredSheet>> {
        sheets::whole(&mut self.tx, key, lists, fingerprint).await
    }

    async fn save_sheets(&mut self, lists: Lists, sheets: &[StoredSheet]) -> Stored<()> {
        sheets::save(&mut self.tx, lists, sheets).await
    }
}
