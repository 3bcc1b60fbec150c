//! Why a request did not move, and by which article.

use kernel::Day;
use norms::Citation;

use crate::review::deadline::NoCalendar;

/// Why a request did not move, and by which article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{stop}")]
pub struct RequestRefusal {
    pub stop: RequestStop,
    pub law: Option<Citation>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestStop {
    /// REQ-001
    #[error("the request was decided on {day}")]
    DecidedBefore { day: Day },
    /// REQ-002
    #[error("the day {day} is still to come")]
    DayInFuture { day: Day },
    /// REQ-003
    #[error("the day lies before {after}")]
    DayTooEarly { after: Day },
    /// REQ-004
    #[error("this request is not decided by income")]
    NotByIncome,
    /// REQ-005
    #[error("the income is not determined yet")]
    NoIncome,
    /// REQ-006
    #[error("the income does not fit")]
    IncomeDoesNotFit,
    /// REQ-007
    #[error("the result is posted until {until}")]
    StillPosted { until: Day },
    /// REQ-008
    #[error("the result was not posted")]
    NotPosted,
    /// REQ-009
    #[error("an objection is not answered")]
    Unanswered,
    /// REQ-010
    #[error("a refusal gives reasons")]
    NoReasons,
    /// REQ-011
    #[error("a decision has a number and a signature")]
    NoDecision,
    /// REQ-012
    #[error("the law sets no such limits on that day")]
    NoLimits,
    /// REQ-013
    #[error("the household is poor or near-poor")]
    ListedHousehold,
    /// REQ-014
    #[error("the household is reviewed by its round; the request is decided there")]
    DecidedByRound,
    /// REQ-015
    #[error("such a request is already open for the household")]
    OpenBefore,
    /// REQ-016
    #[error(transparent)]
    NoCalendar(#[from] NoCalendar),
    /// REQ-017
    #[error("the review of this month opens on {opens}")]
    NotOpen { opens: Day },
    /// REQ-018
    #[error("no objection waits for an answer")]
    NothingToRecheck,
    /// REQ-019
    #[error("objections were taken until {until}")]
    ObjectionTooLate { until: Day },
}

impl RequestStop {
    pub fn code(&self) -> &'static str {
        match self {
            Self::DecidedBefore { .. } => "REQ-001",
            Self::DayInFuture { .. } => "REQ-002",
            Self::DayTooEarly { .. } => "REQ-003",
            Self::NotByIncome => "REQ-004",
            Self::NoIncome => "REQ-005",
            Self::IncomeDoesNotFit => "REQ-006",
            Self::StillPosted { .. } => "REQ-007",
            Self::NotPosted => "REQ-008",
            Self::Unanswered => "REQ-009",
            Self::NoReasons => "REQ-010",
            Self::NoDecision => "REQ-011",
            Self::NoLimits => "REQ-012",
            Self::ListedHousehold => "REQ-013",
            Self::DecidedByRound => "REQ-014",
            Self::OpenBefore => "REQ-015",
            Self::NoCalendar(_) => "REQ-016",
            Self::NotOpen { .. } => "REQ-017",
            Self::NothingToRecheck => "REQ-018",
            Self::ObjectionTooLate { .. } => "REQ-019",
        }
    }

    pub fn by(self, law: Option<&Citation>) -> RequestRefusal {
        RequestRefusal { stop: self, law: law.cloned() }
    }
}
