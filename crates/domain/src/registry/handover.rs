//! A household on its way from one commune to another: the one offers it, the other accepts or declines.
//! Nobody writes into the list of another commune, so a move takes both. Start with [`Handover::accept`].

use kernel::{Day, HandoverId, HouseholdId, UserId};
use serde::{Deserialize, Serialize};

use super::events::{ChangeRefusal, not_in_future};
use super::household::Household;
use crate::units::Place;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoverState {
    /// Waits for the receiving commune.
    Offered,
    Accepted,
    /// Sent back with a remark; waits for the sending commune to read it.
    Declined,
    /// Taken back, or put away after it was declined.
    Withdrawn,
}

impl HandoverState {
    pub fn id(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Offered, Self::Accepted, Self::Declined, Self::Withdrawn].into_iter().find(|s| s.id() == id)
    }

    /// Whether somebody still has to do something about it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Offered | Self::Declined)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    pub id: HandoverId,
    pub household: HouseholdId,
    /// What the receiving commune may know before it accepts.
    pub head_name: String,
    pub size: i64,
    pub from: Place,
    /// The receiving commune; its village is nil until it accepts.
    pub to: Place,
    /// The day the household moved.
    pub day: Day,
    pub note: Option<String>,
    pub state: HandoverState,
    /// Why it was declined.
    pub remark: Option<String>,
    /// Who offered it.
    pub by: UserId,
    pub by_name: String,
    pub at_ms: i64,
    pub version: i64,
}

impl Handover {
    /// The household goes to a village of the receiving commune, with its members, events and years.
    pub fn accept(
        mut self,
        household: Household,
        village: Place,
        (departure, arrival): (&str, &str),
        today: Day,
    ) -> Result<(Self, Household), ChangeRefusal> {
        let is_there = household.id == self.household && household.place.commune == self.from.commune;
        if self.state != HandoverState::Offered || !is_there || village.commune != self.to.commune {
            return Err(ChangeRefusal::HandoverOver);
        }
        let household = household.moved_to(village.clone(), self.day, departure, arrival, today)?;
        self.to = village;
        self.state = HandoverState::Accepted;
        Ok((self, household))
    }

    /// The receiving commune does not take it, and says why.
    pub fn decline(mut self, remark: &str) -> Result<Self, ChangeRefusal> {
        if self.state != HandoverState::Offered {
            return Err(ChangeRefusal::HandoverOver);
        }
        self.state = HandoverState::Declined;
        self.remark = Some(remark.to_owned());
        Ok(self)
    }

    /// The sending commune takes the offer back, or has read why it was declined.
    pub fn withdraw(mut self) -> Result<Self, ChangeRefusal> {
        if !self.state.is_open() {
            return Err(ChangeRefusal::HandoverOver);
        }
        self.state = HandoverState::Withdrawn;
        Ok(self)
    }
}

impl Household {
    /// Whether the household may be offered to another commune: it lives here, and not there.
    pub fn may_be_offered(&self, to: &Place, day: Day, today: Day) -> Result<(), ChangeRefusal> {
        self.must_be_open()?;
        not_in_future(day, today)?;
        if to.commune == self.place.commune { Err(ChangeRefusal::SamePlace) } else { Ok(()) }
    }
}
