//! What a family of poverty measures is made of, as plain data: which columns, which weights, which cut-offs, which groups.
//! Whole numbers only, so that every back end comes to the same digit. Computes nothing.

use serde::{Deserialize, Serialize};

use crate::{Fault, Why};

/// One Alkire–Foster family: everything a back end needs to know, SQL included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyPlan {
    /// Columns of 0 and 1, a deprivation each.
    pub indicators: Vec<String>,
    /// The weight of each indicator in whole parts; the score of a household is the sum of those it is deprived in.
    pub weights: Vec<u32>,
    /// Poor from so many parts on, ascending. From 1 (the union) to the sum of the weights (the intersection).
    pub cutoffs: Vec<u32>,
    /// The column that a household counts with, its size; each household counts once without.
    pub persons: Option<String>,
    /// Columns to decompose by, beside the whole; `a*b` is the crossing of two.
    pub by: Vec<String>,
}

/// The word for "not decomposed" among the columns of [`FamilyPlan::by`].
pub const WHOLE: &str = "nation";

/// Stands between the two columns of a crossing.
pub const CROSSED: char = '*';

/// A set of deprivations and one mark more are kept in sixteen bits, so that a table of all sets stays small.
pub const MOST_INDICATORS: usize = 15;

/// The number of cut-offs reached is kept in a byte.
const MOST_CUTOFFS: usize = 255;

impl FamilyPlan {
    /// Equal weights of one part each and every cut-off from the union to the intersection.
    pub fn equal(indicators: Vec<String>) -> Self {
        let parts = u32::try_from(indicators.len()).unwrap_or(u32::MAX);
        let weights = vec![1; indicators.len()];
        Self { indicators, weights, cutoffs: (1..=parts).collect(), persons: None, by: Vec::new() }
    }

    /// The columns to group by: those to decompose by or to cross, each once, without the whole.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns = Vec::new();
        for by in self.by.iter().flat_map(|by| by.split(CROSSED)).filter(|by| *by != WHOLE) {
            if !columns.contains(&by) {
                columns.push(by);
            }
        }
        columns
    }

    /// The places of a decomposition's columns among [`Self::columns`]: none for the whole, two for a crossing.
    pub fn places(&self, by: &str) -> Vec<usize> {
        let columns = self.columns();
        by.split(CROSSED).filter_map(|part| columns.iter().position(|column| *column == part)).collect()
    }

    /// All parts together: the score of a household deprived in everything.
    pub fn parts(&self) -> u32 {
        self.weights.iter().sum()
    }

    /// Says what is wrong with the plan, before anything is read.
    pub fn check(&self) -> Result<(), Fault> {
        let wrong = |why: Why| Err(Fault::Definition { path: "family".to_owned(), why });
        if self.indicators.is_empty() || self.indicators.len() > MOST_INDICATORS {
            let many = self.indicators.len();
            return wrong(Why::new(
                format!("có {many} chỉ số; được từ 1 đến {MOST_INDICATORS}"),
                format!("{many} indicators; 1 to {MOST_INDICATORS} are possible"),
            ));
        }
        if self.weights.len() != self.indicators.len() || self.weights.contains(&0) {
            return wrong(Why::new(
                "mỗi chỉ số cần một trọng số lớn hơn 0",
                "every indicator needs one weight above 0",
            ));
        }
        if self.cutoffs.is_empty() || !self.cutoffs.is_sorted_by(|a, b| a < b) || self.cutoffs.len() > MOST_CUTOFFS {
            return wrong(Why::new(
                format!("các ngưỡng k phải tăng dần, từ 1 đến {MOST_CUTOFFS} ngưỡng"),
                format!("cut-offs must ascend, 1 to {MOST_CUTOFFS} of them"),
            ));
        }
        if self.cutoffs.first() == Some(&0) || self.cutoffs.last() > Some(&self.parts()) {
            let parts = self.parts();
            return wrong(Why::new(
                format!("ngưỡng k đi từ 1 đến {parts}, tổng các trọng số"),
                format!("cut-offs go from 1 to {parts}, the sum of the weights"),
            ));
        }
        if let Some(by) = self.by.iter().find(|by| by.split(CROSSED).count() > 2) {
            return wrong(Why::new(
                format!("{by} chéo nhiều hơn hai cột"),
                format!("{by} crosses more than two columns"),
            ));
        }
        Ok(())
    }

    /// The score of a set of deprivations, in parts.
    pub fn score(&self, mask: u16) -> u32 {
        self.weights.iter().enumerate().filter(|(j, _)| mask >> j & 1 == 1).map(|(_, weight)| weight).sum()
    }

    /// For every set of deprivations, at how many of the cut-offs it is poor: its bucket.
    pub fn buckets(&self) -> Vec<u8> {
        let sets = 1u32 << self.indicators.len();
        (0..sets)
            .map(|mask| {
                let score = self.score(u16::try_from(mask).unwrap_or(u16::MAX));
                u8::try_from(self.cutoffs.partition_point(|cutoff| *cutoff <= score)).unwrap_or(u8::MAX)
            })
            .collect()
    }
}

/// The cut-offs of a command: `1..12`, both ends included, or `3,4,6`.
pub fn cutoffs_of(text: &str) -> Result<Vec<u32>, Fault> {
    let wrong = |_| Fault::Definition {
        path: "--k".to_owned(),
        why: Why::new(
            format!("{text} không phải là các ngưỡng; ghi 1..12 hoặc 3,4,6"),
            format!("{text} is no list of cut-offs; write 1..12 or 3,4,6"),
        ),
    };
    if let Some((first, last)) = text.split_once("..") {
        let (first, last): (u32, u32) = (first.parse().map_err(wrong)?, last.parse().map_err(wrong)?);
        // One more than a plan takes is enough for its check to refuse.
        return Ok((first..=last).take(MOST_CUTOFFS + 1).collect());
    }
    text.split(',').map(|k| k.trim().parse().map_err(wrong)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Spoil = fn(&mut FamilyPlan);

    #[test]
    fn a_plan_that_means_nothing_is_refused() {
        let plan = || FamilyPlan::equal(vec!["d01".into(), "d02".into()]);
        plan().check().unwrap();
        let table: [(&str, Spoil); 5] = [
            ("no indicators", |p| p.indicators.clear()),
            ("a weight short", |p| p.weights.truncate(1)),
            ("a weight of nothing", |p| p.weights = vec![1, 0]),
            ("falling cut-offs", |p| p.cutoffs = vec![2, 1]),
            ("a cut-off beyond the intersection", |p| p.cutoffs = vec![3]),
        ];
        for (what, spoil) in table {
            let mut spoilt = plan();
            spoil(&mut spoilt);
            assert!(spoilt.check().is_err(), "{what}");
        }
    }

    #[test]
    fn a_bucket_counts_the_cutoffs_reached() {
        let plan = FamilyPlan {
            weights: vec![2, 1],
            cutoffs: vec![1, 2, 3],
            ..FamilyPlan::equal(vec!["a".into(), "b".into()])
        };
        assert_eq!(plan.buckets(), [0, 2, 1, 3]);
    }
    #[test]
    fn cut_offs_are_a_range_or_a_list() {
        let table: [(&str, Option<&[u32]>); 6] = [
            ("1..3", Some(&[1, 2, 3])),
            ("4..4", Some(&[4])),
            ("3, 4,6", Some(&[3, 4, 6])),
            ("3..1", Some(&[])),
            ("three", None),
            ("1..", None),
        ];
        for (text, wanted) in table {
            assert_eq!(cutoffs_of(text).ok().as_deref(), wanted, "{text}");
        }
        assert_eq!(cutoffs_of("1..4294967295").unwrap().len(), MOST_CUTOFFS + 1);
    }

    #[test]
    fn every_column_is_grouped_by_once_and_the_whole_by_none() {
        let by = ["nation", "area", "commune", "area"].map(str::to_owned).to_vec();
        assert_eq!(FamilyPlan { by, ..FamilyPlan::equal(vec!["a".into()]) }.columns(), ["area", "commune"]);
        let by = ["area", "ethnic*area", "nation"].map(str::to_owned).to_vec();
        let crossed = FamilyPlan { by, ..FamilyPlan::equal(vec!["a".into()]) };
        assert_eq!(crossed.columns(), ["area", "ethnic"]);
        assert_eq!(crossed.places("ethnic*area"), [1, 0]);
        assert_eq!(crossed.places("nation"), [0; 0]);
        assert!(FamilyPlan { by: vec!["a*b*c".into()], ..crossed }.check().is_err());
    }
}
