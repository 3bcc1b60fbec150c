//! `manifest.json`: what a snapshot is of, by which rules, by whom and when, and the SHA-256 of every file. The snapshot's
//! name is the SHA-256 of this file, which is written in one way only: no spaces, fields in the order below.

use std::collections::BTreeMap;

use domain::units::Scope;
use kernel::{Day, UserId};
use norms::{Basis, FrozenNorms, Level, Norms, ScorePack, UnitList};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::record::pack_name;
use crate::table::hex;

/// Grows when a file's columns change their meaning.
pub const FORMAT: u16 = 1;

/// The decision that a snapshot was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A commune sent its list up.
    ListSent,
    /// A commune asked the level above for its opinion on the results of its round.
    OpinionAsked,
    /// The chairman recognised a commune's results, or decided on one household later.
    Recognised,
    /// A level above approved the year's review of its unit.
    ReviewApproved,
    /// The year's forms were marked official.
    FormsOfficial,
    /// The year's results were approved.
    ResultsApproved,
    /// Preliminary results were compiled: the facts behind them while the review goes on. No table is published from it.
    PreliminaryCompiled,
    /// The year's results were published: anybody may read what is counted from it.
    ResultsPublished,
}

impl Act {
    pub const ALL: [Self; 8] = [
        Self::ListSent,
        Self::OpinionAsked,
        Self::Recognised,
        Self::ReviewApproved,
        Self::FormsOfficial,
        Self::ResultsApproved,
        Self::PreliminaryCompiled,
        Self::ResultsPublished,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Self::ListSent => "list_sent",
            Self::OpinionAsked => "opinion_asked",
            Self::Recognised => "recognised",
            Self::ReviewApproved => "review_approved",
            Self::FormsOfficial => "forms_official",
            Self::ResultsApproved => "results_approved",
            Self::PreliminaryCompiled => "preliminary_compiled",
            Self::ResultsPublished => "results_published",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.id() == id)
    }
}

/// What the snapshot is of and who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub act: Act,
    pub year: i16,
    pub scope: Scope,
    /// `Xã Hương Trạch, Huyện Hương Khê`.
    pub unit: String,
    /// Milliseconds since 1970, and the day in Việt Nam.
    pub at_ms: i64,
    pub day: Day,
    pub by: UserId,
    pub by_name: String,
    /// The register is invented.
    pub is_sample: bool,
    /// Keys of the values used that nobody of the province had vouched for.
    pub unconfirmed: Vec<String>,
}

/// Households and persons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub households: i64,
    pub persons: i64,
}

impl Count {
    pub(crate) fn add(&mut self, persons: i64) {
        self.households += 1;
        self.persons += persons;
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Reviewed in the year, on the list or known to have left it.
    pub all: Count,
    /// By class id; empty text for those without a class.
    pub classes: BTreeMap<String, Count>,
    /// Households whose stored class was not what the rules gave on the day: by an older rule, or facts that changed since.
    pub stale: i64,
}

/// A unit of the tree as of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenUnit {
    pub level: String,
    pub code: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

/// The version of a norm that was in force, and the SHA-256 of its text as loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleVersion {
    pub norm: String,
    pub from: Day,
    pub sha256: String,
}

/// A score pack that gave some B1; its text is in `packs.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackVersion {
    /// `<id>@<version>`
    pub name: String,
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    pub name: String,
    pub rows: u64,
    pub bytes: u64,
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u16,
    #[serde(flatten)]
    pub head: Head,
    pub counts: Counts,
    pub rules: Vec<RuleVersion>,
    pub packs: Vec<PackVersion>,
    pub units: Vec<FrozenUnit>,
    pub files: Vec<FileEntry>,
}

impl Manifest {
    /// The one way it is written.
    pub fn canonical(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    pub fn file(&self, name: &str) -> Option<&FileEntry> {
        self.files.iter().find(|file| file.name == name)
    }
}

/// The name of a snapshot: the SHA-256 of its manifest, in hex.
pub fn name_of(manifest: &[u8]) -> String {
    sha256(manifest)
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The texts of the norms of the review in force on a day. What a review does not use is left out.
pub fn norms_in_force(norms: &Norms, day: Day) -> FrozenNorms {
    FrozenNorms::of(norms, day, |id| id.starts_with("review.") || id.starts_with("registry."))
}

/// The same, each with the hash of its text.
pub fn rule_versions(norms: &Norms, day: Day) -> Vec<RuleVersion> {
    versions_of(&norms_in_force(norms, day))
}

/// Each norm with the hash of its text.
pub(crate) fn versions_of(frozen: &FrozenNorms) -> Vec<RuleVersion> {
    let version = |(norm, version): (&norms::Norm, &norms::Version)| RuleVersion {
        norm: norm.id.clone(),
        from: version.from,
        sha256: sha256(&serde_json::to_vec(version).unwrap_or_default()),
    };
    frozen.texts().map(version).collect()
}

/// Packs by name with the hash of their text.
pub fn pack_versions(packs: &[ScorePack]) -> Vec<PackVersion> {
    let version = |pack: &ScorePack| PackVersion {
        name: pack_name(pack),
        sha256: sha256(&serde_json::to_vec(pack).unwrap_or_default()),
    };
    packs.iter().map(version).collect()
}

/// The unit of a scope, everything below it and the units above it, in the order of the list.
pub fn frozen_units(units: &UnitList, scope: &Scope) -> Vec<FrozenUnit> {
    let level: Level = scope.level.into();
    let inside = |unit: &norms::Unit| {
        let mut above = Some(unit);
        while let Some(at) = above {
            if at.level == level && at.code == scope.code {
                return true;
            }
            above = units.parent(at);
        }
        false
    };
    let own = units.get(level, &scope.code);
    let mut over: Vec<&norms::Unit> = Vec::new();
    let mut next = own.and_then(|unit| units.parent(unit));
    while let Some(unit) = next {
        over.insert(0, unit);
        next = units.parent(unit);
    }
    let frozen = |unit: &norms::Unit| FrozenUnit {
        level: unit.level.id().to_owned(),
        code: unit.code.clone(),
        name: unit.full_name(),
        parent: unit.parent.clone(),
    };
    over.into_iter().chain(units.iter().filter(|unit| inside(unit))).map(frozen).collect()
}

/// Keys under which the province confirms values.
pub fn keys(bases: &[Basis]) -> Vec<String> {
    let mut keys: Vec<String> = bases.iter().map(Basis::key).collect();
    keys.sort();
    keys.dedup();
    keys
}
