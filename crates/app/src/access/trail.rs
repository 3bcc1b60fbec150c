//! The trail: who did what, where and when. Read only; entries are written beside what they tell of.

use domain::access::{Actor, Verb, check};
use kernel::{EntryId, Page, PageOf};
use storage::{Entry, EntryFilter};

use crate::{AppError, House};

/// Entries of the actor's area, newest first; `about` narrows to one subject, such as `("household", id)`.
pub async fn trail(
    house: &House,
    actor: &Actor,
    about: Option<(&str, &str)>,
    page: Page,
) -> Result<PageOf<Entry>, AppError> {
    check(actor, Verb::ReadTrail)?;
    let about = about.map(|(subject, id)| (subject.to_owned(), id.to_owned()));
    let mut work = house.store.read().await?;
    Ok(work.entries(&EntryFilter { scope: actor.scope.clone(), about }, page).await?)
}

/// Recomputes the chain of the whole trail; the first entry that does not fit, if any.
pub async fn verify_trail(house: &House, actor: &Actor) -> Result<Option<EntryId>, AppError> {
    check(actor, Verb::ReadTrail)?;
    Ok(house.store.read().await?.verify_entries().await?)
}
