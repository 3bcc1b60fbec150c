//! Round a plan: which reports there are, who the agencies are and who follows them, and what was printed wrongly.

use kernel::Day;
use serde::{Deserialize, Serialize};

use crate::{Citation, Label, Mark, MarkedItem};

/// When something is to be handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarRule {
    /// `R02`.
    pub id: String,
    pub label: Label,
    pub due: Label,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<Label>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Label>,
    /// `Mẫu số 01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// First day the rule holds, where it is younger than the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

/// norms/programme/reports.yaml: the reports of the programme, the same for every province.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reports {
    pub reports: Vec<CalendarRule>,
}

impl Reports {
    pub fn get(&self, id: &str) -> Option<&CalendarRule> {
        self.reports.iter().find(|report| report.id == id)
    }

    pub(crate) fn marked_items(&self) -> Vec<MarkedItem> {
        let of_report = |report: &CalendarRule| MarkedItem {
            id: report.id.clone(),
            label: report.label.clone(),
            mark: report.mark,
            citation: report.citation.clone(),
        };
        self.reports.iter().map(of_report).collect()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// `SLDTBXH`.
    pub id: String,
    pub label: Label,
    /// Names by which a plan calls it, besides its label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Not named in the plan; why it is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Label>,
    /// Last day of the agency as such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<Successor>,
}

/// Who carries the duties after the last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Successor {
    pub label: Label,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

/// A contradiction found in print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedCase {
    /// `D1`.
    pub id: String,
    pub label: Label,
    /// What must hold instead.
    pub rule: Label,
    pub mark: Mark,
    pub citation: Citation,
}
