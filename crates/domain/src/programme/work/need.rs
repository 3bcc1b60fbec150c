//! What people need, recorded before it is met, and the list of staff: the bases that four targets divide by.

use kernel::{Day, IntakeId, NeedId, StaffId};
use serde::{Deserialize, Serialize};

use super::Who;
use crate::registry::Sex;
use crate::units::Place;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    pub id: NeedId,
    /// Id of a need in `norms/programme/work.yaml`.
    pub kind: String,
    pub who: Who,
    pub place: Place,
    /// It counts from this day to the end of its year.
    pub day: Day,
    pub note: String,
    pub intake: Option<IntakeId>,
}

/// Somebody who works for poverty reduction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    pub id: StaffId,
    pub name: String,
    pub sex: Option<Sex>,
    /// Id of a level in `norms/programme/work.yaml`.
    pub level: String,
    pub office: String,
    pub place: Place,
    pub since: Day,
    /// From this day on no longer on the list.
    pub left: Option<Day>,
}

impl Staff {
    /// Whether they are on the list on a day.
    pub fn works_on(&self, day: Day) -> bool {
        self.since <= day && self.left.is_none_or(|left| day < left)
    }
}
