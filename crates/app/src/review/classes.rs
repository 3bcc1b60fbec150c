//! A year's list counted by village and class, kept commune by commune as long as nothing in the commune changed. Start with
//! [`classes_in`].

use std::sync::Arc;

use domain::units::Scope;
use storage::{SheetKey, VillageClass, Work};

use crate::kept::{Kept, communes_with_facts};
use crate::{AppError, House};

/// What was counted, by year and commune.
pub(crate) type KeptClasses = Kept<(i16, SheetKey), Vec<VillageClass>>;

/// The counts of every commune of the scope in the order of the codes; of a village head's scope, that village alone.
pub(crate) async fn classes_in(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    year: i16,
) -> Result<Vec<(SheetKey, Arc<Vec<VillageClass>>)>, AppError> {
    let unit = scope.clone().in_village(None);
    let mut versions = communes_with_facts(work, &unit).await?;
    versions.sort();
    let mut found = Vec::with_capacity(versions.len());
    for (key, version) in versions {
        let of = (year, key);
        let counts = if let Some(counts) = house.classes.good(&of, version) {
            counts
        } else {
            let counts = Arc::new(work.village_classes(&of.1, year).await?);
            house.classes.keep(of.clone(), version, &counts);
            counts
        };
        let counts = match scope.village {
            None => counts,
            Some(village) => Arc::new(counts.iter().filter(|count| count.village == village).cloned().collect()),
        };
        found.push((of.1, counts));
    }
    Ok(found)
}
