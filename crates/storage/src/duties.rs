//! What became of duties and reports, and the files that show it. A file is kept once, by its hash.

use async_trait::async_trait;
use domain::units::Scope;
use kernel::{Day, EvidenceId, UserId};

use crate::Stored;

/// One duty or report, due once, of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRecord {
    pub unit: Scope,
    pub year: i16,
    /// `K25` or `R06`.
    pub duty: String,
    /// The day it was due; `None` where the text gives none.
    pub due: Option<Day>,
    pub done: Option<Day>,
    pub note: String,
    pub by_name: String,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRecord {
    pub id: EvidenceId,
    pub unit: Scope,
    pub year: i16,
    /// What it shows: `duty`, `activity`, `model` with its id.
    pub subject: String,
    pub subject_id: String,
    pub file_name: String,
    pub media_type: String,
    pub size: i64,
    /// SHA-256 of the content, in hex.
    pub hash: String,
    pub by: UserId,
    pub by_name: String,
    pub at_ms: i64,
}

#[async_trait]
pub trait DutyStore {
    async fn duties(&mut self, scope: &Scope, year: i16) -> Stored<Vec<DutyRecord>>;
    /// Inserts at version 0, else replaces the version; conflict when somebody was first.
    async fn save_duty(&mut self, duty: &DutyRecord) -> Stored<()>;
    /// Newest first.
    async fn evidence(&mut self, scope: &Scope, subject: (&str, &str), year: i16) -> Stored<Vec<EvidenceRecord>>;
    /// By subject id: how many files.
    async fn evidence_sums(&mut self, scope: &Scope, subject: &str, year: i16) -> Stored<Vec<(String, i64)>>;
    /// Keeps the file once, whoever brings it again.
    async fn add_evidence(&mut self, evidence: &EvidenceRecord, content: &[u8]) -> Stored<()>;
    /// A file of the scope with its content.
    async fn evidence_file(&mut self, scope: &Scope, id: EvidenceId) -> Stored<Option<(EvidenceRecord, Vec<u8>)>>;
}
