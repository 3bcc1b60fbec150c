//! Posting the results, and the objections to them: of people while the list hangs, of the level above when it returns.
//! Each is rechecked by a new survey or answered with reasons; nothing goes up while one is open.

use std::collections::BTreeMap;

use kernel::{Day, HouseholdId};
use serde::{Deserialize, Serialize};

use super::meeting::Presented;
use super::village::{Outcome, Reason, Step, ToReview, VillageRound};
use super::{RoundRefusal, Stop, Under};
use crate::review::deadline::last_day;

/// From when to when the list hangs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    pub first: Day,
    /// Still posted on this day.
    pub last: Day,
    /// What hangs there.
    #[serde(default)]
    pub hung: Vec<Presented>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionFrom {
    /// Somebody of the village.
    People,
    /// The level above, when it returned a line.
    Above,
}

/// Somebody says that a result is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Counts from 1 within the village.
    pub number: u32,
    pub from: ObjectionFrom,
    pub household: HouseholdId,
    /// Who objects.
    pub by: String,
    pub text: String,
    pub day: Day,
    /// Milliseconds since the epoch, so that a later survey is known for a recheck.
    pub at_ms: i64,
    pub recheck_by: Day,
    pub answer: Option<ObjectionAnswer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionAnswer {
    pub day: Day,
    pub text: String,
    /// The class before and after the recheck.
    pub before: Option<String>,
    pub after: Option<String>,
}

impl VillageRound {
    /// Hangs the list out; its last day is computed.
    pub fn post(mut self, under: Under<'_>) -> Result<Self, RoundRefusal> {
        let law = &under.process().posting;
        self.at(Step::Posting).map_err(|stop| stop.by(&law.step))?;
        if let Some(posting) = &self.posting {
            return Err(Stop::StillPosted { until: posting.last }.by(&law.step));
        }
        under.follows(&law.step, self.passed_meeting().map(|m| m.day))?;
        let last = last_day(under.calendar, under.day, law.term).map_err(|gap| Stop::from(gap).by(&law.step))?;
        let hung = self.passed_meeting().map(|meeting| meeting.presented.clone()).unwrap_or_default();
        self.posting = Some(Posting { first: under.day, last, hung });
        Ok(self)
    }

    /// Takes an objection from the village while the list hangs.
    pub fn object(
        mut self,
        household: HouseholdId,
        (by, text): (&str, &str),
        at_ms: i64,
        under: Under<'_>,
    ) -> Result<Self, RoundRefusal> {
        let law = &under.process().posting;
        self.at(Step::Posting).map_err(|stop| stop.by(&law.step))?;
        let posting = self.posting.as_ref().ok_or_else(|| Stop::NotPosted.by(&law.step))?;
        under.follows(&law.step, Some(posting.first))?;
        if under.day > posting.last {
            return Err(Stop::ObjectionTooLate { until: posting.last }.by(&law.step));
        }
        if text.trim().is_empty() {
            return Err(Stop::NoReason.by(&law.step));
        }
        self.add_objection(ObjectionFrom::People, household, (by, text), at_ms, under)?;
        Ok(self)
    }

    pub(super) fn add_objection(
        &mut self,
        from: ObjectionFrom,
        household: HouseholdId,
        (by, text): (&str, &str),
        at_ms: i64,
        under: Under<'_>,
    ) -> Result<(), RoundRefusal> {
        let law = &under.process().posting;
        let recheck_by =
            last_day(under.calendar, under.day, law.recheck).map_err(|gap| Stop::from(gap).by(&law.step))?;
        let number = u32::try_from(self.objections.len()).unwrap_or(u32::MAX).saturating_add(1);
        let (by, text) = (by.trim().to_owned(), text.trim().to_owned());
        let objection =
            Objection { number, from, household, by, text, day: under.day, at_ms, recheck_by, answer: None };
        self.objections.push(objection);
        Ok(())
    }

    /// Answers an objection. With `recheck` the household was surveyed again and its result may change; without, the
    /// result stays and the answer says why.
    pub fn answer(
        mut self,
        number: u32,
        text: &str,
        recheck: Option<&Outcome>,
        under: Under<'_>,
    ) -> Result<Self, RoundRefusal> {
        let law = &under.process().posting.step;
        self.at(Step::Posting).map_err(|stop| stop.by(law))?;
        if text.trim().is_empty() {
            return Err(Stop::NoReason.by(law));
        }
        let position =
            self.objections.iter().position(|o| o.number == number).ok_or_else(|| Stop::NotOnList.by(law))?;
        let objection = self.objections.get(position).cloned().ok_or_else(|| Stop::NotOnList.by(law))?;
        if objection.answer.is_some() {
            return Err(Stop::AnsweredBefore.by(law));
        }
        under.follows(law, Some(objection.day))?;
        if let Some(outcome) = recheck {
            if outcome.at_ms < objection.at_ms {
                return Err(Stop::NotRechecked.by(law));
            }
            if outcome.class.is_none() {
                return Err(Stop::NoClass { households: 1 }.by(law));
            }
        }
        let before = self.reviews(objection.household).and_then(|h| h.outcome.as_ref()?.class.clone());
        if let Some(outcome) = recheck {
            self.take_recheck(objection.household, outcome);
        }
        let after = self.reviews(objection.household).and_then(|h| h.outcome.as_ref()?.class.clone());
        if let Some(objection) = self.objections.get_mut(position) {
            objection.answer = Some(ObjectionAnswer { day: under.day, text: text.trim().to_owned(), before, after });
        }
        Ok(self)
    }

    fn take_recheck(&mut self, household: HouseholdId, outcome: &Outcome) {
        match self.households.iter_mut().find(|h| h.household == household) {
            Some(known) => known.outcome = Some(outcome.clone()),
            None => self.households.push(ToReview {
                household,
                reason: Reason::Objected,
                before: None,
                outcome: Some(outcome.clone()),
            }),
        }
    }

    /// The last day is over and every objection is answered: the village's part is done.
    pub fn end_posting(mut self, under: Under<'_>) -> Result<Self, RoundRefusal> {
        let law = &under.process().posting.step;
        self.at(Step::Posting).map_err(|stop| stop.by(law))?;
        let posting = self.posting.as_ref().ok_or_else(|| Stop::NotPosted.by(law))?;
        if under.day <= posting.last {
            return Err(Stop::StillPosted { until: posting.last }.by(law));
        }
        let answered = self.objections.iter().filter_map(|o| o.answer.as_ref().map(|a| a.day)).max();
        under.follows(law, answered)?;
        let open = self.open_objections().count();
        if open > 0 {
            return Err(Stop::Unanswered { objections: open }.by(law));
        }
        self.step = Step::Ended;
        self.ended = Some(under.day);
        Ok(self)
    }

    /// What the village sends up: every household with its class.
    pub fn outcomes(&self) -> BTreeMap<HouseholdId, &Outcome> {
        self.households.iter().filter_map(|h| Some((h.household, h.outcome.as_ref()?))).collect()
    }
}
