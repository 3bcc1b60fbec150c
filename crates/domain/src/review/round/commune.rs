//! The commune's part: the results of all its villages go up for an opinion, then its chairman recognises them.
//! The decision is in its own file.

use std::collections::BTreeSet;

use kernel::{Day, HouseholdId, RoundId, VillageId};
use norms::StepLaw;
use serde::{Deserialize, Serialize};

use super::decision::{Amendment, Recognised, Recognition};
use super::posting::ObjectionFrom;
use super::village::{Route, Step, VillageRound};
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
        if !self.route.needs_opinion() {
            return Err(Stop::NoOpinionNeeded.by(&law.step));
        }
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
}

/// Every village of the commune is there and has ended.
pub(super) fn all_ended(
    villages: &[VillageRound],
    of_commune: &[VillageId],
    law: &StepLaw,
) -> Result<(), RoundRefusal> {
    let ended: BTreeSet<VillageId> =
        villages.iter().filter(|v| v.step == Step::Ended).map(|v| v.place.village).collect();
    let open = villages.iter().filter(|v| v.step != Step::Ended).count();
    let absent = of_commune.iter().filter(|id| !villages.iter().any(|v| v.place.village == **id)).count();
    if ended.is_empty() || open + absent > 0 {
        return Err(Stop::VillagesNotReady { villages: (open + absent).max(1) }.by(law));
    }
    Ok(())
}
