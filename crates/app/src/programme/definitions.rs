//! The definitions of a day, ready to be asked; and the plan whose levels they are held against. Built once and shared.

use std::sync::Arc;

use domain::programme::target::{Definitions, Resolved};
use kernel::Day;
use norms::{Dated, NormGap, NormValue, PlanBindings};

use crate::{AppError, House};

/// What counts on a day stand on.
pub fn definitions_on(house: &House, day: Day) -> Result<Arc<Definitions>, AppError> {
    // Norms change on days, and one year's work is counted by those of its last day.
    let on = Day::last_of(day.year());
    house.counts.definitions(on, || {
        let norms = &house.norms;
        let resolved = Resolved {
            shapes: norms.in_force("programme.records", on)?,
            targets: norms.in_force("programme.targets", on)?,
            work: norms.in_force("programme.work", on)?,
            classes: norms.in_force("review.classes", on)?,
            facts: norms.in_force("review.facts", on)?,
            groups: norms.in_force("review.target_groups", on)?,
            indicators: norms.in_force("review.indicators", on)?,
            ethnic: norms.in_force("review.ethnic_groups", on)?,
            areas: norms.in_force("programme.special_areas", on).ok(),
        };
        Definitions::new(resolved).map_err(|fault| AppError::Paper(fault.to_string()))
    })
}

/// The province's plan of the year among the norms, if there is one.
pub fn plan_of(house: &House, province: &str, year: i16) -> Option<Dated<PlanBindings>> {
    let day = Day::last_of(year);
    let plans = house.norms.all().filter(|norm| norm.kind == PlanBindings::KIND);
    let in_force = plans.filter_map(|norm| house.norms.in_force::<PlanBindings>(&norm.id, day).ok());
    in_force.into_iter().find(|plan| plan.value.province == province && plan.value.year == year)
}

/// A version of a norm with the days of a year on which it is in force.
pub(crate) struct InYear<T> {
    pub dated: Dated<T>,
    pub from: Day,
    pub to: Day,
}

impl<T> InYear<T> {
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

/// Every version of a norm that is in force on some day of a year, in the order of their days.
pub(crate) fn all_of_year<T: NormValue>(house: &House, id: &str, year: i16) -> Vec<InYear<T>> {
    let (first, last) = (Day::first_of(year), Day::last_of(year));
    let versions = house.norms.norm(id).map(|norm| norm.versions.as_slice()).unwrap_or_default();
    let of_year = versions.iter().filter(|version| version.overlaps(first, Some(last)));
    let mut found: Vec<InYear<T>> = of_year
        .filter_map(|version| {
            let from = version.from.max(first);
            let to = version.to.map_or(last, |to| to.min(last));
            Some(InYear { dated: house.norms.in_force(id, from).ok()?, from, to })
        })
        .collect();
    found.sort_by_key(|version| version.from);
    found
}

/// A norm of the programme, as of the last day of a year.
pub(crate) fn of_year<T: NormValue>(house: &House, id: &str, year: i16) -> Result<Dated<T>, NormGap> {
    house.norms.in_force(id, Day::last_of(year))
}
