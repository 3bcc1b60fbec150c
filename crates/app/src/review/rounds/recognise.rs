//! The chairman's decision on the commune's list: classes are written into the register, requests are answered, and what
//! comes later is added beside it.

use std::collections::HashMap;

use domain::access::{Actor, Verb, check};
use domain::review::Decision;
use domain::review::request::RequestDecision;
use domain::review::round::{Amendment, AmendmentKind, CommuneRound, Reason, Recognised, Recognition, Route, Series};
use domain::units::Scope;
use kernel::{Day, HouseholdId};
use norms::Rulebook;
use serde_json::json;
use snapshots::Act;

use super::above::Whole;
use super::law::{Law, is_taken_by};
use crate::registry::{blank, computed, evaluated};
use crate::{AppError, FieldFault, House};

/// The decision as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecogniseInput {
    pub number: String,
    pub signer: String,
}

/// Recognises a commune's results. Never before a passed meeting, an ended posting and the opinion from above.
pub async fn recognise(
    house: &House,
    actor: &Actor,
    commune: &Scope,
    (year, route): (i16, Route),
    (version, day): (i64, Day),
    input: &RecogniseInput,
) -> Result<CommuneRound, AppError> {
    check(actor, Verb::Recognise)?;
    let law = Law::on(house, day)?;
    is_taken_by(actor, &law.process.value.recognition.step)?;
    let mut whole = Whole::open(house, actor, commune, (year, route), version).await?;
    let rules = house.rules(year, &house.province_of(&whole.scope))?;
    let decision = (input.number.as_str(), input.signer.as_str());
    whole.round = whole.round.clone().recognise(decision, whole.all(), &rules.classes.value, law.under())?;
    let (series, order) = (series(&mut whole, day.year()).await?, in_order(&mut whole).await?);
    whole.round = whole.round.clone().with_numbers(|decision| decision.numbered(series, &order));
    let recognition = whole.round.decisions().last().cloned().ok_or(AppError::Missing("round"))?;
    write_decisions(house, &mut whole, &recognition, &rules).await?;
    answer_requests(&mut whole, &recognition).await?;
    whole.freeze(house, actor, Act::Recognised).await?;
    let detail = json!({"number": recognition.number, "day": day, "lines": recognition.lines.len()});
    whole.save(house, actor, ("round_recognised", detail)).await
}

/// The numbers that the commune's papers of a year have used; nobody else draws one until this is stored.
async fn series(whole: &mut Whole, year: i16) -> Result<Series, AppError> {
    let scope = &whole.scope;
    whole.work.hold_paper_series(scope, year).await?;
    let (mut rounds, mut requests) = (Vec::new(), Vec::new());
    // A review of last year may be decided in this one.
    for reviewed in [year - 1, year] {
        for route in whole.work.routes(scope, reviewed).await? {
            rounds.extend(whole.work.commune_round(scope, reviewed, route).await?);
        }
        requests.extend(whole.work.requests(scope, reviewed).await?);
    }
    Ok(Series::of(year, &rounds, &requests))
}

/// The commune's households by village and head, as papers are handed out.
async fn in_order(whole: &mut Whole) -> Result<Vec<HouseholdId>, AppError> {
    let villages: HashMap<_, String> =
        whole.work.villages(&whole.scope).await?.into_iter().map(|v| (v.id, v.name)).collect();
    let ids: Vec<HouseholdId> =
        whole.round.decisions().last().into_iter().flat_map(|d| &d.lines).map(|line| line.household).collect();
    let mut households = whole.work.households_by_id(&whole.scope, &ids).await?;
    households.sort_by_cached_key(|household| {
        let village = villages.get(&household.place.village).map(|name| kernel::text::sort_key(name));
        (village, kernel::text::person_sort_key(household.head_name()))
    });
    Ok(households.into_iter().map(|household| household.id).collect())
}

/// The decided class goes into each household's assessment of the year.
async fn write_decisions(
    house: &House,
    whole: &mut Whole,
    recognition: &Recognition,
    rules: &Rulebook,
) -> Result<(), AppError> {
    let ids: Vec<HouseholdId> = recognition.lines.iter().map(|line| line.household).collect();
    let households = whole.work.households_by_id(&whole.scope, &ids).await?;
    let known = whole.work.assessments_by_household(whole.round.year, &ids).await?;
    let mut known: HashMap<HouseholdId, _> =
        known.into_iter().map(|s| (s.assessment.household, s.assessment)).collect();
    let mut stored = Vec::with_capacity(ids.len());
    for line in &recognition.lines {
        let Some(household) = households.iter().find(|h| h.id == line.household) else { continue };
        let area =
            crate::registry::area_of(house, &household.place, rules).ok_or(AppError::Refused { code: "REG-010" })?;
        let assessment = known.remove(&line.household);
        let mut assessment =
            assessment.unwrap_or_else(|| computed(blank(household, whole.round.year, area), household, rules, None));
        let class = line.outcome.class.clone().unwrap_or_default();
        assessment.decision = Some(Decision { number: recognition.number.clone(), day: Some(recognition.day), class });
        if line.escaped && !line.certificate {
            assessment.listed = false;
            assessment.left_class.clone_from(&line.before);
        } else {
            assessment.listed = true;
        }
        stored.push(evaluated(assessment, rules));
    }
    whole.work.save_assessments(&stored).await?;
    Ok(())
}

/// A request that a village's round took in has its answer in the decision.
async fn answer_requests(whole: &mut Whole, recognition: &Recognition) -> Result<(), AppError> {
    for village in &whole.villages {
        for household in &village.households {
            let Reason::Requested { request } = household.reason else { continue };
            let line = recognition.lines.iter().find(|line| line.household == household.household);
            let filed = whole.work.request(&whole.scope, request).await?;
            let (Some(line), Some(filed)) = (line, filed) else { continue };
            let answered = filed.answered_by_round(answer_of(recognition, line));
            whole.work.save_request(&answered).await?;
        }
    }
    Ok(())
}

fn answer_of(recognition: &Recognition, line: &Recognised) -> RequestDecision {
    let scores = [("B1", line.outcome.b1), ("B2", line.outcome.b2)];
    let scores: Vec<String> = scores.iter().filter_map(|(name, p)| Some(format!("{name} = {}", (*p)?))).collect();
    RequestDecision {
        day: recognition.day,
        number: recognition.number.clone(),
        signer: recognition.signer.clone(),
        granted: !line.refused,
        class: line.outcome.class.clone(),
        reasons: if line.refused { scores.join(", ") } else { String::new() },
    }
}

/// A later decision on one household, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmendInput {
    pub kind: AmendmentKind,
    pub household: HouseholdId,
    pub number: String,
    pub signer: String,
    pub reason: String,
    pub class: String,
}

/// Corrects or revokes; the first decision stays to be read.
pub async fn amend(
    house: &House,
    actor: &Actor,
    commune: &Scope,
    (year, route): (i16, Route),
    (version, day): (i64, Day),
    input: &AmendInput,
) -> Result<CommuneRound, AppError> {
    check(actor, Verb::Recognise)?;
    let law = Law::on(house, day)?;
    is_taken_by(actor, &law.process.value.recognition.step)?;
    let mut whole = Whole::open(house, actor, commune, (year, route), version).await?;
    let rules = house.rules(year, &house.province_of(&whole.scope))?;
    let classes = &rules.classes.value;
    let class = match input.kind {
        AmendmentKind::Corrected => classes.get(&input.class),
        AmendmentKind::Revoked => classes.unlisted(),
    };
    let class = class.ok_or(AppError::Form(vec![FieldFault::at("class", "field-choice")]))?.id.clone();
    let mut amendment = Amendment {
        kind: input.kind,
        household: input.household,
        number: input.number.trim().to_owned(),
        day,
        signer: input.signer.trim().to_owned(),
        reason: kernel::text::nfc(&input.reason),
        before: None,
        class: class.clone(),
        certificate_number: None,
    };
    let is_listed = classes.get(&class).is_some_and(|class| class.listed);
    if is_listed && whole.round.certificate_of(input.household).is_none() {
        amendment.certificate_number = Some(series(&mut whole, day.year()).await?.next_certificate());
    }
    whole.round = whole.round.clone().amend(amendment, law.under())?;
    let known = whole.work.assessments_by_household(year, &[input.household]).await?;
    if let Some(mut stored) = known.into_iter().next() {
        stored.assessment.decision =
            Some(Decision { number: input.number.trim().to_owned(), day: Some(day), class: class.clone() });
        whole.work.save_assessments(&[evaluated(stored.assessment, &rules)]).await?;
    }
    whole.freeze(house, actor, Act::Recognised).await?;
    let detail = json!({"household": input.household, "class": class, "number": input.number, "kind": input.kind});
    whole.save(house, actor, ("round_amended", detail)).await
}

/// The last day of an act that is typed; kept here so that pages need not know how days are read.
pub fn read_act_day(house: &House, text: &str) -> Result<Day, AppError> {
    crate::registry::read_day(text, "day", house.clock.today()).map_err(|fault| AppError::Form(vec![fault]))
}
