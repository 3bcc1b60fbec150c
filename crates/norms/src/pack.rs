//! A B1 score pack: items, answers and points by column, as a province loads and signs it off.
//! Start with [`ScorePack::from_yaml`], which refuses a pack that could not score every household.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Day;
use serde::{Deserialize, Serialize};

use crate::fault::{NormFault, words};
use crate::{Area, Basis, Citation, Label, Mark};

/// norms/packs/*.yaml: the B1 sheet as a versioned pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScorePack {
    pub id: String,
    pub version: String,
    pub title: Label,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
    /// First and last day of the lists it may score; without a last day it goes on.
    pub from: Day,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provinces: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackItem {
    pub id: String,
    pub label: Label,
    /// The item is left out (0 points) for such households.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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

impl ScorePack {
    /// Reads a pack that a province loads; every fault that would keep a household from being scored is told.
    pub fn from_yaml(text: &str) -> Result<Self, Vec<NormFault>> {
        Self::from_file("pack.yaml", text)
    }

    pub(crate) fn from_file(file: &str, text: &str) -> Result<Self, Vec<NormFault>> {
        let pack: Self = serde_norway::from_str(text).map_err(|error| vec![crate::load::misshapen(file, &error)])?;
        let faults = pack.faults(file);
        if faults.is_empty() { Ok(pack) } else { Err(faults) }
    }

    /// Whether the pack may score the lists of a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// What a B1 by this pack cites.
    pub fn basis(&self) -> Basis {
        Basis {
            norm: format!("packs.{}", self.id),
            from: self.from,
            item: Some(format!("version-{}", self.version)),
            label: self.title.clone(),
            mark: self.mark,
            citation: self.citation.clone(),
        }
    }

    fn faults(&self, file: &str) -> Vec<NormFault> {
        let mut faults = Vec::new();
        let mut fault = |code, id: &str, what| faults.push(NormFault::new(code, file, what).at(id));
        if self.mark == Mark::Missing {
            fault(
                "NRM-008",
                &self.id,
                words("Bộ điểm không thể mang dấu missing.", "A pack cannot be marked missing."),
            );
        }
        if self.citation.is_none() && !self.mark.stands_alone() {
            fault("NRM-005", &self.id, words("Không có trích dẫn (citation).", "There is no citation."));
        }
        if self.to.is_some_and(|to| to < self.from) {
            fault("NRM-007", &self.id, words("Bộ điểm kết thúc trước khi bắt đầu.", "The pack ends before it begins."));
        }
        for id in repeated(self.columns.iter().map(|c| &c.id)).chain(repeated(self.items.iter().map(|i| &i.id))) {
            fault("NRM-010", id, words(format!("Mã \"{id}\" có hai lần."), format!("The id \"{id}\" stands twice.")));
        }
        for area in Area::BOTH {
            if !self.columns.iter().any(|c| c.area == area && c.provinces.is_empty()) {
                let what = words(
                    format!("Không có cột chung nào cho khu vực {}.", area.id()),
                    format!("No column for everywhere in {} areas.", area.id()),
                );
                fault("NRM-016", &self.id, what);
            }
        }
        if self.items.is_empty() {
            fault("NRM-016", &self.id, words("Bộ điểm không có câu hỏi nào.", "The pack has no items."));
        }
        for item in &self.items {
            faults.extend(self.item_faults(item, file));
        }
        faults
    }

    fn item_faults(&self, item: &PackItem, file: &str) -> Vec<NormFault> {
        let mut faults = Vec::new();
        let mut fault = |code, what| faults.push(NormFault::new(code, file, what).at(&item.id));
        if item.answers.is_empty() {
            fault("NRM-016", words("Câu hỏi không có câu trả lời nào.", "The item has no answers."));
        }
        for id in repeated(item.answers.iter().map(|a| &a.id)) {
            fault(
                "NRM-010",
                words(format!("Câu trả lời \"{id}\" có hai lần."), format!("The answer \"{id}\" stands twice.")),
            );
        }
        for answer in &item.answers {
            for column in self.columns.iter().filter(|c| !answer.points.contains_key(&c.id)) {
                let what = words(
                    format!("Câu trả lời \"{}\" không có điểm cho cột \"{}\".", answer.id, column.id),
                    format!("The answer \"{}\" has no points for the column \"{}\".", answer.id, column.id),
                );
                fault("NRM-015", what);
            }
            for column in answer.points.keys().filter(|id| !self.columns.iter().any(|c| &c.id == *id)) {
                let what = words(format!("Không có cột \"{column}\"."), format!("There is no column \"{column}\"."));
                fault("NRM-009", what);
            }
        }
        match &item.skip_if {
            Some(SkipIf::Answered { item: other, answers }) => {
                let found = self.items.iter().find(|i| i.id == *other && i.id != item.id);
                let known = |id: &String| found.is_some_and(|i| i.answers.iter().any(|a| &a.id == id));
                if answers.is_empty() || !answers.iter().all(known) {
                    let what = words(
                        format!("skip_if nhắc đến câu \"{other}\" hoặc câu trả lời không có."),
                        format!("skip_if refers to the item \"{other}\", or to an answer of it, that does not exist."),
                    );
                    fault("NRM-009", what);
                }
            }
            Some(SkipIf::EveryMemberAged { under, from }) if under > from => {
                fault("NRM-011", words("Hai tuổi của skip_if chồng nhau.", "The two ages of skip_if overlap."));
            }
            _ => {}
        }
        faults
    }
}

/// The ids that stand more than once.
fn repeated<'a>(ids: impl Iterator<Item = &'a String>) -> impl Iterator<Item = &'a String> {
    let mut seen = BTreeSet::new();
    ids.filter(move |id| !seen.insert(*id))
}
