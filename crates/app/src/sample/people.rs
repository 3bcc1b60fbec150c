//! Invented households: who lives together, with names, ages and papers that could be. No person here is real.
//! Nobody is born after the year they are needed in. Start with [`People::members`].

use domain::registry::{Member, Person, Sex};
use kernel::{BirthDate, Day, PersonId};
use norms::{Papers, Relation, Rulebook};

use super::data::{SampleData, Weights};
use super::draw::Draw;
use crate::House;

/// What a member is to the head; the words come from the norms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kin {
    Head,
    Spouse,
    Child,
    Parent,
    Grandchild,
    ChildInLaw,
}

impl Kin {
    fn relation(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Parent => "parent",
            Self::Grandchild => "grandchild",
            Self::ChildInLaw => "child_in_law",
        }
    }
}

/// Makes persons; counts their papers so that none is borne twice.
pub(super) struct People<'a> {
    pub house: &'a House,
    pub data: &'a SampleData,
    pub rules: &'a Rulebook,
    pub draw: Draw,
    serial: u64,
}

/// Who is to be made.
struct Wanted<'a> {
    kin: Kin,
    sex: Sex,
    age: i32,
    surname: &'a str,
    ethnicity: u16,
}

impl<'a> People<'a> {
    pub fn new(house: &'a House, data: &'a SampleData, rules: &'a Rulebook, draw: Draw) -> Self {
        Self { house, data, rules, draw, serial: 0 }
    }

    /// The members of one household as they are in a year; the head first.
    pub fn members(&mut self, year: i16, ethnicity: u16) -> Vec<Member> {
        let (head_sex, head_age, others) = self.composition();
        let surname = self.surname(ethnicity);
        let mut members = vec![
            self.member(year, &Wanted { kin: Kin::Head, sex: head_sex, age: head_age, surname: &surname, ethnicity }),
        ];
        for (kin, sex, age) in others {
            let own_name = matches!(kin, Kin::Spouse | Kin::ChildInLaw) || (kin == Kin::Parent && sex == Sex::Female);
            let surname = if own_name { self.surname(ethnicity) } else { surname.clone() };
            members.push(self.member(year, &Wanted { kin, sex, age, surname: &surname, ethnicity }));
        }
        members
    }

    /// A child born in the year under review.
    pub fn newborn(&mut self, born: Day, head: &Person, is_child_of_head: bool) -> Member {
        let sex = self.sex(49);
        let surname = head.name.split_whitespace().next().unwrap_or_default().to_owned();
        let ethnicity = head.ethnicity.unwrap_or(self.rules.ethnic.value.majority);
        let kin = if is_child_of_head { Kin::Child } else { Kin::Grandchild };
        let mut member = self.member(born.year(), &Wanted { kin, sex, age: 0, surname: &surname, ethnicity });
        member.person.birth = Some(BirthDate::of_day(born));
        member.person.paper = None;
        member
    }

    /// Sex and age of the head, and of everybody else with what they are to the head.
    fn composition(&mut self) -> (Sex, i32, Vec<(Kin, Sex, i32)>) {
        match self.draw.below(100) {
            0..22 => {
                let sex = self.sex(72);
                (sex, self.draw.between(60, 92), Vec::new())
            }
            22..34 => self.old_couple(),
            34..52 => self.one_parent(),
            52..80 => self.couple(),
            80..91 => self.three_generations(),
            _ => self.grown_child_with_parent(),
        }
    }

    fn old_couple(&mut self) -> (Sex, i32, Vec<(Kin, Sex, i32)>) {
        let age = self.draw.between(60, 84);
        let mut others = vec![(Kin::Spouse, Sex::Female, age - self.draw.between(0, 6))];
        if self.draw.percent(15) {
            others.push((Kin::Grandchild, self.sex(50), self.draw.between(3, 16)));
        }
        (Sex::Male, age, others)
    }

    fn one_parent(&mut self) -> (Sex, i32, Vec<(Kin, Sex, i32)>) {
        let sex = self.sex(80);
        let age = self.draw.between(28, 56);
        let children = self.children(age, 3);
        (sex, age, children)
    }

    fn couple(&mut self) -> (Sex, i32, Vec<(Kin, Sex, i32)>) {
        let age = self.draw.between(27, 58);
        let sex = self.sex(12);
        let other = if sex == Sex::Male { Sex::Female } else { Sex::Male };
        let mut others = vec![(Kin::Spouse, other, (age - self.draw.between(-2, 6)).max(20))];
        others.extend(self.children(age - 1, 4));
        (sex, age, others)
    }

    fn three_generations(&mut self) -> (Sex, i32, Vec<(Kin, Sex, i32)>) {
        let (sex, age, mut others) = self.couple();
        others.push((Kin::Parent, self.sex(75), age + self.draw.between(21, 34)));
        (sex, age, others)
    }

    fn grown_child_with_parent(&mut self) -> (Sex, i32, Vec<(Kin, Sex, i32)>) {
        let age = self.draw.between(62, 86);
        let sex = self.sex(65);
        let grown = self.draw.between(19, 40);
        let child_sex = self.sex(40);
        let mut others = vec![(Kin::Child, child_sex, grown)];
        if grown > 25 && self.draw.percent(40) {
            let spouse = if child_sex == Sex::Male { Sex::Female } else { Sex::Male };
            others.push((Kin::ChildInLaw, spouse, (grown - 2).max(20)));
            others.push((Kin::Grandchild, self.sex(50), self.draw.between(0, (grown - 22).min(15))));
        }
        (sex, age, others)
    }

    /// Children of somebody of an age, the eldest first.
    fn children(&mut self, parent_age: i32, most: i32) -> Vec<(Kin, Sex, i32)> {
        let count = self.draw.between(1, most).min(self.draw.between(1, most));
        let eldest = (parent_age - self.draw.between(20, 29)).clamp(0, 27);
        let mut children = Vec::new();
        for number in 0..count {
            let age = eldest - number * self.draw.between(2, 5);
            if age >= 0 {
                children.push((Kin::Child, self.sex(49), age));
            }
        }
        children
    }

    fn member(&mut self, year: i16, wanted: &Wanted<'_>) -> Member {
        let person = Person {
            id: PersonId(self.house.ids.next()),
            name: self.name(wanted.sex, wanted.surname),
            sex: Some(wanted.sex),
            birth: Some(self.birth(year, wanted.age)),
            paper: None,
            ethnicity: Some(wanted.ethnicity),
        };
        let person = Person { paper: self.paper(&person, wanted.age), ..person };
        let relation = relation_of(wanted.kin, self.rules);
        Member { person, relation, is_head: wanted.kin == Kin::Head, joined: None, left: None }
    }

    fn birth(&mut self, year: i16, age: i32) -> BirthDate {
        let born = year - i16::try_from(age).unwrap_or(0);
        if age > 60 && self.draw.percent(4) {
            return BirthDate::of_year(born);
        }
        let (month, day) = (self.draw.between(1, 12), self.draw.between(1, 28));
        let narrow = |n: i32| i8::try_from(n).unwrap_or(1);
        Day::new(born, narrow(month), narrow(day)).map_or_else(|| BirthDate::of_year(born), BirthDate::of_day)
    }

    /// Grown persons have a card, most children a number too; a few old persons still have the old card.
    fn paper(&mut self, person: &Person, age: i32) -> Option<String> {
        if age < 14 && self.draw.percent(35) {
            return None;
        }
        self.serial += 1;
        let papers = &self.rules.papers.value;
        let serial = (self.serial * 7919 + 137) % 1_000_000;
        if age > 65 && self.draw.percent(2) {
            return Some(format!("18{serial:0>width$}", width = papers.old_digits.saturating_sub(2)));
        }
        Some(card_number(papers, &self.data.province, person.sex?, person.birth?.year, serial))
    }

    fn sex(&mut self, female_percent: u32) -> Sex {
        if self.draw.percent(female_percent) { Sex::Female } else { Sex::Male }
    }

    fn surname(&mut self, ethnicity: u16) -> String {
        let names = &self.data.names;
        let weights = names.minority_surnames.get(&ethnicity).unwrap_or(&names.surnames);
        self.word(weights)
    }

    fn name(&mut self, sex: Sex, surname: &str) -> String {
        let names = &self.data.names;
        let (middles, givens) = match sex {
            Sex::Male => (&names.male_middles, &names.male_givens),
            Sex::Female => (&names.female_middles, &names.female_givens),
        };
        format!("{surname} {} {}", self.word(middles), self.word(givens))
    }

    fn word(&mut self, weights: &Weights<String>) -> String {
        self.draw.weighted(weights).cloned().unwrap_or_default()
    }
}

/// The relation's id in the norms; its word stands in for one they do not know.
pub(super) fn relation_of(kin: Kin, rules: &Rulebook) -> String {
    let relations = &rules.relations.value.relations;
    let fits = |relation: &&Relation| relation.id == kin.relation() || (kin == Kin::Head && relation.is_head);
    relations.iter().find(fits).map_or_else(|| kin.relation().to_owned(), |relation| relation.id.clone())
}

/// A number whose digits agree with sex and year of birth, by the places that the norms give.
fn card_number(papers: &Papers, province: &str, sex: Sex, born: i16, serial: u64) -> String {
    let century = (born - papers.first_century) / 100;
    let digit = century * 2 + i16::from(sex == Sex::Female);
    let head = format!("{province:0>width$}{digit}", width = papers.century_sex_at);
    let gap = "0".repeat(papers.year_at.saturating_sub(head.len()));
    let begun = format!("{head}{gap}{:02}", born % 100);
    let rest = papers.card_digits.saturating_sub(begun.len());
    format!("{begun}{serial:0>rest$}")
}
