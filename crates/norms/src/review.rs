//! The shapes of the review's norms: standards, classes, indicators, movements, code lists.
//! Only shapes: every number and word of law comes from `norms/review/*.yaml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Citation, Label, Mark};

/// Urban (wards, townships) or rural (communes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    Urban,
    Rural,
}

impl Area {
    pub const BOTH: [Self; 2] = [Self::Urban, Self::Rural];

    pub fn id(self) -> &'static str {
        match self {
            Self::Urban => "urban",
            Self::Rural => "rural",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|a| a.id() == id)
    }
}

/// One value per area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByArea<T> {
    pub urban: T,
    pub rural: T,
}

impl<T> ByArea<T> {
    pub fn of(&self, area: Area) -> &T {
        match area {
            Area::Urban => &self.urban,
            Area::Rural => &self.rural,
        }
    }
}

/// norms/review/areas.yaml: which unit types are urban. Words are compared folded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Areas {
    pub urban: AreaKind,
    pub rural: AreaKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaKind {
    pub label: Label,
    pub form_code: u8,
    /// `Phường`, `Thị trấn`, `Xã`: the `type` column of the unit lists, or the first word of a written name.
    pub unit_types: Vec<String>,
}

/// norms/review/standard.yaml: the national standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    pub name: Label,
    /// VND per person and month.
    pub income_line: ByArea<i64>,
    pub min_deprivations_for_poor: u8,
    /// VND per person and month: above the first, up to the second. Missing where the law is not known.
    #[serde(default)]
    pub average_living_income: Option<ByArea<(i64, i64)>>,
    #[serde(default)]
    pub low_income_worker_max: Option<ByArea<i64>>,
}

/// norms/review/local_lines.yaml: higher lines that single provinces set for themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalLines {
    pub lines: Vec<LocalLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalLine {
    pub province_name: String,
    /// Province code in the unit list of that day, where known.
    pub province: Option<String>,
    pub income_line: ByArea<i64>,
    pub mark: Mark,
    #[serde(default)]
    pub citation: Option<Citation>,
}

/// norms/review/classes.yaml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classes {
    pub classes: Vec<Class>,
}

/// One class of households. `poor`, `near_poor`, `average_living`, `non_poor`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub id: String,
    pub label: Label,
    /// How lists write it: `N`, `1`, `Hộ nghèo`. Compared folded; the first is the one exported.
    pub codes: Vec<String>,
    /// Listed households are the subject of the yearly forms; a resident household on no list is not.
    pub listed: bool,
    /// The class of a resident household that was on no list.
    #[serde(default)]
    pub default_for_unlisted: bool,
}

impl Classes {
    pub fn get(&self, id: &str) -> Option<&Class> {
        self.classes.iter().find(|c| c.id == id)
    }

    /// The class that `written` names, compared folded.
    pub fn read(&self, written: &str) -> Option<&Class> {
        let folded = kernel::text::fold_name(written);
        self.classes.iter().find(|c| c.codes.iter().any(|code| kernel::text::fold_name(code) == folded))
    }

    /// The class of a resident household that was on no list.
    pub fn unlisted(&self) -> Option<&Class> {
        self.classes.iter().find(|c| c.default_for_unlisted)
    }
}

/// norms/review/class_rules.yaml: a list of rules per class; the first that holds decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassRules {
    pub b2_points_per_deprivation: i32,
    pub b2_max: i32,
    pub rules: Vec<ClassRule>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassRule {
    /// Stable, for support and for the manual: `poor-rural`.
    pub id: String,
    pub class: String,
    pub area: Area,
    #[serde(default)]
    pub b1: Band,
    #[serde(default)]
    pub b2: Band,
    /// The rule in words, as a household would be told it.
    pub says: Label,
}

/// Limits in whole points; every given one must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub le: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lt: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ge: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gt: Option<i32>,
}

impl Band {
    pub fn is_open(self) -> bool {
        self == Self::default()
    }

    /// Whether a score in tenths of a point lies within.
    pub fn holds(self, score: kernel::Points) -> bool {
        let whole = kernel::Points::whole;
        self.le.is_none_or(|limit| score <= whole(limit))
            && self.lt.is_none_or(|limit| score < whole(limit))
            && self.ge.is_none_or(|limit| score >= whole(limit))
            && self.gt.is_none_or(|limit| score > whole(limit))
    }
}

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
    #[serde(default)]
    pub citation: Option<Citation>,
    #[serde(default)]
    pub note: Option<Label>,
}

/// The shapes of the twelve rules. Facts come from the household; limits stand here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum IndicatorRule {
    /// Some member able to work whose work is one of these kinds. Facts: person.work.
    AnyWorker { deprived_kinds: Vec<String> },
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
    #[serde(default)]
    pub from_age: Option<i16>,
    #[serde(default)]
    pub to_age: Option<i16>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    OneOf { choices: Vec<Choice> },
    /// Several may hold; stored as a list.
    AnyOf { choices: Vec<Choice> },
    YesNo,
    /// A number with at most one decimal, in the unit.
    Number { unit: Label },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub label: Label,
}

/// norms/review/movements.yaml: how a household can come onto a list or leave it in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Movements {
    pub movements: Vec<Movement>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Movement {
    pub id: String,
    pub label: Label,
    pub from: Side,
    pub to: Side,
    /// The household must have been in this class in some earlier year.
    #[serde(default)]
    pub was_before: Option<String>,
    /// The household must never have been in this class before.
    #[serde(default)]
    pub never_before: Option<String>,
    pub mark: Mark,
    #[serde(default)]
    pub citation: Option<Citation>,
}

/// One end of a movement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// In one of these classes.
    Class(Vec<String>),
    /// Not there: not yet come, or gone. Needs a recorded event.
    Absent,
}

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
    #[serde(default)]
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
    #[serde(default)]
    pub computed: Option<ComputedGroup>,
    #[serde(default)]
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
}

impl EthnicScheme {
    pub fn name(&self, code: u16) -> Option<&str> {
        self.groups.iter().find(|g| g.code == code).map(|g| g.name.as_str())
    }

    /// A code or a name, compared folded.
    pub fn read(&self, written: &str) -> Option<u16> {
        let folded = kernel::text::fold_name(written);
        let by_code = folded.parse::<u16>().ok();
        self.groups
            .iter()
            .find(|g| Some(g.code) == by_code || kernel::text::fold_name(&g.name) == folded)
            .map(|g| g.code)
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
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
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

/// norms/review/events.yaml: what may happen to a whole household, and whether it explains coming or leaving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseholdEvents {
    pub events: Vec<HouseholdEventKind>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseholdEventKind {
    /// `founded`, `moved_in`, `split_from`; `died_out`, `moved_away`, `merged_into`.
    pub id: String,
    pub label: Label,
    /// `arrival` explains an increase, `departure` a decrease.
    pub explains: Explains,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Explains {
    Arrival,
    Departure,
}

/// norms/packs/*.yaml: the B1 sheet as a versioned pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScorePack {
    pub id: String,
    pub version: String,
    pub title: Label,
    pub mark: Mark,
    #[serde(default)]
    pub citation: Option<Citation>,
    /// The columns points are given in; a household uses the first whose area (and region) is its own.
    pub columns: Vec<PackColumn>,
    pub items: Vec<PackItem>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackColumn {
    pub id: String,
    pub label: Label,
    pub area: Area,
    /// Province codes of the region; empty for everywhere.
    #[serde(default)]
    pub provinces: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackItem {
    pub id: String,
    pub label: Label,
    /// The item is left out (0 points) for such households.
    #[serde(default)]
    pub skip_if: Option<SkipIf>,
    /// Exactly one is chosen.
    pub answers: Vec<PackAnswer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum SkipIf {
    /// Every member is under, or at least, these ages.
    EveryMemberAged { under: i16, from: i16 },
    /// The household answered these answers of other items.
    Answered { item: String, answers: Vec<String> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackAnswer {
    pub id: String,
    pub label: Label,
    /// Points by column id.
    pub points: BTreeMap<String, i32>,
}
