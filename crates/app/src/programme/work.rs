//! Activities: one use case to record any kind of them, and to see what was recorded; see `corrections` for putting it right.
//! The kinds, their fields and who may take part are data; see `norms/programme/work.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::{Actor, Verb, check};
use domain::programme::target::Definitions;
use domain::programme::work::{Activity, Who, WorkRefusal, check_activity, distinct, fields_missing};
use domain::units::{Place, Scope};
use kernel::{ActivityId, Day, Page, PageOf};
use norms::{ActivityKind, Basis};
use serde_json::json;
use storage::{ActivityFilter, ActivityRow, Entry, NamedWho, Work};

use super::corrections::past;
use super::definitions::definitions_on;
use super::eligible::misfits;
use super::resolve::{Found, resolve, written};
use crate::{AppError, FieldFault, House};

/// Names that a refusal lists; the rest is a number.
pub(super) const NAMED: usize = 8;
pub(super) const ACTIVITY: &str = "activity";

/// An activity as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActivityInput {
    pub kind: String,
    pub day: String,
    pub content: String,
    pub agency: String,
    pub money: String,
    pub fields: BTreeMap<String, String>,
    /// One participant a line.
    pub participants: String,
    /// Ids of those already listed who stay, when an activity is corrected.
    pub kept: Vec<String>,
    pub version: i64,
}

/// What one line of participants came to, to be said at the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    pub line: usize,
    pub text: String,
    pub found: Found,
}

/// An activity with everything its page shows.
#[derive(Debug, Clone)]
pub struct ActivityView {
    pub activity: Activity,
    pub kind: Option<ActivityKind>,
    pub basis: Basis,
    pub participants: Vec<NamedWho>,
    /// What became of it, newest first.
    pub past: Vec<Entry>,
}

/// Why an activity was not recorded: the lines that fit nobody come with their reasons.
#[derive(Debug)]
pub enum NotRecorded {
    Lines(Vec<LineFault>),
    Error(AppError),
}

impl<E: Into<AppError>> From<E> for NotRecorded {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// Activities of a unit and a year, newest first.
pub async fn activities(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    (year, kinds): (i16, Option<Vec<String>>),
    page: Page,
) -> Result<PageOf<ActivityRow>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let scope = house.narrow(actor, wished)?;
    Ok(house.store.read().await?.activities(&ActivityFilter::new(scope, year).kinds(kinds), page).await?)
}

/// By kind: activities, distinct participants, money.
pub async fn sums(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
) -> Result<Vec<(String, i64, i64, i64)>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let scope = house.narrow(actor, wished)?;
    Ok(house.store.read().await?.activity_sums(&ActivityFilter::new(scope, year)).await?)
}

pub async fn activity(house: &House, actor: &Actor, id: ActivityId) -> Result<ActivityView, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let mut work = house.store.read().await?;
    let found = work.activity(&actor.scope, id).await?.ok_or(AppError::Missing(ACTIVITY))?;
    let participants = work.names_of(&actor.scope, &found.participants).await?;
    let definitions = definitions_on(house, found.day)?;
    let kind = definitions.norms.work.value.kind(&found.kind).cloned();
    let basis = definitions.norms.work.basis.clone();
    let past = past(work.as_mut(), actor, (ACTIVITY, id.to_string())).await?;
    Ok(ActivityView { activity: found, kind, basis, participants, past })
}

/// Records an activity of a unit.
pub async fn record_activity(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    input: &ActivityInput,
) -> Result<ActivityId, NotRecorded> {
    check(actor, Verb::RecordWork)?;
    let unit = house.narrow(actor, wished)?;
    let place = house.place_of(&unit).ok_or(AppError::Missing("unit"))?;
    let (mut activity, definitions) = read(house, input, place)?;
    let mut work = house.store.write().await?;
    activity.participants = listed(house, work.as_mut(), &unit, (&activity, &definitions), input).await?;
    must_fit(house, work.as_mut(), &unit, &activity, &definitions).await?;
    work.add_activities(std::slice::from_ref(&activity)).await?;
    record(house, work.as_mut(), actor, &activity).await?;
    work.commit().await?;
    Ok(activity.id)
}

/// Reads the typed fields; those that cannot be read are told all at once.
pub(super) fn read(
    house: &House,
    input: &ActivityInput,
    place: Place,
) -> Result<(Activity, Arc<Definitions>), AppError> {
    let mut faults = Vec::new();
    let day = input.day.parse::<Day>().ok();
    if day.is_none() {
        faults.push(FieldFault::at("day", if input.day.is_empty() { "field-missing" } else { "field-date" }));
    }
    if input.content.trim().is_empty() {
        faults.push(FieldFault::at("content", "field-missing"));
    }
    let money = if input.money.trim().is_empty() { Some(0) } else { kernel::parse_count(&input.money).ok() };
    if money.is_none() {
        faults.push(FieldFault::at("money", "field-number"));
    }
    let Some(day) = day else { return Err(AppError::Form(faults)) };
    let definitions = definitions_on(house, day)?;
    let kind = known_kind(&definitions, &input.kind)?;
    faults.extend(
        fields_missing(kind, &input.fields).iter().map(|id| FieldFault::at(format!("field.{id}"), "field-number")),
    );
    let (Some(money), true) = (money, faults.is_empty()) else { return Err(AppError::Form(faults)) };
    let fields = input
        .fields
        .iter()
        .filter(|(id, value)| !value.trim().is_empty() && kind.fields.iter().any(|field| field.id == **id));
    let activity = Activity {
        id: ActivityId(house.ids.next()),
        kind: input.kind.clone(),
        day,
        place,
        content: kernel::text::nfc(&input.content),
        agency: kernel::text::nfc(&input.agency),
        money,
        fields: fields.map(|(id, value)| (id.clone(), kernel::text::nfc(value))).collect(),
        participants: Vec::new(),
        intake: None,
        version: 0,
    };
    Ok((activity, definitions))
}

pub(super) fn known_kind<'a>(definitions: &'a Definitions, id: &str) -> Result<&'a ActivityKind, AppError> {
    let unknown = || WorkRefusal::UnknownKind { kind: id.to_owned() };
    Ok(definitions.norms.work.value.kind(id).ok_or_else(unknown)?)
}

/// The people of the lines, each once.
pub(super) async fn listed(
    house: &House,
    work: &mut dyn Work,
    unit: &Scope,
    (activity, definitions): (&Activity, &Definitions),
    input: &ActivityInput,
) -> Result<Vec<Who>, NotRecorded> {
    let (lines, written) = written(house, &input.participants)?;
    let kind = known_kind(definitions, &activity.kind)?;
    let Some(subject) = kind.takes else {
        return if lines.is_empty() { Ok(Vec::new()) } else { Err(WorkRefusal::NobodyListed.into()) };
    };
    let found = resolve(work, unit, subject, &written).await?;
    let mut faults = Vec::new();
    let mut who = Vec::new();
    for (at, (line, found)) in lines.iter().zip(found).enumerate() {
        match found {
            Found::One(named) => who.push(named.who),
            found => faults.push(LineFault { line: at + 1, text: (*line).to_owned(), found }),
        }
    }
    if faults.is_empty() { Ok(distinct(&who).0) } else { Err(NotRecorded::Lines(faults)) }
}

/// The rules that hold whoever records, by hand or from a file.
pub(super) async fn must_fit(
    house: &House,
    work: &mut dyn Work,
    unit: &Scope,
    activity: &Activity,
    definitions: &Definitions,
) -> Result<(), AppError> {
    let kinds = &definitions.norms.work.value;
    let kind = known_kind(definitions, &activity.kind)?;
    let period = kind.project.as_deref().and_then(|project| kinds.period(project));
    check_activity(activity, kind, period, house.clock.today())?;
    if let (Some(subject), Some(who)) = (kind.takes, &kind.who) {
        let asked = (definitions, who.as_str(), subject.record());
        let misfits = misfits(house, work, asked, (unit, &activity.participants), activity.day).await?;
        if !misfits.is_empty() {
            let names = misfits.into_iter().map(|n| n.name).take(NAMED).collect();
            let law = kind.citation.clone().or_else(|| definitions.norms.work.basis.citation.clone());
            return Err(WorkRefusal::OutsideClasses { names, law }.into());
        }
    }
    Ok(())
}

pub(super) async fn record(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    activity: &Activity,
) -> Result<(), AppError> {
    let detail = json!({
        "kind": activity.kind,
        "day": activity.day,
        "content": activity.content,
        "participants": activity.participants.len(),
    });
    let subject = (ACTIVITY, activity.id.to_string());
    work.record(&house.entry(actor, "activity_recorded", subject, Some(activity.place.clone()), detail)).await?;
    Ok(())
}
