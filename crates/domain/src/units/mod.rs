//! Where a household lives, and which part of the country an actor may see.
//! Codes are re-used over time, so a place always says from which list of units its codes are.
//! How units changed, and what is counted by those of one day told by those of another: start with [`Restater`].

mod absent;
mod change;
mod check;
mod country;
mod lineage;
mod restate;
mod restater;
#[cfg(test)]
mod tests;
mod timeline;

pub use absent::Absent;
pub use change::{BoundaryChange, BoundaryRefusal, ChangeKind, Decision, NewUnit, Step};
pub use check::{check_change, check_withdrawal, parts_of};
pub use country::{Conserved, CrosswalkCount, StepCount, conserved, crosswalk_count, step_counts};
pub use lineage::{Lineage, Unresolved};
pub use restate::{CountRow, LeftOver, Restated, RestatedRow, RowOf, restate};
pub use restater::{LevelMissing, Placeable, Placed, Placements, Restater, Subject, Table};
use timeline::level_exists;
pub use timeline::{Epoch, Fate, Timeline, UnitKey, Why};

use kernel::{Day, VillageId};
use norms::Level;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A village and the units it lies in. `district` is empty where the list has no district level.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// First day of the list of units the codes are from.
    pub units_from: Day,
    pub province: String,
    pub district: String,
    pub commune: String,
    pub village: VillageId,
}

impl Place {
    /// A unit as a place without a village: a commune, or, with nothing for the levels below, a district or the province.
    pub fn of_unit(
        units_from: Day,
        province: impl Into<String>,
        district: impl Into<String>,
        commune: impl Into<String>,
    ) -> Self {
        let (province, district, commune) = (province.into(), district.into(), commune.into());
        Self { units_from, province, district, commune, village: VillageId(Uuid::nil()) }
    }

    /// The lowest unit that the place names.
    pub fn unit(&self) -> Scope {
        let (level, code) = match (self.commune.as_str(), self.district.as_str()) {
            ("", "") => (ScopeLevel::Province, &self.province),
            ("", _) => (ScopeLevel::District, &self.district),
            _ => (ScopeLevel::Commune, &self.commune),
        };
        Scope::new(self.units_from, level, code.clone())
    }
}

/// A village (thôn) or residential group (tổ dân phố) of a commune.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Village {
    pub id: VillageId,
    pub units_from: Day,
    pub province: String,
    pub district: String,
    pub commune: String,
    pub name: String,
}

impl Village {
    pub fn place(&self) -> Place {
        Place {
            units_from: self.units_from,
            province: self.province.clone(),
            district: self.district.clone(),
            commune: self.commune.clone(),
            village: self.id,
        }
    }
}

/// How many households and persons live in a village; without it no rate is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VillageTotal {
    pub village: VillageId,
    pub year: i16,
    pub households: i64,
    pub persons: i64,
}

/// An administrative subtree as of a list of units. Nothing can be asked of the store without one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    pub units_from: Day,
    pub level: ScopeLevel,
    pub code: String,
    /// Only this village of the commune: the scope of a village head.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub village: Option<VillageId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeLevel {
    Province,
    District,
    Commune,
}

impl From<Level> for ScopeLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Province => Self::Province,
            Level::District => Self::District,
            Level::Commune => Self::Commune,
        }
    }
}

impl From<ScopeLevel> for Level {
    fn from(level: ScopeLevel) -> Self {
        match level {
            ScopeLevel::Province => Self::Province,
            ScopeLevel::District => Self::District,
            ScopeLevel::Commune => Self::Commune,
        }
    }
}

impl Scope {
    pub fn new(units_from: Day, level: impl Into<ScopeLevel>, code: impl Into<String>) -> Self {
        Self { units_from, level: level.into(), code: code.into(), village: None }
    }

    /// One village of the commune.
    #[must_use]
    pub fn in_village(mut self, village: Option<VillageId>) -> Self {
        self.village = village;
        self
    }

    /// Whether a place lies inside.
    pub fn holds(&self, place: &Place) -> bool {
        self.units_from == place.units_from
            && self.village.is_none_or(|village| village == place.village)
            && match self.level {
                ScopeLevel::Province => self.code == place.province,
                ScopeLevel::District => self.code == place.district,
                ScopeLevel::Commune => self.code == place.commune,
            }
    }

    /// `commune:18073`, as addresses carry it.
    pub fn address(&self) -> String {
        format!("{}:{}", Level::from(self.level).id(), self.code)
    }

    /// Reads what [`Scope::address`] wrote, in the same list of units.
    pub fn from_address(address: &str, units_from: Day) -> Option<Self> {
        let (level, code) = address.split_once(':')?;
        Some(Self::new(units_from, Level::from_id(level)?, code))
    }
}
