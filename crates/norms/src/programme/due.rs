//! norms/programme/due.yaml: when duties and reports are due. The days nobody works stand in norms/review/calendar.yaml.

use kernel::Day;
use serde::{Deserialize, Serialize};

use crate::{Citation, Label, Mark, MarkedItem};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueRules {
    /// So many days before the due day a duty is said to be near.
    pub remind_days: i64,
    /// By role id: the agencies and rules (`SLDTBXH`, `R06`) that fall to those who sign in with the role.
    pub offices: std::collections::BTreeMap<String, Vec<String>>,
    pub rules: Vec<DueRule>,
}

/// When one duty of a plan (`K25`) or one rule of its calendar (`R02`) is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueRule {
    pub id: String,
    pub when: WhenDue,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum WhenDue {
    /// The last day that is still in time, each year.
    Yearly {
        month: i8,
        day: i8,
    },
    /// The same day of several months, first and last month included.
    Monthly {
        day: i8,
        from_month: i8,
        to_month: i8,
    },
    On {
        day: Day,
    },
    /// So many working days after something that is entered, such as the end of a round.
    WorkingDaysAfter {
        days: u8,
        event: Label,
    },
    /// The text gives no day.
    Undated {
        why: Label,
    },
}

impl DueRules {
    pub fn get(&self, id: &str) -> Option<&DueRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Whether a rule, or one of the agencies that carry it, falls to a role.
    pub fn is_own(&self, role: &str, duty: &str, agencies: &[String]) -> bool {
        let of_role = self.offices.get(role).map(Vec::as_slice).unwrap_or_default();
        of_role.iter().any(|own| own == duty || agencies.contains(own))
    }

    pub(crate) fn marked_items(&self) -> Vec<MarkedItem> {
        let of_rule = |rule: &DueRule| MarkedItem {
            id: rule.id.clone(),
            label: Label { vi: rule.id.clone(), en: rule.id.clone() },
            mark: rule.mark,
            citation: rule.citation.clone(),
        };
        self.rules.iter().map(of_rule).collect()
    }
}
