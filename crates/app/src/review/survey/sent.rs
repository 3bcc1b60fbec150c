//! A survey as it is sent, as it is kept, and what its sender is told. Decides nothing.

use domain::access::Actor;
use domain::review::round::{Route, VillageRound};
use domain::review::survey::SurveyStanding;
use kernel::{HouseholdId, SurveyId};
use norms::Rulebook;
use serde::{Deserialize, Serialize};
use storage::{StoredAssessment, SurveyRecord};

use crate::registry::AssessmentInput;
use crate::{AppError, House};

/// A survey as it was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SentSurvey {
    pub token: String,
    pub household: HouseholdId,
    pub year: i16,
    #[serde(default = "yearly")]
    pub route: Route,
    /// Token of the survey that the answers were made from.
    #[serde(default)]
    pub based_on: Option<String>,
    pub saved_ms: i64,
    /// `phone`, `desk`, `paper`.
    pub channel: String,
    pub input: AssessmentInput,
    /// What the surveyor noted: members who came or went, who answered.
    #[serde(default)]
    pub note: String,
    /// What the household itself said of it.
    #[serde(default)]
    pub view: String,
    /// Who of the household heard the answers and confirmed them, by name; empty when nobody did.
    #[serde(default)]
    pub confirmed_by: String,
    /// Hashes of photos that were sent before.
    #[serde(default)]
    pub photos: Vec<String>,
}

fn yearly() -> Route {
    Route::Yearly
}

/// What is kept of a survey beside its columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Content {
    pub input: AssessmentInput,
    pub note: String,
    #[serde(default)]
    pub view: String,
    #[serde(default)]
    pub confirmed_by: String,
    pub photos: Vec<String>,
}

impl Content {
    pub(super) fn of(sent: &SentSurvey) -> Self {
        Self {
            input: sent.input.clone(),
            note: sent.note.trim().to_owned(),
            view: sent.view.trim().to_owned(),
            confirmed_by: sent.confirmed_by.trim().to_owned(),
            photos: sent.photos.clone(),
        }
    }

    pub(super) fn written(&self) -> Result<String, AppError> {
        serde_json::to_string(self).map_err(|error| AppError::Paper(error.to_string()))
    }
}

/// The server has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    pub token: String,
    /// It was stored before; nothing was changed.
    pub known: bool,
    pub standing: SurveyStanding,
    pub class: Option<String>,
    pub b1: Option<kernel::Points>,
    pub b2: Option<kernel::Points>,
}

impl Receipt {
    pub(super) fn of(record: &SurveyRecord, known: bool) -> Self {
        Self {
            token: record.token.clone(),
            known,
            standing: record.standing,
            class: record.class.clone(),
            b1: record.b1,
            b2: record.b2,
        }
    }
}

/// The record of a survey that was scored, under the round it belongs to.
pub(super) fn record_of(
    house: &House,
    actor: &Actor,
    sent: &SentSurvey,
    content: String,
    round: &VillageRound,
    stored: &StoredAssessment,
    (standing, rules): (SurveyStanding, &Rulebook),
) -> SurveyRecord {
    SurveyRecord {
        id: SurveyId(house.ids.next()),
        token: sent.token.clone(),
        household: sent.household,
        place: round.place.clone(),
        year: sent.year,
        route: sent.route,
        attempt: round.attempt,
        standing,
        based_on: sent.based_on.clone(),
        at_ms: house.clock.now_ms(),
        saved_ms: sent.saved_ms,
        by: actor.id,
        by_name: actor.name.clone(),
        channel: sent.channel.clone(),
        class: stored.class_computed.clone(),
        b1: stored.assessment.b1(),
        b2: stored.assessment.b2(rules),
        content,
    }
}
