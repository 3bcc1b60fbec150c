//! Households, persons and their time together.

use async_trait::async_trait;
use domain::registry::{Handover, Household};
use domain::units::Scope;
use kernel::{BirthDate, HandoverId, HouseholdId, Page, PageOf, Points, VillageId};

use crate::Stored;

/// Which households. Built from a scope; there is no other way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HouseholdFilter {
    pub scope: Scope,
    /// The year whose class, scores and list are shown.
    pub year: i16,
    /// Names, paper numbers; compared folded, at word starts.
    pub text: Option<String>,
    /// Class id of the year; empty for households assessed without a class.
    pub class: Option<String>,
    pub village: Option<VillageId>,
    /// Only households assessed in the year.
    pub assessed_only: bool,
    pub with_closed: bool,
}

impl HouseholdFilter {
    pub fn new(scope: Scope, year: i16) -> Self {
        Self { scope, year, text: None, class: None, village: None, assessed_only: false, with_closed: false }
    }

    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.text = Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        self
    }

    #[must_use]
    pub fn class(mut self, class: Option<&str>) -> Self {
        self.class = class.map(str::to_owned);
        self
    }

    #[must_use]
    pub fn village(mut self, village: Option<VillageId>) -> Self {
        self.village = village;
        self
    }
}

/// One household in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdRow {
    pub id: HouseholdId,
    pub head_name: String,
    pub head_birth: Option<BirthDate>,
    pub district: String,
    pub commune: String,
    pub village: VillageId,
    pub village_name: String,
    pub size: i64,
    /// Class, scores and marks of the filter's year.
    pub class: Option<String>,
    pub b1: Option<Points>,
    pub b2: Option<Points>,
    pub marks_known: u32,
    pub marks_set: u32,
    pub is_closed: bool,
}

/// What a household is recognised by when a list comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadRecord {
    pub household: HouseholdId,
    pub commune: String,
    pub village: VillageId,
    /// [`kernel::text::fold_name`] of the head's name.
    pub folded_name: String,
    pub birth: Option<BirthDate>,
    pub paper: Option<String>,
    pub version: i64,
}

#[async_trait]
pub trait RegistryStore {
    /// A household of the scope with all its members, past ones too.
    async fn household(&mut self, scope: &Scope, id: HouseholdId) -> Stored<Option<Household>>;

    /// Several of the scope at once, in no particular order.
    async fn households_by_id(&mut self, scope: &Scope, ids: &[HouseholdId]) -> Stored<Vec<Household>>;

    /// One page, heads by given name. The count may stop at a cap; then `capped` is set.
    async fn households(&mut self, filter: &HouseholdFilter, page: Page) -> Stored<PageOf<HouseholdRow>>;

    /// Open households of the scope by what their heads are recognised by.
    async fn heads(&mut self, scope: &Scope) -> Stored<Vec<HeadRecord>>;

    /// Ids of the scope's households from one to another, both included; a few at most.
    async fn household_ids_between(
        &mut self,
        scope: &Scope,
        low: HouseholdId,
        high: HouseholdId,
    ) -> Stored<Vec<HouseholdId>>;

    /// Adds new households, thousands at a time. Their `version` becomes 1.
    async fn add_households(&mut self, households: &[Household]) -> Stored<()>;

    /// Saves a household whose stored version is `household.version`; the version then grows by one.
    /// [`crate::StorageError::Conflict`] when somebody saved it in between.
    async fn save_household(&mut self, household: &Household) -> Stored<()>;

    /// Grows the version of a household that was reviewed and is otherwise as it was, so that whoever else has it open hears of
    /// it. The same conflict as [`Self::save_household`].
    async fn step_household(&mut self, household: &Household) -> Stored<()>;

    /// Takes households away with their persons, memberships, events and assessments: only for undoing an import.
    async fn remove_households(&mut self, scope: &Scope, ids: &[HouseholdId]) -> Stored<()>;

    /// A hand-over from or to the scope.
    async fn handover(&mut self, scope: &Scope, id: HandoverId) -> Stored<Option<Handover>>;

    /// Hand-overs from or to the scope that somebody still has to do something about, oldest first.
    async fn open_handovers(&mut self, scope: &Scope) -> Stored<Vec<Handover>>;

    /// Inserts at version 0, else updates the stored version; conflict as for households. A household has one open
    /// hand-over: a second is a conflict too.
    async fn save_handover(&mut self, handover: &Handover) -> Stored<()>;
}
