//! A person answers for what a clause stands for: confirms the proposal, puts something else in its place, or drops it.
//! Each answer has its entry in the trail, which is the binding's history.

use domain::access::{Actor, Verb, check};
use domain::programme::bind::{Binding, Correction};
use kernel::PlanId;
use kernel::text::nfc;
use norms::{Pointer, RuleKind};
use serde_json::json;
use storage::{StoredBinding, Work};

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
    /// The version the person saw.
    pub version: i64,
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
    let to = read_input(input)?;
    let (mut work, stored) = bindings_of(house, actor, plan).await?;
    let known = named(stored, id)?;
    let words = work.plan(&unit_of(house, actor), plan).await?.ok_or(AppError::Missing("plan"))?;
    let before = known.binding.clone();
    let binding = known.binding.corrected(&words.plan, to, &actor.name, house.clock.today())?;
    let said = StoredBinding { binding, version: input.version };
    save(house, actor, work.as_mut(), plan, &said, "binding_corrected", Some(&before)).await?;
    work.commit().await?;
    Ok(())
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

fn read_input(input: &BindingInput) -> Result<Correction, AppError> {
    let mut faults = Vec::new();
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
    let at = Pointer { clause: input.clause.trim().to_owned(), part };
    match kind {
        Some(kind) if faults.is_empty() => Ok(Correction { kind, at, label, agency: nfc(&input.agency) }),
        _ => Err(AppError::Form(faults)),
    }
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
