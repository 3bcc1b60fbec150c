//! The shapes of standards, areas, classes and class rules.
//! Only shapes: every number and word of law comes from `norms/review/*.yaml`.

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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average_living_income: Option<ByArea<(i64, i64)>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
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
    #[serde(default, skip_serializing_if = "Band::no_limit")]
    pub b1: Band,
    #[serde(default, skip_serializing_if = "Band::no_limit")]
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

    fn no_limit(&self) -> bool {
        self.is_open()
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
