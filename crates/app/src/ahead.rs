//! What is kept of earlier counts is brought along while nobody waits: targets, the forms of the year of work, its list by class,
//! and the poverty figures of a year that nothing is frozen of. Costs next to nothing when nothing changed.

use kernel::Day;

use crate::access::{province_scope, year_of_work};
use crate::{AppError, House};

/// Counts what has changed since it was last counted; does nothing before the program is set up.
pub async fn count_ahead(house: &House) -> Result<(), AppError> {
    let mut work = house.store.read().await?;
    let Some(province) = province_scope(house, work.as_mut()).await? else { return Ok(()) };
    let year = year_of_work(house, work.as_mut()).await?;
    crate::review::classes_in(house, work.as_mut(), &province, year).await?;
    drop(work);
    let on = house.clock.today().min(Day::last_of(year));
    crate::programme::targets::count_ahead(house, &province, on).await?;
    crate::review::forms::count_ahead(house, &province, year).await?;
    crate::reporting::poverty::read_ahead(house, &province, year).await
}
