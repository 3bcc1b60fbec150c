//! The steps of a village: list closed, survey closed, meeting, posting, objections, posting ended.
//! Each reads: may they, find, decide, save, record.

use std::collections::BTreeMap;

use domain::access::{Actor, Verb, check};
use domain::review::round::{Meeting, Outcome, RoundRefusal, Route, Under, VillageRound};
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, HouseholdId, VillageId};
use norms::{Process, StepLaw};
use serde_json::{Value, json};
use storage::Work;

use super::ROUND;
use super::law::{Law, is_taken_by};
use super::requested::waiting;
use super::surveyed::surveyed;
use crate::{AppError, FieldFault, House};

/// A village's round as a form was opened on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    pub village: VillageId,
    pub year: i16,
    pub route: Route,
    /// The version the form showed.
    pub version: i64,
}

pub(crate) async fn find(work: &mut dyn Work, actor: &Actor, at: &At) -> Result<VillageRound, AppError> {
    let round = work.village_round(&actor.scope, at.village, at.year, at.route).await?;
    let round = round.ok_or(AppError::Missing("round"))?;
    if round.version == at.version { Ok(round) } else { Err(AppError::Conflict("round")) }
}

/// Which step of the law an act belongs to.
type LawOf = fn(&Process) -> &StepLaw;
type Surveyed = BTreeMap<HouseholdId, Outcome>;

/// One step of a village by one act; `tells` says it in the trail.
async fn take(
    house: &House,
    (actor, verb): (&Actor, Verb),
    at: &At,
    (day, law_of): (Day, LawOf),
    act: impl FnOnce(VillageRound, &Surveyed, Under<'_>) -> Result<VillageRound, RoundRefusal> + Send,
    tells: (&str, Value),
) -> Result<VillageRound, AppError> {
    check(actor, verb)?;
    let law = Law::on(house, day)?;
    is_taken_by(actor, law_of(&law.process.value))?;
    let mut work = house.store.write().await?;
    let round = find(work.as_mut(), actor, at).await?;
    let known = surveyed(work.as_mut(), &actor.scope, &round).await?;
    let round = act(round, &known, law.under())?;
    save(house, actor, work, round, day, tells).await
}

async fn save(
    house: &House,
    actor: &Actor,
    mut work: Box<dyn Work>,
    round: VillageRound,
    day: Day,
    (verb, mut detail): (&str, Value),
) -> Result<VillageRound, AppError> {
    work.save_village_round(&round).await?;
    if let Some(detail) = detail.as_object_mut() {
        detail.insert("day".into(), json!(day));
        detail.insert("step".into(), json!(round.step));
    }
    let subject = (ROUND, round.id.to_string());
    work.record(&house.entry(actor, verb, subject, Some(round.place.clone()), detail)).await?;
    work.commit().await?;
    Ok(round)
}

/// The list is complete, everybody who asked is on it; the survey begins.
pub async fn close_list(house: &House, actor: &Actor, at: &At, day: Day) -> Result<VillageRound, AppError> {
    check(actor, Verb::RunRound)?;
    let law = Law::on(house, day)?;
    is_taken_by(actor, &law.process.value.listing)?;
    let mut work = house.store.write().await?;
    let round = find(work.as_mut(), actor, at).await?;
    let waiting = waiting(work.as_mut(), &commune_of(&round), &round, day).await?.len();
    let round = round.close_list(waiting, law.under())?;
    save(house, actor, work, round, day, ("round_list_closed", json!({}))).await
}

/// Everybody is surveyed; the meeting can be called.
pub async fn close_survey(house: &House, actor: &Actor, at: &At, day: Day) -> Result<VillageRound, AppError> {
    let act = |round: VillageRound, known: &Surveyed, under: Under<'_>| round.close_survey(known, under);
    let verb = if actor.may(Verb::RunRound) { Verb::RunRound } else { Verb::HoldMeeting };
    take(house, (actor, verb), at, (day, |p| &p.survey), act, ("round_survey_closed", json!({}))).await
}

/// Minutes of a meeting as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeetingInput {
    pub chair: String,
    pub secretary: String,
    pub representatives: String,
    pub front: String,
    pub present: String,
    pub agree: String,
    pub disagree: String,
    pub discussion: String,
}

fn read_meeting(input: &MeetingInput, day: Day) -> Result<Meeting, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let signers =
        [("chair", &input.chair), ("secretary", &input.secretary), ("representatives", &input.representatives)];
    for (field, text) in signers {
        if text.trim().is_empty() {
            faults.push(FieldFault::at(field, "field-missing"));
        }
    }
    let mut count = |field: &str, text: &str| {
        let digits = text.trim().replace('.', "");
        let read = if digits.is_empty() && field == "disagree" { Ok(0) } else { digits.parse::<u32>() };
        read.unwrap_or_else(|_| {
            faults.push(FieldFault::at(field, "field-number"));
            0
        })
    };
    let (present, agree, disagree) =
        (count("present", &input.present), count("agree", &input.agree), count("disagree", &input.disagree));
    if !faults.is_empty() {
        return Err(faults);
    }
    let text = |text: &str| kernel::text::nfc(text);
    Ok(Meeting {
        attempt: 0,
        day,
        chair: text(&input.chair),
        secretary: text(&input.secretary),
        representatives: text(&input.representatives),
        front: text(&input.front),
        present,
        agree,
        disagree,
        discussion: text(&input.discussion),
        passed: false,
        scan: None,
        presented: Vec::new(),
    })
}

/// Records a village meeting; whether it passed is decided by the share of the law.
pub async fn hold_meeting(
    house: &House,
    actor: &Actor,
    at: &At,
    day: Day,
    input: &MeetingInput,
) -> Result<VillageRound, AppError> {
    let meeting = read_meeting(input, day).map_err(AppError::Form)?;
    let detail = json!({"present": meeting.present, "agree": meeting.agree, "disagree": meeting.disagree});
    let act = move |round: VillageRound, known: &Surveyed, under: Under<'_>| round.hold_meeting(meeting, known, under);
    take(house, (actor, Verb::HoldMeeting), at, (day, |p| &p.meeting.step), act, ("round_meeting_held", detail)).await
}

/// Attaches the scanned minutes to the last meeting, by the file's hash.
pub async fn attach_minutes(house: &House, actor: &Actor, at: &At, hash: &str) -> Result<VillageRound, AppError> {
    let today = house.clock.today();
    let scan = hash.to_owned();
    let act = move |round: VillageRound, _: &Surveyed, _: Under<'_>| round.with_minutes(&scan);
    let tells = ("round_minutes_attached", json!({"hash": hash}));
    take(house, (actor, Verb::HoldMeeting), at, (today, |p| &p.meeting.step), act, tells).await
}

/// The list is hung out.
pub async fn post(house: &House, actor: &Actor, at: &At, day: Day) -> Result<VillageRound, AppError> {
    let act = |round: VillageRound, _: &Surveyed, under: Under<'_>| round.post(under);
    take(house, (actor, Verb::RunRound), at, (day, |p| &p.posting.step), act, ("round_posted", json!({}))).await
}

/// Somebody of the village objects.
pub async fn object(
    house: &House,
    actor: &Actor,
    at: &At,
    day: Day,
    (household, by, text): (HouseholdId, &str, &str),
) -> Result<VillageRound, AppError> {
    must_live_there(house, actor, at, household).await?;
    let now = house.clock.now_ms();
    let (name, said) = (by.to_owned(), text.to_owned());
    let act =
        move |round: VillageRound, _: &Surveyed, under: Under<'_>| round.object(household, (&name, &said), now, under);
    let detail = json!({"household": household, "by": by});
    take(house, (actor, Verb::RunRound), at, (day, |p| &p.posting.step), act, ("round_objected", detail)).await
}

async fn must_live_there(house: &House, actor: &Actor, at: &At, household: HouseholdId) -> Result<(), AppError> {
    let mut work = house.store.read().await?;
    let found = work.household(&actor.scope, household).await?;
    match found.filter(|h| h.place.village == at.village && h.closed.is_none()) {
        Some(_) => Ok(()),
        None => Err(AppError::Form(vec![FieldFault::at("household", "field-choice")])),
    }
}

/// Answers an objection; when the household was surveyed again since, that survey is the result.
pub async fn answer_objection(
    house: &House,
    actor: &Actor,
    at: &At,
    day: Day,
    (number, text): (u32, &str),
) -> Result<VillageRound, AppError> {
    let said = text.to_owned();
    let act = move |round: VillageRound, known: &Surveyed, under: Under<'_>| {
        let objection = round.objections.iter().find(|o| o.number == number).map(|o| (o.household, o.at_ms));
        let recheck = objection
            .and_then(|(household, at_ms)| known.get(&household).filter(|outcome| outcome.at_ms >= at_ms))
            .cloned();
        round.answer(number, &said, recheck.as_ref(), under)
    };
    let tells = ("round_objection_answered", json!({"number": number}));
    take(house, (actor, Verb::RunRound), at, (day, |p| &p.posting.step), act, tells).await
}

/// The last day is over and nothing is open.
pub async fn end_posting(house: &House, actor: &Actor, at: &At, day: Day) -> Result<VillageRound, AppError> {
    let act = |round: VillageRound, _: &Surveyed, under: Under<'_>| round.end_posting(under);
    take(house, (actor, Verb::RunRound), at, (day, |p| &p.posting.step), act, ("round_posting_ended", json!({}))).await
}

/// The commune a village's round belongs to.
pub(crate) fn commune_of(round: &VillageRound) -> Scope {
    Scope::new(round.place.units_from, ScopeLevel::Commune, round.place.commune.clone())
}
