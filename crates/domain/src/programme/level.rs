//! What level a clause sets, from the numbers found in it, and whether that is the level of a known plan's data. Only proposes:
//! a person says which holds. Start with [`proposed`] for an unknown plan and [`difference`] for a known one.

use norms::{Bound, PlanBindings, PlanReading, PlanTarget, Pointer, TargetOp, TargetValue};

use super::plan::{NumberFound, NumberKind, Plan};

/// A level with the words it was read from: `trên 40 mô hình`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    level: TargetValue,
    text: String,
}

/// The clause of a known plan names other numbers than the plan's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// As written; empty where the clause names none.
    pub numbers: Vec<String>,
    /// The level they come to, where there is only one.
    pub level: Option<TargetValue>,
}

/// The level a clause sets, where it sets one and no more.
pub fn proposed(plan: &Plan, reading: &PlanReading, at: &Pointer) -> Option<TargetValue> {
    match written(plan, reading, at).as_slice() {
        [only] => Some(only.level.clone()),
        _ => None,
    }
}

/// `None` where the clause says what the data say of the target.
pub fn difference(plan: &Plan, reading: &PlanReading, known: &PlanBindings, target: &PlanTarget) -> Option<Difference> {
    let mut found = written(plan, reading, &target.at);
    if found.iter().any(|one| says(&one.level, &target.target)) {
        return None;
    }
    // A clause may set the levels of several targets; what another one claims is not this one's.
    let others = || known.targets.iter().filter(|other| other.id != target.id && other.at.clause == target.at.clause);
    found.retain(|one| !others().any(|other| says(&one.level, &other.target)));
    let level = match found.as_slice() {
        [only] => {
            let (unit, effort) = (target.target.unit.clone(), target.target.effort);
            Some(TargetValue { unit, effort, ..only.level.clone() })
        }
        _ => None,
    };
    Some(Difference { numbers: found.into_iter().map(|one| one.text).collect(), level })
}

fn written(plan: &Plan, reading: &PlanReading, at: &Pointer) -> Vec<Written> {
    let numbers = plan.numbers_at(at, reading);
    let of = |number: NumberFound| Some(Written { level: level_of(&number, reading)?, text: number.text });
    numbers.into_iter().filter_map(of).collect()
}

fn level_of(number: &NumberFound, reading: &PlanReading) -> Option<TargetValue> {
    let written = number.unit.as_ref().filter(|_| number.kind == NumberKind::Quantity)?;
    let unit = reading.level_units.iter().find(|(_, words)| words.contains(written))?.0.clone();
    let op = match number.bound {
        Bound::Range => TargetOp::Range,
        Bound::Above => TargetOp::Above,
        Bound::Below => TargetOp::Below,
        Bound::AtMost => TargetOp::AtMost,
        // A bare figure is the least that is asked for.
        Bound::AtLeast | Bound::Exact => TargetOp::AtLeast,
    };
    Some(TargetValue {
        op,
        value: number.low?.to_string(),
        high: number.high.map(|high| high.to_string()),
        unit,
        minimum_stated: matches!(number.bound, Bound::Above | Bound::AtLeast),
        effort: false,
    })
}

/// Whether words set the level of the data: the same numbers, limited in the same direction.
fn says(written: &TargetValue, level: &TargetValue) -> bool {
    let same_way = match level.op {
        TargetOp::AtLeast | TargetOp::Equal => written.op == TargetOp::AtLeast,
        op => written.op == op,
    };
    same_way && written.value == level.value && written.high == level.high
}
