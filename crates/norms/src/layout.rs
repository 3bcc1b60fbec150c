//! The shapes of papers: report forms with their checks, and the sheets lists arrive in.
//! Columns, titles and checks are data in `norms/review/forms/*.yaml` and `norms/review/layouts/*.yaml`.

use serde::{Deserialize, Serialize};

use crate::{Citation, Label, Mark};

/// One report form (7.1 … 7.11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormLayout {
    /// `7.2`, as printed.
    pub number: String,
    pub title: Label,
    pub columns: Vec<Column>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Who signs, left to right.
    pub signatures: Vec<Label>,
}

impl FormLayout {
    pub fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|c| c.id == id)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Unique in the form; households and persons of form column 1 are `c1h` and `c1p`.
    pub id: String,
    pub label: Label,
    /// Heading above several columns that stand side by side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Label>,
    pub measure: Measure,
    /// Counted and checked but not printed: a part of another column.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    Households,
    Persons,
}

/// How a cell is computed from the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Measure {
    /// Everybody who lives there: the village totals.
    Population { counted: Counted },
    /// In the class at the end of last year.
    Opening { class: String, counted: Counted },
    /// In the class on this year's list.
    InClass { class: String, counted: Counted },
    /// Made one of these movements in the year, seen from `class`. For persons: who leave the class count at last year's
    /// size, who enter it at this year's.
    Moved { class: String, movements: Vec<String>, counted: Counted },
    /// Persons by which households that stayed in the class grew (or shrank).
    StayedSize { class: String, grew: bool },
    /// In the class, with this deprivation.
    Deprived { class: String, indicator: String },
    /// In the class and of the target group.
    InGroup { class: String, group: String, counted: Counted },
    /// In the class, head of this ethnicity.
    Ethnicity { class: String, code: u16, counted: Counted },
    /// In the class, head not of the majority.
    Minority { class: String, counted: Counted },
    /// In the class, head of a minority that has no column of its own here.
    OtherMinority { class: String, except: Vec<u16>, counted: Counted },
    /// In the class, with this cause.
    Cause { class: String, code: u8 },
    /// Children under the age in households of the class.
    Children { class: String, under: i16 },
    /// Households of the class that have such children.
    WithChildren { class: String, under: i16 },
    /// Households of the class with children and this deprivation.
    ChildrenDeprived { class: String, under: i16, indicator: String },
    /// Column by column, in percent.
    Rate { of: String, per: String },
    /// Columns added up.
    Sum { columns: Vec<String> },
}

/// One check that stands under a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Stable: `7.2-balance-households`.
    pub id: String,
    pub label: Label,
    pub rule: CheckRule,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CheckRule {
    /// In every row: result = plus − minus.
    Balance { result: String, plus: Vec<String>, minus: Vec<String> },
    /// In every row: this column equals a column of another form.
    Equals { column: String, form: String, other: String },
    /// In every row: this column equals the column of the same form a year before, as approved.
    PreviousYear { column: String, previous: String },
    /// In every row with households: the mean number of deprivations is at least (or below) the standard's minimum for poor.
    MeanDeprivations { columns: Vec<String>, households: String, at_least: bool },
    /// In every row: the columns add up to the total.
    ColumnsSum { columns: Vec<String>, total: String },
    /// Rows of units add up to their area, areas to the total, in every counted column.
    RowsSum,
    /// Every household of the list: B2 = points per deprivation × marks, from 0 to the maximum.
    B2FromMarks,
    /// Every household of the list: the class is the one its scores give, cut-offs included.
    ClassFromScores,
}

/// The sheets a list travels in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportLayout {
    pub title: Label,
    pub sheets: Vec<SheetLayout>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetLayout {
    /// As printed; files cut it at 31 characters. Compared folded, by its beginning.
    pub name: String,
    #[serde(with = "serde_norway::with::singleton_map")]
    pub role: SheetRole,
    pub columns: Vec<ImportColumn>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetRole {
    /// The decided list: households with their members.
    List,
    /// Heads that left this class.
    Escaped(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportColumn {
    pub field: Field,
    /// As we export it.
    pub header: String,
    /// Other headers that mean the same, compared folded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Without it the sheet is no such list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
}

/// What a column of a list holds. Written `b1`, `cause:3`, `group:merit_member`, `mark:job`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    RowNumber,
    HeadName,
    MemberName,
    Relation,
    BirthDate,
    Sex,
    Paper,
    Province,
    District,
    DistrictCode,
    Commune,
    CommuneCode,
    Village,
    Ethnicity,
    Class,
    DecisionNumber,
    DecisionDay,
    B1,
    B2,
    Address,
    Note,
    CauseOther,
    Cause(u8),
    Group(String),
    Mark(String),
}

const PLAIN: &[(&str, Field)] = &[
    ("row_number", Field::RowNumber),
    ("head_name", Field::HeadName),
    ("member_name", Field::MemberName),
    ("relation", Field::Relation),
    ("birth_date", Field::BirthDate),
    ("sex", Field::Sex),
    ("paper", Field::Paper),
    ("province", Field::Province),
    ("district", Field::District),
    ("district_code", Field::DistrictCode),
    ("commune", Field::Commune),
    ("commune_code", Field::CommuneCode),
    ("village", Field::Village),
    ("ethnicity", Field::Ethnicity),
    ("class", Field::Class),
    ("decision_number", Field::DecisionNumber),
    ("decision_day", Field::DecisionDay),
    ("b1", Field::B1),
    ("b2", Field::B2),
    ("address", Field::Address),
    ("note", Field::Note),
    ("cause_other", Field::CauseOther),
];

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Cause(code) => write!(f, "cause:{code}"),
            Self::Group(id) => write!(f, "group:{id}"),
            Self::Mark(id) => write!(f, "mark:{id}"),
            plain => f.write_str(PLAIN.iter().find(|(_, field)| field == plain).map_or("", |(id, _)| id)),
        }
    }
}

impl std::str::FromStr for Field {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || format!("{text} is not a field of a list");
        match text.split_once(':') {
            Some(("cause", code)) => code.parse().map(Self::Cause).map_err(|_| unknown()),
            Some(("group", id)) => Ok(Self::Group(id.to_owned())),
            Some(("mark", id)) => Ok(Self::Mark(id.to_owned())),
            Some(_) => Err(unknown()),
            None => PLAIN.iter().find(|(id, _)| *id == text).map(|(_, field)| field.clone()).ok_or_else(unknown),
        }
    }
}

impl Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
