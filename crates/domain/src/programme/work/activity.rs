//! One activity: what was done where and when, by whom, with which money, and who took part, each of them once.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{ActivityId, Day, HouseholdId, IntakeId, PersonId, StaffId};
use norms::{ActivityKind, ProjectPeriod, Subject, WorkAnswer};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::WorkRefusal;
use crate::units::Place;

/// Somebody listed by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Person(PersonId),
    Household(HouseholdId),
    Staff(StaffId),
}

impl Who {
    pub fn of(subject: Subject, id: Uuid) -> Self {
        match subject {
            Subject::Person => Self::Person(PersonId(id)),
            Subject::Household => Self::Household(HouseholdId(id)),
            Subject::Staff => Self::Staff(StaffId(id)),
        }
    }

    pub fn subject(self) -> Subject {
        match self {
            Self::Person(_) => Subject::Person,
            Self::Household(_) => Subject::Household,
            Self::Staff(_) => Subject::Staff,
        }
    }

    pub fn id(self) -> Uuid {
        match self {
            Self::Person(id) => id.0,
            Self::Household(id) => id.0,
            Self::Staff(id) => id.0,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    pub id: ActivityId,
    /// Id of a kind in `norms/programme/work.yaml`.
    pub kind: String,
    pub day: Day,
    /// The unit it belongs to; levels below are empty, and the village is nil.
    pub place: Place,
    pub content: String,
    /// Who carried it out, as written.
    pub agency: String,
    /// In đồng.
    pub money: i64,
    /// Answers to the kind's own fields.
    pub fields: BTreeMap<String, String>,
    pub participants: Vec<Who>,
    pub intake: Option<IntakeId>,
    /// Counts saves.
    pub version: i64,
}

/// Whether the activity may stand as it is, participants' conditions apart.
pub fn check_activity(
    activity: &Activity,
    kind: &ActivityKind,
    period: Option<&ProjectPeriod>,
    today: Day,
) -> Result<(), WorkRefusal> {
    if activity.day > today {
        return Err(WorkRefusal::DayInFuture { day: activity.day });
    }
    if let Some(period) = period.filter(|p| activity.day < p.from || activity.day > p.to) {
        return Err(WorkRefusal::OutsidePeriod { period: Box::new(period.clone()) });
    }
    if activity.money < 0 {
        return Err(WorkRefusal::NegativeMoney);
    }
    match kind.takes {
        None if !activity.participants.is_empty() => Err(WorkRefusal::NobodyListed),
        Some(subject) if activity.participants.iter().any(|who| who.subject() != subject) => {
            Err(WorkRefusal::WrongSubject { takes: subject })
        }
        _ => Ok(()),
    }
}

/// The participants without those named twice, in their order; and how many were.
pub fn distinct(participants: &[Who]) -> (Vec<Who>, usize) {
    let mut seen = BTreeSet::new();
    let kept: Vec<Who> = participants.iter().copied().filter(|who| seen.insert(*who)).collect();
    let twice = participants.len() - kept.len();
    (kept, twice)
}

/// Fields of the kind whose answer cannot be read; an answer may be left out.
pub fn fields_missing<'a>(kind: &'a ActivityKind, answers: &BTreeMap<String, String>) -> Vec<&'a str> {
    let unreadable = |field: &&norms::WorkField| {
        let Some(answer) = answers.get(&field.id).filter(|answer| !answer.is_empty()) else { return false };
        match &field.answer {
            WorkAnswer::Text => false,
            WorkAnswer::Number { .. } => kernel::parse_count(answer).is_err(),
            WorkAnswer::OneOf { choices } => !choices.iter().any(|choice| choice.id == *answer),
        }
    };
    kind.fields.iter().filter(unreadable).map(|field| field.id.as_str()).collect()
}
