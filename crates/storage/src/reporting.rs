//! The register of snapshots: which frozen facts belong to which decision. The files themselves are not in the store.

use async_trait::async_trait;
use domain::units::Scope;
use kernel::{Day, UserId};

use crate::Stored;

/// A snapshot as the register knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotRecord {
    /// The SHA-256 that names the snapshot, in hex.
    pub name: String,
    /// Id of the decision it was made for: `list_sent`, `review_approved`, `forms_official`.
    pub act: String,
    pub year: i16,
    pub scope: Scope,
    pub day: Day,
    pub at_ms: i64,
    pub by: UserId,
    pub by_name: String,
    pub households: i64,
    pub persons: i64,
    /// Of all files together.
    pub bytes: i64,
    pub is_sample: bool,
    /// The last look at every byte, and whether all were as written.
    pub checked: Option<(Day, bool)>,
}

#[async_trait]
pub trait ReportingStore {
    /// Snapshots whose unit lies in the scope, newest first; of one year when it is given.
    async fn snapshots(&mut self, scope: &Scope, year: Option<i16>) -> Stored<Vec<SnapshotRecord>>;
    /// Snapshots of one of these units in a year, newest first: a unit and those above it, which hold its households too.
    async fn snapshots_of(&mut self, units: &[Scope], year: i16) -> Stored<Vec<SnapshotRecord>>;
    /// A snapshot by its whole name, if its unit lies in the scope.
    async fn snapshot(&mut self, scope: &Scope, name: &str) -> Stored<Option<SnapshotRecord>>;
    /// Enters a snapshot; one that is there already stays as it is, for the name says all of its content.
    async fn add_snapshot(&mut self, snapshot: &SnapshotRecord) -> Stored<()>;
    /// Keeps what the last look at the files found.
    async fn save_snapshot_check(&mut self, name: &str, day: Day, is_whole: bool) -> Stored<()>;
}
