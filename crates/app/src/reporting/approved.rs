//! A unit's forms of a year as they were approved, from the snapshot that the approval froze.

use std::sync::Arc;

use domain::review::ListState;
use domain::review::form::Form;
use domain::units::Scope;
use norms::Rulebook;
use snapshots::Act;
use storage::Work;

use super::freeze::on_thread;
use crate::kept::Kept;
use crate::{AppError, House};

/// A snapshot has one version.
const NEVER_CHANGES: i64 = 0;

/// Forms as they were approved, by snapshot.
pub(crate) type KnownForms = Kept<String, Vec<Form>>;

/// Decisions above a list that settle its numbers; a commune's own is settled when it is sent up.
const APPROVING: [Act; 3] = [Act::ReviewApproved, Act::FormsOfficial, Act::ResultsPublished];

/// The forms that the unit's own newest approval froze; none where nothing of the unit itself was approved, or where no
/// folder of snapshots is kept. A commune's list counts as long as it was not returned.
pub(crate) async fn approved_forms(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    (year, rules): (i16, &Arc<Rulebook>),
) -> Result<Vec<Form>, AppError> {
    let Ok(archive) = house.archive() else { return Ok(Vec::new()) };
    // Newest first.
    let known = work.snapshots_of(std::slice::from_ref(scope), year).await?;
    let of = |acts: &[Act]| known.iter().find(|s| acts.iter().any(|act| act.id() == s.act)).map(|s| s.name.clone());
    let list = work.submission(scope, year).await?;
    let is_sent = list.is_some_and(|list| list.state == ListState::Sent);
    let sent = || of(&[Act::ListSent]).filter(|_| is_sent);
    let Some(name) = of(&APPROVING).or_else(sent) else { return Ok(Vec::new()) };
    if let Some(forms) = house.approved.good(&name, NEVER_CHANGES) {
        return Ok(forms.as_ref().clone());
    }
    let (asked, rules) = (name.clone(), Arc::clone(rules));
    let archive = archive.clone();
    match on_thread(move || archive.open(&asked)?.forms(&rules)).await {
        Ok(forms) => {
            house.approved.keep(name, NEVER_CHANGES, &Arc::new(forms.clone()));
            Ok(forms)
        }
        // The page of snapshots tells of lost and damaged files; the forms go on with the list as it stands.
        Err(AppError::Snapshot(fault)) => {
            tracing::warn!(name, %fault, "a snapshot could not be read");
            Ok(Vec::new())
        }
        Err(other) => Err(other),
    }
}
