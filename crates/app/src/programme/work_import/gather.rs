//! Rows into records: those of one kind, day, unit and content become one activity, or needs of several people.

use std::collections::{BTreeMap, BTreeSet};

use domain::programme::work::{Activity, Need, Who, WorkRefusal};
use kernel::{ActivityId, NeedId};
use norms::{ActivityKind, Label, WorkColumns};
use storage::Work;

use super::row::Line;
use super::{Preview, RowProblem};
use crate::programme::definitions_on;
use crate::programme::needs;
use crate::programme::resolve::{Found, Written, resolve};
use crate::programme::work::must_fit;
use crate::{AppError, House};

/// What goes in.
#[derive(Default)]
pub(super) struct Planned {
    pub activities: Vec<Activity>,
    pub needs: Vec<Vec<Need>>,
    /// Needs that an earlier row of the same file brings.
    taken: BTreeSet<(String, i16, Who)>,
}

impl Planned {
    pub fn is_empty(&self) -> bool {
        self.activities.is_empty() && self.needs.is_empty()
    }
}

/// One activity, or one need of several people.
pub(super) async fn group(
    house: &House,
    work: &mut dyn Work,
    lines: Vec<Line>,
    (preview, planned): (&mut Preview, &mut Planned),
) -> Result<(), AppError> {
    let Some(first) = lines.first() else { return Ok(()) };
    let definitions = definitions_on(house, first.day)?;
    let kinds = &definitions.norms.work.value;
    if let Some(need) = kinds.need(&first.kind) {
        let found = found(work, &lines, need.of, preview).await?;
        return needs_of(house, work, &lines, (found, preview, planned)).await;
    }
    let Some(kind) = kinds.kind(&first.kind) else { return Ok(()) };
    let agreed = match agree(&lines, kind, &kinds.columns) {
        Ok(agreed) => agreed,
        Err(problem) => return refuse(&lines, &problem, preview),
    };
    let mut participants: Vec<Who> = Vec::new();
    match kind.takes {
        Some(subject) => {
            for (_, who) in found(work, &lines, subject, preview).await? {
                if !participants.contains(&who) {
                    participants.push(who);
                }
            }
            if participants.is_empty() {
                return Ok(());
            }
        }
        None if lines.iter().any(|line| !line.who.name.is_empty()) => {
            return refuse(&lines, &RowProblem::NobodyListed, preview);
        }
        None => {}
    }
    let activity = Activity {
        id: ActivityId(house.ids.next()),
        kind: first.kind.clone(),
        day: first.day,
        place: house.place_of(&first.unit).ok_or(AppError::Missing("unit"))?,
        content: first.content.clone(),
        agency: agreed.agency,
        money: agreed.money,
        fields: agreed.fields,
        participants,
        intake: None,
        version: 0,
    };
    if let Some(known) = work.activity_like(&activity).await? {
        return refuse(&lines, &RowProblem::Recorded(known), preview);
    }
    match must_fit(house, work, &first.unit, &activity, &definitions).await {
        Ok(()) => {
            preview.activities += 1;
            preview.participants += activity.participants.len();
            planned.activities.push(activity);
            Ok(())
        }
        Err(AppError::Work(refusal)) => refuse(&lines, &RowProblem::Refused(refusal), preview),
        Err(other) => Err(other),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "ends a group as its other ends do")]
fn refuse(lines: &[Line], problem: &RowProblem, preview: &mut Preview) -> Result<(), AppError> {
    preview.faults.extend(lines.iter().map(|line| line.fault(problem.clone())));
    Ok(())
}

/// Who the rows name; a row that fits nobody becomes a fault.
async fn found<'a>(
    work: &mut dyn Work,
    lines: &'a [Line],
    subject: norms::Subject,
    preview: &mut Preview,
) -> Result<Vec<(&'a Line, Who)>, AppError> {
    let Some(first) = lines.first() else { return Ok(Vec::new()) };
    let written: Vec<Written> = lines.iter().map(|line| line.who.clone()).collect();
    let mut listed = Vec::new();
    for (line, found) in lines.iter().zip(resolve(work, &first.unit, subject, &written).await?) {
        match found {
            Found::One(named) => listed.push((line, named.who)),
            found => preview.faults.push(line.fault(RowProblem::Who(found))),
        }
    }
    Ok(listed)
}

/// What the rows of one activity say of it together.
struct Agreed {
    agency: String,
    money: i64,
    fields: BTreeMap<String, String>,
}

/// A cell may be left empty where another row tells; two rows that tell different things are a fault.
fn agree(lines: &[Line], kind: &ActivityKind, columns: &WorkColumns) -> Result<Agreed, RowProblem> {
    let money = one(&columns.money, lines.iter().filter_map(|line| line.money.map(kernel::group_thousands)))?;
    let agency = one(&columns.agency, lines.iter().map(|line| line.agency.clone()))?;
    let mut fields = BTreeMap::new();
    for field in &kind.fields {
        if let Some(told) = one(&field.label, lines.iter().filter_map(|line| line.fields.get(&field.id).cloned()))? {
            fields.insert(field.id.clone(), told);
        }
    }
    let money = money.and_then(|_| lines.iter().find_map(|line| line.money));
    Ok(Agreed { agency: agency.unwrap_or_default(), money: money.unwrap_or(0), fields })
}

fn one(column: &Label, told: impl Iterator<Item = String>) -> Result<Option<String>, RowProblem> {
    let mut texts: Vec<String> = Vec::new();
    for text in told.filter(|text| !text.is_empty()) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    if texts.len() > 1 { Err(RowProblem::Differs { column: column.clone(), texts }) } else { Ok(texts.pop()) }
}

/// Needs go in person by person: whoever cannot have it becomes a fault of their own row.
async fn needs_of(
    house: &House,
    work: &mut dyn Work,
    lines: &[Line],
    (found, preview, planned): (Vec<(&Line, Who)>, &mut Preview, &mut Planned),
) -> Result<(), AppError> {
    let Some(first) = lines.first() else { return Ok(()) };
    let place = house.place_of(&first.unit).ok_or(AppError::Missing("unit"))?;
    let need = |who: Who| Need {
        id: NeedId(house.ids.next()),
        kind: first.kind.clone(),
        who,
        place: place.clone(),
        day: first.day,
        note: first.content.clone(),
        intake: None,
    };
    let tried: Vec<Need> = found.iter().map(|(_, who)| need(*who)).collect();
    let stops = match needs::stops(house, work, &first.unit, &tried).await {
        Ok(stops) => stops,
        Err(AppError::Work(refusal)) => return refuse(lines, &RowProblem::Refused(refusal), preview),
        Err(other) => return Err(other),
    };
    let mut fitting = Vec::new();
    for ((line, who), need) in found.into_iter().zip(tried) {
        let names = vec![line.who.name.clone()];
        let key = (first.kind.clone(), first.day.year(), who);
        let refusal = if stops.recorded.contains(&who) || planned.taken.contains(&key) {
            WorkRefusal::NeedRecorded { names }
        } else if stops.outside.contains(&who) {
            WorkRefusal::OutsideClasses { names, law: stops.law.clone() }
        } else {
            planned.taken.insert(key);
            fitting.push(need);
            continue;
        };
        preview.faults.push(line.fault(RowProblem::Refused(refusal)));
    }
    preview.needs += fitting.len();
    if !fitting.is_empty() {
        planned.needs.push(fitting);
    }
    Ok(())
}
