//! Freezes the facts of a decision: files first, written and synced, then the row and its entry in the decision's own unit
//! of work. A file without a row is harmless; a row without its files cannot come about. Start with [`freeze_in`].

use std::sync::Arc;

use domain::access::Actor;
use domain::review::form::bases_of;
use domain::review::indicator_bases;
use domain::units::Scope;
use norms::{Basis, Rulebook, ScorePack};
use serde_json::json;
use snapshots::{
    Act, Around, Frame, Head, Lists, Sealed, SnapshotFault, SnapshotWriter, frozen, frozen_units, keys, norms_in_force,
};
use storage::{SnapshotRecord, Work};

use super::gather::{Ground, around, boundaries, gather};
use crate::{AppError, House};

/// Which decision, about which unit and year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occasion<'a> {
    pub act: Act,
    pub scope: &'a Scope,
    pub year: i16,
}

/// Freezes the facts and enters the snapshot in the same unit of work, which the caller commits.
pub(crate) async fn freeze_in(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    occasion: Occasion<'_>,
) -> Result<SnapshotRecord, AppError> {
    let record = freeze(house, work, actor, occasion).await?;
    enter(house, work, actor, &record).await?;
    Ok(record)
}

/// Writes the files; nothing of it stands in the store yet.
pub(crate) async fn freeze(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    occasion: Occasion<'_>,
) -> Result<SnapshotRecord, AppError> {
    let Occasion { scope, year, .. } = occasion;
    let archive = house.archive()?;
    let rules = house.rules(year, &house.province_of(scope))?;
    let packs = Arc::new(crate::law::known_packs(house, work).await?);
    let units = house.units(scope);
    let communes = units.communes_below(scope.level.into(), &scope.code).iter().map(|c| c.code.clone()).collect();
    let around = Around { boundaries: boundaries(house, work, scope).await?, ..around(work, scope, year).await? };
    let ground = Ground { scope, year, rules: Arc::clone(&rules), packs: Arc::clone(&packs), communes, around };
    let frame = Frame { rules: &rules, packs: &packs, communes: &ground.communes, villages: &ground.around.villages };
    let writer = archive.draft(house.ids.next(), frame)?;
    let (writer, lists) = gather(house, work, ground, writer).await?;
    let used = used_packs(&lists, &packs);
    let unconfirmed = unconfirmed(work, &rules, &used).await?;
    let head = head(house, work, actor, occasion, unconfirmed).await?;
    let sealed = seal(house, writer, head, (rules, used), lists).await?;
    Ok(record(sealed))
}

/// Enters a frozen snapshot in the register, with its entry in the trail.
pub(crate) async fn enter(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    record: &SnapshotRecord,
) -> Result<(), AppError> {
    work.add_snapshot(record).await?;
    let detail = json!({ "act": record.act, "year": record.year, "households": record.households });
    let subject = ("snapshot", record.name.clone());
    work.record(&house.entry(actor, "snapshot_frozen", subject, house.place_of(&record.scope), detail)).await?;
    Ok(())
}

async fn head(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    Occasion { act, scope, year }: Occasion<'_>,
    unconfirmed: Vec<String>,
) -> Result<Head, AppError> {
    Ok(Head {
        act,
        year,
        scope: scope.clone(),
        unit: house.scope_name(scope),
        at_ms: house.clock.now_ms(),
        day: house.clock.today(),
        by: actor.id,
        by_name: actor.name.clone(),
        is_sample: crate::access::is_sample(work).await?,
        unconfirmed,
    })
}

/// Counts the forms, writes the last files and names the snapshot.
async fn seal(
    house: &House,
    writer: SnapshotWriter,
    head: Head,
    (rules, packs): (Arc<Rulebook>, Vec<ScorePack>),
    lists: Lists,
) -> Result<Sealed, AppError> {
    let norms = Arc::clone(&house.norms);
    on_thread(move || {
        let units = norms.units_on(head.scope.units_from);
        let in_force = norms_in_force(&norms, kernel::Day::last_of(head.year));
        let tree = frozen_units(units, &head.scope);
        let around = lists.around.clone();
        let ground = lists.ground(&head.scope, units, &rules);
        let numbers: Vec<&str> = rules.forms.iter().map(|form| form.value.number.as_str()).collect();
        let forms = ground.forms(&rules, &numbers);
        let cells = frozen(&forms.iter().map(|(form, _)| form).collect::<Vec<_>>());
        drop(ground);
        writer.seal(head, (&in_force, tree, &packs), &around, &cells)
    })
    .await
}

/// The packs that gave some B1.
fn used_packs(lists: &Lists, packs: &[ScorePack]) -> Vec<ScorePack> {
    let names: std::collections::BTreeSet<&str> =
        lists.now.iter().filter_map(|reviewed| reviewed.standing.pack.as_deref()).collect();
    packs.iter().filter(|pack| names.contains(snapshots::pack_name(pack).as_str())).cloned().collect()
}

/// Keys of the values that classes and forms of the year stand on and that nobody has vouched for.
async fn unconfirmed(work: &mut dyn Work, rules: &Rulebook, packs: &[ScorePack]) -> Result<Vec<String>, AppError> {
    let confirmed = crate::law::confirmed_keys(work).await?;
    let mut bases: Vec<Basis> = rules.forms.iter().flat_map(|layout| bases_of(layout, rules)).collect();
    bases.extend(indicator_bases(rules));
    bases.extend(packs.iter().map(ScorePack::basis));
    Ok(keys(&crate::law::unconfirmed(&confirmed, &bases)))
}

fn record(Sealed { name, manifest }: Sealed) -> SnapshotRecord {
    let bytes = i64::try_from(manifest.bytes()).unwrap_or(i64::MAX);
    let all = manifest.counts.all;
    let head = manifest.head;
    SnapshotRecord {
        name,
        act: head.act.id().to_owned(),
        year: head.year,
        scope: head.scope,
        day: head.day,
        at_ms: head.at_ms,
        by: head.by,
        by_name: head.by_name,
        households: all.households,
        persons: all.persons,
        bytes,
        is_sample: head.is_sample,
        checked: None,
    }
}

/// Files and counting block; they do it where nobody waits for them.
pub(crate) async fn on_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SnapshotFault> + Send + 'static,
) -> Result<T, AppError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(error) => Err(AppError::Paper(error.to_string())),
    }
}
