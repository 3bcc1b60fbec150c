//! The facts of one unit as the store hands them over, before they become columns.

use std::collections::BTreeMap;

use kernel::{BirthDate, Day, HouseholdId, PersonId};
use uuid::Uuid;

use crate::programme::work::{Model, Staff};
use crate::registry::Sex;
use crate::review::{FactSheet, Marks};

/// Which yearly lists are asked for: the one in force, and those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lists {
    /// The year whose work is counted.
    pub year: i16,
    /// The year of the list in force on the day.
    pub in_force: i16,
}

impl Lists {
    /// A year's list is held on its last day; until then the list before is in force.
    pub fn on(day: Day) -> Self {
        let year = day.year();
        Self { year, in_force: if day == Day::last_of(year) { year } else { year - 1 } }
    }
}

#[derive(Debug, Clone)]
pub struct FactHousehold {
    pub id: HouseholdId,
    pub commune: String,
    /// Of its head.
    pub ethnicity: Option<u16>,
}

#[derive(Debug, Clone)]
pub struct FactPerson {
    pub id: PersonId,
    pub household: HouseholdId,
    pub sex: Option<Sex>,
    pub birth: Option<BirthDate>,
    pub ethnicity: Option<u16>,
}

/// What one year's list says of a household.
#[derive(Debug, Clone)]
pub struct FactAssessment {
    pub household: HouseholdId,
    pub year: i16,
    pub class: Option<String>,
    pub marks: Marks,
    pub groups: u32,
    /// Of the list in force only.
    pub facts: Option<FactSheet>,
}

#[derive(Debug, Clone)]
pub struct FactStaff {
    pub staff: Staff,
}

/// A word about somebody from a day on: a need, or work that reached them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: Uuid,
    pub kind: String,
    pub day: Day,
}

/// Households of one class on one year's list, by the place of the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListCount {
    pub year: i16,
    /// Empty: no class is known of them.
    pub class: String,
    pub households: i64,
}

/// All resident households of a unit in a year, as entered for its villages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnitTotals {
    pub households: i64,
    pub villages: i64,
    pub missing_villages: i64,
}

/// Everything one unit's facts are made of.
#[derive(Debug, Clone, Default)]
pub struct FactRows {
    /// Code of the commune; `None` for what a district or the province holds without one.
    pub commune: Option<String>,
    pub households: Vec<FactHousehold>,
    /// Present members, in the order of their households.
    pub persons: Vec<FactPerson>,
    pub assessments: Vec<FactAssessment>,
    pub needs: Vec<Named>,
    pub received: Vec<Named>,
    pub staff: Vec<FactStaff>,
    pub models: Vec<Model>,
    pub list_counts: Vec<ListCount>,
    /// By year.
    pub totals: BTreeMap<i16, UnitTotals>,
}

impl FactRows {
    /// A commune of which nothing is known yet.
    pub fn of_nothing(commune: &str) -> Self {
        Self { commune: Some(commune.to_owned()), ..Self::default() }
    }

    /// Whether there is a list of the year. An empty one cannot be sent, so it is none.
    pub fn has_list(&self, year: i16) -> bool {
        self.list_counts.iter().any(|list| list.year == year && list.households > 0)
    }
}
