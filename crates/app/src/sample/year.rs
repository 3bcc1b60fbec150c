//! What happened to the invented households in the year under review: births, deaths, moves, splits, merges.
//! Uses the functions of `domain::registry`, so that the sample holds nothing that an officer could not have recorded.

use domain::registry::{Household, JoinReason, LeaveReason, Member, Sex, merge, split};
use kernel::{Day, HouseholdId, PersonId};

use super::people::Kin;
use super::people::relation_of;
use super::register::{Register, Sheet};
use crate::registry::{Happening, event_for};

impl Register<'_> {
    fn some_day(&mut self) -> Day {
        let (month, day) = (self.draw.between(1, 10), self.draw.between(1, 28));
        let narrow = |n: i32| i8::try_from(n).unwrap_or(1);
        let year = self.data.years.1;
        Day::new(year, narrow(month), narrow(day)).unwrap_or(Day::first_of(year))
    }

    fn end(&self) -> Day {
        Day::last_of(self.data.years.1)
    }

    fn event(&self, happening: Happening) -> String {
        event_for(happening, &self.now).unwrap_or_default().to_owned()
    }

    fn sheet(&self, at: usize) -> Option<&Sheet> {
        self.sheets.get(at)
    }

    fn put(&mut self, at: usize, household: Household) {
        if let Some(sheet) = self.sheets.get_mut(at) {
            sheet.household = household;
        }
    }

    fn age(&self, member: &Member) -> i16 {
        member.person.birth.map_or(0, |birth| birth.age_on(self.end()))
    }

    /// A year in a household that goes on: sometimes a birth, a death, somebody who leaves for work or to marry.
    pub(super) fn live(&mut self, at: usize) {
        match self.draw.below(1000) {
            0..28 => self.birth(at),
            28..50 => self.death(at),
            50..72 => self.departure(at),
            _ => {}
        }
    }

    fn birth(&mut self, at: usize) {
        let Some(household) = self.sheet(at).map(|sheet| sheet.household.clone()) else { return };
        let mother = household.present().find(|m| m.person.sex == Some(Sex::Female) && (20..41).contains(&self.age(m)));
        let (Some(mother), Some(head)) = (mother, household.head()) else { return };
        let of_head = mother.is_head || mother.relation == relation_of(Kin::Spouse, &self.now);
        let (person, born, today) = (head.person.clone(), self.some_day(), self.end());
        let mut child = self.people.newborn(born, &person, of_head);
        child.joined = Some((born, JoinReason::Born));
        if let Ok(grown) = household.with_member(child, today) {
            self.put(at, grown);
        }
    }

    fn death(&mut self, at: usize) {
        let Some(household) = self.sheet(at).map(|sheet| sheet.household.clone()) else { return };
        let eldest = household.present().max_by_key(|member| self.age(member));
        let Some(person) = eldest.filter(|m| self.age(m) >= 60 && household.size() > 1).map(|m| m.person.id) else {
            return;
        };
        self.go(at, household, person, LeaveReason::Died, Happening::DiedOut);
    }

    fn departure(&mut self, at: usize) {
        let Some(household) = self.sheet(at).map(|sheet| sheet.household.clone()) else { return };
        let Some(person) = self.grown_child(&household).filter(|_| household.size() > 1) else { return };
        self.go(at, household, person, LeaveReason::MovedAway, Happening::MovedAway);
    }

    fn grown_child(&self, household: &Household) -> Option<PersonId> {
        let child = relation_of(Kin::Child, &self.now);
        let grown = household.present().find(|m| m.relation == child && (18..40).contains(&self.age(m)));
        grown.map(|member| member.person.id)
    }

    fn go(&mut self, at: usize, household: Household, person: PersonId, reason: LeaveReason, closing: Happening) {
        let (day, closing, today) = (self.some_day(), self.event(closing), self.end());
        if let Ok(changed) = household.without_member(person, day, reason, &closing, today) {
            self.put(at, with_head(changed, &relation_of(Kin::Head, &self.now)));
        }
    }

    /// The household is gone: its last member died, it joined a neighbour's, or it moved away.
    pub(super) fn depart(&mut self, at: usize, class: &str) {
        let Some(household) = self.sheet(at).map(|sheet| sheet.household.clone()) else { return };
        let alone = household.present().next().filter(|_| household.size() == 1).cloned();
        if let Some(last) = alone.filter(|member| self.age(member) >= 60) {
            self.go(at, household, last.person.id, LeaveReason::Died, Happening::DiedOut);
            return;
        }
        if self.draw.percent(20) && self.join_neighbour(at, &household, class) {
            return;
        }
        let (day, event, today) = (self.some_day(), self.event(Happening::MovedAway), self.end());
        if let Ok(closed) = household.closed_by(day, &event, None, today) {
            self.put(at, closed);
        }
    }

    fn join_neighbour(&mut self, at: usize, household: &Household, class: &str) -> bool {
        let waiting = self.waiting.get(class).map(Vec::as_slice).unwrap_or_default();
        let near = |other: &&usize| {
            self.sheet(**other)
                .is_some_and(|sheet| sheet.household.place == household.place && sheet.household.size() < 4)
        };
        let Some((other, neighbour)) =
            waiting.iter().find(near).and_then(|other| Some((*other, self.sheet(*other)?.household.clone())))
        else {
            return false;
        };
        let (day, event, today) = (self.some_day(), self.event(Happening::MergedInto), self.end());
        let Ok(outcome) = merge(neighbour, household.clone(), day, &event, today) else { return false };
        self.put(other, outcome.grown);
        self.put(at, outcome.closed);
        true
    }

    /// Households that came: some split from one of the same class, the others moved in.
    pub(super) fn arrive(&mut self, class: &str, households: usize) {
        let year = self.data.years.1;
        let mut donors = self.waiting.get(class).cloned().unwrap_or_default();
        for number in 0..households {
            let came = if number % 3 == 0 { self.split_one(&mut donors) } else { self.move_in() };
            if let Some(at) = came.or_else(|| self.move_in()) {
                self.assess(at, year, class);
            }
        }
    }

    fn split_one(&mut self, donors: &mut Vec<usize>) -> Option<usize> {
        while let Some(at) = donors.pop() {
            let sheet = self.sheet(at)?;
            let (household, commune) = (sheet.household.clone(), sheet.commune);
            let Some(person) = self.grown_child(&household).filter(|_| household.size() > 2) else { continue };
            let (day, event, today) = (self.some_day(), self.event(Happening::SplitFrom), self.end());
            let id = HouseholdId(self.house.ids.next());
            let Ok(outcome) = split(household, &[person], person, id, day, (&event, today)) else { continue };
            self.put(at, outcome.stays);
            let founded = with_head(outcome.founded, &relation_of(Kin::Head, &self.now));
            self.sheets.push(Sheet { household: founded, commune, assessments: Vec::new() });
            return Some(self.sheets.len() - 1);
        }
        None
    }

    fn move_in(&mut self) -> Option<usize> {
        let end = u32::try_from(self.communes.len()).unwrap_or(0);
        let commune = usize::try_from(self.draw.below(end)).unwrap_or(0);
        let at = self.add_household(commune)?;
        let (day, kind) = (self.some_day(), self.event(Happening::MovedIn));
        let household = &mut self.sheets.get_mut(at)?.household;
        household.events.push(domain::registry::HouseholdEvent { day, kind, other: None, note: None });
        for member in &mut household.members {
            member.joined = Some((day, JoinReason::MovedIn));
        }
        Some(at)
    }
}

/// Whoever heads a household now is called its head.
fn with_head(mut household: Household, relation: &str) -> Household {
    for member in household.members.iter_mut().filter(|member| member.is_head && member.is_present()) {
        relation.clone_into(&mut member.relation);
    }
    household
}
