//! Files that show what was done: kept by their hash, taken up to a size and of a few kinds, given back within the scope.

use domain::access::{Actor, Verb, check};
use domain::programme::work::WorkRefusal;
use domain::units::Scope;
use kernel::EvidenceId;
use serde_json::json;
use storage::EvidenceRecord;

use crate::digest::hash_of;
use crate::{AppError, House};

/// A scanned decision of some twenty pages; larger files are for a file server.
const LARGEST: usize = 8 * 1024 * 1024;

/// What is taken, by the first bytes of the content; the name is not believed.
const KINDS: &[(&[u8], &str)] = &[
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    // XLSX and DOCX, which are ZIP files.
    (b"PK\x03\x04", "application/zip"),
];

pub async fn evidence(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    subject: (&str, &str),
    year: i16,
) -> Result<Vec<EvidenceRecord>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let unit = house.narrow(actor, wished)?;
    Ok(house.store.read().await?.evidence(&unit, subject, year).await?)
}

/// Attaches a file.
pub async fn attach(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    (subject, year): ((&str, &str), i16),
    (name, content): (&str, &[u8]),
) -> Result<EvidenceId, AppError> {
    check(actor, Verb::CloseDuty)?;
    let unit = house.narrow(actor, wished)?;
    if content.len() > LARGEST {
        return Err(WorkRefusal::FileTooLarge { most: LARGEST }.into());
    }
    let kind = KINDS.iter().find(|(begins, _)| content.starts_with(begins)).ok_or(WorkRefusal::FileType)?;
    let hash = hash_of(content);
    let record = EvidenceRecord {
        id: EvidenceId(house.ids.next()),
        unit: unit.clone(),
        year,
        subject: subject.0.to_owned(),
        subject_id: subject.1.to_owned(),
        file_name: kernel::text::nfc(name),
        media_type: kind.1.to_owned(),
        size: i64::try_from(content.len()).unwrap_or(i64::MAX),
        hash: hash.clone(),
        by: actor.id,
        by_name: actor.name.clone(),
        at_ms: house.clock.now_ms(),
    };
    let mut work = house.store.write().await?;
    work.add_evidence(&record, content).await?;
    let detail = json!({"file": record.file_name, "hash": hash});
    let about = (subject.0, subject.1.to_owned());
    work.record(&house.entry(actor, "evidence_attached", about, house.place_of(&unit), detail)).await?;
    work.commit().await?;
    Ok(record.id)
}

/// A file with its content, when it lies in the actor's scope.
pub async fn file(house: &House, actor: &Actor, id: EvidenceId) -> Result<(EvidenceRecord, Vec<u8>), AppError> {
    check(actor, Verb::ReadProgramme)?;
    let found = house.store.read().await?.evidence_file(&actor.scope, id).await?;
    found.ok_or(AppError::Missing("file"))
}
