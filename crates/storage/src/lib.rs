//! What the house asks of a store: one trait per context, one unit of work per change. No SQL here.
//! A list, count or search takes a [`domain::units::Scope`] through its filter; there is no way to ask without one.
//! To add a record: give its context's trait a call, write it in `storage-sql`, and add its behaviour to `testkit::contract`.

mod access;
mod activities;
mod duties;
mod error;
mod facts;
mod list_work;
mod money;
mod programme;
mod registry;
mod reporting;
mod review;
mod rounds;
mod units;
mod work;

pub use access::{
    AccessStore, Confirmation, Entry, EntryFilter, LoadedPack, SessionRecord, TrailMark, TrailVerdict, UserRecord,
};
pub use activities::{ActivityFilter, ActivityRow, ActivityStore, Candidate, NamedWho, WorkImport};
pub use duties::{DutyRecord, DutyStore, EvidenceRecord};
pub use error::StorageError;
pub use facts::{FactChanges, FactStore, SheetKey, StoredSheet, VillageClass, WorkingRow};
pub use list_work::ListWork;
pub use money::{MoneyFilter, MoneyStore, MoneySum};
pub use programme::{PlanRecord, ProgrammeStore, StoredBinding, StoredPlan};
pub use registry::{HeadRecord, HouseholdFilter, HouseholdRow, RegistryStore};
pub use reporting::{ReportingStore, SnapshotRecord};
pub use review::{
    IntakeChange, IntakeRecord, IntakeState, ListDecision, RememberedColumns, ReviewStore, StoredAssessment, YearClass,
};
pub use rounds::{Attachment, CommuneMark, RoundStore, SurveyRecord, VillageMark};
pub use units::{PlaceableHousehold, PlacementRecord, UnitPlace, UnitsStore};
pub use work::{Store, Work};

/// Short for what every call of a store returns.
pub type Stored<T> = Result<T, StorageError>;
