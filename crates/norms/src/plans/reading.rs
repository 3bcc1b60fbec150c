//! norms/plans/reading.yaml: the words by which a plan laid out after Nghị định 30/2020 is taken apart.
//! Words are compared without marks and case unless said otherwise.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanReading {
    /// What stands in capitals over the subject: `KẾ HOẠCH`.
    pub titles: Vec<String>,
    /// Words that begin the list of those who receive the plan: `Nơi nhận`.
    pub addressees: Vec<String>,
    /// Words that begin the line of those it is sent to: `Kính gửi`.
    pub sent_to: Vec<String>,
    /// Abbreviations and offices that begin a line of the signature, in capitals: `TM.`, `CHỦ TỊCH`.
    pub signs: Vec<String>,
    /// Words that begin what follows the signature: `PHỤ LỤC`.
    pub appendices: Vec<String>,
    /// Words of the levels above the roman numbers: `Phần`, `Chương`, `Mục`, highest first; each with the letters
    /// that stand for it in a clause's key.
    pub parts: Vec<(String, String)>,
    /// Words that are left out when the initials of a heading are taken.
    pub skipped: Vec<String>,
    /// Dashed lines that name a side of the clause above instead of being one of its points.
    pub facets: Vec<Facet>,
    pub documents: Vec<DocumentKind>,
    /// The last part of a document's number, and who issues such documents: `TTg`.
    pub issuers: BTreeMap<String, String>,
    /// Words after which a document's issuer is at an end.
    pub issuer_ends: Vec<String>,
    /// Units a number may stand in, as written.
    pub units: Vec<String>,
    /// Of those, the ones a level is set in: the unit of the level, and how it is written.
    pub level_units: BTreeMap<String, Vec<String>>,
    pub bounds: Vec<BoundWord>,
    /// Words before a number that make it a name and no quantity: `Dự án`, `Điều`.
    pub names: Vec<String>,
    /// Words that begin what an agency has to do; what stands before them is the agency.
    pub duties: Vec<String>,
    /// Words that only ask an agency: `Đề nghị`.
    pub asks: Vec<String>,
    /// What a clause of an unknown plan may stand for, by the heading it lies under; the first that fits counts.
    pub kinds: Vec<KindRule>,
}

/// A dashed line such as `- Đối tượng: …`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facet {
    pub words: String,
    /// Stands in the key: `II-DA.5.b.ND`.
    pub id: String,
    /// The bullets below it are counted as points of the clause above: `II-DA.5.b.1`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opens: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentKind {
    /// `Nghị định`.
    pub words: String,
    /// What stands in the number of such a document: `NĐ`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub symbols: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoundWord {
    pub words: String,
    pub bound: Bound,
}

/// How a written number limits what it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The bare number.
    Exact,
    /// `0,6 - 0,7%`.
    Range,
    /// `trên 30`.
    Above,
    /// `tối thiểu 80%`.
    AtLeast,
    /// `dưới 16 tuổi`.
    Below,
    /// `không quá 3 tỷ đồng`.
    AtMost,
}

/// What the clauses under a heading are taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindRule {
    /// Words of the clause's own or of a higher heading; one is enough.
    pub under: Vec<String>,
    pub kind: RuleKind,
    /// Words of which the clause itself must hold one; none asks for nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<String>,
    /// The clause itself must begin with one of these words; none asks for nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub begins: Vec<String>,
}

/// What a clause can be bound as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    Target,
    Project,
    Task,
    Source,
    /// A kind of capital: investment, recurrent.
    Capital,
}

impl RuleKind {
    pub const ALL: [Self; 5] = [Self::Target, Self::Project, Self::Task, Self::Source, Self::Capital];

    pub fn id(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Project => "project",
            Self::Task => "task",
            Self::Source => "source",
            Self::Capital => "capital",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}
