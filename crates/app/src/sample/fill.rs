//! The sample register grown to a whole province's households, for load tests: the added ones are on no list.

use domain::registry::Household;
use domain::units::{Scope, ScopeLevel};
use kernel::HouseholdId;

use super::data::SampleData;
use super::draw::Draw;
use super::people::People;
use super::{SEED, land, start_sample};
use crate::{AppError, House};

/// Households stored in one unit of work; a load test has no need of all or nothing.
const BATCH: usize = 10_000;

/// Loads the samples and adds invented households until there are so many.
pub async fn fill(house: &House, households: usize, progress: impl Fn(u8) + Send + Sync) -> Result<(), AppError> {
    start_sample(house, |_| {}).await?;
    let data = SampleData::embedded().map_err(|error| AppError::Paper(error.to_string()))?;
    let rules = house.rules(data.years.1, &data.province)?;
    let mut draw = Draw::new(SEED + 1);
    // The same villages as the samples': their names are taken, so those already stored are used.
    let _ = land::communes(house, &data, &rules, &mut draw)?;
    let scope = Scope::new(house.norms.units_on(data.units_on).from, ScopeLevel::Province, data.province.clone());
    let mut work = house.store.read().await?;
    let villages = work.villages(&scope).await?;
    let stored = work.heads(&scope).await?.len();
    drop(work);
    let wanted = households.saturating_sub(stored);
    let mut people = People::new(house, &data, &rules, draw.clone());
    let mut done = 0;
    while done < wanted {
        let size = BATCH.min(wanted - done);
        let mut batch = Vec::with_capacity(size);
        for _ in 0..size {
            let Some(village) = draw.one_of(&villages) else { return Ok(()) };
            batch.push(Household {
                id: HouseholdId(house.ids.next()),
                place: village.place(),
                address: None,
                members: people.members(data.years.1, rules.ethnic.value.majority),
                events: Vec::new(),
                closed: None,
                version: 0,
            });
        }
        let mut work = house.store.write().await?;
        work.add_households(&batch).await?;
        work.commit().await?;
        done += size;
        progress(u8::try_from(done * 100 / wanted.max(1)).unwrap_or(100));
    }
    Ok(())
}
