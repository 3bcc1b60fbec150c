//! Which snapshots hold a unit's year: for each commune the newest one that holds it, be it the commune's own, its
//! district's or the province's. A commune without any is named, never filled from today's register.

use domain::units::{Scope, ScopeLevel};
use storage::{SnapshotRecord, Work};

use crate::{AppError, House};

/// A snapshot and the communes it is read for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub record: SnapshotRecord,
    pub communes: Vec<String>,
}

/// All snapshots that a unit's year is read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    pub parts: Vec<Part>,
    /// Codes of the communes of which the year was never frozen.
    pub missing: Vec<String>,
}

/// The unit and those above it.
pub(super) fn chain(house: &House, scope: &Scope) -> Vec<Scope> {
    let units = house.units(scope);
    let mut chain = Vec::new();
    let mut next = units.get(scope.level.into(), &scope.code);
    while let Some(unit) = next {
        chain.push(Scope::new(scope.units_from, unit.level, unit.code.clone()));
        next = units.parent(unit);
    }
    chain
}

/// Finds the snapshots of a unit's year.
pub(super) async fn cover(house: &House, work: &mut dyn Work, scope: &Scope, year: i16) -> Result<Cover, AppError> {
    let mut known = work.snapshots_of(&chain(house, scope), year).await?;
    for below in work.snapshots(scope, Some(year)).await? {
        if known.iter().all(|snapshot| snapshot.name != below.name) {
            known.push(below);
        }
    }
    known.sort_by(|a, b| b.at_ms.cmp(&a.at_ms).then_with(|| a.name.cmp(&b.name)));
    let mut cover = Cover::default();
    for commune in house.units(scope).communes_below(scope.level.into(), &scope.code) {
        let at = Scope::new(scope.units_from, ScopeLevel::Commune, commune.code.clone());
        match known.iter().find(|snapshot| house.lies_in(&at, &snapshot.scope)) {
            None => cover.missing.push(commune.code.clone()),
            Some(newest) => match cover.parts.iter_mut().find(|part| part.record.name == newest.name) {
                Some(part) => part.communes.push(commune.code.clone()),
                None => {
                    cover.parts.push(Part { record: newest.clone(), communes: vec![commune.code.clone()] });
                }
            },
        }
    }
    Ok(cover)
}
