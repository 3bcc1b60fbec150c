//! An import of work is taken back as a whole, never without a reason; the trail keeps who brought it and why it went.

use domain::access::{Actor, Verb, check};
use kernel::IntakeId;
use serde_json::json;
use storage::{Entry, Work};

use super::corrections::{because, past, tell};
use crate::{AppError, House};

const IMPORT: &str = "work_import";

/// The entry of an import that still stands: who brought it, when, and how much.
pub async fn standing_import(house: &House, actor: &Actor, id: IntakeId) -> Result<Entry, AppError> {
    check(actor, Verb::RecordWork)?;
    brought(house.store.read().await?.as_mut(), actor, id).await
}

async fn brought(work: &mut dyn Work, actor: &Actor, id: IntakeId) -> Result<Entry, AppError> {
    let newest = past(work, actor, (IMPORT, id.to_string())).await?.into_iter().next();
    newest.filter(|entry| entry.verb == "work_imported").ok_or(AppError::Missing("import"))
}

/// Takes back everything that one import brought; gives how many records that were.
pub async fn undo_import(house: &House, actor: &Actor, id: IntakeId, reason: &str) -> Result<i64, AppError> {
    check(actor, Verb::RecordWork)?;
    let mut work = house.store.write().await?;
    let before = brought(work.as_mut(), actor, id).await?;
    let ((), reason) = because(Ok(()), reason)?;
    let removed = work.remove_import(&actor.scope, id).await?;
    let place = before.place.or_else(|| house.place_of(&actor.scope));
    let place = place.ok_or(AppError::Missing("import"))?;
    let detail = json!({"records": removed, "reason": reason});
    tell(house, work.as_mut(), actor, "work_import_undone", (IMPORT, id.to_string()), (place, detail)).await?;
    work.commit().await?;
    Ok(removed)
}
