//! The trail: who did what, where and when. Entries are written beside what they tell of; here they are read, and the chain
//! they make is checked: what a page shows at each view, the whole on demand. Start with [`trail`].

use domain::access::{Actor, Verb, check};
use kernel::{EntryId, Page, PageOf};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{Entry, EntryFilter, TrailMark, TrailVerdict, Work};

use crate::{AppError, House};

/// The setting that keeps the last full check.
const CHECKED: &str = "trail_checked";

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

/// The last time somebody had the whole trail recomputed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullCheck {
    pub at_ms: i64,
    pub by_name: String,
    /// The last entry that fitted.
    pub mark: Option<TrailMark>,
    /// The first that did not.
    pub broken_at: Option<EntryId>,
}

/// What can be said of the trail without reading the whole of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    pub last: Option<FullCheck>,
    /// A shown entry that does not fit.
    pub broken_at: Option<EntryId>,
    /// The trail no longer goes through the mark of the last full check: it was cut off or rewritten.
    pub mark_is_lost: bool,
}

/// Checks the entries of a page, and that the trail still goes through the mark of the last full check.
pub async fn trail_standing(house: &House, actor: &Actor, shown: &[Entry]) -> Result<Standing, AppError> {
    check(actor, Verb::ReadTrail)?;
    let mut work = house.store.read().await?;
    let ids: Vec<EntryId> = shown.iter().map(|entry| entry.id).collect();
    let last = last_check(work.as_mut()).await?;
    let mark_is_lost = match last.as_ref().and_then(|last| last.mark.as_ref()) {
        Some(mark) => !work.trail_holds(mark).await?,
        None => false,
    };
    Ok(Standing { broken_at: work.entries_fit(&ids).await?, last, mark_is_lost })
}

async fn last_check(work: &mut dyn Work) -> Result<Option<FullCheck>, AppError> {
    Ok(work.setting(CHECKED).await?.as_deref().and_then(|text| serde_json::from_str(text).ok()))
}

/// Recomputes the chain of the whole trail and keeps how far it was whole; a mark that was lost is kept, so that it goes on
/// showing.
pub async fn verify_trail(house: &House, actor: &Actor) -> Result<TrailVerdict, AppError> {
    check(actor, Verb::ReadTrail)?;
    let verdict = house.store.read().await?.verify_entries().await?;
    let mut work = house.store.write().await?;
    let last = last_check(work.as_mut()).await?;
    let torn_from = match last.as_ref().and_then(|last| last.mark.as_ref()) {
        Some(mark) if !work.trail_holds(mark).await? => Some(mark.clone()),
        _ => None,
    };
    let checked = FullCheck {
        at_ms: house.clock.now_ms(),
        by_name: actor.name.clone(),
        mark: torn_from.or_else(|| verdict.whole_until.clone()),
        broken_at: verdict.broken_at,
    };
    let text = serde_json::to_string(&checked).map_err(|error| AppError::Paper(error.to_string()))?;
    work.save_setting(CHECKED, &text).await?;
    let entries = verdict.whole_until.as_ref().map_or(0, |mark| mark.position);
    let detail = json!({"entries": entries, "broken_at": verdict.broken_at});
    work.record(&house.entry(actor, "trail_checked", ("trail", String::new()), None, detail)).await?;
    work.commit().await?;
    Ok(verdict)
}
