//! norms/programme/work.yaml: kinds of activity and of need, who may take part, and which targets they feed.

use kernel::Day;
use serde::{Deserialize, Serialize};

use crate::{Choice, Citation, Label, Mark, MarkedItem, RecordKind};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityKinds {
    pub columns: WorkColumns,
    pub periods: Vec<ProjectPeriod>,
    pub kinds: Vec<ActivityKind>,
    pub needs: Vec<NeedKind>,
    /// Levels of the people on the list of staff.
    pub staff_levels: Vec<Choice>,
}

/// How the columns of the import layout are headed that every kind has; a kind's own fields follow under their labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkColumns {
    pub kind: Label,
    pub day: Label,
    pub commune: Label,
    pub content: Label,
    pub agency: Label,
    pub money: Label,
    pub name: Label,
    pub paper: Label,
    pub birth_year: Label,
}

impl WorkColumns {
    /// In the order of the layout.
    pub fn all(&self) -> [&Label; 9] {
        let Self { kind, day, commune, content, agency, money, name, paper, birth_year } = self;
        [kind, day, commune, content, agency, money, name, paper, birth_year]
    }
}

/// When work of a project may be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectPeriod {
    /// `P3.1`.
    pub project: String,
    pub label: Label,
    pub from: Day,
    pub to: Day,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

/// Whom a list of names holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Person,
    Household,
    Staff,
}

impl Subject {
    pub const ALL: [Self; 3] = [Self::Person, Self::Household, Self::Staff];

    pub fn id(self) -> &'static str {
        self.record().id()
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.id() == id)
    }

    pub fn record(self) -> RecordKind {
        match self {
            Self::Person => RecordKind::Person,
            Self::Household => RecordKind::Household,
            Self::Staff => RecordKind::Staff,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityKind {
    /// A condition names it: `'job_support' in person.received`. Never given a second meaning.
    pub id: String,
    pub label: Label,
    /// Left out for policies outside the projects (insurance, schooling …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Left out where nobody is listed by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes: Option<Subject>,
    /// Who may take part, as a condition on their record on the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Ids of the targets it counts for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feeds: Vec<String>,
    /// Asked besides place, day, content, agency, money and participants.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<WorkField>,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

/// Something asked of one kind of activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkField {
    pub id: String,
    pub label: Label,
    pub answer: WorkAnswer,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum WorkAnswer {
    Text,
    /// A whole number of the unit.
    Number {
        unit: Label,
    },
    OneOf {
        choices: Vec<Choice>,
    },
}

/// Something a person or household lacks and asks for; entered before results, since targets divide by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedKind {
    pub id: String,
    pub label: Label,
    pub of: Subject,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feeds: Vec<String>,
}

impl ActivityKinds {
    pub fn kind(&self, id: &str) -> Option<&ActivityKind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    pub fn need(&self, id: &str) -> Option<&NeedKind> {
        self.needs.iter().find(|need| need.id == id)
    }

    pub fn period(&self, project: &str) -> Option<&ProjectPeriod> {
        self.periods.iter().find(|period| period.project == project)
    }

    /// Every field that some kind asks for, once.
    pub fn fields(&self) -> Vec<&WorkField> {
        let mut fields: Vec<&WorkField> = Vec::new();
        for field in self.kinds.iter().flat_map(|kind| &kind.fields) {
            if !fields.iter().any(|known| known.label == field.label) {
                fields.push(field);
            }
        }
        fields
    }

    pub(crate) fn marked_items(&self) -> Vec<MarkedItem> {
        let item = |id: &str, label: &Label, mark: Mark, citation: &Option<Citation>| MarkedItem {
            id: id.to_owned(),
            label: label.clone(),
            mark,
            citation: citation.clone(),
        };
        let mut items: Vec<MarkedItem> =
            self.kinds.iter().map(|k| item(&k.id, &k.label, k.mark, &k.citation)).collect();
        items.extend(self.periods.iter().map(|p| item(&p.project, &p.label, p.mark, &p.citation)));
        items
    }
}
