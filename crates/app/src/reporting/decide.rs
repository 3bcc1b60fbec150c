//! The decisions above a commune's list: a level above approves the year's review of its unit; a unit marks its forms
//! official. Each leaves a snapshot, in the same unit of work as the decision's entry.

use std::collections::HashSet;

use domain::access::{Actor, Verb, check};
use domain::reporting::{ReportRefusal, Reviewed, may_approve};
use domain::review::ListState;
use domain::review::round::{CommuneStep, Route};
use domain::units::{Scope, ScopeLevel};
use kernel::{EntryId, Page};
use snapshots::Act;
use storage::{EntryFilter, SnapshotRecord, Work};

use super::freeze::{Occasion, enter, freeze};
use crate::review::forms::{FormData, views};
use crate::{AppError, House};

/// What was decided about a unit's year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    pub approved: Option<SnapshotRecord>,
    pub official: Option<SnapshotRecord>,
}

/// The newest decisions about exactly this unit and year.
pub async fn standing(house: &House, actor: &Actor, wished: &Scope, year: i16) -> Result<Standing, AppError> {
    check(actor, Verb::ReadForms)?;
    let scope = house.narrow(actor, Some(wished))?;
    let mut work = house.store.read().await?;
    let known = work.snapshots_of(std::slice::from_ref(&scope), year).await?;
    let newest = |act: Act| known.iter().find(|snapshot| snapshot.act == act.id()).cloned();
    Ok(Standing { approved: newest(Act::ReviewApproved), official: newest(Act::FormsOfficial) })
}

/// Approves the year's review of a district or province: every commune with households in it has sent its list,
/// and what came through a round is recognised.
pub async fn approve_review(
    house: &House,
    actor: &Actor,
    wished: &Scope,
    year: i16,
) -> Result<SnapshotRecord, AppError> {
    check(actor, Verb::ApproveReview)?;
    let scope = house.narrow(actor, Some(wished))?;
    if scope.level == ScopeLevel::Commune {
        return Err(AppError::Missing("unit"));
    }
    let mut work = house.store.read().await?;
    all_sent(house, work.as_mut(), &scope, year).await?;
    decide(house, work, actor, Occasion { act: Act::ReviewApproved, scope: &scope, year }).await
}

/// A commune without any household in the review has nothing to send.
async fn all_sent(house: &House, work: &mut dyn Work, scope: &Scope, year: i16) -> Result<(), AppError> {
    let lists = work.submissions(scope, year).await?;
    let sent: HashSet<&str> =
        lists.iter().filter(|list| list.state == ListState::Sent).map(|list| list.commune.as_str()).collect();
    let rounds = work.commune_marks(scope, year, Route::Yearly).await?;
    let open = |commune: &str| rounds.iter().any(|of| of.commune == commune && of.step != CommuneStep::Recognised);
    let mut reviewed = Reviewed::default();
    for commune in house.units(scope).communes_below(scope.level.into(), &scope.code) {
        let at = Scope::new(scope.units_from, ScopeLevel::Commune, commune.code.clone());
        let households: i64 = work.class_counts(&at, year).await?.iter().map(|(_, n)| n).sum();
        if households > 0 {
            let is_sent = sent.contains(commune.code.as_str());
            reviewed.communes += 1;
            reviewed.sent += usize::from(is_sent);
            reviewed.unrecognised += usize::from(is_sent && open(&commune.code));
        }
    }
    if reviewed.communes == 0 {
        return Err(domain::review::ListRefusal::Empty.into());
    }
    Ok(may_approve(reviewed)?)
}

/// Marks the year's forms of a unit official: all of them are whole, pass their checks and stand on confirmed values.
pub async fn mark_official(
    house: &House,
    actor: &Actor,
    wished: &Scope,
    year: i16,
) -> Result<SnapshotRecord, AppError> {
    check(actor, Verb::MarkOfficial)?;
    let scope = house.narrow(actor, Some(wished))?;
    let rules = house.rules(year, &house.province_of(&scope))?;
    let mut work = house.store.read().await?;
    if crate::access::is_sample(work.as_mut()).await? {
        return Err(ReportRefusal::Sample.into());
    }
    let data = FormData::load(house, work.as_mut(), &scope, year, false).await?;
    let confirmed = crate::law::confirmed_keys(work.as_mut()).await?;
    let numbers: Vec<&str> = rules.forms.iter().map(|form| form.value.number.as_str()).collect();
    let views = views(&data, &rules, &numbers, (&confirmed, false));
    if let Some(view) = views.iter().find(|view| !view.may_be_official) {
        return Err(ReportRefusal::NotReady { form: view.form.layout.value.number.clone() }.into());
    }
    decide(house, work, actor, Occasion { act: Act::FormsOfficial, scope: &scope, year }).await
}

/// Freezing a province takes a while, and nobody should wait for it with an import: the facts are read in one unit of work
/// and entered in another, if nothing of the unit was changed between the two. Every change has its entry in the trail.
async fn decide(
    house: &House,
    reading: Box<dyn Work>,
    actor: &Actor,
    occasion: Occasion<'_>,
) -> Result<SnapshotRecord, AppError> {
    let (record, work) = freeze_unchanged(house, reading, actor, occasion).await?;
    work.commit().await?;
    Ok(record)
}

/// The frozen facts, entered in a unit of work that the caller ends.
pub(crate) async fn freeze_unchanged(
    house: &House,
    mut reading: Box<dyn Work>,
    actor: &Actor,
    occasion: Occasion<'_>,
) -> Result<(SnapshotRecord, Box<dyn Work>), AppError> {
    let before = last_entries(reading.as_mut(), occasion.scope).await?.first().copied();
    let record = freeze(house, reading.as_mut(), actor, occasion).await?;
    drop(reading);
    let mut work = house.store.write().await?;
    // The entry goes first: whoever writes the trail next waits until this decision is committed.
    enter(house, work.as_mut(), actor, &record).await?;
    if last_entries(work.as_mut(), occasion.scope).await?.get(1).copied() != before {
        return Err(ReportRefusal::ChangedMeanwhile.into());
    }
    Ok((record, work))
}

/// The newest two entries about the unit.
async fn last_entries(work: &mut dyn Work, scope: &Scope) -> Result<Vec<EntryId>, AppError> {
    let filter = EntryFilter { scope: scope.clone(), about: None };
    Ok(work.entries(&filter, Page::new(1, 2)).await?.rows.iter().map(|entry| entry.id).collect())
}
