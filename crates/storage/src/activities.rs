//! Records of work: activities with their participants, needs, the list of staff, models.

use async_trait::async_trait;
use domain::programme::work::{Activity, Model, Need, Staff, Who};
use domain::units::{Place, Scope};
use kernel::{ActivityId, Day, IntakeId, ModelId, NeedId, Page, PageOf, StaffId};

use crate::Stored;

/// Which activities. Built from a scope; there is no other way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityFilter {
    pub scope: Scope,
    /// Days of one year.
    pub year: i16,
    pub kinds: Option<Vec<String>>,
}

impl ActivityFilter {
    pub fn new(scope: Scope, year: i16) -> Self {
        Self { scope, year, kinds: None }
    }

    #[must_use]
    pub fn kinds(mut self, kinds: Option<Vec<String>>) -> Self {
        self.kinds = kinds;
        self
    }
}

/// An activity with how many took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityRow {
    /// Without its participants.
    pub activity: Activity,
    pub participants: i64,
}

/// A participant as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedWho {
    pub who: Who,
    pub name: String,
    /// Birth year of a person, office of staff.
    pub detail: String,
    /// The household of a person, or the household itself.
    pub household: Option<kernel::HouseholdId>,
    pub commune: String,
    pub village: String,
}

/// A spreadsheet of work that was brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkImport {
    pub id: IntakeId,
    /// SHA-256 of its cells, in hex.
    pub hash: String,
    pub place: Place,
    pub by_name: String,
    pub at_ms: i64,
}

/// Somebody found by paper number or by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub named: NamedWho,
    pub paper: Option<String>,
    pub folded_name: String,
    pub birth: Option<kernel::BirthDate>,
}

#[async_trait]
pub trait ActivityStore {
    /// An activity of the scope with its participants.
    async fn activity(&mut self, scope: &Scope, id: ActivityId) -> Stored<Option<Activity>>;
    /// One page, newest first.
    async fn activities(&mut self, filter: &ActivityFilter, page: Page) -> Stored<PageOf<ActivityRow>>;
    /// By kind: how many activities, how many distinct participants, money.
    async fn activity_sums(&mut self, filter: &ActivityFilter) -> Stored<Vec<(String, i64, i64, i64)>>;
    /// Over all kinds of the filter: how many activities, how many distinct participants, money.
    async fn activity_total(&mut self, filter: &ActivityFilter) -> Stored<(i64, i64, i64)>;
    /// Adds new activities; their version becomes 1.
    async fn add_activities(&mut self, activities: &[Activity]) -> Stored<()>;
    /// Conflict when the stored version is another one.
    async fn save_activity(&mut self, activity: &Activity) -> Stored<()>;
    async fn remove_activity(&mut self, scope: &Scope, id: ActivityId) -> Stored<()>;
    /// An activity of exactly this unit with the same kind, day and content.
    async fn activity_like(&mut self, activity: &Activity) -> Stored<Option<ActivityId>>;

    /// Needs of a year, of one kind or of all.
    async fn needs(&mut self, scope: &Scope, of: (i16, Option<&str>), page: Page) -> Stored<PageOf<(Need, NamedWho)>>;
    /// Of a year, by kind.
    async fn need_sums(&mut self, scope: &Scope, year: i16) -> Stored<Vec<(String, i64)>>;
    /// Conflict when somebody has the need already in the year of its day.
    async fn add_needs(&mut self, needs: &[Need]) -> Stored<()>;
    async fn need(&mut self, scope: &Scope, id: NeedId) -> Stored<Option<Need>>;
    async fn remove_need(&mut self, scope: &Scope, id: NeedId) -> Stored<()>;
    /// Which of these have a need of the kind recorded in the year.
    async fn have_need(&mut self, kind: &str, year: i16, who: &[Who]) -> Stored<Vec<Who>>;

    async fn staff(&mut self, scope: &Scope) -> Stored<Vec<Staff>>;
    async fn add_staff(&mut self, staff: &[Staff]) -> Stored<()>;
    async fn staff_member(&mut self, scope: &Scope, id: StaffId) -> Stored<Option<Staff>>;
    /// Somebody stays on the list until this day; `None` takes the day back.
    async fn save_staff_left(&mut self, staff: &Staff) -> Stored<()>;
    async fn remove_staff(&mut self, scope: &Scope, id: StaffId) -> Stored<()>;

    async fn model(&mut self, scope: &Scope, id: ModelId) -> Stored<Option<Model>>;
    async fn models(&mut self, scope: &Scope, year: Option<i16>) -> Stored<Vec<Model>>;
    async fn add_models(&mut self, models: &[Model]) -> Stored<()>;
    async fn save_model(&mut self, model: &Model) -> Stored<()>;
    async fn remove_model(&mut self, scope: &Scope, id: ModelId) -> Stored<()>;

    /// Names of those listed, in the scope; one outside it is left out.
    async fn names_of(&mut self, scope: &Scope, who: &[Who]) -> Stored<Vec<NamedWho>>;
    /// Members of open households of the scope whose paper or folded name is one of these; at most `most`.
    async fn persons_by_words(&mut self, scope: &Scope, words: &[String], most: i64) -> Stored<Vec<Candidate>>;
    async fn add_work_import(&mut self, import: &WorkImport) -> Stored<()>;
    /// The last import of the scope with these cells that was not taken back.
    async fn work_import_like(&mut self, scope: &Scope, hash: &str) -> Stored<Option<WorkImport>>;
    /// Everything one import added, to take it back; how many records went.
    async fn remove_import(&mut self, scope: &Scope, intake: IntakeId) -> Stored<i64>;
    /// The last day of work in the year that an import brought, if it brought any.
    async fn import_of(&mut self, scope: &Scope, intake: IntakeId) -> Stored<Option<Day>>;
}
