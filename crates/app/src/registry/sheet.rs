//! The arithmetic of a B1, item by item, in the words of the pack.

use domain::registry::Household;
use domain::review::{FactSheet, is_skipped, score};
use kernel::Day;
use norms::{PackItem, Rulebook, ScorePack};
use storage::StoredAssessment;

use super::open::{B1Line, B1View};
use super::reassess::{area_of, births_on_list};
use crate::House;

/// A household's B1 sheet: what was answered, and the points each answer gives.
pub(super) fn b1_view(
    house: &House,
    pack: ScorePack,
    household: &Household,
    stored: Option<&StoredAssessment>,
    year: i16,
    rules: &Rulebook,
) -> B1View {
    let blank = FactSheet::default();
    let answers = stored.map_or(&blank.answers, |stored| &stored.assessment.facts.answers);
    let births = births_on_list(household, year);
    let day = Day::last_of(year);
    let area = stored.map(|stored| stored.assessment.area).or_else(|| area_of(house, &household.place, rules));
    let total = area.and_then(|area| score(&pack, (area, &household.place.province), answers, &births, day).ok());
    let line = |item: &PackItem| {
        let given = answers.get(&item.id).and_then(|id| item.answers.iter().find(|answer| &answer.id == id));
        let points = total.as_ref().and_then(|b1| b1.items.iter().find(|points| points.item == item.id));
        let is_skipped = is_skipped(item, answers, &births, day);
        B1Line {
            item: item.label.clone(),
            answer: given.filter(|_| !is_skipped).map(|answer| answer.label.clone()),
            points: points.map_or(0, |points| points.points),
            is_skipped,
        }
    };
    let column = total.as_ref().and_then(|b1| pack.columns.iter().find(|column| column.id == b1.column));
    B1View {
        column: column.map(|column| column.label.clone()),
        lines: pack.items.iter().map(line).collect(),
        total: total.as_ref().map(|b1| b1.total),
        pack,
    }
}
