//! Brings a plan in: reads the file, refuses what is no plan, keeps it as the next version of its year, and proposes what
//! its clauses stand for. Nothing is stored by halves.

use documents::read_text;
use domain::access::{Actor, Verb, check};
use domain::programme::bind::{Binding, carried_over, is_known, propose};
use domain::programme::plan::{Plan, read_plan};
use domain::units::Scope;
use kernel::{Day, PlanId};
use norms::{NormGap, PlanBindings, PlanReading};
use serde_json::json;
use storage::{PlanRecord, StoredPlan, Work};

use crate::digest::hash_of;
use crate::{AppError, House};

/// A file that may hold a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The text of a file and the plan in it; whatever is no plan is refused.
pub fn read_file(house: &House, bytes: &[u8]) -> Result<(String, Plan), AppError> {
    let text = read_text(bytes)?;
    let reading = reading(house, house.clock.today())?;
    let plan = read_plan(&text, &reading);
    plan.is_a_plan()?;
    Ok((text, plan))
}

/// How plans are read on a day.
pub(super) fn reading(house: &House, day: Day) -> Result<PlanReading, NormGap> {
    house.norms.in_force("plans.reading", day).map(|dated| dated.value)
}

/// The plans whose clauses are known, with their ids.
fn known_plan(house: &House, plan: &Plan) -> Option<(String, PlanBindings)> {
    let day = Day::last_of(plan.year?);
    let ids = house.norms.ids().into_iter().filter(|id| id.starts_with("plans.") && *id != "plans.reading");
    let bindings = |id: &str| house.norms.in_force::<PlanBindings>(id, day).ok().map(|dated| dated.value);
    ids.filter_map(|id| Some((id.to_owned(), bindings(id)?))).find(|(_, bindings)| is_known(plan, bindings))
}

/// What the clauses of a plan may stand for; nobody has said so yet.
pub(super) fn proposals(house: &House, plan: &Plan) -> Result<Vec<Binding>, AppError> {
    let reading = reading(house, house.clock.today())?;
    let known = known_plan(house, plan);
    Ok(propose(plan, &reading, known.as_ref().map(|(id, bindings)| (id.as_str(), bindings))))
}

/// Takes a plan of the actor's own unit in. A plan whose title names no year is one of `year`.
pub async fn import_plan(house: &House, actor: &Actor, year: i16, file: &PlanFile) -> Result<PlanId, AppError> {
    check(actor, Verb::ImportPlan)?;
    let mut work = house.store.write().await?;
    let id = store_plan(house, work.as_mut(), actor, year, file).await?;
    work.commit().await?;
    Ok(id)
}

/// Keeps a plan in a unit of work, with its proposals and its entry of the trail.
pub(crate) async fn store_plan(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    year: i16,
    file: &PlanFile,
) -> Result<PlanId, AppError> {
    let (text, plan) = read_file(house, &file.bytes)?;
    let year = plan.year.unwrap_or(year);
    let unit = actor.scope.clone();
    let earlier = work.plans(&unit).await?.into_iter().find(|record| record.year == year);
    let file_hash = hash_of(&file.bytes);
    if earlier.as_ref().is_some_and(|record| record.file_hash == file_hash) {
        return Err(AppError::Refused { code: "PLN-005" });
    }
    let mut bindings = proposals(house, &plan)?;
    if let Some(earlier) = &earlier {
        bindings = over_from(work, &unit, earlier.id, bindings, &plan).await?;
    }
    let record = PlanRecord {
        id: PlanId(house.ids.next()),
        unit,
        year,
        number: earlier.map_or(1, |record| record.number + 1),
        title: plan.title.clone(),
        file_name: kernel::text::nfc(&file.name),
        file_hash,
        by: actor.id,
        by_name: actor.name.clone(),
        at_ms: house.clock.now_ms(),
    };
    let detail = json!({"year": year, "version": record.number, "file": record.file_name, "bindings": bindings.len()});
    let (id, number) = (record.id, record.number);
    work.add_plan(&StoredPlan { record, text, plan }).await?;
    work.add_bindings(id, 0, &bindings).await?;
    let subject = format!("{year}/{number}");
    work.record(&house.entry(actor, "plan_imported", ("plan", subject), None, detail)).await?;
    Ok(id)
}

/// What had been said about the same words of the version before.
async fn over_from(
    work: &mut dyn Work,
    unit: &Scope,
    earlier: PlanId,
    proposed: Vec<Binding>,
    plan: &Plan,
) -> Result<Vec<Binding>, AppError> {
    let Some(before) = work.plan(unit, earlier).await? else { return Ok(proposed) };
    let said: Vec<Binding> = work.bindings(unit, earlier).await?.into_iter().map(|stored| stored.binding).collect();
    Ok(carried_over(proposed, plan, &said, &before.plan))
}
