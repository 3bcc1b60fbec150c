//! The review of a year as the law runs it: list, survey, village meeting, posting, objections, opinion, recognition.
//! A village and its commune each walk their own part; no step can be skipped, and what stops it is said with its clause.
//! Every act carries the day it was done on. Start with [`VillageRound`], then [`CommuneRound`].

mod commune;
mod decision;
mod meeting;
mod numbers;
mod posting;
mod refusal;
mod village;

pub use commune::{Asked, CommuneRound, CommuneStep, OpinionAnswer, Remark};
pub use decision::{Amendment, AmendmentKind, Recognised, Recognition};
pub use meeting::{Meeting, Presented, presented};
pub use numbers::Series;
pub use posting::{Objection, ObjectionAnswer, ObjectionFrom, Posting};
pub use refusal::{RoundRefusal, Stop};
pub use village::{Outcome, Reason, Route, Step, ToReview, VillageRound};

use kernel::Day;
use norms::{Calendar, Dated, Process, StepLaw};

/// The law a step is taken under, and the day it is taken on.
#[derive(Debug, Clone, Copy)]
pub struct Under<'a> {
    pub process: &'a Dated<Process>,
    pub calendar: &'a Calendar,
    /// The day of the act.
    pub day: Day,
    /// No act is recorded before it was done.
    pub today: Day,
}

impl Under<'_> {
    fn process(&self) -> &Process {
        &self.process.value
    }

    /// The act's day has come, and is not before what it follows.
    fn follows(&self, step: &StepLaw, after: Option<Day>) -> Result<(), RoundRefusal> {
        if self.day > self.today {
            return Err(Stop::DayInFuture { day: self.day }.by(step));
        }
        match after {
            Some(after) if self.day < after => Err(Stop::DayTooEarly { after }.by(step)),
            _ => Ok(()),
        }
    }
}
