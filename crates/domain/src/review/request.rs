//! A household's request: to be reviewed, to be taken off the list, or to be known as of average living standard; and a
//! worker's of low income. By form or by income; decided in its days, a refusal always with reasons.

use kernel::{Day, HouseholdId, PersonId, RequestId, RoundId};
use norms::{Area, Calendar, Citation, Dated, IncomeRoute, MonthlyRoute, Standard};
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

/// Income of the months before, in đồng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Income {
    pub day: Day,
    /// Everything that came in.
    pub total: i64,
    /// Social allowances of the State, which do not count.
    pub allowances: i64,
    /// Members it is divided by; one for a worker.
    pub persons: u16,
    /// Per person and month, whole đồng, rounded down.
    pub per_month: i64,
    /// Lies within what the law sets.
    pub fits: bool,
    /// Its limits, in đồng per person and month: above the first, up to the second.
    pub limits: (i64, i64),
}

/// Posting of an income case, and all that was said against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomePosting {
    pub first: Day,
    pub last: Day,
    /// What hangs there; a recheck does not touch it.
    pub income: Income,
    #[serde(default)]
    pub objections: Vec<IncomeObjection>,
}

/// Somebody says that an income is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomeObjection {
    /// Counts from 1 within the posting.
    pub number: u32,
    pub day: Day,
    pub text: String,
    pub recheck_by: Day,
    /// The day of the answer and its words.
    pub answer: Option<(Day, String)>,
}

impl IncomePosting {
    /// Objections without an answer.
    pub fn open(&self) -> impl Iterator<Item = &IncomeObjection> {
        self.objections.iter().filter(|objection| objection.answer.is_none())
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

/// The limits of income for a kind of request: above the first, up to the second.
pub fn income_limits(kind: RequestKind, standard: &Standard, area: Area) -> Option<(i64, i64)> {
    match kind {
        RequestKind::AverageLiving => standard.average_living_income.as_ref().map(|band| *band.of(area)),
        RequestKind::LowIncomeWorker => standard.low_income_worker_max.as_ref().map(|max| (-1, *max.of(area))),
        RequestKind::Enter | RequestKind::Leave => None,
    }
}

impl Request {
    fn must_be_open(&self, law: Option<&Citation>) -> Result<(), RequestRefusal> {
        match &self.decision {
            Some(decision) => Err(RequestStop::DecidedBefore { day: decision.day }.by(law)),
            None => Ok(()),
        }
    }

    /// Income of the months before the request, without the allowances of the State, per person and month.
    /// `money` is everything that came in and, of that, the allowances. Once posted it is determined again only to recheck an
    /// objection; what was found before is kept.
    pub fn determine(
        mut self,
        money: (i64, i64),
        persons: u16,
        (standard, area): (&Standard, Area),
        under: UnderRoute<'_>,
    ) -> Result<Self, RequestRefusal> {
        self.must_be_open(under.law())?;
        if !self.kind.by_income() {
            return Err(RequestStop::NotByIncome.by(under.law()));
        }
        if under.day < self.opens {
            return Err(RequestStop::NotOpen { opens: self.opens }.by(under.law()));
        }
        under.follows(self.received)?;
        if let Some(posting) = &self.posting {
            let raised = posting.open().map(|objection| objection.day).min();
            under.follows(raised.ok_or_else(|| RequestStop::NothingToRecheck.by(under.law()))?)?;
        }
        let limits = income_limits(self.kind, standard, area).ok_or_else(|| RequestStop::NoLimits.by(under.law()))?;
        let parts = i64::from(persons.max(1)) * i64::from(under.route.value.income_months.max(1));
        let (total, allowances) = money;
        // Compared before anything is rounded: one đồng above the line is above it.
        let counted = total - allowances;
        let fits = counted > limits.0.saturating_mul(parts) && counted <= limits.1.saturating_mul(parts);
        let per_month = counted.div_euclid(parts);
        let income = Income { day: under.day, total, allowances, persons, per_month, fits, limits };
        self.earlier_incomes.extend(self.income.replace(income));
        Ok(self)
    }

    pub fn post(mut self, under: UnderRoute<'_>) -> Result<Self, RequestRefusal> {
        self.must_be_open(under.law())?;
        if let Some(posting) = &self.posting {
            return Err(RequestStop::StillPosted { until: posting.last }.by(under.law()));
        }
        let income = self.income.clone().ok_or_else(|| RequestStop::NoIncome.by(under.law()))?;
        under.follows(income.day)?;
        if !income.fits {
            return Err(RequestStop::IncomeDoesNotFit.by(under.law()));
        }
        let last = last_day(under.calendar, under.day, under.route.value.posting)
            .map_err(|gap| RequestStop::from(gap).by(under.law()))?;
        self.posting = Some(IncomePosting { first: under.day, last, income, objections: Vec::new() });
        Ok(self)
    }

    pub fn object(mut self, text: &str, under: UnderRoute<'_>) -> Result<Self, RequestRefusal> {
        self.must_be_open(under.law())?;
        let recheck_by = last_day(under.calendar, under.day, under.route.value.recheck)
            .map_err(|gap| RequestStop::from(gap).by(under.law()))?;
        let posting = self.posting.as_mut().ok_or_else(|| RequestStop::NotPosted.by(under.law()))?;
        under.follows(posting.first)?;
        if under.day > posting.last {
            return Err(RequestStop::ObjectionTooLate { until: posting.last }.by(under.law()));
        }
        if text.trim().is_empty() {
            return Err(RequestStop::NoReasons.by(under.law()));
        }
        let number = u32::try_from(posting.objections.len()).unwrap_or(u32::MAX).saturating_add(1);
        let text = text.trim().to_owned();
        posting.objections.push(IncomeObjection { number, day: under.day, text, recheck_by, answer: None });
        Ok(self)
    }

    /// Answers one objection; where the income was determined again meanwhile, that one counts from now on.
    pub fn answer(mut self, number: u32, text: &str, under: UnderRoute<'_>) -> Result<Self, RequestRefusal> {
        self.must_be_open(under.law())?;
        let posting = self.posting.as_mut().ok_or_else(|| RequestStop::NotPosted.by(under.law()))?;
        let objection = posting.objections.iter_mut().find(|objection| objection.number == number);
        let objection = objection.filter(|objection| objection.answer.is_none());
        let objection = objection.ok_or_else(|| RequestStop::NothingToRecheck.by(under.law()))?;
        under.follows(objection.day)?;
        if text.trim().is_empty() {
            return Err(RequestStop::NoReasons.by(under.law()));
        }
        objection.answer = Some((under.day, text.trim().to_owned()));
        Ok(self)
    }

    /// Grants an income case: its income fits, its posting is over, every objection answered.
    pub fn grant(mut self, decision: RequestDecision, under: UnderRoute<'_>) -> Result<Self, RequestRefusal> {
        self.must_be_open(under.law())?;
        signed(&decision, under.law())?;
        let income = self.income.as_ref().ok_or_else(|| RequestStop::NoIncome.by(under.law()))?;
        if !income.fits {
            return Err(RequestStop::IncomeDoesNotFit.by(under.law()));
        }
        let posting = self.posting.as_ref().ok_or_else(|| RequestStop::NotPosted.by(under.law()))?;
        if under.day <= posting.last {
            return Err(RequestStop::StillPosted { until: posting.last }.by(under.law()));
        }
        if posting.open().next().is_some() {
            return Err(RequestStop::Unanswered.by(under.law()));
        }
        let answered = posting.objections.iter().filter_map(|o| o.answer.as_ref().map(|(day, _)| *day)).max();
        under.follows(answered.into_iter().chain([posting.last, income.day]).max().unwrap_or(posting.last))?;
        self.decision = Some(RequestDecision { granted: true, day: under.day, ..decision });
        Ok(self)
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
        is_due && self.waits() && self.place.village == round.place.village
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
