//! Takes surveys into the register: is it known, may they, find the household and its round, read, score, save, record.

use std::collections::HashMap;

use domain::access::{Actor, Verb, check};
use domain::registry::{ChangeRefusal, Household};
use domain::review::round::{Route, Stop, VillageRound};
use domain::review::survey::{SurveyStanding, standing_of};
use domain::review::{Assessment, round::RoundRefusal};
use domain::units::Scope;
use kernel::{Day, HouseholdId, SurveyId, UserId, VillageId};
use norms::{Rulebook, ScorePack};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{StoredAssessment, SurveyRecord, Work};

use super::desk::Waiting;
use crate::law::pack_in_use;
use crate::registry::{
    AssessmentInput, area_of, blank, commune_must_be_changeable, computed, enter, evaluated, read_assessment,
};
use crate::review::files::hash_of;
use crate::review::rounds::Law;
use crate::{AppError, House};

/// Tokens are made by phones; a longer one is no token of ours.
const LONGEST_TOKEN: usize = 64;

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
    fn of(sent: &SentSurvey) -> Self {
        Self {
            input: sent.input.clone(),
            note: sent.note.trim().to_owned(),
            view: sent.view.trim().to_owned(),
            confirmed_by: sent.confirmed_by.trim().to_owned(),
            photos: sent.photos.clone(),
        }
    }

    fn written(&self) -> Result<String, AppError> {
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

/// What the surveys of a batch share: nobody else writes while it is stored, so each is asked once.
#[derive(Default)]
struct Shared {
    packs: HashMap<i16, Option<ScorePack>>,
    /// By who sends, as everybody sees their own area only.
    rounds: HashMap<(UserId, VillageId, i16, Route), VillageRound>,
}

impl Shared {
    async fn pack(&mut self, house: &House, work: &mut dyn Work, year: i16) -> Result<Option<ScorePack>, AppError> {
        if let Some(pack) = self.packs.get(&year) {
            return Ok(pack.clone());
        }
        let pack = pack_in_use(house, work, year).await?;
        self.packs.insert(year, pack.clone());
        Ok(pack)
    }

    async fn round(
        &mut self,
        house: &House,
        work: &mut dyn Work,
        actor: &Actor,
        (village, year, route): (VillageId, i16, Route),
    ) -> Result<VillageRound, AppError> {
        let key = (actor.id, village, year, route);
        if let Some(round) = self.rounds.get(&key) {
            return Ok(round.clone());
        }
        let round = open_round(house, work, actor, (village, year, route)).await?;
        self.rounds.insert(key, round.clone());
        Ok(round)
    }
}

/// Writes everything that waits, in one transaction. When that fails as a whole, one by one, so that each hears its own.
pub(super) async fn take_all(house: &House, batch: Vec<Waiting>) {
    match try_all(house, &batch).await {
        Ok(outcomes) => {
            for (waiting, outcome) in batch.into_iter().zip(outcomes) {
                let _ = waiting.tell.send(outcome);
            }
        }
        Err(error) if batch.len() == 1 => {
            for waiting in batch {
                let _ = waiting.tell.send(Err(AppError::Paper(error.to_string())));
                tracing::error!(%error, "a survey could not be stored");
            }
        }
        Err(error) => {
            tracing::warn!(%error, "a batch of surveys is stored one by one");
            for waiting in batch {
                let alone = vec![waiting];
                let outcome = try_all(house, &alone).await;
                for waiting in alone {
                    let said = match &outcome {
                        Ok(said) => said.iter().find_map(|s| s.as_ref().ok().cloned()),
                        Err(_) => None,
                    };
                    let _ = waiting.tell.send(said.ok_or(AppError::Conflict("survey")));
                }
            }
        }
    }
}

async fn try_all(house: &House, batch: &[Waiting]) -> Result<Vec<Result<Receipt, AppError>>, AppError> {
    let mut work = house.store.write().await?;
    let mut shared = Shared::default();
    let mut outcomes = Vec::with_capacity(batch.len());
    for waiting in batch {
        match take(house, work.as_mut(), &waiting.actor, &waiting.sent, &mut shared).await {
            // The store itself failed: nothing of this transaction may be told as stored.
            Err(AppError::Fault(error)) => return Err(AppError::Fault(error)),
            outcome => outcomes.push(outcome),
        }
    }
    work.commit().await?;
    Ok(outcomes)
}

async fn take(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    sent: &SentSurvey,
    shared: &mut Shared,
) -> Result<Receipt, AppError> {
    check(actor, Verb::SurveyHousehold)?;
    if sent.token.is_empty() || sent.token.len() > LONGEST_TOKEN {
        return Err(AppError::Refused { code: "SUR-001" });
    }
    let content = Content::of(sent);
    let corrected = match known(work, actor, sent, &content).await? {
        Known::Stored(record) => return Ok(Receipt { token: sent.token.clone(), ..receipt(&record, true) }),
        Known::Otherwise(correction) => Some(correction),
        Known::Not => None,
    };
    let given = sent;
    let sent = corrected.as_ref().unwrap_or(given);
    let household = work.household(&actor.scope, sent.household).await?.ok_or(AppError::Missing("household"))?;
    must_be_open(&household)?;
    let round = shared.round(house, work, actor, (household.place.village, sent.year, sent.route)).await?;
    takes_survey(house, &round, household.id)?;
    let pack = shared.pack(house, work, sent.year).await?;
    let rules = house.rules(sent.year, &household.place.province)?;
    let read = read_assessment(&sent.input, &household, &rules).map_err(AppError::Form)?;
    let stored = scored(house, work, &household, sent.year, read, (&rules, pack.as_ref())).await?;
    let earlier = work.surveys_of(&actor.scope, &[household.id], (sent.year, sent.route)).await?;
    let of_attempt = |s: &&SurveyRecord| s.attempt == round.attempt && s.standing == SurveyStanding::Counted;
    let counted = earlier.iter().rfind(of_attempt);
    let standing = standing_of(sent.based_on.as_deref(), counted.map(|s| s.token.as_str()));
    let record = record_of(house, actor, sent, content.written()?, &round, &stored, (standing, &rules));
    if !work.add_survey(&record).await? {
        return Ok(receipt(&record, true));
    }
    // Who corrects a version that waits for a choice has one version there, not two.
    let own = earlier.iter().find(|s| s.standing == SurveyStanding::Aside && Some(&s.token) == sent.based_on.as_ref());
    if let Some(own) = own {
        work.set_survey_standing(own.id, SurveyStanding::Replaced).await?;
    }
    if standing == SurveyStanding::Counted {
        if let Some(counted) = counted {
            work.set_survey_standing(counted.id, SurveyStanding::Replaced).await?;
        }
        work.step_household(&household).await?;
        work.save_assessments(std::slice::from_ref(&stored)).await?;
    }
    let detail = json!({"year": sent.year, "token": sent.token, "standing": standing, "class": stored.class_computed});
    let subject = ("household", household.id.to_string());
    work.record(&house.entry(actor, "survey_taken", subject, Some(household.place.clone()), detail)).await?;
    Ok(Receipt { token: given.token.clone(), ..receipt(&record, false) })
}

/// What the register knows of a token.
enum Known {
    Not,
    Stored(SurveyRecord),
    /// The token stands for other answers: a form sent a second time after it was changed. It is a correction of the first.
    Otherwise(SentSurvey),
}

/// A token stands for one content. The same token with another one is stored as a survey made from the first, under a token
/// that follows from the content, so that it too is stored once however often it is sent.
async fn known(work: &mut dyn Work, actor: &Actor, sent: &SentSurvey, content: &Content) -> Result<Known, AppError> {
    let hash = hash_of(content.written()?.as_bytes());
    let after = format!("{}.{}", sent.token, hash.get(..12).unwrap_or_default());
    let found = work.surveys_by_token(&actor.scope, &[sent.token.clone(), after.clone()]).await?;
    let is_same = |r: &SurveyRecord| serde_json::from_str::<Content>(&r.content).is_ok_and(|known| known == *content);
    let same = |r: &&SurveyRecord| r.household == sent.household && (r.token == after || is_same(r));
    if let Some(stored) = found.iter().find(same) {
        return Ok(Known::Stored(stored.clone()));
    }
    if found.is_empty() {
        return Ok(Known::Not);
    }
    Ok(Known::Otherwise(SentSurvey { token: after, based_on: Some(sent.token.clone()), ..sent.clone() }))
}

/// The household's round, when it takes a survey now and the list is still the commune's.
pub(super) async fn round_for(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    household: &Household,
    (year, route): (i16, Route),
) -> Result<VillageRound, AppError> {
    must_be_open(household)?;
    let round = open_round(house, work, actor, (household.place.village, year, route)).await?;
    takes_survey(house, &round, household.id)?;
    Ok(round)
}

fn must_be_open(household: &Household) -> Result<(), ChangeRefusal> {
    household.closed.map_or(Ok(()), |closed| Err(ChangeRefusal::HouseholdClosed { closed }))
}

/// A village's round, while the list is still the commune's.
async fn open_round(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    (village, year, route): (VillageId, i16, Route),
) -> Result<VillageRound, AppError> {
    let round = work.village_round(&actor.scope, village, year, route).await?;
    let law = law_of(house, year)?;
    let round = round.ok_or_else(|| Stop::SurveyClosed.by(&law.process.value.survey))?;
    let commune = crate::review::rounds::commune_of(&round);
    if route == Route::Yearly || !is_recognised(work, &commune, year).await? {
        commune_must_be_changeable(work, &commune, year).await?;
    }
    Ok(round)
}

fn takes_survey(house: &House, round: &VillageRound, household: HouseholdId) -> Result<(), AppError> {
    let Err(stop) = round.takes_survey(household) else { return Ok(()) };
    let refusal: RoundRefusal = stop.by(&law_of(house, round.year)?.process.value.survey);
    Err(refusal.into())
}

fn law_of(house: &House, year: i16) -> Result<Law, AppError> {
    Ok(Law::on(house, Day::last_of(year).min(house.clock.today()))?)
}

/// The list of a year that is decided stays closed; reviews on request go on beside it, each to a decision of its own.
async fn is_recognised(work: &mut dyn Work, commune: &Scope, year: i16) -> Result<bool, AppError> {
    let yearly = work.commune_round(commune, year, Route::Yearly).await?;
    Ok(yearly.is_some_and(|round| round.recognition.is_some()))
}

/// The household's assessment of the year with the new answers, scored.
pub(super) async fn scored(
    house: &House,
    work: &mut dyn Work,
    household: &Household,
    year: i16,
    read: crate::registry::ReadAssessment,
    (rules, pack): (&Rulebook, Option<&ScorePack>),
) -> Result<StoredAssessment, AppError> {
    let known = work.assessments_by_household(year, &[household.id]).await?.into_iter().next();
    let area = area_of(house, &household.place, rules).ok_or(AppError::Refused { code: "REG-010" })?;
    let mut assessment: Assessment = known.map_or_else(|| blank(household, year, area), |stored| stored.assessment);
    assessment.area = area;
    assessment.listed = true;
    enter(&mut assessment, read);
    Ok(evaluated(computed(assessment, household, rules, pack), rules))
}

fn record_of(
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

fn receipt(record: &SurveyRecord, known: bool) -> Receipt {
    Receipt {
        token: record.token.clone(),
        known,
        standing: record.standing,
        class: record.class.clone(),
        b1: record.b1,
        b2: record.b2,
    }
}
