//! The village meeting: who was there, what was said, how they voted. Too few in favour, and survey and meeting are redone.

use std::collections::BTreeMap;

use kernel::{Day, HouseholdId};
use norms::MinutesRole;
use serde::{Deserialize, Serialize};

use super::village::{Outcome, Step, ToReview, VillageRound};
use super::{RoundRefusal, Stop, Under};

/// One household's result as it was laid before a meeting or hung out; what is found later does not touch it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presented {
    pub household: HouseholdId,
    pub before: Option<String>,
    pub outcome: Outcome,
}

/// One meeting as its minutes tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    pub attempt: u16,
    pub day: Day,
    pub chair: String,
    pub secretary: String,
    /// Those who sign for the households.
    pub representatives: String,
    /// Supervises for the Fatherland Front; empty when nobody came.
    pub front: String,
    pub present: u32,
    pub agree: u32,
    pub disagree: u32,
    pub discussion: String,
    /// Enough of those present agreed.
    pub passed: bool,
    /// SHA-256 of the scanned minutes, in hex.
    pub scan: Option<String>,
    /// What was read out, whether it passed or not; filled here.
    #[serde(default)]
    pub presented: Vec<Presented>,
}

impl Meeting {
    /// Who signs in a role, as written.
    pub fn signs(&self, role: MinutesRole) -> &str {
        match role {
            MinutesRole::Chair => &self.chair,
            MinutesRole::Secretary => &self.secretary,
            MinutesRole::Representatives => &self.representatives,
        }
    }
}

/// The results of a survey beside what each household was before.
pub fn presented(households: &[ToReview], surveyed: &BTreeMap<HouseholdId, Outcome>) -> Vec<Presented> {
    let of = |h: &ToReview| {
        let outcome = surveyed.get(&h.household)?.clone();
        Some(Presented { household: h.household, before: h.before.clone(), outcome })
    };
    households.iter().filter_map(of).collect()
}

impl VillageRound {
    /// Records a meeting; `meeting.passed` is decided here. Passed, its results are what will be posted.
    pub fn hold_meeting(
        mut self,
        mut meeting: Meeting,
        surveyed: &BTreeMap<HouseholdId, Outcome>,
        under: Under<'_>,
    ) -> Result<Self, RoundRefusal> {
        let law = &under.process().meeting;
        self.at(Step::Meeting).map_err(|stop| stop.by(&law.step))?;
        under.follows(&law.step, self.surveyed)?;
        self.must_be_surveyed(surveyed).map_err(|stop| stop.by(&under.process().survey))?;
        if law.signed_by.iter().any(|signer| meeting.signs(signer.role).trim().is_empty()) {
            return Err(Stop::NotSigned.by(&law.step));
        }
        if meeting.present == 0 {
            return Err(Stop::NobodyPresent.by(&law.step));
        }
        if meeting.agree.saturating_add(meeting.disagree) > meeting.present {
            return Err(Stop::MoreVotesThanPresent.by(&law.step));
        }
        meeting.day = under.day;
        meeting.attempt = self.attempt;
        meeting.presented = presented(&self.households, surveyed);
        meeting.passed =
            u64::from(meeting.agree) * 100 >= u64::from(meeting.present) * u64::from(law.agree_percent_at_least);
        if meeting.passed {
            for household in &mut self.households {
                household.outcome = surveyed.get(&household.household).cloned();
            }
            self.step = Step::Posting;
        } else {
            self.attempt += 1;
            self.surveyed = None;
            self.step = Step::Survey;
        }
        self.meetings.push(meeting);
        Ok(self)
    }

    /// The meeting whose results count.
    pub fn passed_meeting(&self) -> Option<&Meeting> {
        self.meetings.last().filter(|m| m.passed)
    }

    /// Attaches the scanned minutes to the last meeting.
    pub fn with_minutes(mut self, scan: &str) -> Result<Self, RoundRefusal> {
        let meeting =
            self.meetings.last_mut().ok_or_else(|| Stop::OtherStep { at: self.step, needs: Step::Posting }.plain())?;
        meeting.scan = Some(scan.to_owned());
        Ok(self)
    }
}
