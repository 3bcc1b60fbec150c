//! A register that lives for one run: what [`storage::ListWork`] asks, answered from tables in memory.
//! Never written to disk, never shared, nothing to roll back. Start with [`MemoryWork`].

use std::collections::HashMap;

use async_trait::async_trait;
use domain::registry::{Household, HouseholdEvent};
use domain::review::Submission;
use domain::units::{Scope, Village, VillageTotal};
use kernel::text::{fold_name, sort_key};
use kernel::{Day, HouseholdId, VillageId};
use storage::{HeadRecord, IntakeChange, ListWork, StorageError, Store, Stored, StoredAssessment, Work, YearClass};

/// The tables of one run. An answer comes in the order in which a database gives it.
#[derive(Debug, Default)]
pub struct MemoryWork {
    villages: Vec<Village>,
    totals: HashMap<(VillageId, i16), VillageTotal>,
    households: Vec<Household>,
    /// Where in `households`.
    at: HashMap<HouseholdId, usize>,
    years: HashMap<i16, Year>,
}

/// The assessments of one year.
#[derive(Debug, Default)]
struct Year {
    rows: Vec<StoredAssessment>,
    at: HashMap<HouseholdId, usize>,
}

impl Year {
    fn get(&self, id: HouseholdId) -> Option<&StoredAssessment> {
        self.rows.get(*self.at.get(&id)?)
    }

    fn put(&mut self, stored: StoredAssessment) {
        let id = stored.assessment.household;
        if let Some(known) = self.at.get(&id).and_then(|at| self.rows.get_mut(*at)) {
            *known = stored;
        } else {
            self.at.insert(id, self.rows.len());
            self.rows.push(stored);
        }
    }
}

impl MemoryWork {
    fn household(&self, id: HouseholdId) -> Option<&Household> {
        self.households.get(*self.at.get(&id)?)
    }

    /// Whether a household lives in the scope, or was assessed there in one of the years.
    fn belongs(&self, scope: &Scope, id: HouseholdId, years: impl Fn(i16) -> bool) -> bool {
        self.household(id).is_some_and(|h| scope.holds(&h.place))
            || self.years.iter().any(|(year, rows)| {
                years(*year) && rows.get(id).is_some_and(|stored| scope.holds(&stored.assessment.place))
            })
    }
}

#[async_trait]
impl ListWork for MemoryWork {
    async fn villages(&mut self, scope: &Scope) -> Stored<Vec<Village>> {
        let mut found: Vec<Village> = self.villages.iter().filter(|v| scope.holds(&v.place())).cloned().collect();
        found.sort_by_cached_key(|v| (v.commune.clone(), sort_key(&v.name), v.id));
        Ok(found)
    }

    async fn add_villages(&mut self, villages: &[Village]) -> Stored<()> {
        let name_of = |v: &Village| (v.units_from, v.commune.clone(), fold_name(&v.name));
        let mut known: std::collections::HashSet<_> = self.villages.iter().map(name_of).collect();
        self.villages.extend(villages.iter().filter(|v| known.insert(name_of(v))).cloned());
        Ok(())
    }

    async fn village_totals(&mut self, scope: &Scope, year: i16) -> Stored<Vec<VillageTotal>> {
        let villages = self.villages(scope).await?;
        Ok(villages.iter().filter_map(|v| self.totals.get(&(v.id, year)).cloned()).collect())
    }

    async fn save_village_totals(&mut self, totals: &[VillageTotal]) -> Stored<()> {
        self.totals.extend(totals.iter().map(|t| ((t.village, t.year), t.clone())));
        Ok(())
    }

    async fn heads(&mut self, scope: &Scope) -> Stored<Vec<HeadRecord>> {
        let open = self.households.iter().filter(|h| h.closed.is_none() && scope.holds(&h.place));
        Ok(open.map(head_of).collect())
    }

    async fn households_by_id(&mut self, scope: &Scope, ids: &[HouseholdId]) -> Stored<Vec<Household>> {
        let found = ids.iter().filter_map(|id| self.household(*id));
        Ok(found.filter(|h| scope.holds(&h.place)).cloned().collect())
    }

    async fn add_households(&mut self, households: Vec<Household>) -> Stored<()> {
        for mut household in households {
            household.version = 1;
            self.at.insert(household.id, self.households.len());
            self.households.push(household);
        }
        Ok(())
    }

    async fn save_household(&mut self, household: &Household) -> Stored<()> {
        let known = self.at.get(&household.id).and_then(|at| self.households.get_mut(*at));
        match known.filter(|known| known.version == household.version) {
            None => Err(StorageError::Conflict { record: "household" }),
            Some(known) => {
                *known = Household { version: household.version + 1, ..household.clone() };
                Ok(())
            }
        }
    }

    async fn assessments_of_year(&mut self, scope: &Scope, year: i16) -> Stored<Vec<StoredAssessment>> {
        let rows = self.years.get(&year).map(|y| y.rows.as_slice()).unwrap_or_default();
        let mut found: Vec<StoredAssessment> =
            rows.iter().filter(|s| scope.holds(&s.assessment.place)).cloned().collect();
        found.sort_by(|a, b| {
            let key = |s: &StoredAssessment| s.assessment.household;
            a.assessment.place.commune.cmp(&b.assessment.place.commune).then(key(a).cmp(&key(b)))
        });
        Ok(found)
    }

    async fn assessments_by_household(&mut self, year: i16, ids: &[HouseholdId]) -> Stored<Vec<StoredAssessment>> {
        let Some(rows) = self.years.get(&year) else { return Ok(Vec::new()) };
        Ok(ids.iter().filter_map(|id| rows.get(*id)).cloned().collect())
    }

    async fn save_assessments(&mut self, assessments: Vec<StoredAssessment>) -> Stored<()> {
        for stored in assessments {
            self.years.entry(stored.assessment.year).or_default().put(stored);
        }
        Ok(())
    }

    async fn classes_before(&mut self, scope: &Scope, year: i16) -> Stored<Vec<YearClass>> {
        let earlier = self.years.iter().filter(|(known, _)| **known < year).flat_map(|(_, y)| &y.rows);
        let here = earlier.filter(|s| {
            let assessment = &s.assessment;
            self.belongs(scope, assessment.household, |known| known == assessment.year)
        });
        let class_of = |s: &StoredAssessment| YearClass {
            household: s.assessment.household,
            year: s.assessment.year,
            class: s.class.clone(),
        };
        let mut found: Vec<YearClass> = here.map(class_of).collect();
        found.sort_by_key(|known| (known.household, known.year));
        Ok(found)
    }

    async fn events_between(
        &mut self,
        scope: &Scope,
        first: Day,
        last: Day,
    ) -> Stored<Vec<(HouseholdId, HouseholdEvent)>> {
        let mut found = Vec::new();
        for household in self.households.iter().filter(|h| !h.events.is_empty()) {
            if self.belongs(scope, household.id, |year| year >= first.year() - 1) {
                let within = household.events.iter().filter(|event| (first..=last).contains(&event.day));
                found.extend(within.map(|event| (household.id, event.clone())));
            }
        }
        Ok(found)
    }

    /// A run sends no list anywhere.
    async fn submissions(&mut self, _: &Scope, _: i16) -> Stored<Vec<Submission>> {
        Ok(Vec::new())
    }

    /// A run is never undone.
    async fn add_intake_changes(&mut self, _: &[IntakeChange]) -> Stored<()> {
        Ok(())
    }
}

/// Stands where the house expects its register: a run keeps none, and whoever asks for one is told.
#[derive(Debug)]
pub struct NoRegister;

impl NoRegister {
    fn refused() -> Stored<Box<dyn Work>> {
        Err(StorageError::Driver { doing: "opening the register", source: "a run on a list keeps no register".into() })
    }
}

#[async_trait]
impl Store for NoRegister {
    async fn read(&self) -> Stored<Box<dyn Work>> {
        Self::refused()
    }

    async fn write(&self) -> Stored<Box<dyn Work>> {
        Self::refused()
    }
}

fn head_of(household: &Household) -> HeadRecord {
    let head = household.head().map(|m| &m.person);
    HeadRecord {
        household: household.id,
        commune: household.place.commune.clone(),
        village: household.place.village,
        folded_name: fold_name(household.head_name()),
        birth: head.and_then(|p| p.birth),
        paper: head.and_then(|p| p.paper.clone()),
        version: household.version,
    }
}
