//! The snapshots that an actor may see: listed, opened, looked over byte by byte, their files handed out. A snapshot holds
//! every household of its unit, so it is only for who answers for the whole of it.

use bytes::Bytes;
use domain::access::{Actor, Verb, check};
use domain::units::Scope;
use serde_json::json;
use snapshots::{Finding, Manifest, verify};
use storage::{SnapshotRecord, Work};

use super::freeze::on_thread;
use crate::{AppError, House};

const SNAPSHOT: &str = "snapshot";

/// A snapshot with what its manifest says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub record: SnapshotRecord,
    pub manifest: Manifest,
}

/// Snapshots of a unit and everything below it, newest first.
pub async fn snapshots(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: Option<i16>,
) -> Result<Vec<SnapshotRecord>, AppError> {
    check(actor, Verb::ReadForms)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    Ok(work.snapshots(&scope, year).await?)
}

/// One snapshot.
pub async fn opened(house: &House, actor: &Actor, name: &str) -> Result<Opened, AppError> {
    check(actor, Verb::ReadForms)?;
    let mut work = house.store.read().await?;
    let record = found(work.as_mut(), actor, name).await?;
    let snapshot = house.archive()?.open(&record.name)?;
    Ok(Opened { record, manifest: snapshot.manifest })
}

async fn found(work: &mut dyn Work, actor: &Actor, name: &str) -> Result<SnapshotRecord, AppError> {
    work.snapshot(&actor.scope, name).await?.ok_or(AppError::Missing(SNAPSHOT))
}

/// Looks at every byte of a snapshot, and keeps when that was and what was found.
pub async fn check_snapshot(house: &House, actor: &Actor, name: &str) -> Result<Vec<Finding>, AppError> {
    check(actor, Verb::ReadForms)?;
    let mut work = house.store.read().await?;
    let record = found(work.as_mut(), actor, name).await?;
    drop(work);
    let folder = house.archive()?.folder(&record.name);
    let findings = on_thread(move || verify(&folder)).await?;
    let mut work = house.store.write().await?;
    work.save_snapshot_check(&record.name, house.clock.today(), findings.is_empty()).await?;
    let detail = json!({ "whole": findings.is_empty(), "findings": findings });
    let subject = (SNAPSHOT, record.name.clone());
    work.record(&house.entry(actor, "snapshot_checked", subject, house.place_of(&record.scope), detail)).await?;
    work.commit().await?;
    Ok(findings)
}

/// One file of a snapshot, held against its SHA-256. It names no person, but it is every household of the unit.
pub async fn file(house: &House, actor: &Actor, name: &str, file: &str) -> Result<Bytes, AppError> {
    check(actor, Verb::ReadRegistry)?;
    check(actor, Verb::ReadForms)?;
    let mut work = house.store.read().await?;
    let record = found(work.as_mut(), actor, name).await?;
    let snapshot = house.archive()?.open(&record.name)?;
    if snapshot.manifest.file(file).is_none() {
        return Err(AppError::Missing("file"));
    }
    let file = file.to_owned();
    on_thread(move || snapshot.bytes(&file)).await
}
