//! The register of needs, and the list of staff: both are entered before results, since targets divide by them.

use domain::access::{Actor, Verb, check};
use domain::programme::work::{Need, Staff, Who, WorkRefusal};
use domain::units::{Place, Scope};
use kernel::{Day, NeedId, Page, PageOf, StaffId};
use norms::{Citation, Subject};
use serde_json::json;
use storage::{NamedWho, StorageError, Work};

use super::definitions::definitions_on;
use super::eligible::misfits;
use super::resolve::{Found, resolve, written};
use super::work::{LineFault, NAMED, NotRecorded};
use crate::{AppError, FieldFault, House};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NeedInput {
    pub kind: String,
    pub day: String,
    pub note: String,
    /// One person or household a line.
    pub who: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StaffInput {
    pub name: String,
    pub sex: String,
    pub level: String,
    pub office: String,
    pub since: String,
}

/// Needs of a year, of one kind or of all.
pub async fn needs(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    of: (i16, Option<&str>),
    page: Page,
) -> Result<PageOf<(Need, NamedWho)>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let scope = house.narrow(actor, wished)?;
    Ok(house.store.read().await?.needs(&scope, of, page).await?)
}

/// Needs of a year, by kind.
pub async fn need_sums(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
) -> Result<Vec<(String, i64)>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let scope = house.narrow(actor, wished)?;
    Ok(house.store.read().await?.need_sums(&scope, year).await?)
}

/// Records a need of everybody listed; one who has it already in the year, or may not have it, stops all.
pub async fn record_needs(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    input: &NeedInput,
) -> Result<usize, NotRecorded> {
    check(actor, Verb::RecordWork)?;
    let unit = house.narrow(actor, wished)?;
    let place = house.place_of(&unit).ok_or(AppError::Missing("unit"))?;
    let Ok(day) = input.day.parse::<Day>() else {
        let problem = if input.day.is_empty() { "field-missing" } else { "field-date" };
        return Err(AppError::Form(vec![FieldFault::at("day", problem)]).into());
    };
    let definitions = definitions_on(house, day)?;
    let kind = definitions.norms.work.value.need(&input.kind);
    let kind = kind.ok_or_else(|| WorkRefusal::UnknownKind { kind: input.kind.clone() })?;
    let (lines, written) = written(house, &input.who)?;
    if lines.is_empty() {
        return Err(AppError::Form(vec![FieldFault::at("who", "field-missing")]).into());
    }
    let mut work = house.store.write().await?;
    let found = resolve(work.as_mut(), &unit, kind.of, &written).await?;
    let (mut needs, mut faults) = (Vec::new(), Vec::new());
    for (at, (line, found)) in lines.iter().zip(found).enumerate() {
        match found {
            Found::One(named) => needs.push(need(house, (&input.kind, day), &named, (&place, &input.note))),
            found => faults.push(LineFault { line: at + 1, text: (*line).to_owned(), found }),
        }
    }
    if !faults.is_empty() {
        return Err(NotRecorded::Lines(faults));
    }
    needs.sort_by_key(|need: &Need| need.who);
    needs.dedup_by_key(|need| need.who);
    must_have(house, work.as_mut(), &unit, &needs).await?;
    add(house, work.as_mut(), actor, &needs).await?;
    work.commit().await?;
    Ok(needs.len())
}

fn need(house: &House, (kind, day): (&str, Day), named: &NamedWho, (place, note): (&Place, &str)) -> Need {
    Need {
        id: NeedId(house.ids.next()),
        kind: kind.to_owned(),
        who: named.who,
        place: place.clone(),
        day,
        note: kernel::text::nfc(note),
        intake: None,
    }
}

/// Whether those listed may have the need; they are all of one kind and day.
async fn must_have(house: &House, work: &mut dyn Work, unit: &Scope, needs: &[Need]) -> Result<(), AppError> {
    let found = stops(house, work, unit, needs).await?;
    let names_of = async |work: &mut dyn Work, who: &[Who]| -> Result<Vec<String>, AppError> {
        let named = work.names_of(unit, who).await?;
        Ok(named.into_iter().map(|named| named.name).take(NAMED).collect())
    };
    if !found.recorded.is_empty() {
        return Err(WorkRefusal::NeedRecorded { names: names_of(work, &found.recorded).await? }.into());
    }
    if !found.outside.is_empty() {
        let names = names_of(work, &found.outside).await?;
        return Err(WorkRefusal::OutsideClasses { names, law: found.law }.into());
    }
    Ok(())
}

/// Who of those listed cannot have the need, and why.
#[derive(Debug, Default)]
pub(super) struct Stops {
    /// They have it already in this year.
    pub recorded: Vec<Who>,
    /// They are not among those whom the need is for, or it is not known.
    pub outside: Vec<Who>,
    pub law: Option<Citation>,
}

/// Tries needs of one kind and day; what stops all of them is an error.
pub(super) async fn stops(house: &House, work: &mut dyn Work, unit: &Scope, needs: &[Need]) -> Result<Stops, AppError> {
    let Some(first) = needs.first() else { return Ok(Stops::default()) };
    if first.day > house.clock.today() {
        return Err(WorkRefusal::DayInFuture { day: first.day }.into());
    }
    let definitions = definitions_on(house, first.day)?;
    let unknown = || WorkRefusal::UnknownKind { kind: first.kind.clone() };
    let kind = definitions.norms.work.value.need(&first.kind).ok_or_else(unknown)?;
    let listed: Vec<Who> = needs.iter().map(|need| need.who).collect();
    let recorded = work.have_need(&first.kind, first.day.year(), &listed).await?;
    let mut outside = Vec::new();
    if let Some(who) = &kind.who {
        let asked = (definitions.as_ref(), who.as_str(), kind.of.record());
        let misfits = misfits(house, work, asked, (unit, &listed), first.day).await?;
        outside = misfits.into_iter().map(|named| named.who).collect();
    }
    Ok(Stops { recorded, outside, law: definitions.norms.work.basis.citation.clone() })
}

pub(super) async fn add(house: &House, work: &mut dyn Work, actor: &Actor, needs: &[Need]) -> Result<(), AppError> {
    let Some(first) = needs.first() else { return Ok(()) };
    work.add_needs(needs).await.map_err(|error| match error {
        // Somebody recorded it in between.
        StorageError::Conflict { .. } => AppError::Conflict("need"),
        other => other.into(),
    })?;
    let detail = json!({"kind": first.kind, "day": first.day, "people": needs.len()});
    let subject = ("need", first.id.to_string());
    work.record(&house.entry(actor, "needs_recorded", subject, Some(first.place.clone()), detail)).await?;
    Ok(())
}

pub async fn staff(house: &House, actor: &Actor, wished: Option<&Scope>) -> Result<Vec<Staff>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let scope = house.narrow(actor, wished)?;
    Ok(house.store.read().await?.staff(&scope).await?)
}

/// Puts somebody on the list of staff.
pub async fn add_staff(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    input: &StaffInput,
) -> Result<(), AppError> {
    check(actor, Verb::RecordWork)?;
    let unit = house.narrow(actor, wished)?;
    let place = house.place_of(&unit).ok_or(AppError::Missing("unit"))?;
    let since = input.since.parse::<Day>();
    let mut faults = Vec::new();
    if input.name.trim().is_empty() {
        faults.push(FieldFault::at("name", "field-missing"));
    }
    let Ok(since) = since else {
        faults.push(FieldFault::at("since", "field-date"));
        return Err(AppError::Form(faults));
    };
    let definitions = definitions_on(house, since)?;
    if !definitions.norms.work.value.staff_levels.iter().any(|level| level.id == input.level) {
        faults.push(FieldFault::at("level", "field-choice"));
    }
    if !faults.is_empty() {
        return Err(AppError::Form(faults));
    }
    let staff = Staff {
        id: StaffId(house.ids.next()),
        name: kernel::text::nfc(&input.name),
        sex: domain::registry::Sex::from_id(&input.sex),
        level: input.level.clone(),
        office: kernel::text::nfc(&input.office),
        place: place.clone(),
        since,
        left: None,
    };
    let mut work = house.store.write().await?;
    work.add_staff(std::slice::from_ref(&staff)).await?;
    let detail = json!({"name": staff.name, "level": staff.level});
    let subject = (Subject::Staff.id(), staff.id.to_string());
    work.record(&house.entry(actor, "staff_added", subject, Some(place), detail)).await?;
    work.commit().await?;
    Ok(())
}
