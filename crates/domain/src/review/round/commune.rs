//! The commune's part: the results of all its villages go up for an opinion, then its chairman recognises them.
//! What was recognised is never changed; a correction or a revocation is added beside it.

use std::collections::BTreeSet;

use kernel::{Day, HouseholdId, RoundId, VillageId};
use norms::{Classes, StepLaw};
use serde::{Deserialize, Serialize};

use super::posting::ObjectionFrom;
use super::village::{Outcome, Reason, Route, Step, VillageRound};
use super::{RoundRefusal, Stop, Under};
use crate::review::deadline::last_day;
use crate::units::Place;

/// What the commune waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommuneStep {
    /// Its villages; or they are ready and it may ask.
    Villages,
    /// The opinion from above.
    Opinion,
    /// The chairman's decision.
    Recognition,
    Recognised,
}

impl CommuneStep {
    pub const ALL: [Self; 4] = [Self::Villages, Self::Opinion, Self::Recognition, Self::Recognised];

    pub fn id(self) -> &'static str {
        match self {
            Self::Villages => "villages",
            Self::Opinion => "opinion",
            Self::Recognition => "recognition",
            Self::Recognised => "recognised",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.id() == id)
    }
}

/// The level above was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub day: Day,
    pub due: Day,
    pub by: String,
    pub households: usize,
    pub answer: Option<OpinionAnswer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionAnswer {
    pub day: Day,
    pub by: String,
    pub text: String,
    /// Lines given back; none when it agreed.
    pub returned: Vec<Remark>,
}

/// What the level above wants looked at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub household: HouseholdId,
    pub text: String,
}

/// The chairman's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognition {
    pub number: String,
    pub day: Day,
    pub signer: String,
    /// Year of the certificates' row.
    pub certificate_year: i16,
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
}

/// One commune in one review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommuneRound {
    pub id: RoundId,
    /// Of the commune; no village.
    pub place: Place,
    pub year: i16,
    pub route: Route,
    /// All of them, returned ones too.
    pub asked: Vec<Asked>,
    pub recognition: Option<Recognition>,
    /// Of a review on request, whose villages do not wait for each other: what was decided after the first.
    #[serde(default)]
    pub further: Vec<Recognition>,
    /// The last day for the whole.
    #[serde(default)]
    pub ends: Option<Day>,
    pub amendments: Vec<Amendment>,
    pub version: i64,
}

impl CommuneRound {
    pub fn new(id: RoundId, place: Place, year: i16, route: Route) -> Self {
        Self {
            id,
            place,
            year,
            route,
            asked: Vec::new(),
            recognition: None,
            further: Vec::new(),
            ends: None,
            amendments: Vec::new(),
            version: 0,
        }
    }

    /// The same with its last day; the earlier of two holds.
    #[must_use]
    pub fn ending(mut self, day: Option<Day>) -> Self {
        self.ends = self.ends.into_iter().chain(day).min();
        self
    }

    /// What was decided, first to last.
    pub fn decisions(&self) -> impl Iterator<Item = &Recognition> {
        self.recognition.iter().chain(&self.further)
    }

    /// The decision on a household and its line there.
    pub fn line_of(&self, household: HouseholdId) -> Option<(&Recognition, &Recognised)> {
        self.decisions().find_map(|decision| {
            let line = decision.lines.iter().find(|line| line.household == household)?;
            Some((decision, line))
        })
    }

    /// Somebody whom the village reviews has no line in a decision.
    pub fn is_undecided(&self, village: &VillageRound) -> bool {
        village.households.iter().any(|h| self.line_of(h.household).is_none())
    }

    /// What the commune waits for, its villages known: one on request goes on until the last of them is decided.
    pub fn step_among<'a>(&self, mut villages: impl Iterator<Item = &'a VillageRound>) -> CommuneStep {
        match self.route {
            Route::Monthly(_) if villages.any(|village| self.is_undecided(village)) => CommuneStep::Villages,
            Route::Yearly | Route::Monthly(_) => self.step(),
        }
    }

    pub fn step(&self) -> CommuneStep {
        if self.recognition.is_some() {
            return CommuneStep::Recognised;
        }
        match self.asked.last().map(|asked| &asked.answer) {
            Some(None) => CommuneStep::Opinion,
            Some(Some(answer)) if answer.returned.is_empty() => CommuneStep::Recognition,
            _ => CommuneStep::Villages,
        }
    }

    /// The day by which the level above has to reply, else the last day for the whole while something is open.
    pub fn due(&self) -> Option<Day> {
        match (self.route, self.step()) {
            (Route::Yearly, CommuneStep::Recognised) => None,
            (_, CommuneStep::Opinion) => self.asked.last().map(|asked| asked.due),
            _ => self.ends,
        }
    }

    /// Sends the results of every village up.
    pub fn ask_opinion(
        mut self,
        by: &str,
        (villages, of_commune): (&[VillageRound], &[VillageId]),
        under: Under<'_>,
    ) -> Result<Self, RoundRefusal> {
        let law = &under.process().opinion;
        self.must_not_be_recognised(&law.step)?;
        if self.step() != CommuneStep::Villages {
            return Err(Stop::AskedBefore.by(&law.step));
        }
        all_ended(villages, of_commune, &law.step)?;
        under.follows(&law.step, villages.iter().filter_map(|v| v.ended).max())?;
        let households = villages.iter().map(|v| v.households.len()).sum();
        let due = last_day(under.calendar, under.day, law.reply).map_err(|gap| Stop::from(gap).by(&law.step))?;
        self.asked.push(Asked { day: under.day, due, by: by.to_owned(), households, answer: None });
        Ok(self)
    }

    /// The level above agrees.
    pub fn agree(mut self, by: &str, text: &str, under: Under<'_>) -> Result<Self, RoundRefusal> {
        self.reply(by, text, Vec::new(), under)?;
        Ok(self)
    }

    fn reply(&mut self, by: &str, text: &str, returned: Vec<Remark>, under: Under<'_>) -> Result<(), RoundRefusal> {
        let law = &under.process().opinion.step;
        let asked = self.asked.last_mut().filter(|asked| asked.answer.is_none());
        let asked = asked.ok_or_else(|| Stop::NotAsked.by(law))?;
        under.follows(law, Some(asked.day))?;
        asked.answer =
            Some(OpinionAnswer { day: under.day, by: by.to_owned(), text: text.trim().to_owned(), returned });
        Ok(())
    }

    /// The level above gives lines back, each with a remark; their villages recheck them.
    pub fn give_back(
        mut self,
        by: &str,
        remarks: Vec<Remark>,
        mut villages: Vec<VillageRound>,
        at_ms: i64,
        under: Under<'_>,
    ) -> Result<(Self, Vec<VillageRound>), RoundRefusal> {
        let law = &under.process().opinion.step;
        if remarks.is_empty() || remarks.iter().any(|r| r.text.trim().is_empty()) {
            return Err(Stop::NoRemark.by(law));
        }
        for remark in &remarks {
            let village = villages.iter_mut().find(|v| v.reviews(remark.household).is_some());
            let village = village.ok_or_else(|| Stop::NotOnList.by(law))?;
            village.add_objection(ObjectionFrom::Above, remark.household, (by, &remark.text), at_ms, under)?;
            village.step = Step::Posting;
            village.ended = None;
        }
        self.reply(by, "", remarks, under)?;
        villages.retain(|v| v.step == Step::Posting);
        Ok((self, villages))
    }

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

    fn must_not_be_recognised(&self, law: &StepLaw) -> Result<(), RoundRefusal> {
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

/// Every village of the commune is there and has ended.
fn all_ended(villages: &[VillageRound], of_commune: &[VillageId], law: &StepLaw) -> Result<(), RoundRefusal> {
    let ended: BTreeSet<VillageId> =
        villages.iter().filter(|v| v.step == Step::Ended).map(|v| v.place.village).collect();
    let open = villages.iter().filter(|v| v.step != Step::Ended).count();
    let absent = of_commune.iter().filter(|id| !villages.iter().any(|v| v.place.village == **id)).count();
    if ended.is_empty() || open + absent > 0 {
        return Err(Stop::VillagesNotReady { villages: (open + absent).max(1) }.by(law));
    }
    Ok(())
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
        })
    };
    village.households.iter().filter_map(line).collect()
}
