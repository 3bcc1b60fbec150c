//! Who signs in, what the province confirmed, and the trail of who did what.

use async_trait::async_trait;
use domain::access::Role;
use domain::units::{Place, Scope};
use kernel::{Day, EntryId, Page, PageOf, UserId};
use serde::{Deserialize, Serialize};

use crate::Stored;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRecord {
    pub id: UserId,
    /// Unique, compared in lower case.
    pub login: String,
    pub name: String,
    /// Argon2 hash in PHC form; empty for the roles of sample mode, which nobody signs in to by password.
    pub password_hash: String,
    pub role: Role,
    pub scope: Scope,
    pub is_active: bool,
}

/// A session as the web layer packs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRecord {
    pub id: String,
    /// JSON of the session's data.
    pub data: String,
    pub expires_ms: i64,
}

/// A person of the province vouches for a value of law that was only remembered, or for a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// [`norms::Basis::key`] of the value, or `pack:<id>@<version>`.
    pub key: String,
    pub by: UserId,
    pub by_name: String,
    /// Who answers for it, as typed: name and office.
    pub signed: String,
    pub day: Day,
}

/// A score pack that the province loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedPack {
    pub id: String,
    pub version: String,
    /// The YAML as loaded.
    pub yaml: String,
    pub loaded_on: Day,
    pub by_name: String,
}

/// One entry of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: EntryId,
    pub at_ms: i64,
    pub actor: UserId,
    pub actor_name: String,
    /// Stable word: `household_saved`, `intake_applied`, `list_sent` …
    pub verb: String,
    /// What it is about: `household`, `intake`, `list`, `user`, `norm` …
    pub subject: String,
    pub subject_id: String,
    /// Where it is; `None` for what belongs to no place (a norm, a user of the province).
    pub place: Option<Place>,
    /// JSON with what changed.
    pub detail: serde_json::Value,
}

/// Which entries; a scope is always part of the question.
#[derive(Debug, Clone)]
pub struct EntryFilter {
    pub scope: Scope,
    /// `("household", id)`.
    pub about: Option<(String, String)>,
}

/// An entry of the trail by where it stands and its hash, which vouches for every entry before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailMark {
    /// Counts from 1.
    pub position: i64,
    /// SHA-256 in hex.
    pub hash: String,
}

/// What recomputing the trail found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailVerdict {
    /// The first entry that does not fit.
    pub broken_at: Option<EntryId>,
    /// The last entry that fits; `None` for an empty trail or one broken from the start.
    pub whole_until: Option<TrailMark>,
}

#[async_trait]
pub trait AccessStore {
    async fn user(&mut self, id: UserId) -> Stored<Option<UserRecord>>;
    async fn user_by_login(&mut self, login: &str) -> Stored<Option<UserRecord>>;
    /// Users whose own scope lies in this one, by name.
    async fn users(&mut self, scope: &Scope) -> Stored<Vec<UserRecord>>;
    async fn save_user(&mut self, user: &UserRecord) -> Stored<()>;

    async fn session(&mut self, id: &str) -> Stored<Option<SessionRecord>>;
    async fn save_session(&mut self, session: &SessionRecord) -> Stored<()>;
    async fn delete_session(&mut self, id: &str) -> Stored<()>;
    async fn delete_expired_sessions(&mut self, now_ms: i64) -> Stored<()>;

    /// Program settings: `mode`, `province`, `year`.
    async fn setting(&mut self, key: &str) -> Stored<Option<String>>;
    async fn save_setting(&mut self, key: &str, value: &str) -> Stored<()>;

    async fn confirmations(&mut self) -> Stored<Vec<Confirmation>>;
    async fn save_confirmation(&mut self, confirmation: &Confirmation) -> Stored<()>;
    async fn packs(&mut self) -> Stored<Vec<LoadedPack>>;
    async fn save_pack(&mut self, pack: &LoadedPack) -> Stored<()>;

    /// Adds an entry to the trail; each carries the hash of the one before it.
    async fn record(&mut self, entry: &Entry) -> Stored<()>;
    /// Newest first.
    async fn entries(&mut self, filter: &EntryFilter, page: Page) -> Stored<PageOf<Entry>>;
    /// Recomputes the whole chain of hashes: dear, once the trail is long.
    async fn verify_entries(&mut self) -> Stored<TrailVerdict>;
    /// Whether each of these entries still has its own hash and that of the entry before it; the first that has not.
    async fn entries_fit(&mut self, ids: &[EntryId]) -> Stored<Option<EntryId>>;
    /// Whether the trail still goes through a mark: cut off or rewritten before it, it does not.
    async fn trail_holds(&mut self, mark: &TrailMark) -> Stored<bool>;
}
