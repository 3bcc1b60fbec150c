//! The invented register of two years: last year's list, and this year's made from it by the movements of the data.
//! Households and persons change by the same functions that serve the officers. Start with [`Register::build`].

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::registry::Household;
use domain::review::Decision;
use kernel::{Day, HouseholdId};
use norms::{Movement, Rulebook, Side};
use storage::StoredAssessment;

use super::data::{Flow, SampleData};
use super::draw::Draw;
use super::land::{Commune, spread};
use super::people::People;
use super::scores::fill;
use super::survey::answer;
use crate::registry::{blank, computed, evaluated};
use crate::{AppError, House};

/// One household with its assessments.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub household: Household,
    /// Place in the list of communes.
    pub commune: usize,
    pub assessments: Vec<StoredAssessment>,
}

/// Everything that is built.
pub(super) struct Register<'a> {
    pub(super) house: &'a House,
    pub(super) data: &'a SampleData,
    pub(super) communes: &'a [Commune],
    pub(super) people: People<'a>,
    pub(super) draw: Draw,
    /// Rules of last year and of the year under review.
    before: Arc<Rulebook>,
    pub(super) now: Arc<Rulebook>,
    pub sheets: Vec<Sheet>,
    /// Households of last year's list that no movement has taken yet, by class.
    pub(super) waiting: BTreeMap<String, Vec<usize>>,
}

impl<'a> Register<'a> {
    pub fn build(
        house: &'a House,
        data: &'a SampleData,
        communes: &'a [Commune],
        rules: (Arc<Rulebook>, &'a Arc<Rulebook>),
        mut draw: Draw,
    ) -> Result<Vec<Sheet>, AppError> {
        let people = People::new(house, data, rules.1, Draw::new(u64::from(draw.below(u32::MAX))));
        let mut register = Self {
            house,
            data,
            communes,
            people,
            draw,
            before: rules.0,
            now: Arc::clone(rules.1),
            sheets: Vec::new(),
            waiting: BTreeMap::new(),
        };
        register.last_year();
        register.this_year()?;
        Ok(register.sheets)
    }

    /// Last year's list, with its decisions.
    fn last_year(&mut self) {
        let year = self.data.years.0;
        let wanted = self.data.lists.get(&year).cloned().unwrap_or_default();
        for (class, households) in wanted {
            let mut listed = self.settle(households);
            for at in &listed {
                self.assess(*at, year, &class);
            }
            self.draw.shuffle(&mut listed);
            self.waiting.insert(class, listed);
        }
    }

    /// Households spread over the communes by need, as they were at the end of last year.
    fn settle(&mut self, households: usize) -> Vec<usize> {
        let parts = spread(self.communes, households);
        let mut settled = Vec::with_capacity(households);
        for commune in 0..self.communes.len() {
            for _ in 0..parts.get(&commune).copied().unwrap_or(0) {
                settled.extend(self.add_household(commune));
            }
        }
        settled
    }

    pub(super) fn add_household(&mut self, commune: usize) -> Option<usize> {
        let place = self.communes.get(commune)?;
        let ethnicity = self.ethnicity(place);
        let village = place.draw_village(&mut self.draw)?;
        let household = Household {
            id: HouseholdId(self.house.ids.next()),
            place: village.place(),
            address: None,
            members: self.people.members(self.data.years.0, ethnicity),
            events: Vec::new(),
            closed: None,
            version: 0,
        };
        self.sheets.push(Sheet { household, commune, assessments: Vec::new() });
        Some(self.sheets.len() - 1)
    }

    fn ethnicity(&mut self, commune: &Commune) -> u16 {
        let mut drawn = self.draw.below(1000);
        for (code, per_thousand) in &commune.district.minorities {
            if drawn < *per_thousand {
                return *code;
            }
            drawn -= per_thousand;
        }
        self.now.ethnic.value.majority
    }

    /// Reviews a household so that it comes out in a class. Last year's classes are decided, this year's are not yet.
    pub(super) fn assess(&mut self, at: usize, year: i16, class: &str) {
        let is_last_year = year == self.data.years.0;
        let rules = if is_last_year { &self.before } else { &self.now };
        let Some(sheet) = self.sheets.get_mut(at) else { return };
        let Some(commune) = self.communes.get(sheet.commune) else { return };
        let household = &sheet.household;
        let mut assessment = computed(blank(household, year, commune.area), household, rules, None);
        assessment.listed = rules.classes.value.get(class).is_some_and(|class| class.listed);
        fill(&mut assessment, household, class, (self.data, rules), &mut self.draw);
        if !is_last_year && commune.scope.code == self.data.accounts.commune {
            let pack = self.house.norms.packs().iter().find(|pack| pack.holds_on(rules.day));
            let answered = answer(&assessment, household, class, (self.data, rules, pack), &mut self.draw);
            assessment = answered.unwrap_or(assessment);
        }
        assessment.decision = is_last_year.then(|| decision(sheet.commune, year, class));
        sheet.assessments.push(evaluated(assessment, rules));
    }

    /// This year's list: first what became of last year's households, then who came onto it.
    fn this_year(&mut self) -> Result<(), AppError> {
        let rules = Arc::clone(&self.now);
        let mut flows = Vec::with_capacity(self.data.flows.len());
        for flow in &self.data.flows {
            let known = rules.movements.value.movements.iter().find(|movement| movement.id == flow.movement);
            flows.push((known.ok_or(AppError::Missing("movement"))?, flow));
        }
        let leaves_a_list =
            |movement: &Movement| self.data.lists.values().any(|lists| list_of(&movement.from, lists).is_some());
        let (leaving, coming): (Vec<_>, Vec<_>) = flows.into_iter().partition(|(movement, _)| leaves_a_list(movement));
        for (movement, flow) in leaving {
            self.leave_list(movement, flow, &rules);
        }
        for (movement, flow) in coming {
            self.come_onto_list(movement, flow, &rules);
        }
        self.stay();
        Ok(())
    }

    fn leave_list(&mut self, movement: &Movement, flow: &Flow, rules: &Rulebook) {
        let Some(class) = self.data.lists.values().find_map(|lists| list_of(&movement.from, lists)).cloned() else {
            return;
        };
        for _ in 0..flow.households {
            let Some(at) = self.waiting.get_mut(&class).and_then(Vec::pop) else { return };
            match &movement.to {
                Side::Absent => self.depart(at, &class),
                Side::Class(_) => {
                    self.live(at);
                    let to = self.class_of(&movement.to, rules);
                    self.assess(at, self.data.years.1, &to);
                }
            }
        }
    }

    fn come_onto_list(&mut self, movement: &Movement, flow: &Flow, rules: &Rulebook) {
        let class = self.class_of(&movement.to, rules);
        let year = self.data.years.1;
        if movement.from == Side::Absent {
            self.arrive(&class, flow.households);
            return;
        }
        for at in self.settle(flow.households) {
            if let Some(earlier) = &movement.was_before {
                self.remember(at, earlier);
            }
            self.assess(at, year, &class);
        }
    }

    /// Who is left of last year's list stays in its class.
    fn stay(&mut self) {
        for (class, households) in std::mem::take(&mut self.waiting) {
            for at in households {
                self.live(at);
                self.assess(at, self.data.years.1, &class);
            }
        }
    }

    /// The class a movement ends in: one that the data count, else the one of households on no list.
    fn class_of(&self, side: &Side, rules: &Rulebook) -> String {
        let Side::Class(classes) = side else { return String::new() };
        let counted = self.data.lists.values().find_map(|lists| list_of(side, lists));
        let unlisted = rules.classes.value.unlisted().map(|class| &class.id).filter(|id| classes.contains(id));
        counted.or(unlisted).or(classes.first()).cloned().unwrap_or_default()
    }

    /// An old decision of a household that falls back this year. The rules of that time are not known, so there are no scores.
    fn remember(&mut self, at: usize, class: &str) {
        let year = self.data.earlier_year;
        let Some(sheet) = self.sheets.get_mut(at) else { return };
        let Some(commune) = self.communes.get(sheet.commune) else { return };
        let mut assessment = blank(&sheet.household, year, commune.area);
        let day = Day::last_of(year);
        assessment.ages =
            sheet.household.members.iter().filter_map(|m| m.person.birth).map(|b| b.age_on(day)).collect();
        assessment.ages.retain(|age| *age >= 0);
        assessment.size = i32::try_from(assessment.ages.len()).unwrap_or(0);
        assessment.ethnicity = sheet.household.head().and_then(|head| head.person.ethnicity);
        assessment.decision = Some(decision(sheet.commune, year, class));
        sheet.assessments.push(StoredAssessment { class: Some(class.to_owned()), class_computed: None, assessment });
    }
}

/// The class of a movement's side that has a published list.
fn list_of<'s>(side: &'s Side, lists: &BTreeMap<String, usize>) -> Option<&'s String> {
    let Side::Class(classes) = side else { return None };
    classes.iter().find(|class| lists.contains_key(*class))
}

/// Each commune decided in one paper, in the middle of December.
fn decision(commune: usize, year: i16, class: &str) -> Decision {
    let day = i8::try_from(commune % 9).unwrap_or(0) + 12;
    Decision {
        number: format!("{}/QĐ-UBND", 121 + commune % 60),
        day: Day::new(year, 12, day),
        class: class.to_owned(),
    }
}
