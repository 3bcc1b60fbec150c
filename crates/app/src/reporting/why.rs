//! Why a household is in its class and why that changed, from two snapshots. The register of today only says which unit to
//! look in and what people are called. Start with [`why`].

use std::collections::HashMap;
use std::sync::Arc;

use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::units::{Scope, ScopeLevel};
use kernel::{HouseholdId, PersonId};
use norms::{Rulebook, ScorePack};
use snapshots::{Given, NormChange, Record, Why, norm_changes};
use storage::{SnapshotRecord, Work};

use super::cover::chain;
use super::freeze::on_thread;
use crate::registry::{PlaceNames, place_names};
use crate::{AppError, House};

/// Both years of one household.
#[derive(Debug, Clone)]
pub struct WhyView {
    pub household: HouseholdId,
    /// Whose household it is today, for the head of the page.
    pub head: String,
    pub names: PlaceNames,
    /// What the members are called today.
    pub persons: HashMap<PersonId, String>,
    pub year: i16,
    pub before: WhySide,
    pub now: WhySide,
    pub why: Why,
}

/// Where one year was read from.
#[derive(Debug, Clone)]
pub struct WhySide {
    pub year: i16,
    pub snapshot: Option<SnapshotRecord>,
    /// Why there is nothing to show for the year.
    pub absent: Option<Absent>,
    /// Norms that say something else today than when the snapshot was made.
    pub norm_changes: Vec<NormChange>,
    /// Keys of the values nobody had vouched for when the snapshot was made.
    pub unconfirmed: Vec<String>,
    pub rules: Option<Arc<Rulebook>>,
}

/// Why a year cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Absent {
    /// No decision of that year left a snapshot of the household's unit.
    NoSnapshot,
    /// The household is not in the snapshot: it was not reviewed that year, or elsewhere.
    NotInSnapshot,
    /// The snapshot's files are not as they were written, or not there.
    Damaged { code: &'static str, what: String },
    /// The loaded norms have nothing in force for that year.
    NoRules,
}

/// The household's year and the year before, from the newest snapshots or from those named.
pub async fn why(
    house: &House,
    actor: &Actor,
    id: HouseholdId,
    year: i16,
    named: (Option<&str>, Option<&str>),
) -> Result<WhyView, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    let household = work.household(&actor.scope, id).await?.ok_or(AppError::Missing("household"))?;
    let before = one_year(house, work.as_mut(), actor, &household, year - 1, named.0).await?;
    let now = one_year(house, work.as_mut(), actor, &household, year, named.1).await?;
    let villages = work.villages(&actor.scope).await?;
    let village = villages.iter().find(|village| village.id == household.place.village);
    let (then, today) = (before.given(), now.given());
    Ok(WhyView {
        household: id,
        head: household.head_name().to_owned(),
        names: place_names(house, &household.place, village),
        persons: household.members.iter().map(|m| (m.person.id, m.person.name.clone())).collect(),
        year,
        why: snapshots::why(then.as_ref(), today.as_ref()),
        before: before.side.clone(),
        now: now.side.clone(),
    })
}

/// A year as far as it was found.
struct Found {
    side: WhySide,
    record: Option<Record>,
    packs: Vec<ScorePack>,
}

impl Found {
    /// The year with what it is judged by; nothing when there is none.
    fn given(&self) -> Option<Given<'_>> {
        Some(Given { record: self.record.clone()?, rules: self.side.rules.as_deref()?, packs: &self.packs })
    }

    fn absent(year: i16, snapshot: Option<SnapshotRecord>, absent: Absent) -> Self {
        let side = WhySide {
            year,
            snapshot,
            absent: Some(absent),
            norm_changes: Vec::new(),
            unconfirmed: Vec::new(),
            rules: None,
        };
        Self { side, record: None, packs: Vec::new() }
    }
}

async fn one_year(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    household: &Household,
    year: i16,
    named: Option<&str>,
) -> Result<Found, AppError> {
    let mut known = candidates(house, work, actor, household, year).await?;
    if let Some(name) = named {
        known.retain(|snapshot| snapshot.name == name);
    }
    let newest = known.first().cloned();
    for snapshot in known {
        match read(house, &snapshot, household.id).await? {
            Ok(Some((record, packs, side))) => return Ok(Found { side, record: Some(record), packs }),
            Ok(None) => {}
            Err(absent) => return Ok(Found::absent(year, Some(snapshot), absent)),
        }
    }
    let absent = if newest.is_some() { Absent::NotInSnapshot } else { Absent::NoSnapshot };
    Ok(Found::absent(year, newest, absent))
}

/// Snapshots that can hold the household: of the commune it was reviewed in or lives in, and of the units above, newest first.
async fn candidates(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    household: &Household,
    year: i16,
) -> Result<Vec<SnapshotRecord>, AppError> {
    let reviewed = work.assessments(&actor.scope, household.id).await?;
    let then = reviewed.iter().find(|stored| stored.assessment.year == year).map(|stored| &stored.assessment.place);
    let mut units: Vec<Scope> = Vec::new();
    for place in then.into_iter().chain([&household.place]) {
        let commune = Scope::new(place.units_from, ScopeLevel::Commune, place.commune.clone());
        units.extend(chain(house, &commune).into_iter().filter(|unit| !units.contains(unit)).collect::<Vec<_>>());
    }
    Ok(work.snapshots_of(&units, year).await?)
}

type Read = Result<Option<(Record, Vec<ScorePack>, WhySide)>, Absent>;

/// One household of one snapshot. What is damaged is said, not skipped.
async fn read(house: &House, known: &SnapshotRecord, id: HouseholdId) -> Result<Read, AppError> {
    let archive = house.archive()?.clone();
    let name = known.name.clone();
    let found = on_thread(move || {
        let snapshot = archive.open(&name)?;
        let record = snapshot.household(id)?;
        let (packs, by) = (snapshot.packs()?, snapshot.norms()?);
        Ok((snapshot, record, packs, by))
    })
    .await;
    let (snapshot, record, packs, by) = match found {
        Ok(found) => found,
        Err(AppError::Snapshot(fault)) => {
            return Ok(Err(Absent::Damaged { code: fault.code(), what: fault.to_string() }));
        }
        Err(other) => return Err(other),
    };
    let Some(record) = record else { return Ok(Ok(None)) };
    // By the texts that were in force then; snapshots from before they were kept are read by the loaded ones.
    let province = &record.assessment.place.province;
    let rules = match by {
        Some(by) => by.rulebook(known.year, province).map(Arc::new).ok(),
        None => house.rules(known.year, province).ok(),
    };
    let Some(rules) = rules else { return Ok(Err(Absent::NoRules)) };
    let side = WhySide {
        year: known.year,
        snapshot: Some(known.clone()),
        absent: None,
        norm_changes: norm_changes(&snapshot, &house.norms),
        unconfirmed: snapshot.manifest.head.unconfirmed.clone(),
        rules: Some(rules),
    };
    Ok(Ok(Some((record, packs, side))))
}
