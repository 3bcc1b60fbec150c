//! A person answers for what a clause stands for: confirms the proposal, puts something else in its place, or drops it.
//! Each answer has its entry in the trail, which is the binding's history.

use domain::access::{Actor, Role, Verb, check};
use domain::programme::bind::{Binding, BindingRefusal, Correction, Followed, added};
use kernel::text::nfc;
use kernel::{Day, PlanId};
use norms::{PlanBindings, PlanTarget, Pointer, RuleKind, TargetMeasure, TargetOp, TargetValue};
use serde_json::json;
use storage::{StoredBinding, Work};

use super::definitions::definitions_on;
use super::view::unit_of;
use crate::{AppError, FieldFault, House};

/// A correction as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BindingInput {
    pub kind: String,
    pub clause: String,
    /// Empty for the whole clause.
    pub part: String,
    pub label: String,
    pub agency: String,
    pub follows: FollowedInput,
    /// The day a task is due, or the last day a source may be spent; empty where nobody gives one.
    pub day: String,
    /// Id of the role a task falls to; empty where nobody says so.
    pub office: String,
    /// The version the person saw.
    pub version: i64,
}

/// What counts a target and the number the plan sets, as typed. Without a definition nothing counts it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FollowedInput {
    pub definition: String,
    /// `at_least`, `above`, `at_most`, `below`, `range`, `equal`.
    pub op: String,
    /// Empty: the plan sets no number.
    pub value: String,
    /// The upper end of a range.
    pub high: String,
}

/// Confirms bindings as they stand; one that somebody answered for already is left alone. Gives how many were confirmed.
pub async fn confirm_bindings(house: &House, actor: &Actor, plan: PlanId, ids: &[String]) -> Result<usize, AppError> {
    check(actor, Verb::ConfirmBinding)?;
    let (mut work, stored) = bindings_of(house, actor, plan).await?;
    let (today, mut confirmed) = (house.clock.today(), 0);
    for known in stored.into_iter().filter(|known| ids.contains(&known.binding.id)) {
        if known.binding.state.is_said() {
            continue;
        }
        let said = StoredBinding { binding: known.binding.confirmed(&actor.name, today), version: known.version };
        save(house, actor, work.as_mut(), plan, &said, "binding_confirmed", None).await?;
        confirmed += 1;
    }
    work.commit().await?;
    Ok(confirmed)
}

/// Puts what a person says in place of a binding.
pub async fn correct_binding(
    house: &House,
    actor: &Actor,
    plan: PlanId,
    id: &str,
    input: &BindingInput,
) -> Result<(), AppError> {
    check(actor, Verb::ConfirmBinding)?;
    let (mut work, stored) = bindings_of(house, actor, plan).await?;
    let known = named(stored, id)?;
    let to = read_input(house, input, norm_target(house, &known.binding).as_ref())?;
    let words = work.plan(&unit_of(house, actor), plan).await?.ok_or(AppError::Missing("plan"))?;
    let before = known.binding.clone();
    let binding = known.binding.corrected(&words.plan, to, &actor.name, house.clock.today())?;
    let said = StoredBinding { binding, version: input.version };
    save(house, actor, work.as_mut(), plan, &said, "binding_corrected", Some(&before)).await?;
    work.commit().await?;
    Ok(())
}

/// Hangs something on a clause that was proposed for nothing; gives its id.
pub async fn add_binding(house: &House, actor: &Actor, plan: PlanId, input: &BindingInput) -> Result<String, AppError> {
    check(actor, Verb::ConfirmBinding)?;
    let to = read_input(house, input, None)?;
    let mut work = house.store.write().await?;
    let unit = unit_of(house, actor);
    let words = work.plan(&unit, plan).await?.ok_or(AppError::Missing("plan"))?;
    let known: Vec<Binding> = work.bindings(&unit, plan).await?.into_iter().map(|stored| stored.binding).collect();
    let binding = added(&words.plan, &known, to, &actor.name, house.clock.today())?;
    work.add_bindings(plan, known.len(), std::slice::from_ref(&binding)).await?;
    let told = format!("{} {} {}", binding.id, binding.at.clause, binding.label);
    let subject = ("binding", format!("{plan}/{}", binding.id));
    work.record(&house.entry(actor, "binding_added", subject, None, json!({"binding": told}))).await?;
    work.commit().await?;
    Ok(binding.id)
}

/// Says that the clause stands for nothing of the kind.
pub async fn drop_binding(house: &House, actor: &Actor, plan: PlanId, id: &str, version: i64) -> Result<(), AppError> {
    check(actor, Verb::ConfirmBinding)?;
    let (mut work, stored) = bindings_of(house, actor, plan).await?;
    let known = named(stored, id)?;
    let said = StoredBinding { binding: known.binding.dropped(&actor.name, house.clock.today()), version };
    save(house, actor, work.as_mut(), plan, &said, "binding_dropped", None).await?;
    work.commit().await?;
    Ok(())
}

type Opened = (Box<dyn Work>, Vec<StoredBinding>);

async fn bindings_of(house: &House, actor: &Actor, plan: PlanId) -> Result<Opened, AppError> {
    let mut work = house.store.write().await?;
    let stored = work.bindings(&unit_of(house, actor), plan).await?;
    if stored.is_empty() {
        return Err(AppError::Missing("plan"));
    }
    Ok((work, stored))
}

fn named(stored: Vec<StoredBinding>, id: &str) -> Result<StoredBinding, AppError> {
    stored.into_iter().find(|known| known.binding.id == id).ok_or(AppError::Missing("binding"))
}

/// The target as the norm of a known plan has it.
fn norm_target(house: &House, binding: &Binding) -> Option<PlanTarget> {
    let norm = house.norms.norm(binding.norm.as_deref()?)?;
    let day = norm.versions.iter().map(|version| version.from).max()?;
    house.norms.in_force::<PlanBindings>(&norm.id, day).ok()?.value.target(&binding.id).cloned()
}

fn read_input(house: &House, input: &BindingInput, known: Option<&PlanTarget>) -> Result<Correction, AppError> {
    let mut faults = Vec::new();
    let of_known = |known: &PlanTarget| {
        let level = level_of(&input.follows, &known.target.unit).map_err(NotFollowed::Fault)?;
        Ok(level.map(|level| Followed { definition: Some(known.id.clone()), level: Some(level) }))
    };
    let follows = match known.map_or_else(|| followed(house, &input.follows), of_known) {
        Ok(follows) => follows,
        Err(NotFollowed::Fault(fault)) => {
            faults.push(fault);
            None
        }
        Err(NotFollowed::Error(error)) => return Err(error),
    };
    let kind = RuleKind::from_id(&input.kind);
    if kind.is_none() {
        faults.push(FieldFault::at("kind", "field-choice"));
    }
    let label = nfc(&input.label);
    if label.is_empty() {
        faults.push(FieldFault::at("label", "field-missing"));
    }
    let typed = input.part.trim();
    let part = typed.parse().ok();
    if !typed.is_empty() && part.is_none() {
        faults.push(FieldFault::at("part", "field-number"));
    }
    let day = input.day.trim().parse::<Day>().ok();
    if !input.day.trim().is_empty() && day.is_none() {
        faults.push(FieldFault::at("day", "field-date"));
    }
    let office = Some(input.office.trim()).filter(|office| !office.is_empty());
    if office.is_some_and(|office| Role::from_id(office).is_none()) {
        faults.push(FieldFault::at("office", "field-choice"));
    }
    let office = office.map(str::to_owned);
    let at = Pointer { clause: input.clause.trim().to_owned(), part };
    match kind {
        Some(kind) if faults.is_empty() => {
            let agency = nfc(&input.agency);
            Ok(Correction { kind, at, label, agency, follows, day, office })
        }
        _ => Err(AppError::Form(faults)),
    }
}

enum NotFollowed {
    Fault(FieldFault),
    Error(AppError),
}

/// The definition by its id, the level as numbers; decimals are typed with a comma.
fn followed(house: &House, input: &FollowedInput) -> Result<Option<Followed>, NotFollowed> {
    let id = input.definition.trim();
    if id.is_empty() {
        // The level may be known before anybody says what counts it.
        let level = level_of(input, "percent").map_err(NotFollowed::Fault)?;
        return Ok(level.map(|level| Followed { definition: None, level: Some(level) }));
    }
    let today = house.clock.today();
    let definitions = definitions_on(house, Day::last_of(today.year())).map_err(NotFollowed::Error)?;
    let definition = Some(id.to_owned());
    if definitions.norms.work.value.period(id).is_some() {
        return Ok(Some(Followed { definition, level: None }));
    }
    let first = definitions.reading(id, None).ok_or(NotFollowed::Error(BindingRefusal::NoDefinition.into()))?.1;
    let unit = match &first.reading.measure {
        TargetMeasure::ClassShareFall { relative: false, .. } => "percentage_point",
        TargetMeasure::Count { .. } => "count",
        _ => "percent",
    };
    Ok(Some(Followed { definition, level: level_of(input, unit).map_err(NotFollowed::Fault)? }))
}

/// `None` where no number is typed.
fn level_of(input: &FollowedInput, unit: &str) -> Result<Option<TargetValue>, FieldFault> {
    let number = |typed: &str, field: &'static str| {
        let plain = typed.trim().replace(',', ".");
        let is_number = plain.parse::<f64>().is_ok_and(f64::is_finite);
        if is_number { Ok(plain) } else { Err(FieldFault::at(field, "field-number")) }
    };
    if input.value.trim().is_empty() {
        return Ok(None);
    }
    let op = TargetOp::from_id(&input.op).unwrap_or(TargetOp::AtLeast);
    let high = if op == TargetOp::Range { Some(number(&input.high, "level_high")?) } else { None };
    let (value, unit) = (number(&input.value, "level_value")?, unit.to_owned());
    Ok(Some(TargetValue { op, value, high, unit, minimum_stated: false, effort: false }))
}

async fn save(
    house: &House,
    actor: &Actor,
    work: &mut dyn Work,
    plan: PlanId,
    said: &StoredBinding,
    verb: &str,
    before: Option<&Binding>,
) -> Result<(), AppError> {
    work.save_binding(plan, said).await?;
    let told = |b: &Binding| format!("{} {} {}", b.id, b.at.clause, b.label);
    let now = told(&said.binding);
    let detail = match before.map(told) {
        Some(before) if before != now => json!({"binding": [before, now]}),
        _ => json!({"binding": now}),
    };
    let subject = ("binding", format!("{plan}/{}", said.binding.id));
    work.record(&house.entry(actor, verb, subject, None, detail)).await?;
    Ok(())
}
