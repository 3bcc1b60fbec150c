//! Recorded changes of boundaries and what persons placed, as they stood on the day: a figure by the units of another day comes out
//! of the snapshot as it came out then, whatever is recorded later. Start with [`told_by`].

use domain::units::{BoundaryChange, CountRow, Placeable, Placements, Restated, Restater, ScopeLevel, restate};
use kernel::Day;
use norms::Norms;
use serde::{Deserialize, Serialize};

use crate::fault::SnapshotFault;
use crate::read::Snapshot;

pub(crate) const BOUNDARIES: &str = "boundaries.json";

/// What was known of where things lie on other days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boundaries {
    /// Of the province, withdrawn ones too.
    pub changes: Vec<BoundaryChange>,
    /// Of the unit's villages and households.
    pub placements: Vec<FrozenPlacement>,
}

/// Where a village or a household lies on the other side of a step; who said so stands in the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenPlacement {
    pub what: Placeable,
    /// First day of the later of the two states.
    pub on: Day,
    pub commune: String,
}

impl Boundaries {
    /// Files of a snapshot are written in one way only: by day, then by what was placed.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        let id = |what: Placeable| match what {
            Placeable::Village(id) => (0, id.0),
            Placeable::Household(id) => (1, id.0),
        };
        self.changes.sort_by_key(|change| (change.on, change.id));
        self.placements.sort_by_key(|placed| (placed.on, id(placed.what)));
        self
    }

    pub fn restater<'n>(&self, norms: &'n Norms) -> Restater<'n> {
        let placed = self.placements.iter().map(|placed| (placed.what, placed.on, placed.commune.clone()));
        Restater::new(norms, &self.changes, Placements::new(placed))
    }

    pub(crate) fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(crate) fn rows(&self) -> usize {
        self.changes.len() + self.placements.len()
    }
}

/// A snapshot's households by class and the units of another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldBy {
    /// Ids in the order of the norms; the last column counts households without a class.
    pub classes: Vec<String>,
    pub restated: Restated,
    /// The snapshot is from before changes and placements were kept along: told by the lists of units alone.
    pub without_boundaries: bool,
}

/// Counts a snapshot's list by the units of a day, from its own files and the lists of units. `None`: there is no such level on
/// that day.
pub fn told_by(
    snapshot: &Snapshot,
    norms: &Norms,
    (on, level): (Day, ScopeLevel),
    classes: Vec<String>,
) -> Result<Option<ToldBy>, SnapshotFault> {
    let kept = snapshot.boundaries()?;
    let without_boundaries = kept.is_none();
    let boundaries = kept.unwrap_or_default();
    let moves = boundaries.restater(norms);
    let row = |reviewed: domain::review::Reviewed| {
        let class = reviewed.standing.class.as_ref();
        let at = class.and_then(|id| classes.iter().position(|known| known == id)).unwrap_or(classes.len());
        CountRow {
            commune: reviewed.place.commune,
            village: Some(reviewed.place.village),
            household: Some(reviewed.household),
            counts: (0..=classes.len()).map(|column| i64::from(column == at)).collect(),
        }
    };
    let rows: Vec<CountRow> = snapshot.standings()?.into_iter().map(row).collect();
    let restated = restate(&moves, &rows, (snapshot.scope().units_from, on), level);
    Ok(restated.ok().map(|restated| ToldBy { classes, restated, without_boundaries }))
}
