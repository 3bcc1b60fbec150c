//! norms/programme/targets.yaml: how each target of a plan is counted. The plan's own words and levels stand with the plan.

use serde::{Deserialize, Serialize};

use crate::{Citation, Label, Mark, MarkedItem};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetDefinitions {
    pub rounding: Rounding,
    pub definitions: Vec<TargetDefinition>,
}

/// How a figure is rounded when it is printed; there is one rule for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Hundredths of a percent, half up, once.
    HalfUpToHundredths,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetDefinition {
    /// Id of the plan's target, `T05`, or of a supporting figure.
    pub id: String,
    pub label: Label,
    /// Ways of understanding it; the first is the one that is reported.
    pub readings: Vec<TargetReading>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetReading {
    pub id: String,
    pub label: Label,
    pub counts: Counts,
    pub measure: TargetMeasure,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Label>,
}

/// What is counted, each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    Person,
    Household,
    Staff,
    Model,
}

impl Counts {
    pub fn record(self) -> crate::RecordKind {
        match self {
            Self::Person => crate::RecordKind::Person,
            Self::Household => crate::RecordKind::Household,
            Self::Staff => crate::RecordKind::Staff,
            Self::Model => crate::RecordKind::Model,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case", deny_unknown_fields)]
pub enum TargetMeasure {
    /// Of those `among`, those `reached`: two conditions, so that no numerator can exceed its denominator.
    Share { among: String, reached: String },
    /// Of all resident households of communes of these kinds of area, those `reached`; the base is counted by village, so
    /// that it holds households the register does not know.
    ResidentShare { areas: Vec<String>, reached: String },
    /// Those of whom the condition holds; divided by nothing.
    Count { of: String },
    /// Households of some classes out of all resident households.
    ClassShare { classes: Vec<String> },
    /// The same share a year before, less that of now; in percentage points, or in percent of the one before.
    ClassShareFall { classes: Vec<String>, relative: bool },
    /// The base of the share is not known: asking for it is answered with this gap.
    NoBase { why: Label },
}

impl TargetDefinitions {
    pub fn get(&self, id: &str) -> Option<&TargetDefinition> {
        self.definitions.iter().find(|definition| definition.id == id)
    }

    pub(crate) fn marked_items(&self) -> Vec<MarkedItem> {
        let of_reading = |definition: &TargetDefinition, reading: &TargetReading| MarkedItem {
            id: format!("{}.{}", definition.id, reading.id),
            label: definition.label.clone(),
            mark: reading.mark,
            citation: reading.citation.clone(),
        };
        self.definitions.iter().flat_map(|d| d.readings.iter().map(move |r| of_reading(d, r))).collect()
    }
}

impl TargetDefinition {
    pub fn reading(&self, id: Option<&str>) -> Option<&TargetReading> {
        match id {
            Some(id) => self.readings.iter().find(|reading| reading.id == id),
            None => self.readings.first(),
        }
    }
}
