//! A year's list counted by village and class, kept commune by commune as long as nothing in the commune changed. Start with
//! [`classes_in`].

use std::collections::HashMap;
use std::sync::Arc;

use domain::units::Scope;
use storage::{SheetKey, VillageClass, Work};

use crate::programme::lies_in;
use crate::{AppError, House};

/// Communes whose counts are kept, each once a year.
const KEPT: usize = 20_000;

/// What was counted, by year and commune, with the version it was counted at.
pub(crate) type KeptClasses = HashMap<(i16, SheetKey), (i64, Arc<Vec<VillageClass>>)>;

/// The counts of every commune of the scope in the order of the codes; of a village head's scope, that village alone.
pub(crate) async fn classes_in(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    year: i16,
) -> Result<Vec<(SheetKey, Arc<Vec<VillageClass>>)>, AppError> {
    let unit = scope.clone().in_village(None);
    let mut versions = work.fact_versions(&unit).await?;
    versions.retain(|(key, _)| !key.commune.is_empty() && lies_in(key, &unit));
    versions.sort();
    let mut found = Vec::with_capacity(versions.len());
    for (key, version) in versions {
        let kept = house.classes.lock().ok().and_then(|kept| kept.get(&(year, key.clone())).cloned());
        let counts = if let Some((_, counts)) = kept.filter(|(of, _)| *of == version) {
            counts
        } else {
            let counts = Arc::new(work.village_classes(&key, year).await?);
            if let Ok(mut kept) = house.classes.lock() {
                if kept.len() >= KEPT {
                    kept.clear();
                }
                kept.insert((year, key.clone()), (version, Arc::clone(&counts)));
            }
            counts
        };
        let counts = match scope.village {
            None => counts,
            Some(village) => Arc::new(counts.iter().filter(|count| count.village == village).cloned().collect()),
        };
        found.push((key, counts));
    }
    Ok(found)
}
