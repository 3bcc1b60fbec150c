//! One household in one year's review: what was entered, what was computed, what was decided. All three are kept.

use kernel::{Day, HouseholdId, IntakeId, Points};
use norms::{Area, Rulebook};
use serde::{Deserialize, Serialize};

use super::classify::{Classified, classify};
use super::indicators::FactSheet;
use super::marks::Marks;
use crate::units::Place;

/// A decision of the commune chairman, as recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub number: String,
    pub day: Option<Day>,
    pub class: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    pub household: HouseholdId,
    pub year: i16,
    /// Where the household lived when it was reviewed.
    pub place: Place,
    pub area: Area,
    /// Whether it stands on the year's list; else it is known to have left it (sheets 2 and 3).
    pub listed: bool,
    /// The class it left, by the sheet it stood on.
    pub left_class: Option<String>,
    /// Members on the day of the list.
    pub size: i32,
    /// Their ages on 31 December, where the birth year is known.
    pub ages: Vec<i16>,
    pub ethnicity: Option<u16>,
    pub b1_entered: Option<Points>,
    pub b2_entered: Option<Points>,
    pub class_entered: Option<String>,
    /// By the pack, when every item is answered.
    pub b1_computed: Option<Points>,
    /// Id of the pack that gave `b1_computed`.
    pub pack: Option<String>,
    /// Entered in the twelve columns.
    pub marks_entered: Marks,
    /// By the twelve rules from the facts.
    pub marks_computed: Marks,
    pub facts: FactSheet,
    /// Bit `code - 1`.
    pub causes: u32,
    pub cause_other: Option<String>,
    /// Bit = place in the list of target groups.
    pub groups: u32,
    pub decision: Option<Decision>,
    pub intake: Option<IntakeId>,
}

/// Something entered that disagrees with what the rules give. Both are kept and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    B1 { entered: Points, computed: Points },
    B2 { entered: Points, computed: Points },
    Class { entered: String, computed: String },
    Decision { decided: String, computed: String },
    Mark { number: u8, entered: bool, computed: bool },
}

impl Assessment {
    /// The pack's total where there is one, else the entered one.
    pub fn b1(&self) -> Option<Points> {
        self.b1_computed.or(self.b1_entered)
    }

    /// Computed marks where known, else the entered ones.
    pub fn marks(&self) -> Marks {
        self.marks_computed.or(self.marks_entered)
    }

    /// Points × deprivations, once every mark is known.
    pub fn b2_computed(&self, rules: &Rulebook) -> Option<Points> {
        let marks = self.marks();
        let deprivations = i32::try_from(marks.count()).ok()?;
        marks
            .is_complete(rules.indicators.value.indicators.len())
            .then(|| Points::whole(deprivations * rules.class_rules.value.b2_points_per_deprivation))
    }

    pub fn b2(&self, rules: &Rulebook) -> Option<Points> {
        self.b2_computed(rules).or(self.b2_entered)
    }

    /// The class the rules give.
    pub fn classified<'a>(&self, rules: &'a Rulebook) -> Option<Classified<'a>> {
        classify(self.area, self.b1(), self.b2(rules), rules)
    }

    /// The class that counts: the decided one once a decision is recorded, the computed one before.
    pub fn class(&self, rules: &Rulebook) -> Option<String> {
        match &self.decision {
            Some(decision) => Some(decision.class.clone()),
            None => self.classified(rules).map(|c| c.class.to_owned()),
        }
    }

    /// Every point on which paper and rules disagree.
    pub fn differences(&self, rules: &Rulebook) -> Vec<Difference> {
        let mut found = Vec::new();
        if let (Some(entered), Some(computed)) = (self.b1_entered, self.b1_computed)
            && entered != computed
        {
            found.push(Difference::B1 { entered, computed });
        }
        if let (Some(entered), Some(computed)) = (self.b2_entered, self.b2_computed(rules))
            && entered != computed
        {
            found.push(Difference::B2 { entered, computed });
        }
        for indicator in &rules.indicators.value.indicators {
            let number = indicator.number;
            if let (Some(entered), Some(computed)) = (self.marks_entered.get(number), self.marks_computed.get(number))
                && entered != computed
            {
                found.push(Difference::Mark { number, entered, computed });
            }
        }
        if let Some(computed) = self.classified(rules).map(|c| c.class.to_owned()) {
            if let Some(entered) = &self.class_entered
                && *entered != computed
            {
                found.push(Difference::Class { entered: entered.clone(), computed: computed.clone() });
            }
            if let Some(decision) = &self.decision
                && decision.class != computed
            {
                found.push(Difference::Decision { decided: decision.class.clone(), computed });
            }
        }
        found
    }
}
