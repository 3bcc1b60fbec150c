//! The chairman's decision on a commune's list, line by line, and what was amended since. What was recognised is never
//! changed; a correction or a revocation is added beside it.

use kernel::{Day, HouseholdId, VillageId};
use norms::{Classes, StepLaw};
use serde::{Deserialize, Serialize};

use super::commune::{CommuneRound, CommuneStep, all_ended};
use super::village::{Outcome, Reason, Route, Step, VillageRound};
use super::{RoundRefusal, Stop, Under};

/// The chairman's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognition {
    pub number: String,
    pub day: Day,
    pub signer: String,
    /// Year of the certificates' row.
    pub certificate_year: i16,
    /// Of the decision on who escaped, in the series of the year.
    #[serde(default)]
    pub escape_number: Option<u32>,
    pub lines: Vec<Recognised>,
}

/// One household of the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    pub household: HouseholdId,
    pub village: VillageId,
    pub before: Option<String>,
    pub outcome: Outcome,
    /// Is given a certificate: its class is a listed one.
    pub certificate: bool,
    /// Was in a listed class and is in a better one now.
    pub escaped: bool,
    /// Asked, to enter or to leave, and is what it was: gets a letter with the reasons.
    pub refused: bool,
    /// Of its certificate and of its letter, in the series of the year.
    #[serde(default)]
    pub certificate_number: Option<u32>,
    #[serde(default)]
    pub letter_number: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmendmentKind {
    /// The recognition no longer holds.
    Revoked,
    /// The class was wrong.
    Corrected,
}

/// A later decision on one line; the line itself stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    pub kind: AmendmentKind,
    pub household: HouseholdId,
    pub number: String,
    pub day: Day,
    pub signer: String,
    pub reason: String,
    pub before: Option<String>,
    /// The class that holds from now on.
    pub class: String,
    /// Of a certificate that the household had none of before.
    #[serde(default)]
    pub certificate_number: Option<u32>,
}

impl CommuneRound {
    /// The chairman decides on every household of the commune's list: never before each village held a passed meeting, its
    /// posting ended with every objection answered, and (yearly) the level above agreed. On request, on those of the villages
    /// that are through; the others have their own decision later.
    pub fn recognise(
        mut self,
        (number, signer): (&str, &str),
        (villages, of_commune): (&[VillageRound], &[VillageId]),
        classes: &Classes,
        under: Under<'_>,
    ) -> Result<Self, RoundRefusal> {
        let law = &under.process().recognition;
        let ready = self.ready(villages, of_commune, &law.step)?;
        if self.route.needs_opinion() && self.step() != CommuneStep::Recognition {
            return Err(Stop::NoOpinion.by(&under.process().opinion.step));
        }
        let answered = self.asked.last().and_then(|asked| asked.answer.as_ref()).map(|answer| answer.day);
        under.follows(&law.step, ready.iter().filter_map(|v| v.ended).chain(answered).max())?;
        if number.trim().is_empty() || signer.trim().is_empty() {
            return Err(Stop::NoDecision.by(&law.step));
        }
        let lines: Vec<Recognised> = ready.iter().flat_map(|village| recognised(village, classes)).collect();
        if lines.is_empty() {
            return Err(Stop::NothingToRecognise.by(&law.step));
        }
        let years_after = match self.route {
            Route::Yearly => law.certificate_year_after,
            Route::Monthly(_) => law.certificate_year_after_on_request,
        };
        let decision = Recognition {
            number: number.trim().to_owned(),
            day: under.day,
            signer: signer.trim().to_owned(),
            certificate_year: self.year + years_after,
            escape_number: None,
            lines,
        };
        match self.recognition {
            None => self.recognition = Some(decision),
            Some(_) => self.further.push(decision),
        }
        if self.route != Route::Yearly {
            self.ends = villages.iter().filter(|village| self.is_undecided(village)).filter_map(|v| v.ends).min();
        }
        Ok(self)
    }

    /// The villages a decision is on.
    fn ready<'a>(
        &self,
        villages: &'a [VillageRound],
        of_commune: &[VillageId],
        law: &StepLaw,
    ) -> Result<Vec<&'a VillageRound>, RoundRefusal> {
        if self.route == Route::Yearly {
            self.must_not_be_recognised(law)?;
            all_ended(villages, of_commune, law)?;
            return Ok(villages.iter().collect());
        }
        let open: Vec<&VillageRound> = villages.iter().filter(|village| self.is_undecided(village)).collect();
        if open.is_empty() {
            self.must_not_be_recognised(law)?;
        }
        let ready: Vec<&VillageRound> = open.iter().filter(|v| v.step == Step::Ended).copied().collect();
        if ready.is_empty() {
            return Err(Stop::VillagesNotReady { villages: open.len().max(1) }.by(law));
        }
        Ok(ready)
    }

    pub(super) fn must_not_be_recognised(&self, law: &StepLaw) -> Result<(), RoundRefusal> {
        match &self.recognition {
            Some(recognition) => Err(Stop::RecognisedBefore { day: recognition.day }.by(law)),
            None => Ok(()),
        }
    }

    /// The class of a household now: by the last amendment, else by the decision.
    pub fn class_of(&self, household: HouseholdId) -> Option<String> {
        let amended = self.amendments.iter().rfind(|a| a.household == household).map(|a| a.class.clone());
        amended.or_else(|| self.line_of(household)?.1.outcome.class.clone())
    }

    /// The number of a household's certificate.
    pub fn certificate_of(&self, household: HouseholdId) -> Option<u32> {
        let amended = self.amendments.iter().filter(|a| a.household == household).find_map(|a| a.certificate_number);
        self.line_of(household).and_then(|(_, line)| line.certificate_number).or(amended)
    }

    /// Replaces the last decision by the same with its numbers.
    #[must_use]
    pub fn with_numbers(mut self, number: impl FnOnce(Recognition) -> Recognition) -> Self {
        match self.further.pop() {
            Some(last) => self.further.push(number(last)),
            None => self.recognition = self.recognition.take().map(number),
        }
        self
    }

    /// Adds a correction or a revocation; what was decided before stays to be read.
    pub fn amend(mut self, amendment: Amendment, under: Under<'_>) -> Result<Self, RoundRefusal> {
        let law = &under.process().recognition.step;
        if self.recognition.is_none() {
            return Err(Stop::NotRecognised.by(law));
        }
        let line = self.line_of(amendment.household);
        let decided = line.map(|(decision, _)| decision.day).ok_or_else(|| Stop::NotOnList.by(law))?;
        let last = self.amendments.iter().filter(|a| a.household == amendment.household).map(|a| a.day).max();
        under.follows(law, last.or(Some(decided)))?;
        if amendment.number.trim().is_empty() || amendment.signer.trim().is_empty() {
            return Err(Stop::NoDecision.by(law));
        }
        if amendment.reason.trim().is_empty() {
            return Err(Stop::NoReason.by(law));
        }
        let before = self.class_of(amendment.household);
        self.amendments.push(Amendment { before, day: under.day, ..amendment });
        Ok(self)
    }
}

fn recognised(village: &VillageRound, classes: &Classes) -> Vec<Recognised> {
    let rank = |class: &Option<String>| {
        let place = class.as_ref().and_then(|id| classes.classes.iter().position(|c| &c.id == id));
        place.unwrap_or(classes.classes.len())
    };
    let is_listed = |class: &Option<String>| class.as_ref().and_then(|id| classes.get(id)).is_some_and(|c| c.listed);
    let line = |household: &super::ToReview| {
        let outcome = household.outcome.clone()?;
        let certificate = is_listed(&outcome.class);
        let asked = matches!(household.reason, Reason::Requested { .. });
        Some(Recognised {
            household: household.household,
            village: village.place.village,
            before: household.before.clone(),
            certificate,
            escaped: is_listed(&household.before) && rank(&outcome.class) > rank(&household.before),
            refused: asked && (outcome.class == household.before || (household.before.is_none() && !certificate)),
            outcome,
            certificate_number: None,
            letter_number: None,
        })
    };
    village.households.iter().filter_map(line).collect()
}
