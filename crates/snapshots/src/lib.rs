//! Snapshots: the facts a decision was made on, frozen as Parquet files under the name of their hash. Written, read back,
//! verified, replayed, compared; no database, no clock. Start with [`Archive`], then [`replay()`] and [`why()`].

mod archive;
mod around;
mod boundaries;
mod cells;
mod diff;
mod facts;
mod family;
mod fault;
mod figures;
mod households;
mod manifest;
mod read;
mod record;
mod replay;
mod table;
mod verify;
mod why;
mod write;

pub use archive::Archive;
pub use around::{Around, Lists};
pub use boundaries::{Boundaries, FrozenPlacement, ToldBy, told_by};
pub use cells::{FrozenCell, frozen};
pub use diff::{ClassChange, Difference, diff};
pub use family::{FamilyFault, family};
pub use fault::SnapshotFault;
pub use figures::{FigureDifference, FigureRows, Seen};
pub use households::{ClassOf, Classes};
pub use manifest::{
    Act, Count, Counts, FORMAT, FileEntry, FrozenUnit, Head, Manifest, PackVersion, RuleVersion, frozen_units, keys,
    name_of, norms_in_force, rule_versions,
};
pub use read::{Snapshot, VillageOf, reviewed};
pub use record::{MemberRecord, Outcome, Record, pack_name};
pub use replay::{
    CellDifference, ClassDifference, Judged, NormChange, Replay, ReplayFault, changes_between, norm_changes, replay,
};
pub use verify::{Finding, verify};
pub use why::{AnswerRow, Answered, FactRow, Given, IndicatorRow, Mark, Said, Side, Why, why};
pub use write::{Frame, Sealed, SnapshotWriter};
