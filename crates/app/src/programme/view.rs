//! A plan to be shown: its clauses, what hangs on each, and the data that says more about it.

use domain::access::{Actor, Verb, check};
use domain::programme::bind::{Binding, BindingState};
use domain::programme::plan::{CitedDocument, Clause, Hit, NumberFound, Plan, find};
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, Page, PlanId};
use norms::{PlanBindings, PlanReading};
use storage::{Entry, EntryFilter, PlanRecord, StoredBinding};

use super::import::{proposals, reading};
use crate::{AppError, House};

/// Which plan is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The newest version of a year.
    Year(i16),
    /// One version.
    Version(PlanId),
}

/// A plan with everything that is known about its clauses.
#[derive(Debug, Clone)]
pub struct PlanView {
    /// `None` for a file that was read without being kept.
    pub record: Option<PlanRecord>,
    pub plan: Plan,
    pub bindings: Vec<StoredBinding>,
    pub reading: PlanReading,
    /// The data of a known plan.
    pub known: Option<PlanBindings>,
    /// No newer version of the year is kept.
    pub is_newest: bool,
}

/// The unit whose plan an actor reads: their province.
pub(super) fn unit_of(house: &House, actor: &Actor) -> Scope {
    Scope::new(actor.scope.units_from, ScopeLevel::Province, house.province_of(&actor.scope))
}

/// Every version of every year of the actor's province, the newest first.
pub async fn plans(house: &House, actor: &Actor) -> Result<Vec<PlanRecord>, AppError> {
    check(actor, Verb::ReadPlan)?;
    let mut work = house.store.read().await?;
    Ok(work.plans(&unit_of(house, actor)).await?)
}

/// The plan asked for; `None` when the year has none.
pub async fn plan_view(house: &House, actor: &Actor, which: Which) -> Result<Option<PlanView>, AppError> {
    check(actor, Verb::ReadPlan)?;
    let unit = unit_of(house, actor);
    let mut work = house.store.read().await?;
    let records = work.plans(&unit).await?;
    let found = records.iter().find(|record| match which {
        Which::Year(year) => record.year == year,
        Which::Version(id) => record.id == id,
    });
    let Some(record) = found else {
        return if matches!(which, Which::Version(_)) { Err(AppError::Missing("plan")) } else { Ok(None) };
    };
    let stored = work.plan(&unit, record.id).await?.ok_or(AppError::Missing("plan"))?;
    let bindings = work.bindings(&unit, record.id).await?;
    let is_newest = records.iter().find(|other| other.year == record.year).is_some_and(|newest| newest.id == record.id);
    let known = known_by(house, bindings.iter().map(|stored| &stored.binding), record.year);
    let reading = reading(house, house.clock.today())?;
    Ok(Some(PlanView { record: Some(stored.record), plan: stored.plan, bindings, reading, known, is_newest }))
}

/// A plan that is only looked at, with its proposals.
pub fn read_alone(house: &House, plan: Plan) -> Result<PlanView, AppError> {
    let proposed = proposals(house, &plan)?;
    let year = plan.year.unwrap_or_else(|| house.clock.today().year());
    let known = known_by(house, proposed.iter(), year);
    let bindings = proposed.into_iter().map(|binding| StoredBinding { binding, version: 0 }).collect();
    let reading = reading(house, house.clock.today())?;
    Ok(PlanView { record: None, plan, bindings, reading, known, is_newest: true })
}

fn known_by<'a>(house: &House, mut bindings: impl Iterator<Item = &'a Binding>, year: i16) -> Option<PlanBindings> {
    let norm = bindings.find_map(|binding| binding.norm.as_deref())?;
    house.norms.in_force(norm, Day::last_of(year)).ok().map(|dated| dated.value)
}

/// What people said about a binding, newest first.
pub async fn history(house: &House, actor: &Actor, plan: PlanId, binding: &str) -> Result<Vec<Entry>, AppError> {
    const SHOWN: u32 = 20;
    check(actor, Verb::ReadPlan)?;
    let about = Some(("binding".to_owned(), format!("{plan}/{binding}")));
    let filter = EntryFilter { scope: unit_of(house, actor), about };
    let mut work = house.store.read().await?;
    Ok(work.entries(&filter, Page::new(1, SHOWN)).await?.rows)
}

impl PlanView {
    pub fn year(&self) -> i16 {
        self.record.as_ref().map(|record| record.year).or(self.plan.year).unwrap_or_default()
    }

    pub fn binding(&self, id: &str) -> Option<&StoredBinding> {
        self.bindings.iter().find(|stored| stored.binding.id == id)
    }

    /// What hangs on a clause; what was dropped hangs nowhere.
    pub fn at<'a>(&'a self, clause: &'a str) -> impl Iterator<Item = &'a Binding> {
        let on = self.bindings.iter().map(|stored| &stored.binding).filter(move |b| b.at.clause == clause);
        on.filter(|binding| !matches!(binding.state, BindingState::Dropped { .. }))
    }

    /// How many bindings wait for somebody's word.
    pub fn waiting(&self) -> usize {
        self.bindings.iter().filter(|stored| !stored.binding.state.is_said()).count()
    }

    pub fn documents(&self) -> Vec<CitedDocument> {
        self.plan.documents(&self.reading)
    }

    pub fn document(&self, key: &str) -> Option<CitedDocument> {
        self.documents().into_iter().find(|document| document.key() == key)
    }

    pub fn numbers_of(&self, clause: &str) -> Vec<NumberFound> {
        let mut numbers = self.plan.numbers(&self.reading);
        numbers.retain(|number| number.clause == clause);
        numbers
    }

    /// Clauses by words, numbers, keys, or the label, agency and key of what hangs on them.
    pub fn find(&self, asked: &str) -> Vec<Hit<'_>> {
        let lent = |clause: &Clause| {
            let said = self.at(&clause.id).map(|b| format!("{} {} {}", b.id, b.label, b.agency));
            said.collect::<Vec<_>>().join(" ")
        };
        find(&self.plan, asked, lent)
    }
}
