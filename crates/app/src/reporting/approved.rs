//! A unit's forms of a year as they were approved, from the snapshot that the approval froze.

use std::collections::HashMap;
use std::sync::Arc;

use domain::review::ListState;
use domain::review::form::Form;
use domain::units::Scope;
use norms::Rulebook;
use snapshots::{Act, Archive, FrozenCell, thawed};
use storage::Work;

use super::freeze::on_thread;
use crate::{AppError, House};

/// Snapshots whose forms are kept in memory; a snapshot never changes.
const KEPT: usize = 32;

/// Forms as they were approved, by snapshot.
pub(crate) type KnownForms = HashMap<String, Arc<Vec<Form>>>;

/// Decisions above a list that settle its numbers; a commune's own is settled when it is sent up.
const APPROVING: [Act; 3] = [Act::ReviewApproved, Act::FormsOfficial, Act::ResultsPublished];

/// The forms that the unit's own newest approval froze; none where nothing of the unit itself was approved, or where no
/// folder of snapshots is kept. A commune's list counts as long as it was not returned.
pub(crate) async fn approved_forms(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    (year, rules): (i16, &Rulebook),
) -> Result<Vec<Form>, AppError> {
    let Ok(archive) = house.archive() else { return Ok(Vec::new()) };
    // Newest first.
    let known = work.snapshots_of(std::slice::from_ref(scope), year).await?;
    let of = |acts: &[Act]| known.iter().find(|s| acts.iter().any(|act| act.id() == s.act)).map(|s| s.name.clone());
    let list = work.submission(scope, year).await?;
    let is_sent = list.is_some_and(|list| list.state == ListState::Sent);
    let sent = || of(&[Act::ListSent]).filter(|_| is_sent);
    let Some(name) = of(&APPROVING).or_else(sent) else { return Ok(Vec::new()) };
    if let Some(forms) = house.approved.lock().ok().and_then(|known| known.get(&name).cloned()) {
        return Ok(forms.as_ref().clone());
    }
    let Some(cells) = cells_of(archive.clone(), name.clone()).await? else { return Ok(Vec::new()) };
    let thawed = rules.forms.iter().map(|layout| thawed(&cells, layout));
    let forms: Vec<Form> = thawed.filter(|form| !form.rows.is_empty()).collect();
    if let Ok(mut known) = house.approved.lock() {
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(name, Arc::new(forms.clone()));
    }
    Ok(forms)
}

/// `None` where the snapshot cannot be read.
async fn cells_of(archive: Archive, name: String) -> Result<Option<Vec<FrozenCell>>, AppError> {
    let asked = name.clone();
    match on_thread(move || archive.open(&asked)?.cells()).await {
        Ok(cells) => Ok(Some(cells)),
        // The page of snapshots tells of lost and damaged files; the forms go on with the list as it stands.
        Err(AppError::Snapshot(fault)) => {
            tracing::warn!(name, %fault, "a snapshot could not be read");
            Ok(None)
        }
        Err(other) => Err(other),
    }
}
