//! What a survey sheet asks, in the order printed, with the number of each question and the code of each answer. The sheet
//! that is printed and the entry of its numbers both read it here, so that they cannot differ. Start with [`questions`].

use crate::{Answer, Cause, Choice, Fact, Label, PackItem, Relation, Rulebook, ScorePack};

/// What one question is about.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// The total scored by hand, where no pack gives questions.
    B1,
    Item(&'a PackItem),
    Household(&'a Fact),
    Causes(&'a [Cause]),
    /// The one question answered in words: a cause that has no code of its own.
    OtherCause,
    /// Of every member; known of those who are on the list already.
    Relation(&'a [Relation]),
    Sex,
    Birth,
    Person(&'a Fact),
}

#[derive(Debug, Clone, Copy)]
pub struct SheetQuestion<'a> {
    /// From 1, over the whole sheet; a question about members has one number for all of them.
    pub number: u16,
    pub asked: Asked<'a>,
}

/// B1, the household, the causes; then what is asked of every member.
pub fn questions<'a>(rules: &'a Rulebook, pack: Option<&'a ScorePack>) -> Vec<SheetQuestion<'a>> {
    let facts = &rules.facts.value;
    let b1: Vec<Asked<'a>> = pack.map_or_else(|| vec![Asked::B1], |pack| pack.items.iter().map(Asked::Item).collect());
    let all = b1
        .into_iter()
        .chain(facts.household.iter().map(Asked::Household))
        .chain([Asked::Causes(&rules.causes.value.causes), Asked::OtherCause])
        .chain([Asked::Relation(&rules.relations.value.relations), Asked::Sex, Asked::Birth])
        .chain(facts.person.iter().map(Asked::Person));
    (1..).zip(all).map(|(number, asked)| SheetQuestion { number, asked }).collect()
}

impl Asked<'_> {
    /// Code and words of every answer; empty where a number or words are written.
    pub fn codes(&self) -> Vec<(String, Label)> {
        match self {
            Self::Item(item) => by_place(item.answers.iter().map(|answer| &answer.label)),
            Self::Household(fact) | Self::Person(fact) => fact.answer.codes(),
            Self::Causes(causes) => causes.iter().map(|c| (c.code.to_string(), c.label.clone())).collect(),
            Self::Relation(all) => by_place(all.iter().map(|relation| &relation.label)),
            Self::Sex => by_place([&word("Nam", "Male"), &word("Nữ", "Female")].into_iter()),
            Self::B1 | Self::OtherCause | Self::Birth => Vec::new(),
        }
    }

    /// Several codes may be written side by side.
    pub fn takes_several(&self) -> bool {
        match self {
            Self::Household(fact) | Self::Person(fact) => matches!(fact.answer, Answer::AnyOf { .. }),
            Self::Causes(_) => true,
            _ => false,
        }
    }

    pub fn is_of_member(&self) -> bool {
        matches!(self, Self::Relation(_) | Self::Sex | Self::Birth | Self::Person(_))
    }
}

impl Answer {
    /// Places from 1; 1 and 2 for yes and no; 0 says that none of several holds, which a blank does not.
    pub fn codes(&self) -> Vec<(String, Label)> {
        let labels = |choices: &[Choice]| by_place(choices.iter().map(|choice| &choice.label));
        match self {
            Self::YesNo => by_place([&word("Có", "Yes"), &word("Không", "No")].into_iter()),
            Self::OneOf { choices } => labels(choices),
            Self::AnyOf { choices } => {
                let mut codes = labels(choices);
                codes.push(("0".to_owned(), word("Không có loại nào ở trên", "None of these")));
                codes
            }
            Self::Number { .. } => Vec::new(),
        }
    }
}

fn by_place<'a>(labels: impl Iterator<Item = &'a Label>) -> Vec<(String, Label)> {
    (1u16..).zip(labels).map(|(place, label)| (place.to_string(), label.clone())).collect()
}

fn word(vi: &str, en: &str) -> Label {
    Label { vi: vi.to_owned(), en: en.to_owned() }
}
