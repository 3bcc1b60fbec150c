//! A year's results above the commune: compiled, approved, published. Preliminary and official ones are two records that
//! never overwrite each other; what was compiled is frozen with its hash.

use kernel::{Day, ResultsId};
use serde::{Deserialize, Serialize};

use crate::units::Scope;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultsKind {
    Preliminary,
    Official,
}

impl ResultsKind {
    pub const BOTH: [Self; 2] = [Self::Preliminary, Self::Official];

    pub fn id(self) -> &'static str {
        match self {
            Self::Preliminary => "preliminary",
            Self::Official => "official",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|k| k.id() == id)
    }
}

/// Who took a step, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub day: Day,
    pub by: String,
    /// Number of the paper; empty where there is none.
    pub number: String,
}

/// One unit's line: households by class id, and those without a class under an empty id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLine {
    pub code: String,
    pub name: String,
    /// Households and persons by class id.
    pub classes: Vec<(String, i64, i64)>,
    pub unclassified: i64,
    /// The commune's chairman has decided.
    pub recognised: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    pub id: ResultsId,
    pub unit: Scope,
    pub year: i16,
    pub kind: ResultsKind,
    pub lines: Vec<UnitLine>,
    /// SHA-256 of the lines, in hex.
    pub hash: String,
    pub compiled: Stamp,
    pub approved: Option<Stamp>,
    pub published: Option<Stamp>,
    pub version: i64,
}

/// Why results were not compiled, approved or published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResultsRefusal {
    /// RES-001
    #[error("{communes} communes have not recognised their results")]
    NotRecognised { communes: usize },
    /// RES-002
    #[error("they were approved on {day}; compile a new version first")]
    ApprovedBefore { day: Day },
    /// RES-003
    #[error("only approved results are published")]
    NotApproved,
    /// RES-004
    #[error("they were published on {day}")]
    PublishedBefore { day: Day },
    /// RES-005
    #[error("an approval has a number")]
    NoNumber,
    /// RES-006
    #[error("there is nothing to compile")]
    Nothing,
    /// RES-007
    #[error("the day is still to come or too early")]
    WrongDay,
    /// RES-008
    #[error("the register says something else by now than when they were compiled")]
    ChangedSince,
}

impl ResultsRefusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotRecognised { .. } => "RES-001",
            Self::ApprovedBefore { .. } => "RES-002",
            Self::NotApproved => "RES-003",
            Self::PublishedBefore { .. } => "RES-004",
            Self::NoNumber => "RES-005",
            Self::Nothing => "RES-006",
            Self::WrongDay => "RES-007",
            Self::ChangedSince => "RES-008",
        }
    }
}

/// Results may be compiled: official ones only when every commune with households has decided.
pub fn may_compile(kind: ResultsKind, lines: &[UnitLine]) -> Result<(), ResultsRefusal> {
    let with_households = |line: &&UnitLine| !line.classes.is_empty() || line.unclassified > 0;
    if !lines.iter().any(|line| with_households(&line)) {
        return Err(ResultsRefusal::Nothing);
    }
    let open = lines.iter().filter(with_households).filter(|line| !line.recognised).count();
    if kind == ResultsKind::Official && open > 0 {
        return Err(ResultsRefusal::NotRecognised { communes: open });
    }
    Ok(())
}

impl Results {
    pub fn approve(mut self, stamp: Stamp, today: Day) -> Result<Self, ResultsRefusal> {
        if let Some(approved) = &self.approved {
            return Err(ResultsRefusal::ApprovedBefore { day: approved.day });
        }
        if stamp.number.trim().is_empty() {
            return Err(ResultsRefusal::NoNumber);
        }
        if stamp.day > today || stamp.day < self.compiled.day {
            return Err(ResultsRefusal::WrongDay);
        }
        self.approved = Some(stamp);
        Ok(self)
    }

    pub fn publish(mut self, stamp: Stamp, today: Day) -> Result<Self, ResultsRefusal> {
        if let Some(published) = &self.published {
            return Err(ResultsRefusal::PublishedBefore { day: published.day });
        }
        let approved = self.approved.as_ref().ok_or(ResultsRefusal::NotApproved)?;
        if stamp.day > today || stamp.day < approved.day {
            return Err(ResultsRefusal::WrongDay);
        }
        self.published = Some(stamp);
        Ok(self)
    }
}
