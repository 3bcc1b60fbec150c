//! The facts that targets are counted from, and the sheets of columns kept of them. A sheet is derived: it may go at any
//! time, and it is only good while the version of its unit is the one it was made at.

use async_trait::async_trait;
use domain::programme::target::{FactRows, Lists};
use domain::registry::Sex;
use domain::review::Marks;
use domain::review::form::HomeFacts;
use domain::units::{Place, Scope};
use kernel::{Day, HouseholdId, VillageId};
use norms::Area;

use crate::Stored;

/// A unit whose own rows make one sheet: a commune, or what a district or the province holds without a commune. Levels
/// below the unit's own are empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetKey {
    pub units_from: Day,
    pub province: String,
    pub district: String,
    pub commune: String,
}

impl SheetKey {
    pub fn place(&self) -> Place {
        Place::of_unit(self.units_from, self.province.as_str(), self.district.as_str(), self.commune.as_str())
    }
}

/// One sheet as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSheet {
    pub key: SheetKey,
    /// The unit's version when its facts were read.
    pub version: i64,
    /// Names what it was built with; another name is another sheet.
    pub fingerprint: String,
    pub content: Vec<u8>,
    /// What was counted over it, so that a start needs no columns.
    pub counts: Vec<u8>,
}

/// What a poverty figure sees of one household reviewed in a year, as the register has it now. No name, no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingRow {
    pub household: HouseholdId,
    pub village: VillageId,
    pub area: Area,
    pub ethnicity: Option<u16>,
    /// Of its head today.
    pub head_sex: Option<Sex>,
    /// Persons.
    pub size: i64,
    pub class: Option<String>,
    pub marks: Marks,
    pub groups: u32,
}

/// The households of one class that were reviewed in a village in a year, and their members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VillageClass {
    pub village: VillageId,
    /// `None`: without a class yet.
    pub class: Option<String>,
    pub households: i64,
    pub persons: i64,
}

/// What changed in a unit between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactChanges {
    /// Too much, or not known any more.
    Everything,
    /// These households, and perhaps what is read whole anyhow: staff, models, lists, totals.
    Households(Vec<HouseholdId>),
}

#[async_trait]
pub trait FactStore {
    /// The provinces, each as of its list of units, in which anything was ever changed.
    async fn fact_provinces(&mut self) -> Stored<Vec<Scope>>;
    /// How often each unit of the scope was changed; a unit not listed never was.
    async fn fact_versions(&mut self, scope: &Scope) -> Stored<Vec<(SheetKey, i64)>>;
    /// Everything the sheet of one unit is made of; of its people, all or those of some households.
    async fn fact_rows(
        &mut self,
        key: &SheetKey,
        lists: Lists,
        lists_before: u8,
        only: Option<&[HouseholdId]>,
    ) -> Stored<FactRows>;
    /// The households that were reviewed in a commune in a year, in the order of their ids.
    async fn working_rows(&mut self, key: &SheetKey, year: i16) -> Stored<Vec<WorkingRow>>;
    /// What the forms of a year need of the households that live in a commune, all or some.
    async fn home_facts(&mut self, key: &SheetKey, year: i16, only: Option<&[HouseholdId]>) -> Stored<HomeFacts>;
    /// Who was reviewed in a commune in a year, counted by village and class.
    async fn village_classes(&mut self, key: &SheetKey, year: i16) -> Stored<Vec<VillageClass>>;
    /// What changed in a unit after a version, up to the version it is at now.
    async fn fact_changes(&mut self, key: &SheetKey, after: i64) -> Stored<FactChanges>;
    /// The counts of all sheets of the scope that are good, without their columns.
    async fn sheet_counts(&mut self, scope: &Scope, lists: Lists, fingerprint: &str) -> Stored<Vec<StoredSheet>>;
    async fn sheet(&mut self, key: &SheetKey, lists: Lists, fingerprint: &str) -> Stored<Option<StoredSheet>>;
    async fn save_sheets(&mut self, lists: Lists, sheets: &[StoredSheet]) -> Stored<()>;
}
