//! From what a person typed about a household's members to the types of the domain, a fault for each field that is not taken.
//! A doubtful paper is a warning: the number is kept as written. Never saves anything; start with [`read_member`].

use domain::registry::{PaperFault, Person, Sex, paper_fault, read_paper};
use kernel::text::{fold_name, nfc};
use kernel::{BirthDate, BirthDateFault, Day, PersonId};
use norms::Rulebook;

use crate::FieldFault;

/// A member as a form holds it; every field as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemberInput {
    /// Set for somebody who is already in the household.
    pub person: Option<PersonId>,
    pub name: String,
    pub sex: String,
    pub birth: String,
    pub paper: String,
    /// Code or name.
    pub ethnicity: String,
    /// Id of a relation, or words.
    pub relation: String,
}

/// A member as the domain takes it, without an id yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReadMember {
    pub name: String,
    pub sex: Option<Sex>,
    pub birth: Option<BirthDate>,
    pub paper: Option<String>,
    pub ethnicity: Option<u16>,
    pub relation: String,
    pub is_head: bool,
    pub paper_fault: Option<PaperFault>,
}

impl ReadMember {
    pub fn person(&self, id: PersonId) -> Person {
        Person {
            id,
            name: self.name.clone(),
            sex: self.sex,
            birth: self.birth,
            paper: self.paper.clone(),
            ethnicity: self.ethnicity,
        }
    }
}

/// Reads one member; `prefix` stands before the field names (`members.2.`).
pub(crate) fn read_member(
    input: &MemberInput,
    prefix: &str,
    today: Day,
    rules: &Rulebook,
) -> Result<ReadMember, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, problem| faults.push(FieldFault::at(format!("{prefix}{field}"), problem));
    let name = nfc(&input.name);
    if name.is_empty() {
        fault("name", "field-missing");
    }
    let sex = read_optional(&input.sex, read_sex).unwrap_or_else(|()| {
        fault("sex", "field-choice");
        None
    });
    let birth = read_birth(&input.birth, today).unwrap_or_else(|problem| {
        fault("birth", problem);
        None
    });
    let ethnicity = read_optional(&input.ethnicity, |text| rules.ethnic.value.read(text)).unwrap_or_else(|()| {
        fault("ethnicity", "field-ethnicity");
        None
    });
    let (relation, is_head) = read_relation(&input.relation, rules);
    if relation.is_empty() {
        fault("relation", "field-missing");
    }
    let paper = read_paper(&input.paper, &rules.papers.value);
    let paper_fault = paper.as_deref().and_then(|number| paper_fault(number, sex, birth, &rules.papers.value));
    if faults.is_empty() {
        Ok(ReadMember { name, sex, birth, paper, ethnicity, relation, is_head, paper_fault })
    } else {
        Err(faults)
    }
}

/// The sentence's key for a doubtful paper.
pub(crate) fn paper_warning(fault: PaperFault) -> &'static str {
    match fault {
        PaperFault::Old => "paper-old",
        PaperFault::Length => "paper-length",
        PaperFault::SexOrCentury => "paper-sex",
        PaperFault::Year => "paper-year",
    }
}

/// A day that has to be given and may not lie in the future.
pub(crate) fn read_day(text: &str, field: &str, today: Day) -> Result<Day, FieldFault> {
    if text.trim().is_empty() {
        return Err(FieldFault::at(field, "field-missing"));
    }
    let day: Day = text.parse().map_err(|fault| FieldFault::at(field, date_problem(fault)))?;
    if day > today { Err(FieldFault::at(field, "field-future")) } else { Ok(day) }
}

/// Nothing written is nothing known; what is written has to be understood.
fn read_optional<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ()> {
    if text.trim().is_empty() { Ok(None) } else { read(text.trim()).map(Some).ok_or(()) }
}

fn read_sex(text: &str) -> Option<Sex> {
    Sex::from_id(text).or_else(|| Sex::read(text))
}

fn read_birth(text: &str, today: Day) -> Result<Option<BirthDate>, &'static str> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let birth: BirthDate = text.parse().map_err(date_problem)?;
    if birth.earliest() > today { Err("field-future") } else { Ok(Some(birth)) }
}

fn date_problem(fault: BirthDateFault) -> &'static str {
    match fault {
        BirthDateFault::NoSuchDay => "field-no-such-day",
        BirthDateFault::Unreadable => "field-date",
    }
}

/// The relation's id where the norms know the words, else the words; and whether it is the head's.
fn read_relation(text: &str, rules: &Rulebook) -> (String, bool) {
    let written = nfc(text);
    let folded = fold_name(&written);
    let known = rules.relations.value.relations.iter().find(|relation| {
        relation.id == written
            || fold_name(&relation.label.vi) == folded
            || relation.words.iter().any(|word| fold_name(word) == folded)
    });
    match known {
        Some(relation) => (relation.id.clone(), relation.is_head),
        None => (written, false),
    }
}
