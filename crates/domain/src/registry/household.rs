//! A household, its members with the periods of their membership, and what happened to it as a whole.

use kernel::{BirthDate, Day, HouseholdId, PersonId};
use norms::{Explains, HouseholdEvents};
use serde::{Deserialize, Serialize};

use super::events::{JoinReason, LeaveReason};
use crate::units::Place;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    pub fn id(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Male, Self::Female].into_iter().find(|s| s.id() == id)
    }

    /// `Nam`, `Nữ`; the codes 1 and 2 of form 01.
    pub fn read(written: &str) -> Option<Self> {
        match kernel::text::fold_name(written).as_str() {
            "nam" | "1" | "trai" | "m" | "male" => Some(Self::Male),
            "nu" | "2" | "gai" | "f" | "female" => Some(Self::Female),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub sex: Option<Sex>,
    pub birth: Option<BirthDate>,
    /// As written, digits only; valid or not.
    pub paper: Option<String>,
    pub ethnicity: Option<u16>,
}

/// A person's time in a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub person: Person,
    /// Id of `norms/review/relations.yaml`, or the words of the list where none fits.
    pub relation: String,
    pub is_head: bool,
    /// `None`: was there before the registry began.
    pub joined: Option<(Day, JoinReason)>,
    pub left: Option<(Day, LeaveReason)>,
}

impl Member {
    pub fn is_present(&self) -> bool {
        self.left.is_none()
    }

    /// Lived in the household at the end of `day`.
    pub fn was_present_on(&self, day: Day) -> bool {
        self.joined.is_none_or(|(joined, _)| joined <= day) && self.left.is_none_or(|(left, _)| left > day)
    }
}

/// Something that happened to the household as a whole: founded, moved away, merged …
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdEvent {
    pub day: Day,
    /// Id of `norms/review/events.yaml`.
    pub kind: String,
    /// The other household of a split or a merge.
    pub other: Option<HouseholdId>,
    pub note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    pub id: HouseholdId,
    pub place: Place,
    pub address: Option<String>,
    /// In the order of the list; the head first.
    pub members: Vec<Member>,
    pub events: Vec<HouseholdEvent>,
    /// The day it ceased to be a household here.
    pub closed: Option<Day>,
    /// Counts saves; two officers saving the same household meet here.
    pub version: i64,
}

impl Household {
    pub fn head(&self) -> Option<&Member> {
        self.present().find(|m| m.is_head).or_else(|| self.present().next()).or_else(|| self.members.first())
    }

    pub fn head_name(&self) -> &str {
        self.head().map_or("", |m| m.person.name.as_str())
    }

    pub fn present(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|m| m.is_present())
    }

    pub fn size(&self) -> usize {
        self.present().count()
    }

    pub fn member(&self, person: PersonId) -> Option<&Member> {
        self.members.iter().find(|m| m.person.id == person)
    }

    /// Whether an event between two days (both included) explains that the household came or left.
    pub fn explained(&self, what: Explains, first: Day, last: Day, kinds: &HouseholdEvents) -> bool {
        self.events.iter().any(|event| {
            (first..=last).contains(&event.day)
                && kinds.events.iter().any(|kind| kind.id == event.kind && kind.explains == what)
        })
    }
}
