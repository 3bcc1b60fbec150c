//! norms/programme/models.yaml: what a production model or project must keep, each rule with its article.

use serde::{Deserialize, Serialize};

use crate::{Citation, Label, Mark, MarkedItem};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelRules {
    /// Value chain, community, task.
    pub modes: Vec<ModelChoice>,
    pub sectors: Vec<ModelChoice>,
    /// Projects a model can belong to.
    pub projects: Vec<String>,
    /// Who leads it: firm, cooperative …
    pub leads: Vec<ModelChoice>,
    /// Why the task mode was taken.
    pub reasons: Vec<ModelChoice>,
    pub rules: Vec<ModelRule>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelChoice {
    pub id: String,
    pub label: Label,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelRule {
    pub id: String,
    pub label: Label,
    /// Modes it binds; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<String>,
    pub test: ModelTest,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ModelTest {
    /// At least so many percent of the participating households; `who` is a condition on a household.
    ShareAtLeast {
        who: String,
        percent: i64,
    },
    /// More than so many percent gives priority; it is no duty.
    PriorityAbove {
        who: String,
        percent: i64,
    },
    /// Of the state's money, at least so many percent to people's direct production.
    DirectProductionAtLeast {
        percent: i64,
    },
    /// In đồng.
    StateMoneyAtMost {
        dong: i64,
    },
    LedBy {
        leads: Vec<String>,
    },
    ReasonGiven,
}

impl ModelRules {
    pub(crate) fn marked_items(&self) -> Vec<MarkedItem> {
        let of_rule = |rule: &ModelRule| MarkedItem {
            id: rule.id.clone(),
            label: rule.label.clone(),
            mark: rule.mark,
            citation: rule.citation.clone(),
        };
        self.rules.iter().map(of_rule).collect()
    }
}
