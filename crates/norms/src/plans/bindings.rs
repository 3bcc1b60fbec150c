//! norms/plans/<plan>.yaml: what the clauses of one plan stand for. A clause is named by the key the reader gives it.
//! The plan's own words are `quoted`; whatever we read into them carries a mark of its own.

use kernel::Day;
use serde::{Deserialize, Serialize};

use super::calendar::{Agency, PublishedCase};
use super::reading::RuleKind;
use crate::value::MarkedItem;
use crate::{Citation, Label, Mark};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanBindings {
    /// Code of the province.
    pub province: String,
    pub year: i16,
    /// Words that the plan's title holds; by them a file is known for this plan.
    pub title: Vec<String>,
    pub targets: Vec<PlanTarget>,
    pub projects: Vec<PlanProject>,
    pub tasks: Vec<PlanTask>,
    pub sources: Vec<MoneySource>,
    pub natures: Vec<CapitalNature>,
    pub agencies: Vec<Agency>,
    /// Figures in print that contradict one another; the program must not be able to repeat them.
    pub cases: Vec<PublishedCase>,
}

/// A clause, or one of its halves at a semicolon.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pointer {
    /// `II-MT.2.b.3b`.
    pub clause: String,
    /// 1 for what stands before the first semicolon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanTarget {
    /// `T05`.
    pub id: String,
    pub at: Pointer,
    pub label: Label,
    /// What the plan itself says, so quoted.
    pub target: TargetValue,
    pub definition: Definition,
    /// Code of the agency that answers for it.
    pub lead: String,
    /// Whether the plan names that agency for it.
    pub lead_mark: Mark,
    /// The lack the target is about, where the plan orders it under one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<Label>,
    /// How the target can be understood, where there is more than one way. The first is the definition's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// By what the figure is to be told apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub splits: Vec<String>,
}

/// The number the plan sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetValue {
    pub op: TargetOp,
    /// As a decimal with a point: `0.6`.
    pub value: String,
    /// The upper end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
    /// `percent`, `percentage_point`, `model_or_project`.
    pub unit: String,
    /// Whether the plan says a minimum in words; elsewhere "at least" is our reading of a bare figure.
    pub minimum_stated: bool,
    /// The plan calls it an effort (phấn đấu), no promise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub effort: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetOp {
    /// Met from the lower end on; above the higher end it is more than met.
    Range,
    Above,
    AtLeast,
    /// `không quá 3 %`
    AtMost,
    /// `dưới 3 %`
    Below,
    Equal,
}

impl TargetOp {
    pub const ALL: [Self; 6] = [Self::AtLeast, Self::Above, Self::AtMost, Self::Below, Self::Range, Self::Equal];

    pub fn id(self) -> &'static str {
        match self {
            Self::Range => "range",
            Self::Above => "above",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::Below => "below",
            Self::Equal => "equal",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.id() == id)
    }
}

/// What is divided by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    pub numerator: Label,
    /// Left out where the target counts and divides by nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<Label>,
    /// How the number is made, where it is more than numerator over denominator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<Label>,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

/// One way of understanding a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    pub id: String,
    pub label: Label,
    /// Unit of the result under this reading, when it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanProject {
    /// `P3`, `P3.1`.
    pub id: String,
    /// Left out where the programme has it and this plan has not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Pointer>,
    /// The project a sub-project belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    pub label: Label,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beneficiaries: Option<Label>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Label>,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanTask {
    /// `K09`.
    pub id: String,
    pub at: Pointer,
    pub label: Label,
    /// Codes of the agencies that carry it.
    pub agencies: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// Codes of the agencies it is reported to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// When, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Label>,
    /// When, where the plan gives a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Day>,
    /// National reports (`R02`) that make it due.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendar: Vec<String>,
    pub mark: Mark,
}

/// Where money comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneySource {
    /// `F1`.
    pub id: String,
    pub at: Pointer,
    pub label: Label,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spend_by: Option<Day>,
    /// What allows it, as the plan cites it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    pub mark: Mark,
}

/// Investment or recurrent: two kinds of capital that never mix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapitalNature {
    pub id: String,
    pub at: Pointer,
    pub label: Label,
    /// The agency that advises on it.
    pub lead: String,
    pub mark: Mark,
}

impl PlanBindings {
    /// Every key of every binding with the clause it hangs on.
    pub fn pointers(&self) -> Vec<(RuleKind, &str, &Pointer)> {
        let mut found: Vec<(RuleKind, &str, &Pointer)> = Vec::new();
        found.extend(self.targets.iter().map(|t| (RuleKind::Target, t.id.as_str(), &t.at)));
        found.extend(self.projects.iter().filter_map(|p| Some((RuleKind::Project, p.id.as_str(), p.at.as_ref()?))));
        found.extend(self.tasks.iter().map(|t| (RuleKind::Task, t.id.as_str(), &t.at)));
        found.extend(self.sources.iter().map(|s| (RuleKind::Source, s.id.as_str(), &s.at)));
        found.extend(self.natures.iter().map(|n| (RuleKind::Capital, n.id.as_str(), &n.at)));
        found
    }

    pub fn target(&self, id: &str) -> Option<&PlanTarget> {
        self.targets.iter().find(|target| target.id == id)
    }

    pub fn project(&self, id: &str) -> Option<&PlanProject> {
        self.projects.iter().find(|project| project.id == id)
    }

    pub fn task(&self, id: &str) -> Option<&PlanTask> {
        self.tasks.iter().find(|task| task.id == id)
    }

    pub fn source(&self, id: &str) -> Option<&MoneySource> {
        self.sources.iter().find(|source| source.id == id)
    }

    pub fn nature(&self, id: &str) -> Option<&CapitalNature> {
        self.natures.iter().find(|nature| nature.id == id)
    }

    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == id)
    }
}

impl PlanBindings {
    /// Whatever carries a mark of its own; a target's is that of its definition.
    pub(crate) fn marked_items(&self) -> Vec<MarkedItem> {
        let item = |id: &str, label: &Label, mark: Mark, citation: Option<&Citation>| MarkedItem {
            id: id.to_owned(),
            label: label.clone(),
            mark,
            citation: citation.cloned(),
        };
        let mut items = Vec::new();
        items.extend(
            self.targets.iter().map(|t| item(&t.id, &t.label, t.definition.mark, t.definition.citation.as_ref())),
        );
        items.extend(self.projects.iter().map(|p| item(&p.id, &p.label, p.mark, p.citation.as_ref())));
        items.extend(self.tasks.iter().map(|t| item(&t.id, &t.label, t.mark, None)));
        items.extend(self.sources.iter().map(|s| item(&s.id, &s.label, s.mark, None)));
        items.extend(self.natures.iter().map(|n| item(&n.id, &n.label, n.mark, None)));
        items.extend(self.cases.iter().map(|c| item(&c.id, &c.label, c.mark, Some(&c.citation))));
        let successors = self.agencies.iter().filter_map(|agency| Some((&agency.id, agency.then.as_ref()?)));
        items.extend(successors.map(|(id, then)| item(id, &then.label, then.mark, then.citation.as_ref())));
        items
    }
}
