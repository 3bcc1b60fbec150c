//! A score pack as an analyst writes it: points by answer and area, the deprivations, the lines of the classes.
//! Every number comes from the file. Computes nothing; start with [`Pack::read`].

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::poverty::{Dimension, FamilyPlan, cutoffs_of};
use crate::{Fault, Why};

/// Everything that scoring and the family need to know of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    pub id: String,
    pub status: String,
    /// Areas by name, with their number in column `area`.
    pub areas: BTreeMap<String, i64>,
    /// For each column of answers, the points of answers 0, 1, … in each area.
    pub income_proxy: BTreeMap<String, BTreeMap<String, Vec<i32>>>,
    /// Columns of 0 and 1.
    pub deprivations: Vec<String>,
    /// Points of B2 for one deprivation; ten where the file does not say, as in every questionnaire of this shape.
    #[serde(default = "ten")]
    pub deprivation_points: i32,
    pub weights: Weights,
    /// Dimensions with their deprivations, for figures by dimension; none where the pack does not say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dimensions: BTreeMap<String, Vec<String>>,
    /// The column that a household counts with in the family.
    pub person_weight: Option<String>,
    /// Looked at in order, the first that fits is the class.
    pub classes: Vec<ClassLine>,
}

/// How the deprivations are weighed in the family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", untagged)]
pub enum Weights {
    Named(Equal),
    /// Whole parts for each deprivation.
    Parts(BTreeMap<String, u32>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Equal {
    Equal,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassLine {
    pub class: String,
    /// What stands in the result.
    pub code: u8,
    #[serde(default)]
    pub when: When,
}

/// All that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// B1 at most so many points, by area.
    pub b1_le: Option<BTreeMap<String, i32>>,
    /// B2 at least so many points.
    pub b2_ge: Option<i32>,
}

fn ten() -> i32 {
    10
}

/// Weights alone, as YAML: whole parts by deprivation.
pub fn weights_of(text: &str, name: &str) -> Result<BTreeMap<String, u32>, Fault> {
    serde_norway::from_str(text)
        .map_err(|error| Fault::Definition { path: name.to_owned(), why: Why::no_definition(&error) })
}

impl Pack {
    /// Reads and checks a pack.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let name = path.display().to_string();
        let text =
            std::fs::read_to_string(path).map_err(|e| Fault::Unreadable { path: name.clone(), why: e.to_string() })?;
        Self::parse(&text, &name)
    }

    /// The same from its text; `name` is what a fault calls it.
    pub fn parse(text: &str, name: &str) -> Result<Self, Fault> {
        let wrong = |why: Why| Fault::Definition { path: name.to_owned(), why };
        let pack: Self = serde_norway::from_str(text).map_err(|e| wrong(Why::no_definition(&e)))?;
        pack.check().map_err(wrong)?;
        Ok(pack)
    }

    fn check(&self) -> Result<(), Why> {
        if self.areas.is_empty() || self.income_proxy.is_empty() || self.classes.is_empty() {
            return Err(Why::new(
                "areas, income_proxy và classes không được để trống",
                "areas, income_proxy and classes must not be empty",
            ));
        }
        for (item, by_area) in &self.income_proxy {
            self.every_area(by_area.keys(), item)?;
            if by_area.values().any(|points| points.is_empty() || points.len() > 64) {
                return Err(Why::new(
                    format!("{item} cần điểm cho 1 đến 64 câu trả lời ở mỗi khu vực"),
                    format!("{item} needs points for 1 to 64 answers in every area"),
                ));
            }
        }
        for line in &self.classes {
            if let Some(most) = &line.when.b1_le {
                self.every_area(most.keys(), &line.class)?;
            }
        }
        if let Some(unknown) = self.dimensions.values().flatten().find(|name| !self.deprivations.contains(name)) {
            return Err(Why::new(
                format!("dimensions kể {unknown}, không có trong deprivations"),
                format!("dimensions names {unknown}, which is not among the deprivations"),
            ));
        }
        if self.classes.last().is_some_and(|line| line.when != When::default()) {
            return Err(Why::new(
                "loại cuối cùng phải vừa mọi hộ: bỏ `when` của nó",
                "the last class must fit every household: leave out its `when`",
            ));
        }
        Ok(())
    }

    fn every_area<'a>(&self, named: impl Iterator<Item = &'a String>, of: &str) -> Result<(), Why> {
        let why = || Why::new(format!("{of} phải kể đúng các khu vực"), format!("{of} must name exactly the areas"));
        if named.eq(self.areas.keys()) { Ok(()) } else { Err(why()) }
    }

    /// The dimensions by the places of their deprivations in the family.
    pub fn dimensions_of(&self, plan: &FamilyPlan) -> Vec<Dimension> {
        let place = |name: &String| plan.indicators.iter().position(|known| known == name);
        let dimension = |(id, names): (&String, &Vec<String>)| Dimension {
            id: id.clone(),
            indicators: names.iter().filter_map(place).collect(),
        };
        self.dimensions.iter().map(dimension).collect()
    }

    /// The family of this pack's deprivations at the given cut-offs.
    pub fn family(&self, cutoffs: Vec<u32>, by: Vec<String>) -> Result<FamilyPlan, Fault> {
        let wrong = |why: Why| Fault::Definition { path: self.id.clone(), why };
        let weights = match &self.weights {
            Weights::Named(Equal::Equal) => vec![1; self.deprivations.len()],
            Weights::Parts(parts) => {
                let weight = |name: &String| {
                    parts.get(name).copied().ok_or_else(|| {
                        wrong(Why::new(format!("{name} không có trọng số"), format!("{name} has no weight")))
                    })
                };
                self.deprivations.iter().map(weight).collect::<Result<_, Fault>>()?
            }
        };
        let persons = self.person_weight.clone();
        let plan = FamilyPlan { indicators: self.deprivations.clone(), weights, cutoffs, persons, by };
        plan.check()?;
        Ok(plan)
    }

    /// The same at the cut-offs of a command, see [`cutoffs_of`]; at every one from the union to the intersection without.
    pub fn family_at(&self, cutoffs: Option<&str>, by: Vec<String>) -> Result<FamilyPlan, Fault> {
        let cutoffs = match cutoffs {
            Some(text) => cutoffs_of(text)?,
            None => (1..=self.family(vec![1], Vec::new())?.parts()).collect(),
        };
        self.family(cutoffs, by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "
id: small
status: illustrative
areas: {rural: 0, urban: 1}
income_proxy:
  a01: {rural: [0, 5], urban: [0, 10]}
deprivations: [d01, d02]
weights: equal
person_weight: size
classes:
  - {class: poor, code: 2, when: {b1_le: {rural: 3, urban: 4}, b2_ge: 10}}
  - {class: other, code: 0}
";

    #[test]
    fn a_pack_with_a_gap_is_refused() {
        Pack::parse(SMALL, "small").unwrap();
        let table = [
            ("urban: [0, 10]", "urban: []", "no answers"),
            (", urban: [0, 10]", "", "an area without points"),
            (", urban: 4}", "}", "an area without a line"),
            ("  - {class: other, code: 0}\n", "", "households without a class"),
            ("weights: equal", "weights: heavy", "weights of no kind"),
            ("status:", "state:", "a word that means nothing"),
        ];
        for (from, to, what) in table {
            assert!(Pack::parse(&SMALL.replace(from, to), "small").is_err(), "{what}");
        }
    }

    #[test]
    fn weights_by_name_follow_the_order_of_the_deprivations() {
        let pack = Pack::parse(&SMALL.replace("weights: equal", "weights: {d02: 1, d01: 3}"), "small").unwrap();
        assert_eq!(pack.family(vec![1, 4], vec![]).unwrap().weights, [3, 1]);
    }

    #[test]
    fn a_command_without_cut_offs_means_every_one() {
        let pack = Pack::parse(&SMALL.replace("weights: equal", "weights: {d02: 1, d01: 3}"), "small").unwrap();
        assert_eq!(pack.family_at(None, vec![]).unwrap().cutoffs, [1, 2, 3, 4]);
        assert_eq!(pack.family_at(Some("2,4"), vec![]).unwrap().cutoffs, [2, 4]);
        assert!(pack.family_at(Some("0..3"), vec![]).is_err());
    }
}
