//! One decision of a commune's chairman for the whole list: looked at first, recorded, taken back where it still counts.
//! Each household keeps number, day and recognised class in its own years. Start with [`plan_decision`].

use std::collections::HashMap;

use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::review::{Decision, ListRefusal};
use domain::units::{Scope, ScopeLevel};
use kernel::text::person_sort_key;
use kernel::{Day, HouseholdId, ListDecisionId};
use serde_json::json;
use storage::{ListDecision, StoredAssessment, Work};

use crate::registry::{Change, evaluated, must_be_changeable, read_number_and_day, save_assessed};
use crate::{AppError, FieldFault, House};

/// A decision as the form of a list holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListDecisionInput {
    pub number: String,
    /// As typed.
    pub day: String,
    /// Ids of the classes whose households the decision recognises.
    pub classes: Vec<String>,
    /// Households that have another decision get this one.
    pub replaces: bool,
}

/// A household that the decision would recognise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    pub household: HouseholdId,
    pub head_name: String,
    pub village: kernel::VillageId,
    /// The class that counts now, which the decision would fix.
    pub class: String,
    pub before: Option<Decision>,
}

/// What a decision would do, before it does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionPlan {
    pub number: String,
    pub day: Day,
    /// By class as the norms order them, then by given name of the head.
    pub recognised: Vec<Recognised>,
    /// Left alone because they have a decision.
    pub decided: usize,
    /// On the list without a class: nothing can be recognised.
    pub unclassified: usize,
}

impl DecisionPlan {
    /// Changes when somebody changes what the decision would recognise.
    pub fn fingerprint(&self) -> String {
        let mut sum = 0u128;
        for found in &self.recognised {
            let class =
                found.class.bytes().fold(0u128, |sum, byte| sum.wrapping_mul(31).wrapping_add(u128::from(byte)));
            sum = sum.wrapping_add(found.household.0.as_u128() ^ class);
        }
        format!("{}-{sum:x}", self.recognised.len())
    }
}

/// What the decision would recognise on a commune's list.
pub async fn plan_decision(
    house: &House,
    actor: &Actor,
    (commune, year): (&Scope, i16),
    input: &ListDecisionInput,
) -> Result<DecisionPlan, AppError> {
    check(actor, Verb::RecordDecision)?;
    let commune = commune_of(house, actor, commune)?;
    let rules = house.rules(year, &house.province_of(&commune))?;
    let mut work = house.store.read().await?;
    let (plan, _) = plan(house, work.as_mut(), (&commune, year), input, &rules.classes.value).await?;
    Ok(plan)
}

fn commune_of(house: &House, actor: &Actor, commune: &Scope) -> Result<Scope, AppError> {
    if commune.level != ScopeLevel::Commune {
        return Err(AppError::Missing("commune"));
    }
    house.narrow(actor, Some(commune))
}

type Found = HashMap<HouseholdId, (Household, StoredAssessment)>;

async fn plan(
    house: &House,
    work: &mut dyn Work,
    (commune, year): (&Scope, i16),
    input: &ListDecisionInput,
    classes: &norms::Classes,
) -> Result<(DecisionPlan, Found), AppError> {
    let signed = read_number_and_day(&input.number, &input.day, house.clock.today());
    let mut faults = signed.as_ref().err().cloned().unwrap_or_default();
    if input.classes.is_empty() || input.classes.iter().any(|class| classes.get(class).is_none()) {
        faults.push(FieldFault::at("classes", "field-choice"));
    }
    let (number, day) = match signed {
        Ok(signed) if faults.is_empty() => signed,
        _ => return Err(AppError::Form(faults)),
    };
    let mut plan = DecisionPlan { number, day, recognised: Vec::new(), decided: 0, unclassified: 0 };
    let on_list: Vec<StoredAssessment> =
        work.assessments_of_year(commune, year).await?.into_iter().filter(|s| s.assessment.listed).collect();
    let ids: Vec<HouseholdId> = on_list.iter().map(|stored| stored.assessment.household).collect();
    let mut households: HashMap<HouseholdId, Household> =
        work.households_by_id(commune, &ids).await?.into_iter().map(|household| (household.id, household)).collect();
    let mut found = Found::new();
    for stored in on_list {
        let Some(class) = stored.class.clone() else {
            plan.unclassified += 1;
            continue;
        };
        let before = stored.assessment.decision.clone();
        if !input.classes.contains(&class) {
            continue;
        }
        if before.is_some() && !input.replaces {
            plan.decided += 1;
            continue;
        }
        let id = stored.assessment.household;
        // A household that has moved away since is its new commune's to decide on.
        let Some(household) = households.remove(&id) else { continue };
        let (head_name, village) = (household.head_name().to_owned(), household.place.village);
        plan.recognised.push(Recognised { household: id, head_name, village, class, before });
        found.insert(id, (household, stored));
    }
    let rank = |class: &str| classes.classes.iter().position(|known| known.id == class);
    plan.recognised.sort_by_cached_key(|r| (rank(&r.class), person_sort_key(&r.head_name), r.household));
    Ok((plan, found))
}

/// Records the decision as it was looked at; `fingerprint` is that of the plan that was shown.
pub async fn record_list_decision(
    house: &House,
    actor: &Actor,
    (commune, year): (&Scope, i16),
    input: &ListDecisionInput,
    fingerprint: &str,
) -> Result<usize, AppError> {
    let mut change = Change::begin(house, actor, Verb::RecordDecision).await?.of_year(house, actor, year)?;
    let commune = commune_of(house, actor, commune)?;
    let rules = change.rules.clone();
    let (plan, mut found) = plan(house, change.work.as_mut(), (&commune, year), input, &rules.classes.value).await?;
    if plan.fingerprint() != fingerprint {
        return Err(AppError::Conflict("list"));
    }
    if plan.recognised.is_empty() {
        return Err(ListRefusal::Empty.into());
    }
    for recognised in &plan.recognised {
        let Some((household, stored)) = found.remove(&recognised.household) else { continue };
        let mut assessment = stored.assessment;
        let class = recognised.class.clone();
        assessment.decision = Some(Decision { number: plan.number.clone(), day: Some(plan.day), class });
        let stored = evaluated(assessment, &rules);
        save_assessed(house, actor, &mut change, &household, &stored, "decision_recorded").await?;
    }
    let count = plan.recognised.len();
    let households = plan.recognised.into_iter().map(|r| (r.household, r.before)).collect();
    let decision = ListDecision {
        id: ListDecisionId(house.ids.next()),
        commune,
        year,
        number: plan.number,
        day: plan.day,
        by: actor.id,
        by_name: actor.name.clone(),
        at_ms: house.clock.now_ms(),
        is_undone: false,
        households,
        version: 0,
    };
    keep(house, actor, &mut change, &decision, ("list_decided", count)).await?;
    change.commit().await?;
    Ok(count)
}

async fn keep(
    house: &House,
    actor: &Actor,
    change: &mut Change,
    decision: &ListDecision,
    (verb, households): (&str, usize),
) -> Result<(), AppError> {
    change.work.save_list_decision(decision).await?;
    let detail =
        json!({"year": decision.year, "number": decision.number, "day": decision.day, "households": households});
    let subject = ("list", format!("{}/{}", decision.year, decision.commune.code));
    let entry = house.entry(actor, verb, subject, house.place_of(&decision.commune), detail);
    change.work.record(&entry).await?;
    Ok(())
}

/// Decisions on the whole list of a commune, newest first.
pub async fn list_decisions(
    house: &House,
    actor: &Actor,
    (commune, year): (&Scope, i16),
) -> Result<Vec<ListDecision>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let commune = commune_of(house, actor, commune)?;
    Ok(house.store.read().await?.list_decisions(&commune, year).await?)
}

/// What taking a decision back did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TakenBack {
    /// Have again what they had before.
    pub households: usize,
    /// Have a later decision, which stays.
    pub kept: usize,
}

/// Takes a decision back wherever it still counts. On a list that was sent up no class may change by it.
pub async fn undo_list_decision(
    house: &House,
    actor: &Actor,
    (commune, year): (&Scope, i16),
    id: ListDecisionId,
) -> Result<TakenBack, AppError> {
    let mut change = Change::begin(house, actor, Verb::RecordDecision).await?.of_year(house, actor, year)?;
    let commune = commune_of(house, actor, commune)?;
    let decisions = change.work.list_decisions(&commune, year).await?;
    let decision = decisions.into_iter().find(|decision| decision.id == id && !decision.is_undone);
    let mut decision = decision.ok_or(AppError::Missing("decision"))?;
    let ids: Vec<HouseholdId> = decision.households.iter().map(|(id, _)| *id).collect();
    let households = change.work.households_by_id(&actor.scope, &ids).await?;
    let assessments = change.work.assessments_by_household(year, &ids).await?;
    let mut done = TakenBack::default();
    for (id, before) in &decision.households {
        let household = households.iter().find(|household| household.id == *id);
        let stored = assessments.iter().find(|stored| stored.assessment.household == *id);
        let (Some(household), Some(stored)) = (household, stored) else {
            done.kept += 1;
            continue;
        };
        let now = stored.assessment.decision.as_ref();
        if now.is_none_or(|now| now.number != decision.number || now.day != Some(decision.day)) {
            done.kept += 1;
            continue;
        }
        let mut assessment = stored.assessment.clone();
        assessment.decision.clone_from(before);
        let again = evaluated(assessment, &change.rules);
        if again.class != stored.class {
            must_be_changeable(change.work.as_mut(), &again.assessment.place, year).await?;
        }
        save_assessed(house, actor, &mut change, household, &again, "decision_undone").await?;
        done.households += 1;
    }
    decision.is_undone = true;
    keep(house, actor, &mut change, &decision, ("list_decision_undone", done.households)).await?;
    change.commit().await?;
    Ok(done)
}
