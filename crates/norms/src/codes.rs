//! The shapes of code lists: causes, target groups, ethnic groups, relations, papers.
//! A code means nothing without its list; lists come from `norms/review/*.yaml` and `norms/registry/*.yaml`.

use serde::{Deserialize, Serialize};

use crate::{Label, Mark};

/// norms/review/causes.yaml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Causes {
    pub causes: Vec<Cause>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    pub code: u8,
    pub label: Label,
    /// The cause has to be written out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub free_text: bool,
}

/// norms/review/target_groups.yaml; the place in the list is the bit of the mask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetGroups {
    pub groups: Vec<TargetGroup>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetGroup {
    pub id: String,
    pub short: Option<String>,
    pub label: Label,
    /// Read from the members instead of entered: `female_head`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<ComputedGroup>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComputedGroup {
    FemaleHead,
    /// The head's ethnicity is not the majority's.
    MinorityHead,
}

/// norms/review/ethnic_groups.yaml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EthnicScheme {
    /// Kept with every code: lists number some groups otherwise.
    pub scheme: String,
    pub majority: u16,
    pub groups: Vec<EthnicGroup>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EthnicGroup {
    pub code: u16,
    pub name: String,
    /// Other spellings in use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
}

impl EthnicScheme {
    pub fn name(&self, code: u16) -> Option<&str> {
        self.groups.iter().find(|g| g.code == code).map(|g| g.name.as_str())
    }

    /// A code or a name, compared folded.
    pub fn read(&self, written: &str) -> Option<u16> {
        if let Ok(code) = written.trim().parse::<u16>() {
            return self.groups.iter().find(|g| g.code == code).map(|g| g.code);
        }
        let folded = kernel::text::fold_name(written);
        let is_named = |g: &&EthnicGroup| {
            std::iter::once(&g.name).chain(&g.also).any(|name| kernel::text::fold_name(name) == folded)
        };
        self.groups.iter().find(is_named).map(|g| g.code)
    }
}

/// norms/review/relations.yaml: relations to the head, with the words lists use for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relations {
    pub relations: Vec<Relation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    pub id: String,
    pub label: Label,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_head: bool,
}

/// norms/registry/papers.yaml: identity papers and what their digits mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Papers {
    /// Digits of the citizen identity card (CCCD).
    pub card_digits: usize,
    /// Digits of the old card (CMND).
    pub old_digits: usize,
    /// 0-based place of the digit that tells sex and century of birth.
    pub century_sex_at: usize,
    /// 0-based place of the first of the two digits of the birth year.
    pub year_at: usize,
    /// First year of the century whose males bear `0`, females `1`; every next century adds 2.
    pub first_century: i16,
}
