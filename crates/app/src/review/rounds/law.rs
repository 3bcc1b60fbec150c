//! The process in force on the day of an act, and who takes which of its steps.

use domain::access::Actor;
use domain::review::round::{RoundRefusal, Stop, Under};
use kernel::Day;
use norms::{Calendar, Dated, NormGap, Process, StepLaw};

use crate::House;

/// What a step stands under.
#[derive(Debug, Clone)]
pub struct Law {
    pub process: Dated<Process>,
    pub calendar: Calendar,
    pub day: Day,
    pub today: Day,
}

impl Law {
    /// The process as of the day of the act, not of today.
    pub fn on(house: &House, day: Day) -> Result<Self, NormGap> {
        Ok(Self {
            process: house.norms.in_force("review.process", day)?,
            calendar: house.norms.in_force::<Calendar>("review.calendar", day)?.value,
            day,
            today: house.clock.today(),
        })
    }

    pub fn under(&self) -> Under<'_> {
        Under { process: &self.process, calendar: &self.calendar, day: self.day, today: self.today }
    }
}

/// Whether the step names the actor's role.
pub fn is_taken_by(actor: &Actor, step: &StepLaw) -> Result<(), RoundRefusal> {
    if step.by.iter().any(|role| role == actor.role.id()) { Ok(()) } else { Err(Stop::NotTheActor.by(step)) }
}
