//! What is measured in a sample survey, as its analyst writes it: dimensions, their indicators and weights, cut-offs.
//! Becomes a [`FamilyPlan`] in whole parts, so that a cut-off of one third is met by exactly one third. Start with [`Spec::read`].

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::poverty::FamilyPlan;
use crate::{Fault, Why};

/// The file of `--indicators`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    pub id: String,
    pub dimensions: Vec<Dimension>,
    /// Percent of the whole weight (`33`), or a fraction (`1/3`): poor from there on.
    pub cutoffs: Vec<Share>,
    /// Percent of the confidence intervals.
    #[serde(default = "ninety_five")]
    pub confidence: u8,
}

/// A group of indicators; dimensions weigh alike unless they say otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    pub id: String,
    #[serde(default = "one")]
    pub weight: u32,
    /// Columns of 0 and 1; within the dimension they weigh alike unless they say otherwise.
    pub indicators: Vec<Indicator>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Indicator {
    Column(String),
    Weighed { column: String, weight: u32 },
}

impl Indicator {
    pub fn column(&self) -> &str {
        match self {
            Self::Column(column) | Self::Weighed { column, .. } => column,
        }
    }

    fn weight(&self) -> u32 {
        match self {
            Self::Column(_) => 1,
            Self::Weighed { weight, .. } => *weight,
        }
    }
}

/// A share of the whole: `33` percent or `1/3`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Share {
    Percent(u32),
    Fraction(String),
}

fn one() -> u32 {
    1
}

fn ninety_five() -> u8 {
    95
}

impl Spec {
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let name = path.display().to_string();
        let text =
            std::fs::read_to_string(path).map_err(|e| Fault::Unreadable { path: name.clone(), why: e.to_string() })?;
        Self::parse(&text, &name)
    }

    /// The same from its text; `name` is what a fault calls it.
    pub fn parse(text: &str, name: &str) -> Result<Self, Fault> {
        let wrong = |why: Why| Fault::Definition { path: name.to_owned(), why };
        let spec: Self = serde_norway::from_str(text).map_err(|e| wrong(Why::no_definition(&e)))?;
        if !(50..100).contains(&spec.confidence) {
            return Err(wrong(Why::new(
                "confidence đi từ 50 đến 99 phần trăm",
                "confidence goes from 50 to 99 percent",
            )));
        }
        spec.plan().map_err(wrong)?.check()?;
        Ok(spec)
    }

    /// Weights and cut-offs in whole parts: the least common whole of all the fractions.
    pub fn plan(&self) -> Result<FamilyPlan, Why> {
        let within = |d: &Dimension| d.indicators.iter().map(|i| u64::from(i.weight())).sum::<u64>();
        if self.dimensions.iter().any(|d| within(d) == 0 || d.weight == 0) {
            return Err(Why::new(
                "mỗi chiều cần trọng số và chỉ số lớn hơn 0",
                "every dimension needs a weight and an indicator above 0",
            ));
        }
        let common = self.dimensions.iter().map(within).fold(1, |a, b| a / greatest_divisor(a, b) * b);
        let part = |d: &Dimension, i: &Indicator| u64::from(d.weight) * u64::from(i.weight()) * (common / within(d));
        let parts: Vec<u64> =
            self.dimensions.iter().flat_map(|d| d.indicators.iter().map(move |i| part(d, i))).collect();
        let shrink = parts.iter().copied().fold(0, greatest_divisor).max(1);
        let weights: Option<Vec<u32>> = parts.iter().map(|p| u32::try_from(p / shrink).ok()).collect();
        let weights = weights.filter(|w| w.iter().try_fold(0u32, |a, b| a.checked_add(*b)).is_some());
        let weights = weights.ok_or_else(|| {
            Why::new("các trọng số không có mẫu chung dưới 2^32", "the weights have no common measure below 2^32")
        })?;
        let whole: u32 = weights.iter().sum();
        let mut cutoffs = self.cutoffs.iter().map(|share| share.of(whole)).collect::<Result<Vec<_>, _>>()?;
        cutoffs.sort_unstable();
        cutoffs.dedup();
        let indicators = self.dimensions.iter().flat_map(|d| &d.indicators).map(|i| i.column().to_owned()).collect();
        Ok(FamilyPlan { indicators, weights, cutoffs, persons: None, by: Vec::new() })
    }
}

impl Share {
    /// The least whole number of parts that is not below this share.
    fn of(&self, whole: u32) -> Result<u32, Why> {
        let (over, under): (u32, u32) = match self {
            Self::Percent(percent) => (*percent, 100),
            Self::Fraction(text) => text
                .split_once('/')
                .and_then(|(over, under)| Some((over.trim().parse().ok()?, under.trim().parse().ok()?)))
                .filter(|(_, under)| *under > 0)
                .ok_or_else(|| {
                    Why::new(
                        format!("{text} không phải là ngưỡng; ghi 33 hoặc 1/3"),
                        format!("{text} is no cut-off; write 33 or 1/3"),
                    )
                })?,
        };
        let parts = (u64::from(over) * u64::from(whole)).div_ceil(u64::from(under));
        u32::try_from(parts).map_err(|_| {
            Why::new(
                format!("ngưỡng {over}/{under} vượt quá toàn bộ"),
                format!("a cut-off of {over}/{under} is beyond the whole"),
            )
        })
    }

    /// As a person wrote it.
    pub fn text(&self) -> String {
        match self {
            Self::Percent(percent) => percent.to_string(),
            Self::Fraction(text) => text.clone(),
        }
    }
}

fn greatest_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nested_weights_of_the_global_index_become_eighteenths() {
        let spec = "
id: global
dimensions:
  - {id: health, indicators: [nutrition, mortality]}
  - {id: education, indicators: [years, attendance]}
  - {id: living, indicators: [fuel, sanitation, water, electricity, housing, assets]}
cutoffs: [20, 33, 1/3, 50]
";
        let plan = Spec::parse(spec, "global").unwrap().plan().unwrap();
        assert_eq!(plan.weights, [3, 3, 3, 3, 1, 1, 1, 1, 1, 1]);
        // 33 percent of eighteen parts is 5.94, so six: the same as one third.
        assert_eq!(plan.cutoffs, [4, 6, 9]);
    }

    #[test]
    fn a_spec_with_a_gap_is_refused() {
        let good = "{id: a, dimensions: [{id: b, indicators: [c, d]}], cutoffs: [50]}";
        Spec::parse(good, "good").unwrap();
        let table = [
            ("[c, d]", "[]", "a dimension of nothing"),
            ("[50]", "[120]", "a cut-off beyond the whole"),
            ("[50]", "[0]", "a cut-off of nothing"),
            ("[50]", "['1 in 3']", "a cut-off that is no number"),
            ("cutoffs", "lines", "a word that means nothing"),
        ];
        for (from, to, what) in table {
            assert!(Spec::parse(&good.replace(from, to), "bad").is_err(), "{what}");
        }
    }
}
