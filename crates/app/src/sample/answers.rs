//! B1 answers whose points lie where a class asks for. What the facts already say (size, area, walls) is answered by them;
//! of the other items one is drawn anew until the points fit.

use std::collections::BTreeMap;

use domain::registry::Household;
use domain::review::{Assessment, FactSheet, FactValue, is_skipped, score};
use kernel::Day;
use norms::{Band, PackItem, ScorePack};

use super::data::{Counted, SampleData};
use super::draw::Draw;
use super::scores::{WORKING, ages_of};
use crate::registry::members_on_list;

/// How often answers are changed before giving up.
const TRIES: usize = 400;

/// Item id to answer id.
type Given = BTreeMap<String, String>;

/// `None` when no answers were found whose points lie in the band.
pub(super) fn answers(
    assessment: &Assessment,
    household: &Household,
    band: Band,
    (data, pack): (&SampleData, &ScorePack),
    draw: &mut Draw,
) -> Option<Given> {
    let births: Vec<_> = members_on_list(household, assessment.year).iter().map(|m| m.person.birth).collect();
    let day = Day::last_of(assessment.year);
    let place = (assessment.area, assessment.place.province.as_str());
    let mut given = if pack.id == data.survey.pack { by_facts(assessment, household, data) } else { Given::new() };
    let free: Vec<&PackItem> = pack.items.iter().filter(|item| !given.contains_key(&item.id)).collect();
    for item in &free {
        given.insert(item.id.clone(), draw.one_of(&item.answers)?.id.clone());
    }
    for _ in 0..TRIES {
        let total = score(pack, place, &given, &births, day).ok()?.total;
        if band.holds(total) {
            given.retain(|id, _| pack.items.iter().any(|item| item.id == *id));
            let skipped = |id: &str| pack.items.iter().any(|i| i.id == id && is_skipped(i, &given, &births, day));
            let asked: Given =
                given.iter().filter(|(id, _)| !skipped(id)).map(|(id, answer)| (id.clone(), answer.clone())).collect();
            return Some(asked);
        }
        let item = draw.one_of(&free)?;
        given.insert(item.id.clone(), draw.one_of(&item.answers)?.id.clone());
    }
    None
}

fn by_facts(assessment: &Assessment, household: &Household, data: &SampleData) -> Given {
    let (items, facts) = (&data.survey, &assessment.facts);
    let ages = ages_of(household, assessment.year);
    let with_allowance =
        facts.persons.values().filter(|facts| facts.get("allowance") == Some(&FactValue::YesNo(true))).count();
    let children = ages.iter().filter(|age| **age < WORKING.start).count();
    let mut given = Given::new();
    given.extend(counted(&items.size, ages.len()));
    given.extend(counted(&items.dependents, children + with_allowance));
    if let Some(each) = area_each(facts, ages.len()) {
        let reached = items.area.from.range(..=each).next_back();
        given.extend(reached.map(|(_, answer)| (items.area.item.clone(), answer.clone())));
    }
    for id in &items.as_facts {
        if let Some(FactValue::One(choice)) = facts.household.get(id) {
            given.insert(id.clone(), choice.clone());
        }
    }
    given
}

fn counted(item: &Counted, number: usize) -> Option<(String, String)> {
    let answer = item.answers.get(number).or(item.answers.last())?;
    Some((item.item.clone(), answer.clone()))
}

fn area_each(facts: &FactSheet, members: usize) -> Option<i64> {
    let Some(FactValue::Tenths(tenths)) = facts.household.get("area_m2") else { return None };
    tenths.checked_div(i64::try_from(members).ok()? * 10)
}
