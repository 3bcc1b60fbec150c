//! Why a step of a round was not taken, with the clause that stands in its way.

use kernel::Day;
use norms::{Citation, StepLaw};

use super::Step;
use crate::review::deadline::NoCalendar;

/// What stands in the way, and by which clause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{stop}")]
pub struct RoundRefusal {
    pub stop: Stop,
    pub law: Option<Citation>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// ROU-001
    #[error("the village is at {at:?}, this step needs {needs:?}")]
    OtherStep { at: Step, needs: Step },
    /// ROU-002
    #[error("the role does not take this step")]
    NotTheActor,
    /// ROU-003
    #[error("the day {day} is still to come")]
    DayInFuture { day: Day },
    /// ROU-004
    #[error("the day lies before {after}")]
    DayTooEarly { after: Day },
    /// ROU-005
    #[error("the review opens on {opens}")]
    NotOpen { opens: Day },
    /// ROU-006
    #[error("{households} households are not surveyed")]
    NotSurveyed { households: usize },
    /// ROU-007
    #[error("{households} households have no class yet")]
    NoClass { households: usize },
    /// ROU-008
    #[error("the household is not on the list to review")]
    NotOnList,
    /// ROU-009
    #[error("nobody was present")]
    NobodyPresent,
    /// ROU-010
    #[error("more voted than were present")]
    MoreVotesThanPresent,
    /// ROU-011
    #[error("the list is posted until {until}")]
    StillPosted { until: Day },
    /// ROU-012
    #[error("{objections} objections are not answered")]
    Unanswered { objections: usize },
    /// ROU-013
    #[error("objections were taken until {until}")]
    ObjectionTooLate { until: Day },
    /// ROU-014
    #[error("the objection was answered before")]
    AnsweredBefore,
    /// ROU-015
    #[error("the household was not surveyed again after the objection")]
    NotRechecked,
    /// ROU-016
    #[error("{villages} villages have not ended their posting")]
    VillagesNotReady { villages: usize },
    /// ROU-017
    #[error("the opinion was already asked for")]
    AskedBefore,
    /// ROU-018
    #[error("no opinion was asked for")]
    NotAsked,
    /// ROU-019
    #[error("a return names at least one household and says what to mend")]
    NoRemark,
    /// ROU-020
    #[error("the level above has not agreed")]
    NoOpinion,
    /// ROU-021
    #[error("the results were recognised on {day}")]
    RecognisedBefore { day: Day },
    /// ROU-022
    #[error("nothing was recognised yet")]
    NotRecognised,
    /// ROU-023
    #[error("a decision has a number and a signature")]
    NoDecision,
    /// ROU-024
    #[error("who gives the opinion is not configured")]
    NoOpinionBody,
    /// ROU-025
    #[error("the household is already on the list")]
    OnListAlready,
    /// ROU-026
    #[error("nothing to recognise")]
    NothingToRecognise,
    /// ROU-027
    #[error(transparent)]
    NoCalendar(#[from] NoCalendar),
    /// ROU-028
    #[error("the surveys take no answers at this step")]
    SurveyClosed,
    /// ROU-029
    #[error("a round of this commune is open; its results come from it")]
    RoundOpen,
    /// ROU-030
    #[error("a reason is needed")]
    NoReason,
    /// ROU-031
    #[error("the list was not posted yet")]
    NotPosted,
    /// ROU-032
    #[error("the minutes are not signed by everybody who has to")]
    NotSigned,
    /// ROU-033
    #[error("{requests} requests wait to be taken into the list")]
    RequestsWait { requests: usize },
    /// ROU-034
    #[error("the household was surveyed and met about; its request is decided with the others")]
    NotReleased,
    /// ROU-035
    #[error("a review on request goes up for no opinion")]
    NoOpinionNeeded,
}

impl Stop {
    pub fn code(&self) -> &'static str {
        match self {
            Self::OtherStep { .. } => "ROU-001",
            Self::NotTheActor => "ROU-002",
            Self::DayInFuture { .. } => "ROU-003",
            Self::DayTooEarly { .. } => "ROU-004",
            Self::NotOpen { .. } => "ROU-005",
            Self::NotSurveyed { .. } => "ROU-006",
            Self::NoClass { .. } => "ROU-007",
            Self::NotOnList => "ROU-008",
            Self::NobodyPresent => "ROU-009",
            Self::MoreVotesThanPresent => "ROU-010",
            Self::StillPosted { .. } => "ROU-011",
            Self::Unanswered { .. } => "ROU-012",
            Self::ObjectionTooLate { .. } => "ROU-013",
            Self::AnsweredBefore => "ROU-014",
            Self::NotRechecked => "ROU-015",
            Self::VillagesNotReady { .. } => "ROU-016",
            Self::AskedBefore => "ROU-017",
            Self::NotAsked => "ROU-018",
            Self::NoRemark => "ROU-019",
            Self::NoOpinion => "ROU-020",
            Self::RecognisedBefore { .. } => "ROU-021",
            Self::NotRecognised => "ROU-022",
            Self::NoDecision => "ROU-023",
            Self::NoOpinionBody => "ROU-024",
            Self::OnListAlready => "ROU-025",
            Self::NothingToRecognise => "ROU-026",
            Self::NoCalendar(_) => "ROU-027",
            Self::SurveyClosed => "ROU-028",
            Self::RoundOpen => "ROU-029",
            Self::NoReason => "ROU-030",
            Self::NotPosted => "ROU-031",
            Self::NotSigned => "ROU-032",
            Self::RequestsWait { .. } => "ROU-033",
            Self::NotReleased => "ROU-034",
            Self::NoOpinionNeeded => "ROU-035",
        }
    }

    /// The refusal with the clause of the step it stands in.
    pub fn by(self, step: &StepLaw) -> RoundRefusal {
        RoundRefusal { stop: self, law: Some(step.citation.clone()) }
    }

    /// Where no clause is in the way, only good order.
    pub fn plain(self) -> RoundRefusal {
        RoundRefusal { stop: self, law: None }
    }
}
