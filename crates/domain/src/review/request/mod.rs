//! A household's request: to be reviewed, to be taken off the list, or to be known as of average living standard; and a
//! worker's of low income. By form or by income; decided in its days, a refusal always with reasons.

mod income;
mod refusal;

pub use income::{Income, IncomeObjection, IncomePosting, income_limits};
pub use refusal::{RequestRefusal, RequestStop};

use kernel::{Day, HouseholdId, PersonId, RequestId, RoundId};
use norms::{Calendar, Citation, Dated, IncomeRoute, MonthlyRoute};
use serde::{Deserialize, Serialize};

use super::deadline::{NoCalendar, last_day, opening_day};
use super::round::{Route, VillageRound};
use crate::units::Place;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// Form 01: to be reviewed.
    Enter,
    /// Form 04: to be recognised as escaped.
    Leave,
    AverageLiving,
    LowIncomeWorker,
}

impl RequestKind {
    pub const ALL: [Self; 4] = [Self::Enter, Self::Leave, Self::AverageLiving, Self::LowIncomeWorker];

    pub fn id(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::Leave => "leave",
            Self::AverageLiving => "average_living",
            Self::LowIncomeWorker => "low_income_worker",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.id() == id)
    }

    /// Decided by income instead of by survey and meeting.
    pub fn by_income(self) -> bool {
        matches!(self, Self::AverageLiving | Self::LowIncomeWorker)
    }
}

/// How it came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Counter,
    Post,
    Online,
}

impl Channel {
    pub const ALL: [Self; 3] = [Self::Counter, Self::Post, Self::Online];

    pub fn id(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Post => "post",
            Self::Online => "online",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.id() == id)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDecision {
    pub day: Day,
    pub number: String,
    pub signer: String,
    pub granted: bool,
    pub class: Option<String>,
    /// Why not; a refusal is never without.
    pub reasons: String,
}

/// A request that a round could not take in, or let go again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub day: Day,
    /// The opening days of the review it was in and of the one it is in now.
    pub from: Day,
    pub to: Day,
    pub why: MoveReason,
    /// What the officer says; empty where the reason says it all.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveReason {
    /// Its village had closed the list of the month.
    ListClosed,
    /// Taken out of the list again.
    Released,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub id: RequestId,
    pub place: Place,
    pub year: i16,
    pub kind: RequestKind,
    pub household: HouseholdId,
    /// The worker of low income.
    pub person: Option<PersonId>,
    pub channel: Channel,
    pub received: Day,
    /// The review that takes it in opens on this day.
    pub opens: Day,
    /// The last day for deciding; `None` where the law was not found to name one.
    pub due: Option<Day>,
    pub filed_by: String,
    pub reason: String,
    /// The village's round it was taken into.
    pub round: Option<RoundId>,
    /// Why it is not reviewed where it was first to be; oldest first.
    #[serde(default)]
    pub moves: Vec<Moved>,
    pub income: Option<Income>,
    /// What was determined before it, oldest first.
    #[serde(default)]
    pub earlier_incomes: Vec<Income>,
    pub posting: Option<IncomePosting>,
    pub decision: Option<RequestDecision>,
    pub version: i64,
}

/// The day of an act on an income case, and the law it stands under.
#[derive(Debug, Clone, Copy)]
pub struct UnderRoute<'a> {
    pub route: &'a Dated<IncomeRoute>,
    pub calendar: &'a Calendar,
    pub day: Day,
    pub today: Day,
}

impl UnderRoute<'_> {
    fn law(&self) -> Option<&Citation> {
        self.route.basis.citation.as_ref()
    }

    fn follows(&self, after: Day) -> Result<(), RequestRefusal> {
        if self.day > self.today {
            return Err(RequestStop::DayInFuture { day: self.day }.by(self.law()));
        }
        if self.day < after {
            return Err(RequestStop::DayTooEarly { after }.by(self.law()));
        }
        Ok(())
    }
}

/// When the review of a request opens and by when it is decided.
pub fn monthly_days(route: &MonthlyRoute, calendar: &Calendar, received: Day) -> Result<(Day, Day), NoCalendar> {
    let opens = opening_day(received, route.opens_on_day);
    Ok((opens, last_day(calendar, opens, route.decide_within)?))
}

impl Request {
    fn must_be_open(&self, law: Option<&Citation>) -> Result<(), RequestRefusal> {
        match &self.decision {
            Some(decision) => Err(RequestStop::DecidedBefore { day: decision.day }.by(law)),
            None => Ok(()),
        }
    }

    /// Refuses in writing, with reasons; whatever the kind, as long as no round has taken the household in.
    pub fn refuse(
        mut self,
        decision: RequestDecision,
        (day, today): (Day, Day),
        law: Option<&Citation>,
    ) -> Result<Self, RequestRefusal> {
        self.must_be_open(law)?;
        if self.round.is_some() {
            return Err(RequestStop::DecidedByRound.by(law));
        }
        if day > today {
            return Err(RequestStop::DayInFuture { day }.by(law));
        }
        if day < self.received {
            return Err(RequestStop::DayTooEarly { after: self.received }.by(law));
        }
        signed(&decision, law)?;
        if decision.reasons.trim().is_empty() {
            return Err(RequestStop::NoReasons.by(law));
        }
        self.decision = Some(RequestDecision { granted: false, class: None, day, ..decision });
        Ok(self)
    }

    /// The village has closed the list of its month: a later one takes it in. Its last day for an answer stays.
    #[must_use]
    pub fn moved_to(mut self, to: Day, day: Day) -> Self {
        let moved = Moved { day, from: self.opens, to, why: MoveReason::ListClosed, text: String::new() };
        self.moves.push(moved);
        self.opens = to;
        self
    }

    /// Its round has let it go; it can be taken in again or answered in another way.
    pub fn released(mut self, day: Day, text: &str, law: Option<&Citation>) -> Result<Self, RequestRefusal> {
        self.must_be_open(law)?;
        if text.trim().is_empty() {
            return Err(RequestStop::NoReasons.by(law));
        }
        let (from, to) = (self.opens, self.opens);
        self.moves.push(Moved { day, from, to, why: MoveReason::Released, text: text.trim().to_owned() });
        self.round = None;
        Ok(self)
    }

    /// Waits for a round to take it in: by survey and meeting, not decided, in none yet.
    pub fn waits(&self) -> bool {
        self.decision.is_none() && self.round.is_none() && !self.kind.by_income()
    }

    /// A village's round has to take it in before its list is closed on a day: whatever came in by then in the yearly review,
    /// what opened in its month or before in one on request.
    pub fn is_awaited_by(&self, round: &VillageRound, day: Day) -> bool {
        let is_due = match round.route {
            Route::Yearly => self.received <= day,
            Route::Monthly(month) => {
                (self.opens.year(), self.opens.month()) <= (round.year, month) && self.opens <= day
            }
        };
        // One that is on the list is reviewed anyway; to ask for it again needs no second line.
        let is_listed = self.kind == RequestKind::Enter && round.reviews(self.household).is_some();
        is_due && self.waits() && !is_listed && self.place.village == round.place.village
    }

    /// The round it was taken into has been recognised: its line is the answer.
    #[must_use]
    pub fn answered_by_round(mut self, decision: RequestDecision) -> Self {
        self.decision = Some(decision);
        self
    }

    /// Whether its days have run out without a decision.
    pub fn is_late(&self, today: Day) -> bool {
        self.decision.is_none() && self.due.is_some_and(|due| today > due)
    }
}

fn signed(decision: &RequestDecision, law: Option<&Citation>) -> Result<(), RequestRefusal> {
    if decision.number.trim().is_empty() || decision.signer.trim().is_empty() {
        return Err(RequestStop::NoDecision.by(law));
    }
    Ok(())
}
