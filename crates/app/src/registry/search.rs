//! Finding households: by name, paper, class, village and year, always inside the actor's scope.

use domain::access::{Actor, Verb, check};
use domain::units::Scope;
use kernel::{Page, PageOf, VillageId};
use storage::{HouseholdFilter, HouseholdRow};

use crate::access::year_of_work;
use crate::{AppError, House};

/// What is looked for; all parts may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    pub scope: Option<Scope>,
    pub text: String,
    pub class: Option<String>,
    pub village: Option<VillageId>,
    /// The review year of the program when left out.
    pub year: Option<i16>,
    pub assessed_only: bool,
    pub with_closed: bool,
}

/// One page of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub scope: Scope,
    pub year: i16,
    pub rows: PageOf<HouseholdRow>,
}

/// Searches the registry.
pub async fn search(house: &House, actor: &Actor, wanted: &Wanted, page: Page) -> Result<Found, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wanted.scope.as_ref())?;
    let mut work = house.store.read().await?;
    let year = match wanted.year {
        Some(year) => year,
        None => year_of_work(house, work.as_mut()).await?,
    };
    let mut filter = HouseholdFilter::new(scope.clone(), year)
        .text(&wanted.text)
        .class(wanted.class.as_deref())
        .village(wanted.village);
    filter.assessed_only = wanted.assessed_only;
    filter.with_closed = wanted.with_closed;
    let rows = work.households(&filter, page).await?;
    Ok(Found { scope, year, rows })
}
