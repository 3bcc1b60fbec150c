//! A commune's list of a year on its way up: open, sent, returned with a remark.

use kernel::{Day, SubmissionId, UserId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListState {
    Open,
    Sent,
    Returned,
}

impl ListState {
    pub fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Sent => "sent",
            Self::Returned => "returned",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Open, Self::Sent, Self::Returned].into_iter().find(|s| s.id() == id)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    pub id: SubmissionId,
    pub units_from: Day,
    pub province: String,
    pub district: String,
    pub commune: String,
    pub year: i16,
    pub state: ListState,
    /// Day of the last step, and who took it.
    pub day: Option<Day>,
    pub by: Option<UserId>,
    pub by_name: String,
    /// Why it was returned.
    pub remark: Option<String>,
    /// Households on the list when it was sent.
    pub households: i64,
    pub version: i64,
}

/// Why a list did not move.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListRefusal {
    /// REV-001
    #[error("the list has already been sent up on {day:?}")]
    AlreadySent { day: Option<Day> },
    /// REV-002
    #[error("only a list that was sent can be returned")]
    NotSent,
    /// REV-003
    #[error("a list is returned with a remark that says what to mend")]
    RemarkMissing,
    /// REV-004
    #[error("the list is empty")]
    Empty,
    /// REV-005
    #[error("the list is with the level above; ask for it to be returned before changing it")]
    Locked,
    /// REV-006
    #[error("some households have no class yet")]
    Unclassified { households: i64 },
}

impl ListRefusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::AlreadySent { .. } => "REV-001",
            Self::NotSent => "REV-002",
            Self::RemarkMissing => "REV-003",
            Self::Empty => "REV-004",
            Self::Locked => "REV-005",
            Self::Unclassified { .. } => "REV-006",
        }
    }
}

impl Submission {
    /// Sends the list up.
    pub fn send(
        mut self,
        (by, by_name): (UserId, &str),
        households: i64,
        unclassified: i64,
        today: Day,
    ) -> Result<Self, ListRefusal> {
        if self.state == ListState::Sent {
            return Err(ListRefusal::AlreadySent { day: self.day });
        }
        if households == 0 {
            return Err(ListRefusal::Empty);
        }
        if unclassified > 0 {
            return Err(ListRefusal::Unclassified { households: unclassified });
        }
        self.state = ListState::Sent;
        self.day = Some(today);
        self.by = Some(by);
        by_name.clone_into(&mut self.by_name);
        self.households = households;
        self.remark = None;
        Ok(self)
    }

    /// Gives the list back with a remark.
    pub fn return_with(mut self, (by, by_name): (UserId, &str), remark: &str, today: Day) -> Result<Self, ListRefusal> {
        if self.state != ListState::Sent {
            return Err(ListRefusal::NotSent);
        }
        if remark.trim().is_empty() {
            return Err(ListRefusal::RemarkMissing);
        }
        self.state = ListState::Returned;
        self.day = Some(today);
        self.by = Some(by);
        by_name.clone_into(&mut self.by_name);
        self.remark = Some(remark.trim().to_owned());
        Ok(self)
    }

    /// A sent list is not changed under the reader's eyes.
    pub fn may_change(&self) -> Result<(), ListRefusal> {
        if self.state == ListState::Sent { Err(ListRefusal::Locked) } else { Ok(()) }
    }
}
