//! Villages, households and assessments in one sentence each. The codes are those of Hà Tĩnh in 2023; the people are invented.

use domain::registry::{Household, HouseholdEvent, Member, Person, Sex};
use domain::review::{Assessment, FactSheet, ListState, Marks, Submission};
use domain::units::{Place, Scope, ScopeLevel, Village};
use kernel::{BirthDate, Day, HouseholdId, Ids, PersonId, Points, SubmissionId, UserId, VillageId};
use norms::Area;
use storage::StoredAssessment;

use crate::SeededIds;

/// The list of units of every test world.
pub const UNITS_FROM: &str = "2023-01-01";

/// Draws ids and makes records of one small province.
#[derive(Debug)]
pub struct World {
    pub ids: SeededIds,
    pub units_from: Day,
}

impl World {
    pub fn new(seed: u32) -> Self {
        Self { ids: SeededIds::new(seed), units_from: Day::from_iso(UNITS_FROM).unwrap_or(Day::first_of(2023)) }
    }

    pub fn province(&self) -> Scope {
        Scope::new(self.units_from, ScopeLevel::Province, "42")
    }

    pub fn district(&self, code: &str) -> Scope {
        Scope::new(self.units_from, ScopeLevel::District, code)
    }

    pub fn commune(&self, code: &str) -> Scope {
        Scope::new(self.units_from, ScopeLevel::Commune, code)
    }

    /// A village of a commune; communes whose code begins with 1800 lie in district 436, the others in 439.
    pub fn village(&self, commune: &str, name: &str) -> Village {
        Village {
            id: VillageId(self.ids.next()),
            units_from: self.units_from,
            province: "42".to_owned(),
            district: district_of(commune).to_owned(),
            commune: commune.to_owned(),
            name: name.to_owned(),
        }
    }

    /// A household of one person who heads it.
    pub fn household(&self, village: &Village, head: &str) -> HouseholdBuilder<'_> {
        let household = Household {
            id: HouseholdId(self.ids.next()),
            place: village.place(),
            address: None,
            members: Vec::new(),
            events: Vec::new(),
            closed: None,
            version: 0,
        };
        HouseholdBuilder { world: self, household }.member(head, "head")
    }

    /// An assessment with a class and nothing more.
    pub fn assessment(&self, household: &Household, year: i16, class: Option<&str>) -> StoredAssessment {
        let assessment = Assessment {
            household: household.id,
            year,
            place: household.place.clone(),
            area: Area::Rural,
            listed: true,
            left_class: None,
            size: i32::try_from(household.size()).unwrap_or(i32::MAX),
            ages: vec![40],
            ethnicity: None,
            b1_entered: Some(Points::whole(120)),
            b2_entered: Some(Points::whole(30)),
            class_entered: class.map(str::to_owned),
            b1_computed: None,
            pack: None,
            marks_entered: Marks::default().with(1, true).with(2, false),
            marks_computed: Marks::default(),
            facts: FactSheet::default(),
            causes: 0,
            cause_other: None,
            groups: 0,
            decision: None,
            intake: None,
        };
        let class = class.map(str::to_owned);
        StoredAssessment { assessment, class: class.clone(), class_computed: class }
    }

    /// An open list of a commune.
    pub fn submission(&self, commune: &str, year: i16) -> Submission {
        Submission {
            id: SubmissionId(self.ids.next()),
            units_from: self.units_from,
            province: "42".to_owned(),
            district: district_of(commune).to_owned(),
            commune: commune.to_owned(),
            year,
            state: ListState::Open,
            day: None,
            by: None,
            by_name: String::new(),
            remark: None,
            households: 0,
            version: 0,
        }
    }

    pub fn user(&self) -> UserId {
        UserId(self.ids.next())
    }

    /// A place somewhere in a commune, for entries of the trail.
    pub fn place(&self, commune: &str) -> Place {
        self.village(commune, "Thôn").place()
    }
}

fn district_of(commune: &str) -> &'static str {
    if commune.starts_with("1800") { "436" } else { "439" }
}

/// A person of whom only the name is known.
pub fn person_named(id: PersonId, name: &str) -> Person {
    Person { id, name: name.to_owned(), sex: None, birth: None, paper: None, ethnicity: None }
}

/// A household on its way; what is said last about a person is said about the last member.
#[derive(Debug)]
pub struct HouseholdBuilder<'w> {
    world: &'w World,
    household: Household,
}

impl HouseholdBuilder<'_> {
    #[must_use]
    pub fn member(mut self, name: &str, relation: &str) -> Self {
        let person = person_named(PersonId(self.world.ids.next()), name);
        let is_head = self.household.members.is_empty();
        self.household.members.push(Member {
            person,
            relation: relation.to_owned(),
            is_head,
            joined: None,
            left: None,
        });
        self
    }

    fn last(mut self, change: impl FnOnce(&mut Member)) -> Self {
        if let Some(member) = self.household.members.last_mut() {
            change(member);
        }
        self
    }

    #[must_use]
    pub fn born(self, written: &str) -> Self {
        let birth: Option<BirthDate> = written.parse().ok();
        self.last(|m| m.person.birth = birth)
    }

    #[must_use]
    pub fn paper(self, number: &str) -> Self {
        self.last(|m| m.person.paper = Some(number.to_owned()))
    }

    #[must_use]
    pub fn sex(self, sex: Sex) -> Self {
        self.last(|m| m.person.sex = Some(sex))
    }

    #[must_use]
    pub fn address(mut self, address: &str) -> Self {
        self.household.address = Some(address.to_owned());
        self
    }

    #[must_use]
    pub fn closed_on(mut self, day: &str) -> Self {
        self.household.closed = Day::from_iso(day);
        self
    }

    #[must_use]
    pub fn event(mut self, day: &str, kind: &str) -> Self {
        let day = Day::from_iso(day).unwrap_or(Day::first_of(2023));
        self.household.events.push(HouseholdEvent { day, kind: kind.to_owned(), other: None, note: None });
        self
    }

    pub fn build(self) -> Household {
        self.household
    }
}
