//! The frame of every change to a household by hand: may they, find it, is its list still theirs, save, record.
//! Never decides what a change means; that is for `domain::registry`.

use std::sync::Arc;

use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::units::{Place, Scope, ScopeLevel};
use kernel::HouseholdId;
use norms::Rulebook;
use serde_json::Value;
use storage::Work;

use super::reassess::follow_household;
use crate::access::year_of_work;
use crate::{AppError, House};

/// The subject under which households stand in the trail.
pub(crate) const HOUSEHOLD: &str = "household";

/// A household as a form was opened on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub household: HouseholdId,
    /// The version the form showed; somebody else's save in between is a conflict.
    pub version: i64,
}

/// A unit of work with what a change needs to be decided.
pub(crate) struct Change {
    pub work: Box<dyn Work>,
    /// The review year the program works on.
    pub year: i16,
    pub rules: Arc<Rulebook>,
}

impl Change {
    /// May they? Opens a unit of work of the review year.
    pub async fn begin(house: &House, actor: &Actor, verb: Verb) -> Result<Self, AppError> {
        check(actor, verb)?;
        let mut work = house.store.write().await?;
        let year = year_of_work(house, work.as_mut()).await?;
        let rules = house.rules(year, &house.province_of(&actor.scope))?;
        Ok(Self { work, year, rules })
    }

    /// The same unit of work, for another year's list.
    pub fn of_year(mut self, house: &House, actor: &Actor, year: i16) -> Result<Self, AppError> {
        if year != self.year {
            self.rules = house.rules(year, &house.province_of(&actor.scope))?;
            self.year = year;
        }
        Ok(self)
    }

    /// Finds a household of the actor's scope at the version they saw, on a list they may still change.
    pub async fn household(&mut self, actor: &Actor, seen: Seen) -> Result<Household, AppError> {
        let found = self.work.household(&actor.scope, seen.household).await?;
        let household = found.ok_or(AppError::Missing(HOUSEHOLD))?;
        if household.version != seen.version {
            return Err(AppError::Conflict(HOUSEHOLD));
        }
        must_be_changeable(self.work.as_mut(), &household.place, self.year).await?;
        Ok(household)
    }

    /// Saves a household and brings its assessment of the year along; the trail says who did what.
    pub async fn save(
        &mut self,
        house: &House,
        actor: &Actor,
        household: &Household,
        (verb, detail): (&str, Value),
    ) -> Result<(), AppError> {
        self.work.save_household(household).await?;
        follow_household(house, self, household).await?;
        self.record(house, actor, household, verb, detail).await
    }

    /// Adds a household that was not there.
    pub async fn add(
        &mut self,
        house: &House,
        actor: &Actor,
        household: &Household,
        (verb, detail): (&str, Value),
    ) -> Result<(), AppError> {
        self.work.add_households(std::slice::from_ref(household)).await?;
        self.record(house, actor, household, verb, detail).await
    }

    pub async fn record(
        &mut self,
        house: &House,
        actor: &Actor,
        household: &Household,
        verb: &str,
        detail: Value,
    ) -> Result<(), AppError> {
        let subject = (HOUSEHOLD, household.id.to_string());
        let entry = house.entry(actor, verb, subject, Some(household.place.clone()), detail);
        self.work.record(&entry).await?;
        Ok(())
    }

    pub async fn commit(self) -> Result<(), AppError> {
        self.work.commit().await?;
        Ok(())
    }
}

/// The one place that asks whether a commune's list of a year may still be changed.
pub(crate) async fn must_be_changeable(work: &mut dyn Work, place: &Place, year: i16) -> Result<(), AppError> {
    let commune = Scope::new(place.units_from, ScopeLevel::Commune, place.commune.clone());
    commune_must_be_changeable(work, &commune, year).await
}

/// As [`must_be_changeable`], for a commune.
pub(crate) async fn commune_must_be_changeable(
    work: &mut dyn Work,
    commune: &Scope,
    year: i16,
) -> Result<(), AppError> {
    if let Some(list) = work.submission(commune, year).await? {
        list.may_change()?;
    }
    Ok(())
}
