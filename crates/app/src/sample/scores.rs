//! Invented scores that give a wanted class by the rules of the norms; every limit is read there.

use std::collections::BTreeMap;

use domain::registry::Household;
use domain::review::{Assessment, Marks};
use kernel::{Day, Points};
use norms::{Area, Band, ClassRule, Indicator, IndicatorRule, Rulebook};

use super::data::{SampleData, Weights};
use super::draw::Draw;
use crate::registry::members_on_list;

/// Points go in steps of five.
const STEP: i32 = 5;
/// Ages at which somebody invented can work for the household.
pub(super) const WORKING: std::ops::Range<i16> = 16..65;
/// How far below or above the line households are found.
const BELOW: i32 = 75;
const ABOVE: i32 = 60;

/// Gives an assessment scores, marks, causes and groups so that the rules find the wanted class.
pub(super) fn fill(
    assessment: &mut Assessment,
    household: &Household,
    class: &str,
    (data, rules): (&SampleData, &Rulebook),
    draw: &mut Draw,
) {
    let Some(rule) = rule_for(class, assessment.area, rules) else { return };
    let b1 = within(rule.b1, draw);
    let marks = draw_marks(assessment, household, rule, (data, rules), draw);
    let points = rules.class_rules.value.b2_points_per_deprivation;
    let deprivations = i32::try_from(marks.count()).unwrap_or(0);
    assessment.b1_entered = Some(Points::whole(b1));
    assessment.b2_entered = Some(Points::whole(deprivations * points));
    assessment.marks_entered = marks;
    assessment.class_entered = Some(class.to_owned());
    draw_causes(assessment, (data, rules), draw);
    draw_groups(assessment, household, (data, rules), draw);
}

pub(super) fn rule_for<'a>(class: &str, area: Area, rules: &'a Rulebook) -> Option<&'a ClassRule> {
    rules.class_rules.value.rules.iter().find(|rule| rule.class == class && rule.area == area)
}

/// A B1 inside a band; one in twenty stands exactly on its limit.
fn within(band: Band, draw: &mut Draw) -> i32 {
    let low = band.ge.or(band.gt.map(|limit| limit + STEP));
    let high = band.le.or(band.lt.map(|limit| limit - STEP));
    let (low, high) = match (low, high) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low + ABOVE),
        (None, Some(high)) => (high - BELOW, high),
        (None, None) => (0, BELOW),
    };
    if draw.percent(5) {
        return if band.le.is_some() { high } else { low };
    }
    low + STEP * draw.between(0, (high - low) / STEP)
}

fn draw_marks(
    assessment: &Assessment,
    household: &Household,
    rule: &ClassRule,
    (data, rules): (&SampleData, &Rulebook),
    draw: &mut Draw,
) -> Marks {
    let points = rules.class_rules.value.b2_points_per_deprivation;
    let fits = |count: u32| rule.b2.holds(Points::whole(i32::try_from(count).unwrap_or(0) * points));
    let mut counts: Weights<u32> = data.deprivations.get(&rule.class).cloned().unwrap_or_default();
    counts.retain(|count, _| fits(*count));
    let wanted = draw.weighted(&counts).copied().unwrap_or_else(|| (0..12).find(|n| fits(*n)).unwrap_or(0));
    let indicators = &rules.indicators.value.indicators;
    let mut marks = indicators.iter().fold(Marks::default(), |marks, i| marks.with(i.number, false));
    let ages = ages_of(household, assessment.year);
    let mut open: Weights<u8> = BTreeMap::new();
    for indicator in indicators {
        let weight = data.indicators.get(&indicator.id).copied().unwrap_or(1);
        match room(indicator, &ages) {
            Room::Never => {}
            Room::Either => drop(open.insert(indicator.number, weight)),
            Room::Always => marks = marks.with(indicator.number, true),
        }
    }
    while marks.count() < wanted || !fits(marks.count()) {
        let Some(number) = draw.weighted(&open).copied() else { break };
        open.remove(&number);
        marks = marks.with(number, true);
    }
    marks
}

pub(super) fn ages_of(household: &Household, year: i16) -> Vec<i16> {
    let day = Day::last_of(year);
    members_on_list(household, year).iter().filter_map(|m| m.person.birth).map(|b| b.age_on(day)).collect()
}

/// What the ages of a household leave open: who has no child cannot have one out of school, and where children are more
/// than the share, dependents are too many whatever else is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Never,
    Either,
    Always,
}

fn room(indicator: &Indicator, ages: &[i16]) -> Room {
    let any = |low: i16, under: i16| ages.iter().any(|age| (low..under).contains(age));
    let open = match &indicator.rule {
        IndicatorRule::AnyWorker { from_age, .. } => any(*from_age, WORKING.end),
        IndicatorRule::DependentShare { share_percent_over, child_under } => {
            return dependents(ages, usize::from(*share_percent_over), *child_under);
        }
        IndicatorRule::ChildMalnourished { under } => any(0, *under),
        IndicatorRule::AdultEducation { bands } => bands.iter().any(|band| any(band.from_age, band.to_age + 1)),
        IndicatorRule::ChildAttendance { from_age, under } => any(*from_age, *under),
        _ => true,
    };
    if open { Room::Either } else { Room::Never }
}

/// Old members may or may not draw an allowance; children always depend.
fn dependents(ages: &[i16], over: usize, child_under: i16) -> Room {
    let children = ages.iter().filter(|age| **age < child_under).count();
    let old = ages.iter().filter(|age| **age >= WORKING.end).count();
    let exceeds = |dependents: usize| dependents * 100 > ages.len() * over;
    match (exceeds(children), exceeds(children + old)) {
        (true, _) => Room::Always,
        (false, true) => Room::Either,
        (false, false) => Room::Never,
    }
}

fn draw_causes(assessment: &mut Assessment, (data, rules): (&SampleData, &Rulebook), draw: &mut Draw) {
    let mut open = data.causes.clone();
    for _ in 0..draw.between(1, 3) {
        let Some(code) = draw.weighted(&open).copied() else { break };
        open.remove(&code);
        assessment.causes |= 1u32.checked_shl(u32::from(code) - 1).unwrap_or(0);
        if rules.causes.value.causes.iter().any(|cause| cause.code == code && cause.free_text) {
            assessment.cause_other = draw.one_of(&data.cause_other).cloned();
        }
    }
}

fn draw_groups(
    assessment: &mut Assessment,
    household: &Household,
    (data, rules): (&SampleData, &Rulebook),
    draw: &mut Draw,
) {
    let groups = &data.groups;
    let ages = ages_of(household, assessment.year);
    let nobody_works = !ages.iter().any(|age| WORKING.contains(age));
    let is_minority = assessment.ethnicity.is_some_and(|code| code != rules.ethnic.value.majority);
    let old = ages.iter().any(|age| *age > WORKING.end);
    let belongs = [
        (&groups.minority, is_minority),
        (&groups.no_labour, nobody_works && draw.percent(80)),
        (&groups.merit, old && draw.percent(4)),
        (&groups.policy, old && draw.percent(3)),
    ];
    for (id, _) in belongs.iter().filter(|(_, belongs)| *belongs) {
        let place = rules.groups.value.groups.iter().position(|group| &group.id == *id);
        let bit = place.and_then(|place| u32::try_from(place).ok()).and_then(|place| 1u32.checked_shl(place));
        assessment.groups |= bit.unwrap_or(0);
    }
}
