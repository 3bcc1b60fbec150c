//! The small parts pages are made of: tags, answers, bases, pagers, choices. Display only.

use crate::language::Lang;

/// A choice of a select, radio or checkbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub text: String,
    pub href: String,
}

impl Link {
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// Communes that a number knows nothing of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsentLine {
    /// `3 xã, phường, thị trấn chưa có danh sách năm 2023`.
    pub says: String,
    /// Their names.
    pub communes: String,
    /// So few that they are shown at once.
    pub is_open: bool,
}

impl AbsentLine {
    pub fn new(says: impl Into<String>, communes: &[String]) -> Self {
        const SHOWN: usize = 8;
        Self { says: says.into(), communes: communes.join(", "), is_open: communes.len() <= SHOWN }
    }
}

/// A counted number above a table, with what it opens onto.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub word: String,
    pub number: String,
    pub href: String,
}

impl Count {
    pub fn new(word: impl Into<String>, number: impl Into<String>, href: impl Into<String>) -> Self {
        Self { word: word.into(), number: number.into(), href: href.into() }
    }
}

/// A paper with its files: PDF, Word, the page that prints. Without files it is only named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLinks {
    pub label: String,
    pub files: Vec<Link>,
}

impl PaperLinks {
    /// The label begins with a capital, wherever its words come from.
    pub fn new(label: &str, files: Vec<Link>) -> Self {
        let mut letters = label.chars();
        let first = letters.next().map(char::to_uppercase).into_iter().flatten();
        Self { label: first.chain(letters).collect(), files }
    }
}

/// A class as word and shape. `rank` is its place in the norms' list of classes, from 1; 0 is "no class yet".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub label: String,
    pub rank: usize,
}

impl Tag {
    pub fn new(label: impl Into<String>, rank: usize) -> Self {
        Self { label: label.into(), rank }
    }

    /// There are four shapes; more classes than that share the last.
    pub fn shape(&self) -> usize {
        self.rank.min(4)
    }
}

/// How something stands: good, bad or open. Words come from the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Good,
    Bad,
    Open,
    Plain,
}

impl Verdict {
    pub fn css(self) -> &'static str {
        match self {
            Self::Good => "v-state--good",
            Self::Bad => "v-state--bad",
            Self::Open => "v-state--open",
            Self::Plain => "v-state--plain",
        }
    }

    /// The word of a check under a form: đạt, không đạt, chưa đủ dữ liệu.
    pub fn check_key(self) -> &'static str {
        match self {
            Self::Good => "check-met",
            Self::Bad => "check-failed",
            Self::Open | Self::Plain => "check-open",
        }
    }
}

/// What a result stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Id of the rule or norm, as the manual names it: `review.indicators#water`.
    pub id: String,
    /// `Nghị định 07/2021/NĐ-CP`; empty for a value without a citation.
    pub act: String,
    /// Empty where it was not recovered.
    pub article: String,
    pub href: String,
    /// `quoted`, `inferred` … shown as `mark-quoted`.
    pub mark: String,
    /// Only remembered or invented, and not confirmed by the province.
    pub is_unconfirmed: bool,
}

/// A message above the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `v-notice--good`, `--warn`, `--bad`.
    pub tone: &'static str,
    pub text: String,
}

impl Notice {
    pub fn good(text: impl Into<String>) -> Self {
        Self { tone: "v-notice--good", text: text.into() }
    }

    pub fn warn(text: impl Into<String>) -> Self {
        Self { tone: "v-notice--warn", text: text.into() }
    }
}

/// Where one is in a long list. Numbers come formatted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pager {
    pub from: String,
    pub to: String,
    pub total: String,
    /// Counting stopped at the cap: "hơn 1.000".
    pub is_capped: bool,
    pub previous: Option<String>,
    pub next: Option<String>,
}

impl Pager {
    pub fn words(&self, l: impl Into<Lang>) -> String {
        let key = if self.is_capped { "pager-capped" } else { "pager-words" };
        l.into().tv(key, &[("from", &self.from), ("to", &self.to), ("total", &self.total)])
    }
}

/// One entry of a trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailRow {
    /// `23/11/2026 14:05`.
    pub at: String,
    pub who: String,
    /// In words: "Sửa thông tin hộ".
    pub what: String,
    pub detail: String,
    pub subject: Option<Link>,
}

/// By the units of which day a table is told, and the form that asks for another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByUnitsChoice {
    pub action: String,
    pub unit: String,
    pub choices: Vec<Choice>,
    /// Empty: the units the list itself is of.
    pub chosen: String,
    pub changes_href: String,
}

impl ByUnitsChoice {
    pub fn sample() -> Self {
        Self {
            action: "/units/counts".to_owned(),
            unit: "province:42".to_owned(),
            choices: vec![
                Choice::new("commune@2025-07-01", "01/07/2025 · Xã, phường"),
                Choice::new("district@2020-01-01", "01/01/2020 · Huyện"),
            ],
            chosen: "commune@2025-07-01".to_owned(),
            changes_href: "/units/changes?unit=province:42".to_owned(),
        }
    }
}
