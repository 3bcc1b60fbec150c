//! What every use case stands on: the store, the norms, the clock and the source of ids.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use documents::official::Papers;
use domain::access::Actor;
use domain::units::{Place, Scope, ScopeLevel};
use kernel::{Clock, Day, EntryId, Ids};
use norms::{NormGap, Norms, Rulebook, UnitList};
use serde_json::Value;
use snapshots::{Archive, SnapshotFault};
use storage::{Entry, Store};

use crate::AppError;
use crate::kept::Kept;
use crate::programme::CountCache;

/// Communes of which something is kept in memory, each once for every year asked for: a few years of a province.
const COMMUNE_YEARS: usize = 2_000;
/// Snapshots whose forms are kept in memory.
const APPROVED_FORMS: usize = 32;

/// Rulebooks by year and province, built once.
type Rulebooks = HashMap<(i16, String), Arc<Rulebook>>;

/// The whole program below the web.
#[derive(Clone)]
pub struct House {
    pub store: Arc<dyn Store>,
    pub norms: Arc<Norms>,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    archive: Option<Archive>,
    papers: Option<(Arc<Papers>, PathBuf)>,
    rulebooks: Arc<Mutex<Rulebooks>>,
    /// Tables that anybody may ask for; a snapshot never changes, so neither does its table.
    pub(crate) published: Arc<Mutex<crate::reporting::PublishedTables>>,
    /// Who moved between two frozen years, as it was read last.
    pub(crate) dynamics: Arc<Mutex<crate::reporting::KnownPairs>>,
    /// The register's households as poverty figures see them, as long as their commune did not change.
    pub(crate) working: Arc<crate::reporting::poverty::WorkingUnits>,
    /// Forms of snapshots that an approval froze.
    pub(crate) approved: Arc<crate::reporting::KnownForms>,
    /// What each commune adds to the forms of a year, as long as it did not change.
    pub(crate) parts: Arc<crate::review::KeptParts>,
    /// Lists counted by village and class, as long as their commune did not change.
    pub(crate) classes: Arc<crate::review::KeptClasses>,
    /// Where surveys queue for the pen.
    pub surveys: Arc<crate::review::survey::Desk>,
    /// What was counted for targets, as long as it is good.
    pub(crate) counts: Arc<CountCache>,
}

impl std::fmt::Debug for House {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("House").finish_non_exhaustive()
    }
}

/// The province the program serves, in its list of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    pub code: String,
    pub name: String,
    pub units_from: Day,
}

impl House {
    pub fn new(store: Arc<dyn Store>, norms: Arc<Norms>, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self {
            store,
            norms,
            clock,
            ids,
            archive: None,
            papers: None,
            rulebooks: Arc::default(),
            published: Arc::default(),
            dynamics: Arc::default(),
            working: Arc::new(Kept::at_most(COMMUNE_YEARS)),
            approved: Arc::new(Kept::at_most(APPROVED_FORMS)),
            parts: Arc::new(Kept::at_most(COMMUNE_YEARS)),
            classes: Arc::new(Kept::at_most(COMMUNE_YEARS)),
            surveys: Arc::default(),
            counts: Arc::default(),
        }
    }

    /// The same house with a folder for snapshots; without one no decision that needs its facts frozen is taken.
    #[must_use]
    pub fn with_archive(self, archive: Archive) -> Self {
        Self { archive: Some(archive), ..self }
    }

    /// The same house with what lays its papers out, and the folder that long runs of papers are kept in; without it no
    /// paper is printed.
    #[must_use]
    pub fn with_papers(self, papers: Papers, folder: impl Into<PathBuf>) -> Self {
        Self { papers: Some((Arc::new(papers), folder.into())), ..self }
    }

    /// What lays papers out.
    pub fn papers(&self) -> Result<Arc<Papers>, AppError> {
        let (papers, _) = self.papers.as_ref().ok_or(AppError::Refused { code: "PAP-010" })?;
        Ok(Arc::clone(papers))
    }

    /// Where long runs of papers are kept.
    pub fn papers_folder(&self) -> Result<&Path, AppError> {
        let (_, folder) = self.papers.as_ref().ok_or(AppError::Refused { code: "PAP-010" })?;
        Ok(folder)
    }

    /// Where snapshots are kept.
    pub fn archive(&self) -> Result<&Archive, SnapshotFault> {
        self.archive.as_ref().ok_or(SnapshotFault::NoFolder)
    }

    /// The rules of a review year in a province.
    pub fn rules(&self, year: i16, province: &str) -> Result<Arc<Rulebook>, NormGap> {
        let key = (year, province.to_owned());
        if let Ok(known) = self.rulebooks.lock()
            && let Some(rules) = known.get(&key)
        {
            return Ok(Arc::clone(rules));
        }
        let rules = Arc::new(self.norms.rulebook(year, province)?);
        if let Ok(mut known) = self.rulebooks.lock() {
            known.insert(key, Arc::clone(&rules));
        }
        Ok(rules)
    }

    /// The list of units a scope's codes are from.
    pub fn units(&self, scope: &Scope) -> &UnitList {
        self.norms.units_on(scope.units_from)
    }

    /// The province a scope lies in.
    pub fn province_of(&self, scope: &Scope) -> String {
        let units = self.units(scope);
        let unit = units.get(scope.level.into(), &scope.code);
        unit.and_then(|u| units.province_of(u)).map(|u| u.code.clone()).unwrap_or_default()
    }

    /// `Xã Hương Trạch, Huyện Hương Khê`.
    pub fn scope_name(&self, scope: &Scope) -> String {
        let units = self.units(scope);
        let Some(unit) = units.get(scope.level.into(), &scope.code) else { return scope.code.clone() };
        match units.parent(unit) {
            Some(above) if scope.level == ScopeLevel::Commune => format!("{}, {}", unit.full_name(), above.full_name()),
            _ => unit.full_name(),
        }
    }

    /// Narrows a wish to what the actor may see: the wished unit when it lies inside their own.
    pub fn narrow(&self, actor: &Actor, wished: Option<&Scope>) -> Result<Scope, AppError> {
        let Some(wished) = wished else { return Ok(actor.scope.clone()) };
        // Whoever answers for one village sees that village of its commune.
        let own = &actor.scope;
        if own.village.is_some() && *wished == own.clone().in_village(None) {
            return Ok(own.clone());
        }
        if self.lies_in(wished, &actor.scope) { Ok(wished.clone()) } else { Err(AppError::Missing("unit")) }
    }

    /// Whether a unit that exists is an area or lies inside it.
    pub fn lies_in(&self, unit: &Scope, area: &Scope) -> bool {
        let units = self.units(unit);
        let Some(known) = units.get(unit.level.into(), &unit.code) else { return false };
        let mut inside = unit == area || (area.village.is_none() && unit.clone().in_village(None) == *area);
        let mut above = units.parent(known);
        while let Some(higher) = above {
            inside |= *area == Scope::new(unit.units_from, higher.level, higher.code.clone());
            above = units.parent(higher);
        }
        inside
    }

    /// The place of a unit, for the trail; no village.
    pub fn place_of(&self, scope: &Scope) -> Option<Place> {
        let units = self.units(scope);
        let unit = units.get(scope.level.into(), &scope.code)?;
        let district = match scope.level {
            ScopeLevel::District => Some(unit),
            ScopeLevel::Commune => units.parent(unit).filter(|u| u.level == norms::Level::District),
            ScopeLevel::Province => None,
        };
        let code = |unit: Option<&norms::Unit>| unit.map(|unit| unit.code.clone()).unwrap_or_default();
        let commune = Some(unit).filter(|_| scope.level == ScopeLevel::Commune);
        Some(Place::of_unit(scope.units_from, self.province_of(scope), code(district), code(commune)))
    }

    /// An entry of the trail for something the actor just did.
    pub fn entry(
        &self,
        actor: &Actor,
        verb: &str,
        (subject, id): (&str, String),
        place: Option<Place>,
        detail: Value,
    ) -> Entry {
        Entry {
            id: EntryId(self.ids.next()),
            at_ms: self.clock.now_ms(),
            actor: actor.id,
            actor_name: actor.name.clone(),
            verb: verb.to_owned(),
            subject: subject.to_owned(),
            subject_id: id,
            place,
            detail,
        }
    }
}
