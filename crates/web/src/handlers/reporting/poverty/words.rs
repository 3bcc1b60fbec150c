//! Groups, splits and figures in the words of a page.

use app::reporting::poverty::{Group, GroupOf, Split, Weigh};
use domain::registry::Sex;
use domain::units::ScopeLevel;
use kernel::Rate;
use measures::poverty::{Counts, FamilyPlan};
use norms::{Area, Rulebook};

use crate::handlers::units::life::why_words;
use crate::handlers::words::label;
use crate::language::Lang;

/// What stands where there is nothing to divide by.
pub const NONE: &str = "–";

pub fn split(l: Lang, split: Split) -> String {
    match split {
        Split::Units(by) => {
            let level = match by.level {
                ScopeLevel::Province => "level-province",
                ScopeLevel::District => "level-district",
                ScopeLevel::Commune => "level-commune",
            };
            l.t(level)
        }
        // keys: poverty-split-*
        other => l.t(&format!("poverty-split-{}", other.id())),
    }
}

pub fn weigh(l: Lang, weigh: Weigh) -> String {
    // keys: poverty-count-*
    l.t(&format!("poverty-count-{}", weigh.id()))
}

pub fn group(l: Lang, rules: &Rulebook, of: &GroupOf) -> String {
    match of {
        GroupOf::Unit { name, .. }
        | GroupOf::Village { name, .. }
        | GroupOf::Unplaced { name, .. }
        | GroupOf::Unresolved { name, .. } => name.clone(),
        GroupOf::NotListed { code } => code.clone(),
        GroupOf::Area(Area::Urban) => label(l, &rules.areas.value.urban.label),
        GroupOf::Area(Area::Rural) => label(l, &rules.areas.value.rural.label),
        GroupOf::Ethnic(code) => {
            let name = code.and_then(|code| rules.ethnic.value.name(code));
            name.map_or_else(|| l.t("poverty-group-unknown"), str::to_owned)
        }
        GroupOf::HeadSex(Some(Sex::Male)) => l.t("sex-male"),
        GroupOf::HeadSex(Some(Sex::Female)) => l.t("sex-female"),
        GroupOf::HeadSex(None) => l.t("poverty-group-unknown"),
        GroupOf::Target(id) => {
            let known = rules.groups.value.groups.iter().find(|group| group.id == *id);
            known.map_or_else(|| id.clone(), |group| label(l, &group.label))
        }
    }
}

/// Why a group is of no unit of the day; empty where it is.
pub fn state(l: Lang, of: &GroupOf) -> String {
    match of {
        GroupOf::Unplaced { .. } => l.t("restate-unplaced"),
        GroupOf::Unresolved { why, .. } => format!("{}: {}", l.t("restate-unresolved"), why_words(l, *why)),
        GroupOf::NotListed { .. } => l.t("restate-not-listed"),
        _ => String::new(),
    }
}

/// `Huyện Hương Khê`, or of a crossing `Huyện Hương Khê · Kinh`.
pub fn whole_name(l: Lang, rules: &Rulebook, of: &Group) -> String {
    let names = [Some(&of.of), of.and.as_ref()].into_iter().flatten().map(|of| group(l, rules, of));
    names.collect::<Vec<_>>().join(" · ")
}

/// One figure of the family; its indicator by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    Headcount,
    Intensity,
    Adjusted,
    Uncensored(usize),
    Censored(usize),
    Contribution(usize),
}

impl Figure {
    /// As the method's literature calls it, for addresses and files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Headcount => "h",
            Self::Intensity => "a",
            Self::Adjusted => "m0",
            Self::Uncensored(_) => "hd",
            Self::Censored(_) => "hdk",
            Self::Contribution(_) => "pctb",
        }
    }

    pub fn indicator(self) -> Option<usize> {
        match self {
            Self::Headcount | Self::Intensity | Self::Adjusted => None,
            Self::Uncensored(at) | Self::Censored(at) | Self::Contribution(at) => Some(at),
        }
    }

    /// What is divided by what: whole numbers, so that the page and the definition cannot differ.
    pub fn rate(self, plan: &FamilyPlan, counts: &Counts) -> Option<Rate> {
        let parts = u64::from(plan.parts());
        let weight = |at: usize| plan.weights.get(at).copied().map(u64::from);
        let (numerator, denominator) = match self {
            Self::Headcount => (counts.poor, counts.all),
            Self::Intensity => (counts.parts, counts.poor * parts),
            Self::Adjusted => (counts.parts, counts.all * parts),
            Self::Uncensored(at) => (*counts.uncensored.get(at)?, counts.all),
            Self::Censored(at) => (*counts.censored.get(at)?, counts.all),
            Self::Contribution(at) => (*counts.censored.get(at)? * weight(at)?, counts.parts),
        };
        Rate::of(i64::try_from(numerator).ok()?, i64::try_from(denominator).ok()?)
    }

    /// M0 as a fraction, everything else in percent without the sign.
    pub fn words(self, rate: Option<Rate>) -> String {
        match (self, rate) {
            (_, None) => NONE.to_owned(),
            (Self::Adjusted, Some(rate)) => fraction(rate.percent_hundredths()),
            (_, Some(rate)) => rate.percent(),
        }
    }
}

/// So many of everybody who lives there, reviewed or not; `None` where nobody entered how many that are.
pub fn rate_of_all(many: u64, population: Option<i64>) -> Option<Rate> {
    Rate::of(i64::try_from(many).ok()?, population?)
}

/// Hundredths of a percent as a fraction: 1234 is `0,1234`.
pub fn fraction(hundredths: i64) -> String {
    format!("{},{:04}", hundredths / 10_000, hundredths.rem_euclid(10_000))
}
