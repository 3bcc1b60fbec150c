//! Records of work. Every write marks the units whose sheets it touches. Start with `activity`.

mod activity;
mod found;
mod import;
mod model;
mod need;
mod staff;

use async_trait::async_trait;
use domain::programme::work::{Activity, Model, Need, Staff, Who};
use domain::units::{Place, Scope};
use kernel::{ActivityId, Day, IntakeId, ModelId, NeedId, Page, PageOf, StaffId};
use storage::{ActivityFilter, ActivityRow, ActivityStore, Candidate, NamedWho, Stored, WorkImport};

pub(crate) use model::at_key as models_at;
pub(crate) use staff::at_key as staff_at;

use crate::tx::{Row, Values};
use crate::work::SqlWork;

#[async_trait]
impl ActivityStore for SqlWork {
    async fn activity(&mut self, scope: &Scope, id: ActivityId) -> Stored<Option<Activity>> {
        activity::one(&mut self.tx, scope, id).await
    }
    async fn activities(&mut self, filter: &ActivityFilter, page: Page) -> Stored<PageOf<ActivityRow>> {
        activity::page(&mut self.tx, filter, page).await
    }
    async fn activity_sums(&mut self, filter: &ActivityFilter) -> Stored<Vec<(String, i64, i64, i64)>> {
        activity::sums(&mut self.tx, filter).await
    }
    async fn activity_total(&mut self, filter: &ActivityFilter) -> Stored<(i64, i64, i64)> {
        activity::total(&mut self.tx, filter).await
    }
    async fn add_activities(&mut self, activities: &[Activity]) -> Stored<()> {
        activity::add(&mut self.tx, activities).await
    }
    async fn save_activity(&mut self, activity: &Activity) -> Stored<()> {
        activity::save(&mut self.tx, activity).await
    }
    async fn remove_activity(&mut self, scope: &Scope, id: ActivityId) -> Stored<()> {
        activity::remove(&mut self.tx, scope, id).await
    }
    async fn activity_like(&mut self, activity: &Activity) -> Stored<Option<ActivityId>> {
        activity::like(&mut self.tx, activity).await
    }
    async fn needs(&mut self, scope: &Scope, of: (i16, Option<&str>), page: Page) -> Stored<PageOf<(Need, NamedWho)>> {
        need::page(&mut self.tx, scope, of, page).await
    }
    async fn need_sums(&mut self, scope: &Scope, year: i16) -> Stored<Vec<(String, i64)>> {
        need::sums(&mut self.tx, scope, year).await
    }
    async fn add_needs(&mut self, needs: &[Need]) -> Stored<()> {
        need::add(&mut self.tx, needs).await
    }
    async fn need(&mut self, scope: &Scope, id: NeedId) -> Stored<Option<Need>> {
        need::one(&mut self.tx, scope, id).await
    }
    async fn remove_need(&mut self, scope: &Scope, id: NeedId) -> Stored<()> {
        need::remove(&mut self.tx, scope, id).await
    }
    async fn have_need(&mut self, kind: &str, year: i16, who: &[Who]) -> Stored<Vec<Who>> {
        need::have(&mut self.tx, kind, year, who).await
    }
    async fn staff(&mut self, scope: &Scope) -> Stored<Vec<Staff>> {
        staff::list(&mut self.tx, scope).await
    }
    async fn add_staff(&mut self, staff: &[Staff]) -> Stored<()> {
        staff::add(&mut self.tx, staff).await
    }
    async fn staff_member(&mut self, scope: &Scope, id: StaffId) -> Stored<Option<Staff>> {
        staff::one(&mut self.tx, scope, id).await
    }
    async fn save_staff_left(&mut self, staff: &Staff) -> Stored<()> {
        staff::save_left(&mut self.tx, staff).await
    }
    async fn remove_staff(&mut self, scope: &Scope, id: StaffId) -> Stored<()> {
        staff::remove(&mut self.tx, scope, id).await
    }
    async fn model(&mut self, scope: &Scope, id: ModelId) -> Stored<Option<Model>> {
        model::one(&mut self.tx, scope, id).await
    }
    async fn models(&mut self, scope: &Scope, year: Option<i16>) -> Stored<Vec<Model>> {
        model::list(&mut self.tx, scope, year).await
    }
    async fn add_models(&mut self, models: &[Model]) -> Stored<()> {
        model::add(&mut self.tx, models).await
    }
    async fn save_model(&mut self, model: &Model) -> Stored<()> {
        model::save(&mut self.tx, model).await
    }
    async fn remove_model(&mut self, scope: &Scope, id: ModelId) -> Stored<()> {
        model::remove(&mut self.tx, scope, id).await
    }
    async fn names_of(&mut self, scope: &Scope, who: &[Who]) -> Stored<Vec<NamedWho>> {
        found::names(&mut self.tx, scope, who).await
    }
    async fn persons_by_words(&mut self, scope: &Scope, words: &[String], most: i64) -> Stored<Vec<Candidate>> {
        found::candidates(&mut self.tx, scope, words, most).await
    }
    async fn add_work_import(&mut self, import: &WorkImport) -> Stored<()> {
        import::add(&mut self.tx, import).await
    }
    async fn work_import_like(&mut self, scope: &Scope, hash: &str) -> Stored<Option<WorkImport>> {
        import::like(&mut self.tx, scope, hash).await
    }
    async fn remove_import(&mut self, scope: &Scope, intake: IntakeId) -> Stored<i64> {
        activity::remove_import(&mut self.tx, scope, intake).await
    }
    async fn import_of(&mut self, scope: &Scope, intake: IntakeId) -> Stored<Option<Day>> {
        activity::import_of(&mut self.tx, scope, intake).await
    }
}

/// `units_from, province, district, commune` of a unit; it has no village.
pub(crate) fn place(row: &mut Row) -> Stored<Place> {
    Ok(Place::of_unit(row.day()?, row.text()?, row.text()?, row.text()?))
}

pub(crate) fn push_place(row: &mut Values, place: &Place) {
    row.push(place.units_from.iso());
    row.push(place.province.as_str());
    row.push(place.district.as_str());
    row.push(place.commune.as_str());
}
