//! norms/programme/records.yaml: the fields that conditions may name, and where each comes from.

use conditions::{Choice as WordChoice, Field, Kind, Schema};
use serde::{Deserialize, Serialize};

use crate::{ActivityKinds, Answer, Choice, Classes, Facts, Label, TargetGroups};

/// What one row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// A person of the register, with the fields of their household.
    Person,
    Household,
    /// Somebody on the list of poverty-reduction staff.
    Staff,
    /// A production model or project.
    Model,
}

impl RecordKind {
    pub const ALL: [Self; 4] = [Self::Person, Self::Household, Self::Staff, Self::Model];

    pub fn id(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Household => "household",
            Self::Staff => "staff",
            Self::Model => "model",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordShapes {
    pub escaped: Escaped,
    pub household: Vec<RecordField>,
    /// Besides those of the household.
    pub person: Vec<RecordField>,
    pub staff: Vec<RecordField>,
    pub model: Vec<RecordField>,
}

/// When a household counts as newly escaped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escaped {
    /// Classes one can escape from, the poorest first.
    pub from: Vec<String>,
    /// On how many yearly lists before the one in force the class is looked for.
    pub lists: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordField {
    /// Without the record's name: `age` is named `person.age` in a condition.
    pub id: String,
    pub label: Label,
    pub source: FieldSource,
}

/// Where a field's value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum FieldSource {
    /// The household's class on the list in force.
    Class,
    /// The class it escaped from; `none` when it did not.
    Escaped,
    Groups,
    /// Whether an indicator of lack is marked.
    Lacks {
        indicator: String,
    },
    HouseholdFact {
        fact: String,
    },
    PersonFact {
        fact: String,
    },
    Age,
    /// Of working age, and not recorded with one of the answers that say otherwise.
    Able {
        from_age: i16,
        below_age: i16,
        unable: Vec<String>,
    },
    Sex,
    /// The person, or the household by its head, is not of the majority.
    Minority,
    /// Kinds of special area that the commune is.
    SpecialAreas {
        kinds: Vec<Choice>,
    },
    /// Needs recorded by the day.
    Needs,
    /// Kinds of work that reached the record in the year by the day.
    Received,
    /// Entered with the record itself.
    Entered {
        choices: Vec<Choice>,
    },
    EnteredFlag,
}

/// norms/programme/special_areas.yaml: communes on the border, on the coast, or specially disadvantaged on the coast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialAreas {
    /// First day of the list of units the codes are from.
    pub units_from: kernel::Day,
    pub areas: Vec<SpecialArea>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialArea {
    /// `border`, `coastal`, `bai_ngang`.
    pub kind: String,
    /// Codes of communes.
    pub communes: Vec<String>,
}

/// The norms whose words the fields speak.
#[derive(Debug, Clone, Copy)]
pub struct SchemaParts<'a> {
    pub shapes: &'a RecordShapes,
    pub classes: &'a Classes,
    pub facts: &'a Facts,
    pub groups: &'a TargetGroups,
    pub work: &'a ActivityKinds,
}

/// The fields of one kind of record, as conditions see them. A person's begin with those of the household.
pub fn schema_of(kind: RecordKind, parts: SchemaParts<'_>) -> Schema {
    let shapes = parts.shapes;
    let named = |record: &str, fields: &[RecordField]| -> Vec<Field> {
        fields.iter().map(|field| of_field(record, field, parts)).collect()
    };
    let fields = match kind {
        RecordKind::Household => named("household", &shapes.household),
        RecordKind::Person => {
            let mut fields = named("household", &shapes.household);
            fields.extend(named("person", &shapes.person));
            fields
        }
        RecordKind::Staff => named("staff", &shapes.staff),
        RecordKind::Model => named("model", &shapes.model),
    };
    Schema { fields }
}

fn of_field(record: &str, field: &RecordField, parts: SchemaParts<'_>) -> Field {
    let (kind, choices) = match &field.source {
        FieldSource::Class => (Kind::Word, words(parts.classes.classes.iter().map(|c| (&c.id, &c.label)))),
        FieldSource::Escaped => (Kind::Word, escaped_words(parts)),
        FieldSource::Groups => (Kind::Words, words(parts.groups.groups.iter().map(|g| (&g.id, &g.label)))),
        FieldSource::Lacks { .. } | FieldSource::Able { .. } | FieldSource::Minority | FieldSource::EnteredFlag => {
            (Kind::Flag, Vec::new())
        }
        FieldSource::HouseholdFact { fact } => of_fact(&parts.facts.household, fact),
        FieldSource::PersonFact { fact } => of_fact(&parts.facts.person, fact),
        FieldSource::Age => (Kind::Number, Vec::new()),
        FieldSource::Sex => (Kind::Word, vec![word("male", "nam", "male"), word("female", "nữ", "female")]),
        FieldSource::SpecialAreas { kinds } => (Kind::Words, words(kinds.iter().map(|k| (&k.id, &k.label)))),
        FieldSource::Needs => (Kind::Words, words(parts.work.needs.iter().map(|n| (&n.id, &n.label)))),
        FieldSource::Received => (Kind::Words, words(parts.work.kinds.iter().map(|k| (&k.id, &k.label)))),
        FieldSource::Entered { choices } => (Kind::Word, words(choices.iter().map(|c| (&c.id, &c.label)))),
    };
    Field {
        id: format!("{record}.{}", field.id),
        kind,
        vi: field.label.vi.clone(),
        en: field.label.en.clone(),
        choices,
    }
}

/// A fact with one choice is a word, with several words; a yes-or-no a flag; a measured number is no field.
fn of_fact(facts: &[crate::Fact], id: &str) -> (Kind, Vec<WordChoice>) {
    match facts.iter().find(|fact| fact.id == id).map(|fact| &fact.answer) {
        Some(Answer::OneOf { choices }) => (Kind::Word, words(choices.iter().map(|c| (&c.id, &c.label)))),
        Some(Answer::AnyOf { choices }) => (Kind::Words, words(choices.iter().map(|c| (&c.id, &c.label)))),
        _ => (Kind::Flag, Vec::new()),
    }
}

fn escaped_words(parts: SchemaParts<'_>) -> Vec<WordChoice> {
    let from = &parts.shapes.escaped.from;
    let classes = parts.classes.classes.iter().filter(|class| from.contains(&class.id));
    let mut choices = vec![word("none", "không", "none")];
    choices.extend(words(classes.map(|class| (&class.id, &class.label))));
    choices
}

fn words<'a>(of: impl Iterator<Item = (&'a String, &'a Label)>) -> Vec<WordChoice> {
    of.map(|(id, label)| word(id, &label.vi, &label.en)).collect()
}

fn word(id: &str, vi: &str, en: &str) -> WordChoice {
    WordChoice { id: id.to_owned(), vi: vi.to_owned(), en: en.to_owned() }
}
