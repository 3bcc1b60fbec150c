//! The results go up: the commune asks, the level above agrees or gives lines back. Who that is stands in the process of
//! the day; where the law leaves it open, the province says it in its settings.

use domain::access::{Actor, Role, Verb, check};
use domain::review::ListState;
use domain::review::round::{CommuneRound, CommuneStep, Remark, Route, Stop, VillageRound};
use domain::units::Scope;
use kernel::{Day, VillageId};
use norms::StepLaw;
use serde::{Deserialize, Serialize};
use serde_json::json;
use snapshots::Act;
use storage::Work;

use super::ROUND;
use super::law::{Law, is_taken_by};
use super::open::commune_scope;
use crate::reporting::{Occasion, freeze_in};
use crate::review::lists::new_submission;
use crate::{AppError, House};

/// Setting: the roles that give the opinion where the law names nobody, each from a day on.
const OPINION_BODY: &str = "opinion_body";

/// Who gives the opinion on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionBody {
    /// `None`: the law leaves it open and the province has not said it yet.
    pub role: Option<Role>,
    /// Named by the law rather than by the province.
    pub by_law: bool,
}

/// Who the province chose, from a day on.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Chosen {
    from: Day,
    role: Role,
}

/// What the province chose, earliest first; a choice never touches the days before it.
async fn choices(work: &mut dyn Work) -> Result<Vec<Chosen>, AppError> {
    let known = work.setting(OPINION_BODY).await?;
    Ok(known.as_deref().and_then(|known| serde_json::from_str(known).ok()).unwrap_or_default())
}

async fn body_on(work: &mut dyn Work, step: &StepLaw, day: Day) -> Result<OpinionBody, AppError> {
    if let Some(role) = step.by.first().and_then(|id| Role::from_id(id)) {
        return Ok(OpinionBody { role: Some(role), by_law: true });
    }
    let chosen = choices(work).await?;
    let role = chosen.iter().rfind(|chosen| chosen.from <= day).map(|chosen| chosen.role);
    Ok(OpinionBody { role, by_law: false })
}

/// Who gives the opinion on a day.
pub async fn opinion_body(house: &House, day: Day) -> Result<OpinionBody, AppError> {
    let law = Law::on(house, day)?;
    let mut work = house.store.read().await?;
    body_on(work.as_mut(), &law.process.value.opinion.step, day).await
}

/// The province says who gives the opinion, from a day on, where the law leaves it open.
pub async fn configure_opinion(house: &House, actor: &Actor, role: &str, from: Day) -> Result<(), AppError> {
    check(actor, Verb::ConfirmNorm)?;
    let role = Role::from_id(role).ok_or(AppError::Form(vec![crate::FieldFault::at("role", "field-choice")]))?;
    let mut work = house.store.write().await?;
    let mut chosen = choices(work.as_mut()).await?;
    chosen.retain(|known| known.from != from);
    chosen.push(Chosen { from, role });
    chosen.sort_by_key(|chosen| chosen.from);
    let setting = serde_json::to_string(&chosen).map_err(|error| AppError::Paper(error.to_string()))?;
    work.save_setting(OPINION_BODY, &setting).await?;
    let detail = json!({"role": role.id(), "from": from});
    work.record(&house.entry(actor, "opinion_body_chosen", ("program", String::new()), None, detail)).await?;
    work.commit().await?;
    Ok(())
}

/// A commune's round with its villages, in one unit of work.
pub(super) struct Whole {
    pub(super) work: Box<dyn Work>,
    pub(super) scope: Scope,
    pub(super) round: CommuneRound,
    pub(super) villages: Vec<VillageRound>,
    /// Every village that has to take part.
    pub(super) of_commune: Vec<VillageId>,
}

impl Whole {
    pub(super) async fn open(
        house: &House,
        actor: &Actor,
        commune: &Scope,
        (year, route): (i16, Route),
        version: i64,
    ) -> Result<Self, AppError> {
        let scope = commune_scope(house, actor, commune)?;
        let mut work = house.store.write().await?;
        let round = work.commune_round(&scope, year, route).await?.ok_or(AppError::Missing("round"))?;
        if round.version != version {
            return Err(AppError::Conflict("round"));
        }
        let villages = work.village_rounds(&scope, year, route).await?;
        let of_commune = match route {
            Route::Yearly => work.villages(&scope).await?.iter().map(|v| v.id).collect(),
            Route::Monthly(_) => villages.iter().map(|v| v.place.village).collect(),
        };
        Ok(Self { work, scope, round, villages, of_commune })
    }

    pub(super) fn all(&self) -> (&[VillageRound], &[VillageId]) {
        (&self.villages, &self.of_commune)
    }

    pub(super) async fn save(
        mut self,
        house: &House,
        actor: &Actor,
        (verb, detail): (&str, serde_json::Value),
    ) -> Result<CommuneRound, AppError> {
        self.work.save_commune_round(&self.round).await?;
        let subject = (ROUND, format!("{}/{}", self.round.year, self.scope.code));
        self.work.record(&house.entry(actor, verb, subject, house.place_of(&self.scope), detail)).await?;
        self.work.commit().await?;
        Ok(self.round)
    }

    /// The facts the step was taken on; a step whose facts cannot be frozen is not taken.
    pub(super) async fn freeze(&mut self, house: &House, actor: &Actor, act: Act) -> Result<(), AppError> {
        let occasion = Occasion { act, scope: &self.scope, year: self.round.year };
        freeze_in(house, self.work.as_mut(), actor, occasion).await.map(drop)
    }

    /// The commune's list is locked while it is above, and open again when lines come back.
    async fn mark_list(&mut self, house: &House, actor: &Actor, state: ListState, day: Day) -> Result<(), AppError> {
        let year = self.round.year;
        let known = self.work.submission(&self.scope, year).await?;
        let mut list = known.unwrap_or_else(|| new_submission(house, &self.scope, year));
        list.state = state;
        list.day = Some(day);
        list.by = Some(actor.id);
        list.by_name.clone_from(&actor.name);
        list.households = self.villages.iter().map(|v| i64::try_from(v.households.len()).unwrap_or(0)).sum();
        list.remark = None;
        self.work.save_submission(&list).await?;
        Ok(())
    }
}

/// Sends the results of every village up and locks the list.
pub async fn ask_opinion(
    house: &House,
    actor: &Actor,
    commune: &Scope,
    year: i16,
    (version, day): (i64, Day),
) -> Result<CommuneRound, AppError> {
    check(actor, Verb::RunRound)?;
    let law = Law::on(house, day)?;
    let mut whole = Whole::open(house, actor, commune, (year, Route::Yearly), version).await?;
    let step = &law.process.value.opinion.step;
    if body_on(whole.work.as_mut(), step, day).await?.role.is_none() {
        return Err(Stop::NoOpinionBody.by(step).into());
    }
    whole.round = whole.round.clone().ask_opinion(&actor.name, whole.all(), law.under())?;
    whole.mark_list(house, actor, ListState::Sent, day).await?;
    whole.freeze(house, actor, Act::OpinionAsked).await?;
    let households: usize = whole.villages.iter().map(|v| v.households.len()).sum();
    whole.save(house, actor, ("round_opinion_asked", json!({"day": day, "households": households}))).await
}

async fn may_answer(actor: &Actor, work: &mut dyn Work, law: &Law) -> Result<(), AppError> {
    check(actor, Verb::GiveOpinion)?;
    let step = &law.process.value.opinion.step;
    let body = body_on(work, step, law.day).await?;
    if body.by_law {
        return Ok(is_taken_by(actor, step)?);
    }
    match body.role {
        None => Err(Stop::NoOpinionBody.by(step).into()),
        Some(role) if role == actor.role => Ok(()),
        Some(_) => Err(Stop::NotTheActor.by(step).into()),
    }
}

/// The level above agrees.
pub async fn agree(
    house: &House,
    actor: &Actor,
    commune: &Scope,
    year: i16,
    (version, day, text): (i64, Day, &str),
) -> Result<CommuneRound, AppError> {
    check(actor, Verb::GiveOpinion)?;
    let law = Law::on(house, day)?;
    let mut whole = Whole::open(house, actor, commune, (year, Route::Yearly), version).await?;
    may_answer(actor, whole.work.as_mut(), &law).await?;
    whole.round = whole.round.agree(&actor.name, text, law.under())?;
    whole.save(house, actor, ("round_agreed", json!({"day": day}))).await
}

/// The level above gives lines back, each with a remark; the list opens again.
pub async fn give_back(
    house: &House,
    actor: &Actor,
    commune: &Scope,
    year: i16,
    (version, day): (i64, Day),
    remarks: Vec<Remark>,
) -> Result<CommuneRound, AppError> {
    check(actor, Verb::GiveOpinion)?;
    let law = Law::on(house, day)?;
    let mut whole = Whole::open(house, actor, commune, (year, Route::Yearly), version).await?;
    may_answer(actor, whole.work.as_mut(), &law).await?;
    let lines = remarks.len();
    let villages = whole.villages.clone();
    let (round, reopened) =
        whole.round.clone().give_back(&actor.name, remarks, villages, house.clock.now_ms(), law.under())?;
    for village in &reopened {
        whole.work.save_village_round(village).await?;
    }
    whole.round = round;
    whole.mark_list(house, actor, ListState::Open, day).await?;
    whole.save(house, actor, ("round_given_back", json!({"day": day, "lines": lines}))).await
}

/// A commune with an open round takes its results from the round and from nowhere else.
pub(crate) async fn must_have_no_round(work: &mut dyn Work, commune: &Scope, year: i16) -> Result<(), AppError> {
    match work.commune_round(commune, year, Route::Yearly).await? {
        Some(round) if round.step() != CommuneStep::Recognised => Err(Stop::RoundOpen.plain().into()),
        _ => Ok(()),
    }
}
