//! Files that belong to a place: scanned minutes, photos of a survey. Kept by the hash of their content.

use domain::access::{Actor, Verb, check};
use domain::units::Place;
use storage::{Attachment, Work};

use crate::digest::hash_of;
use crate::{AppError, FieldFault, House};

/// A scan of a few pages; more is no paper for this.
const LARGEST: usize = 8 * 1024 * 1024;
/// What is taken, by how its content begins.
const KINDS: &[(&[u8], &str)] =
    &[(b"%PDF-", "application/pdf"), (&[0xff, 0xd8, 0xff], "image/jpeg"), (b"\x89PNG\r\n", "image/png")];

/// A file as it was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub name: String,
    pub content: Vec<u8>,
}

/// What a file is, by its first bytes; its name is not believed.
fn kind_of(content: &[u8]) -> Option<&'static str> {
    KINDS.iter().find(|(begin, _)| content.starts_with(begin)).map(|(_, kind)| *kind)
}

/// Keeps a file of the actor's village or commune; the same one is kept once.
pub async fn keep(house: &House, actor: &Actor, place: &Place, upload: Upload) -> Result<String, AppError> {
    check(actor, Verb::SurveyHousehold)?;
    if !actor.scope.holds(place) {
        return Err(AppError::Missing("village"));
    }
    let mut work = house.store.write().await?;
    let hash = keep_in(house, actor, work.as_mut(), place, upload).await?;
    work.commit().await?;
    Ok(hash)
}

pub(crate) async fn keep_in(
    house: &House,
    actor: &Actor,
    work: &mut dyn Work,
    place: &Place,
    upload: Upload,
) -> Result<String, AppError> {
    let fault = |problem| AppError::Form(vec![FieldFault::at("file", problem)]);
    if upload.content.is_empty() {
        return Err(fault("field-missing"));
    }
    if upload.content.len() > LARGEST {
        return Err(fault("field-file-large"));
    }
    let media_type = kind_of(&upload.content).ok_or_else(|| fault("field-file-kind"))?;
    let hash = hash_of(&upload.content);
    let attachment = Attachment {
        hash: hash.clone(),
        place: place.clone(),
        name: upload.name,
        media_type: media_type.to_owned(),
        content: upload.content,
        at_ms: house.clock.now_ms(),
        by_name: actor.name.clone(),
    };
    work.add_attachment(&attachment).await?;
    Ok(hash)
}

/// A file of the actor's area.
pub async fn open(house: &House, actor: &Actor, hash: &str) -> Result<Attachment, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    work.attachment(&actor.scope, hash).await?.ok_or(AppError::Missing("file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_begins_with_and_not_what_it_is_called() {
        let table: [(&[u8], Option<&str>); 4] = [
            (b"%PDF-1.7 ...", Some("application/pdf")),
            (&[0xff, 0xd8, 0xff, 0xe0], Some("image/jpeg")),
            (b"<script>alert(1)</script>", None),
            (b"", None),
        ];
        for (content, kind) in table {
            assert_eq!(kind_of(content), kind);
        }
    }
}
