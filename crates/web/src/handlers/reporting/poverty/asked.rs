//! What an address asks of the poverty page, and the address of what is asked: `split`, `cross`, `by`, `k`, `count`, `of`,
//! `before`, `facts`. What cannot be read is as if it were not there.

use app::House;
use app::reporting::poverty::{Facts, Question, Split, Weigh, splits};
use app::units::ByUnits;
use domain::units::{Scope, ScopeLevel};
use norms::Rulebook;
use serde::Deserialize;

use crate::handlers::units::by_units::By;

/// The question as typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    split: Option<String>,
    cross: Option<String>,
    by: Option<String>,
    k: Option<String>,
    count: Option<String>,
    of: Option<String>,
    before: Option<String>,
    facts: Option<String>,
}

/// Which figure stands in the table by group and indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Uncensored,
    Censored,
    Contribution,
}

impl Of {
    pub const ALL: [Self; 3] = [Self::Censored, Self::Uncensored, Self::Contribution];

    /// As the method's literature calls it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Uncensored => "hd",
            Self::Censored => "hdk",
            Self::Contribution => "pctb",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.id() == id)
    }
}

/// The question as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    pub question: Question,
    /// Poor from so many deprivations on.
    pub k: u32,
    pub of: Of,
    pub before: Option<i16>,
    /// The units of another day, when they are asked for.
    pub by: Option<ByUnits>,
}

impl Read {
    /// The place of the cut-off in a plan that has all of them.
    pub fn cutoff(&self) -> usize {
        (self.k as usize).saturating_sub(1)
    }

    /// `split=district&k=3&…`, what is not asked left out.
    pub fn query(&self) -> String {
        let by = self.by.map(|by| format!("{}@{}", norms::Level::from(by.level).id(), by.on.iso()));
        let pairs = [
            ("split", Some(self.question.split.id().to_owned())),
            ("cross", self.question.cross.map(|cross| cross.id().to_owned())),
            ("by", by),
            ("k", Some(self.k.to_string())),
            ("count", Some(self.question.weigh.id().to_owned())),
            ("of", Some(self.of.id().to_owned())),
            ("before", self.before.map(|before| before.to_string())),
            ("facts", (self.question.facts != Facts::Newest).then(|| self.question.facts.id().to_owned())),
        ];
        let asked = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        asked.collect::<Vec<_>>().join("&")
    }
}

/// Reads a question about a unit's year; the law's own cut-off stands where none is asked for.
pub fn read(house: &House, scope: &Scope, year: i16, rules: &Rulebook, asked: &Asked) -> Read {
    let known = splits(house, scope);
    let by = By { by: asked.by.clone() }.units().filter(|by| by.on != scope.units_from);
    let of_day = by.map(Split::Units);
    let find = |wished: Option<&String>| {
        let wished = wished?;
        known.iter().copied().find(|split| split.id() == wished)
    };
    let is_of_units = |split: &Split| matches!(split, Split::Units(_) | Split::Village);
    let first = find(asked.split.as_ref()).or_else(|| known.first().copied());
    let own = ByUnits { on: scope.units_from, level: ScopeLevel::Commune };
    let split = first.unwrap_or(Split::Units(own));
    let split = if is_of_units(&split) { of_day.unwrap_or(split) } else { split };
    let cross =
        find(asked.cross.as_ref()).map(|cross| if is_of_units(&cross) { of_day.unwrap_or(cross) } else { cross });
    let most = u32::try_from(rules.indicators.value.indicators.len()).unwrap_or(1);
    let of_law = u32::from(rules.standard.value.min_deprivations_for_poor);
    let k = asked.k.as_ref().and_then(|k| k.parse().ok()).unwrap_or(of_law).clamp(1, most.max(1));
    Read {
        question: Question {
            year,
            weigh: asked.count.as_deref().and_then(Weigh::from_id).unwrap_or(Weigh::Households),
            split,
            cross: cross.filter(|cross| *cross != split),
            facts: asked.facts.as_deref().and_then(Facts::from_id).unwrap_or_default(),
        },
        k,
        of: asked.of.as_deref().and_then(Of::from_id).unwrap_or(Of::Censored),
        before: asked.before.as_ref().and_then(|before| before.parse().ok()).filter(|before| *before < year),
        by,
    }
}
