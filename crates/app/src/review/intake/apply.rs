//! Makes an import happen, in one unit of work: all of it or nothing.

use std::collections::{BTreeMap, HashMap};

use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::review::list::{ListHousehold, ReadContext, ReadList};
use domain::units::{Scope, Village};
use kernel::text::fold_name;
use kernel::{Day, HouseholdId, IntakeId, VillageId};
use norms::Rulebook;
use serde_json::json;
use storage::{IntakeChange, IntakeState, ListWork, StoredAssessment};

use super::build::{Builder, village_name};
use super::content::{Choice, Staged};
use super::plan::{Outcome, Plan, make_plan};
use super::stage::{context_of, staged_of};
use crate::review::lists::must_be_open;
use crate::{AppError, House};

/// How many households are written between two signs of progress.
const STEP: usize = 1000;

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applied {
    pub created: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub asked: usize,
    pub aside: usize,
}

/// Applies a staged import. `progress` hears how many of how many households are done.
pub async fn apply(
    house: &House,
    actor: &Actor,
    id: IntakeId,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Applied, AppError> {
    check(actor, Verb::ImportList)?;
    let mut work = house.store.write().await?;
    let mut record = work.intake(&actor.scope, id).await?.ok_or(AppError::Missing("intake"))?;
    if record.state != IntakeState::Staged {
        return Err(AppError::Refused { code: "INT-001" });
    }
    let staged: Staged = staged_of(&record)?;
    let rules = house.rules(record.year, &house.province_of(&record.scope))?;
    let read = context_of(house, &record.scope, &rules, record.year, &staged)?;

    let input = ApplyInput {
        scope: &record.scope,
        read: &read,
        choices: &staged.choices,
        rules: &rules,
        year: record.year,
        intake: Some(id),
    };
    let applied = apply_read(house, work.as_mut(), &input, progress).await?;

    record.state = IntakeState::Applied;
    record.summary = json!({ "created": applied.created, "changed": applied.changed, "unchanged": applied.unchanged,
        "asked": applied.asked, "aside": applied.aside })
    .to_string();
    work.save_intake(&record).await?;
    let detail = json!({ "file": record.file_name, "hash": record.file_hash, "year": record.year, "mends": staged.mends.len(),
        "created": applied.created, "changed": applied.changed, "unchanged": applied.unchanged, "aside": applied.aside });
    let place = house.place_of(&record.scope);
    work.record(&house.entry(actor, "intake_applied", ("intake", id.to_string()), place, detail)).await?;
    work.commit().await?;
    Ok(applied)
}

/// What is applied, and against what.
#[derive(Debug, Clone, Copy)]
pub struct ApplyInput<'a> {
    pub scope: &'a Scope,
    pub read: &'a ReadList,
    pub choices: &'a BTreeMap<(usize, usize), Choice>,
    pub rules: &'a Rulebook,
    pub year: i16,
    pub intake: Option<IntakeId>,
}

/// Writes a list that was read into the registry, within the caller's unit of work.
pub async fn apply_read(
    house: &House,
    work: &mut (impl ListWork + ?Sized),
    input: &ApplyInput<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Applied, AppError> {
    let mut plan = make_plan(work, input.scope, (input.read, input.choices), input.rules, input.year).await?;
    let lists = by_place(input.read);
    must_be_open(work, input.scope, input.year, &plan, &lists).await?;
    add_missing_villages(house, work, input, &mut plan, &lists).await?;
    let applied = Applied {
        created: plan.count(|o| *o == Outcome::New),
        changed: plan.count(|o| matches!(o, Outcome::Changed { .. })),
        unchanged: plan.count(|o| matches!(o, Outcome::Unchanged { .. })),
        asked: plan.count(|o| matches!(o, Outcome::Ask { .. })),
        aside: plan.aside,
    };
    let day = house.clock.today().min(Day::last_of(input.year));
    let builder = Builder {
        ids: house.ids.as_ref(),
        rules: input.rules,
        year: input.year,
        intake: input.intake,
        day,
        villages: &plan.villages,
    };
    let total = plan.items.len();
    for (at, items) in plan.items.chunks(STEP).enumerate() {
        let mut writes = Writes::default();
        for item in items {
            let Some(list) = lists.get(&item.at) else { continue };
            match &item.outcome {
                Outcome::New => writes.create(&builder, list),
                Outcome::Changed { household, .. } => {
                    let strangers = Choice::has_strangers(input.choices.get(&item.at));
                    writes.change(&builder, list, &plan, (*household, strangers));
                }
                Outcome::Unchanged { .. } | Outcome::Ask { .. } => {}
            }
        }
        writes.store(work, input.intake).await?;
        progress((at * STEP + items.len()).min(total), total);
    }
    Ok(applied)
}

/// Households of the list by sheet and first row.
pub type ListsByPlace<'a> = HashMap<(usize, usize), &'a ListHousehold>;

fn by_place(read: &ReadList) -> ListsByPlace<'_> {
    let escaped = read.escaped.iter().map(|e| &e.household);
    read.households.iter().chain(escaped).map(|h| ((h.sheet, h.row), h)).collect()
}

async fn add_missing_villages(
    house: &House,
    work: &mut (impl ListWork + ?Sized),
    input: &ApplyInput<'_>,
    plan: &mut Plan,
    lists: &ListsByPlace<'_>,
) -> Result<(), AppError> {
    let mut added = Vec::new();
    for item in &plan.items {
        let Some(list) = lists.get(&item.at) else { continue };
        let Some(place) = &list.place else { continue };
        let name = village_name(&list.village);
        let key = (place.commune.clone(), fold_name(name));
        if plan.villages.contains_key(&key) {
            continue;
        }
        let village = Village {
            id: VillageId(house.ids.next()),
            units_from: input.scope.units_from,
            province: place.province.clone(),
            district: place.district.clone(),
            commune: place.commune.clone(),
            name: name.to_owned(),
        };
        plan.villages.insert(key, village.clone());
        added.push(village);
    }
    if !added.is_empty() {
        work.add_villages(&added).await?;
    }
    Ok(())
}

/// One step's worth of writes.
#[derive(Default)]
struct Writes {
    created: Vec<Household>,
    changed: Vec<Household>,
    assessments: Vec<StoredAssessment>,
    changes: Vec<(HouseholdId, Option<Household>, Option<StoredAssessment>, i64)>,
}

impl Writes {
    fn create(&mut self, builder: &Builder<'_>, list: &ListHousehold) {
        let Some(household) = builder.new_household(list) else { return };
        self.assessments.extend(builder.assessment(list, &household, None));
        self.changes.push((household.id, None, None, 1));
        self.created.push(household);
    }

    fn change(
        &mut self,
        builder: &Builder<'_>,
        list: &ListHousehold,
        plan: &Plan,
        (id, strangers): (HouseholdId, bool),
    ) {
        let Some(existing) = plan.existing.get(&id) else { return };
        let before = existing.assessment.as_ref();
        let household = builder.household_after(list, &existing.household, strangers);
        self.assessments.extend(builder.assessment(list, &household, before.map(|s| &s.assessment)));
        let mut version_after = existing.household.version;
        if household != existing.household {
            version_after += 1;
            self.changed.push(household);
        }
        self.changes.push((id, Some(existing.household.clone()), before.cloned(), version_after));
    }

    async fn store(self, work: &mut (impl ListWork + ?Sized), intake: Option<IntakeId>) -> Result<(), AppError> {
        work.add_households(self.created).await?;
        for household in &self.changed {
            work.save_household(household).await?;
        }
        work.save_assessments(self.assessments).await?;
        let Some(intake) = intake else { return Ok(()) };
        let changes: Vec<IntakeChange> = self
            .changes
            .into_iter()
            .map(|(household, household_before, assessment_before, version_after)| IntakeChange {
                intake,
                household,
                household_before,
                assessment_before,
                version_after,
            })
            .collect();
        work.add_intake_changes(&changes).await?;
        Ok(())
    }
}

/// What a list is read against, for callers outside this module.
pub fn read_context<'a>(house: &'a House, scope: &Scope, rules: &'a Rulebook, year: i16) -> ReadContext<'a> {
    ReadContext { rules, units: house.units(scope), year }
}
