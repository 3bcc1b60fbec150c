//! A request on line of a household that has no code yet: it says who it is, an officer finds it in the register or answers
//! that it is not there. It never makes a household, and changes nothing until it is placed.

use kernel::{Day, HouseholdId, RequestId};
use serde::{Deserialize, Serialize};

use super::request::RequestKind;
use crate::units::Place;

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Placed {
    /// The officer found the household; its request runs from the day it was received.
    Household { household: HouseholdId, request: RequestId },
    /// The household is not in the register, or not to be told apart: what to do instead.
    NotFound { answer: String },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnplacedRequest {
    pub id: RequestId,
    /// The village that the household says it lives in.
    pub place: Place,
    pub kind: RequestKind,
    /// As the household wrote them.
    pub head: String,
    pub birth: String,
    pub phone: String,
    pub reason: String,
    pub received: Day,
    pub placed: Option<(Day, String, Placed)>,
    pub version: i64,
}
