//! The shapes of `ha-tinh.yaml`. Everything of law in it is an id of the norms; figures carry their source in the file.

use std::collections::BTreeMap;

use kernel::Day;
use serde::Deserialize;

/// Something with its weight.
pub(super) type Weights<K> = BTreeMap<K, u32>;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleData {
    pub province: String,
    pub units_on: Day,
    /// Last year and the year under review.
    pub years: (i16, i16),
    pub population: Population,
    /// By year and class.
    pub lists: BTreeMap<i16, BTreeMap<String, usize>>,
    pub flows: Vec<Flow>,
    pub earlier_year: i16,
    pub money: Vec<SampleMoney>,
    pub districts: Vec<District>,
    pub deprivations: BTreeMap<String, Weights<u32>>,
    pub indicators: Weights<String>,
    pub causes: Weights<u8>,
    pub cause_other: Vec<String>,
    pub groups: Groups,
    pub survey: SurveyItems,
    pub accounts: Accounts,
    pub names: Names,
    pub villages: VillageNames,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Population {
    pub households: u64,
    pub persons: u64,
}

/// So many households made this movement in the year under review.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Flow {
    pub movement: String,
    pub households: usize,
}

/// What a district of mean need was given, and the percent of it that was paid.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleMoney {
    pub source: String,
    pub capital: String,
    pub project: String,
    pub millions: i64,
    pub paid: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct District {
    pub code: String,
    pub households: u64,
    /// Percent of the province's mean.
    pub need: u64,
    /// Ethnic code to households in a thousand.
    #[serde(default)]
    pub minorities: Weights<u16>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Groups {
    pub minority: String,
    pub no_labour: String,
    pub merit: String,
    pub policy: String,
}

/// Items of a pack whose answers follow from the facts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyItems {
    /// Id of the pack these are items of.
    pub pack: String,
    pub size: Counted,
    pub dependents: Counted,
    pub area: Ranged,
    /// The answer is the fact of the same id.
    pub as_facts: Vec<String>,
}

/// The answer stands at the place that the number says; the last is for all above.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counted {
    pub item: String,
    pub answers: Vec<String>,
}

/// The answer is the one of the highest limit reached.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ranged {
    pub item: String,
    pub from: BTreeMap<i64, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Accounts {
    /// The commune whose officer anybody may play; its list is open.
    pub commune: String,
    /// The commune whose list came back.
    pub returned: String,
    pub remark: String,
    /// By role id.
    pub officers: BTreeMap<String, Officer>,
    /// The province's second officer: who compiled results does not approve them.
    pub approver: Officer,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Officer {
    pub login: String,
    pub name: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub surnames: Weights<String>,
    pub minority_surnames: BTreeMap<u16, Weights<String>>,
    pub male_middles: Weights<String>,
    pub female_middles: Weights<String>,
    pub male_givens: Weights<String>,
    pub female_givens: Weights<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VillageNames {
    pub rural: Vec<String>,
}

impl SampleData {
    /// The file the program was built with.
    pub fn embedded() -> Result<Self, serde_norway::Error> {
        serde_norway::from_str(include_str!("ha-tinh.yaml"))
    }
}
