//! What became of the units of the country, against the shared lists; then, with recorded changes, against small worlds.

mod changes;
mod conserved;
mod lineage;
mod placed;

use std::sync::LazyLock;

use kernel::{BoundaryId, Day};
use norms::Norms;

use super::*;

pub(super) static NORMS: LazyLock<Norms> = LazyLock::new(|| Norms::embedded().unwrap());
/// The norms with nothing recorded and nobody placed.
pub(super) static BARE: LazyLock<Restater<'static>> =
    LazyLock::new(|| Restater::new(&NORMS, &[], Placements::default()));

pub(super) fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

/// The days of the three lists.
pub(super) fn days() -> [Day; 3] {
    [day("2023-12-31"), day("2025-01-01"), day("2025-07-01")]
}

pub(super) fn communes(on: Day, province: Option<&str>) -> Vec<String> {
    let units = NORMS.units_on(on);
    match province {
        Some(code) => units.communes_below(Level::Province, code).into_iter().map(|u| u.code.clone()).collect(),
        None => units.iter().filter(|u| u.level == Level::Commune).map(|u| u.code.clone()).collect(),
    }
}

/// A change of communes of Hà Tĩnh; `steps` are `old>new` in one line.
pub(super) fn change(kind: ChangeKind, on: &str, steps: &str) -> BoundaryChange {
    let step = |text: &str| {
        let (from, to) = text.split_once('>').unwrap();
        Step { from: from.to_owned(), to: to.to_owned() }
    };
    BoundaryChange {
        id: BoundaryId(uuid::Uuid::from_u128(u128::from(on.len() as u64) + steps.len() as u128)),
        kind,
        level: ScopeLevel::Commune,
        on: day(on),
        province: "42".to_owned(),
        decision: Decision {
            act: "01/NQ-TEST".to_owned(),
            day: day("2020-06-01"),
            article: None,
            issuer: "Cơ quan thử".to_owned(),
        },
        steps: steps.split_whitespace().map(step).collect(),
        creates: Vec::new(),
        note: None,
        withdrawn: None,
    }
}

pub(super) fn creating(mut change: BoundaryChange, units: &[(&str, &str, &str)]) -> BoundaryChange {
    let new = |(code, kind, name): &(&str, &str, &str)| NewUnit {
        code: (*code).to_owned(),
        kind: (*kind).to_owned(),
        name: (*name).to_owned(),
    };
    change.creates = units.iter().map(new).collect();
    change
}
