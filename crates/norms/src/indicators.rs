//! The shapes of the deprivation indicators and of the facts they are decided from.
//! Names and limits come from `norms/review/indicators.yaml`; the deciding itself is the domain's.

use serde::{Deserialize, Serialize};

use crate::{Citation, Label, Mark};

/// norms/review/indicators.yaml: the deprivation indicators in the order of the forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorSet {
    pub dimensions: Vec<Dimension>,
    pub indicators: Vec<Indicator>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    pub id: String,
    pub label: Label,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// 1-based place in the forms; also the bit of the mark (number - 1).
    pub number: u8,
    pub id: String,
    pub dimension: String,
    pub label: Label,
    pub deprived_if: Label,
    /// Which of the program's rules decides it and with which limits.
    pub rule: IndicatorRule,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Label>,
}

/// The shapes of the twelve rules. Facts come from the household; limits stand here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum IndicatorRule {
    /// Some member of at least the age whose work is one of these kinds. Facts: person.work.
    AnyWorker { from_age: i16, deprived_kinds: Vec<String> },
    /// Dependents are more than `share_percent_over` percent of the members. A dependent is under `child_under`,
    /// or draws a monthly social allowance.
    DependentShare { share_percent_over: u8, child_under: i16 },
    /// Some child under the age is malnourished. Facts: person.malnourished.
    ChildMalnourished { under: i16 },
    /// Some member of at least the age has no health insurance. Facts: person.insured.
    Uninsured { from_age: i16 },
    /// Some member in one of the age bands neither attends nor holds one of the levels.
    AdultEducation { bands: Vec<EducationBand> },
    /// Some child in the age band is not at the school level for its age. Facts: person.schooling.
    ChildAttendance { from_age: i16, under: i16 },
    /// Of the parts (`wall`, `frame`, `roof`), at least so many are not durable.
    HousingQuality { parts: Vec<String>, not_durable_at_least: u8 },
    /// Square metres per member below the limit.
    HousingArea { below_m2: u16 },
    /// The household's fact is none of these. Facts: household.water, household.toilet.
    NoneOf { fact: String, accepted: Vec<String> },
    /// No member uses an internet service. Facts: household.internet.
    NoInternet,
    /// None of the means, and no public loudspeaker within reach.
    NoInformation { means: Vec<String> },
    /// The rule is not known (the 2027 set); only entered marks count.
    EnteredOnly,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EducationBand {
    pub from_age: i16,
    /// Last age that still belongs to the band.
    pub to_age: i16,
    pub levels: Vec<String>,
}

/// norms/review/facts.yaml: what can be answered about a person or a household, with labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    pub household: Vec<Fact>,
    pub person: Vec<Fact>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// `water`, `wall`, `area_m2`; `work`, `insured`, `schooling`, `education`, `malnourished`, `allowance`.
    pub id: String,
    pub label: Label,
    pub answer: Answer,
    /// Asked only of members of these ages, both ends included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_age: Option<i16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_age: Option<i16>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    OneOf {
        choices: Vec<Choice>,
    },
    /// Several may hold; stored as a list.
    AnyOf {
        choices: Vec<Choice>,
    },
    YesNo,
    /// A number with at most one decimal, in the unit.
    Number {
        unit: Label,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub label: Label,
}
