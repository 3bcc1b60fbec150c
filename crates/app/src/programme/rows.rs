//! The rows on both sides of a figure: those reached and those not yet, by area and by name.

use conditions::Answer;
use domain::access::{Actor, Verb, check};
use domain::programme::target::Ready;
use domain::programme::work::Who;
use domain::units::Scope;
use kernel::{Day, ModelId, Page, PageOf};
use norms::{RecordKind, Subject};
use storage::{NamedWho, SheetKey, Work};
use uuid::Uuid;

use super::engine::{lies_in, sheet_of};
use super::targets::Counted;
use crate::{AppError, House};

/// Which rows of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Reached,
    NotReached,
}

impl Side {
    pub fn id(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NotReached => "not-reached",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Reached, Self::NotReached].into_iter().find(|side| side.id() == id)
    }
}

/// One row by name. A model has no [`Who`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetRow {
    pub id: Uuid,
    pub named: Option<NamedWho>,
    pub model: Option<(ModelId, String)>,
    /// It is not known whether it is reached.
    pub is_open: bool,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct RowsWanted<'a> {
    pub unit: Option<&'a Scope>,
    pub target: &'a str,
    pub reading: Option<&'a str>,
    pub side: Side,
    pub on: Day,
}

/// One page of the rows behind a figure, commune by commune.
pub async fn rows(
    house: &House,
    actor: &Actor,
    wanted: &RowsWanted<'_>,
    page: Page,
) -> Result<(Scope, PageOf<TargetRow>), AppError> {
    check(actor, Verb::ReadProgramme)?;
    check(actor, Verb::ReadRegistry)?;
    let unit = house.narrow(actor, wanted.unit)?;
    let counted = Counted::in_scope(house, &unit, wanted.on).await?;
    let definitions = &counted.definitions;
    let counted_by = counted.definition_of(wanted.target).ok_or(AppError::Missing("target"))?;
    let (at, ready) = definitions.reading(counted_by, wanted.reading).ok_or(AppError::Missing("target"))?;
    if !ready.has_rows() {
        return Err(AppError::Missing("rows"));
    }
    let of_side = |key: &SheetKey| -> i64 {
        let tally = counted.units.get(key).and_then(|unit| unit.counts.tallies.get(at)).copied().unwrap_or_default();
        if wanted.side == Side::Reached { tally.reached } else { tally.not_reached() - tally.unnamed.max(0) }
    };
    let keys: Vec<&SheetKey> = counted.units.keys().filter(|key| lies_in(key, &unit)).collect();
    let total: i64 = keys.iter().map(|key| of_side(key)).sum();
    let (mut skip, mut left) = (page.offset(), i64::from(page.size));
    let mut picked: Vec<(Uuid, bool)> = Vec::new();
    let mut work = house.store.read().await?;
    for key in keys {
        let here = of_side(key);
        if left == 0 {
            break;
        }
        if skip >= here {
            skip -= here;
            continue;
        }
        let sheet = sheet_of(work.as_mut(), key, definitions, wanted.on).await?;
        let kind = ready.reading.counts.record();
        let found = side_rows(sheet.rows(kind), ready, definitions.schema(kind), wanted.side);
        let some = found.into_iter().skip(usize::try_from(skip).unwrap_or(0)).take(usize::try_from(left).unwrap_or(0));
        let before = picked.len();
        picked.extend(some);
        left -= i64::try_from(picked.len() - before).unwrap_or(0);
        skip = 0;
    }
    let rows = named(work.as_mut(), &unit, ready.reading.counts.record(), &picked).await?;
    Ok((unit, PageOf { rows, total, capped: false, page }))
}

/// Ids on one side, with whether it is open for each.
fn side_rows(
    rows: &domain::programme::target::Rows,
    ready: &Ready,
    schema: &conditions::Schema,
    side: Side,
) -> Vec<(Uuid, bool)> {
    const YES: u8 = Answer::Yes as u8;
    const UNKNOWN: u8 = Answer::Unknown as u8;
    let Some(among) = ready.among.as_ref().map(|condition| condition.over(&rows.columns, schema)) else {
        return Vec::new();
    };
    let reached = match &ready.reached {
        Some(condition) => condition.over(&rows.columns, schema),
        None => among.clone(),
    };
    let both = rows.ids.iter().zip(among.iter().zip(&reached));
    both.filter(|(_, (base, hit))| **base == YES && (**hit == YES) == (side == Side::Reached))
        .map(|(id, (_, hit))| (*id, *hit == UNKNOWN))
        .collect()
}

async fn named(
    work: &mut dyn Work,
    unit: &Scope,
    kind: RecordKind,
    picked: &[(Uuid, bool)],
) -> Result<Vec<TargetRow>, AppError> {
    let subject = match kind {
        RecordKind::Person => Some(Subject::Person),
        RecordKind::Household => Some(Subject::Household),
        RecordKind::Staff => Some(Subject::Staff),
        RecordKind::Model => None,
    };
    let Some(subject) = subject else {
        let models = work.models(unit, None).await?;
        let of = |id: Uuid| models.iter().find(|m| m.id.0 == id).map(|m| (m.id, m.name.clone()));
        let row = |(id, is_open): &(Uuid, bool)| TargetRow { id: *id, named: None, model: of(*id), is_open: *is_open };
        return Ok(picked.iter().map(row).collect());
    };
    let who: Vec<Who> = picked.iter().map(|(id, _)| Who::of(subject, *id)).collect();
    let names = work.names_of(unit, &who).await?;
    let names: std::collections::HashMap<Uuid, NamedWho> = names.into_iter().map(|n| (n.who.id(), n)).collect();
    let row = |(id, is_open): &(Uuid, bool)| TargetRow {
        id: *id,
        named: names.get(id).cloned(),
        model: None,
        is_open: *is_open,
    };
    Ok(picked.iter().map(row).collect())
}
