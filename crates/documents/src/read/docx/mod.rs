//! The paragraphs of a Word file in their order, table cells too, with the numbers Word would print before them.
//! Reads no layout. Whatever is too large to be an office document is refused before it is unpacked.

mod body;
mod numbering;

use std::io::{Cursor, Read};

use quick_xml::events::BytesStart;
use zip::ZipArchive;

use super::ReadProblem;

/// What one part of the file may unpack to.
const LARGEST_PART: u64 = 32 * 1024 * 1024;

/// The text of a Word file, a blank line between paragraphs.
pub(super) fn read_docx(bytes: &[u8]) -> Result<String, ReadProblem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(not_a_document)?;
    let Some(document) = part(&mut archive, "word/document.xml")? else {
        return Err(ReadProblem::NotADocument { why: "no word/document.xml in it".to_owned() });
    };
    let numbering = part(&mut archive, "word/numbering.xml")?.unwrap_or_default();
    let styles = part(&mut archive, "word/styles.xml")?.unwrap_or_default();
    let lists = numbering::Lists::read(&numbering, &styles).map_err(not_a_document)?;
    let paragraphs = body::paragraphs(&document, lists).map_err(not_a_document)?;
    Ok(paragraphs.join("\n\n"))
}

fn not_a_document(error: impl std::fmt::Display) -> ReadProblem {
    ReadProblem::NotADocument { why: error.to_string() }
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, ReadProblem> {
    let Ok(file) = archive.by_name(name) else { return Ok(None) };
    let mut text = String::new();
    let mut limited = file.take(LARGEST_PART + 1);
    limited.read_to_string(&mut text).map_err(not_a_document)?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > LARGEST_PART {
        return Err(ReadProblem::TooLarge);
    }
    Ok(Some(text))
}

/// An attribute by its name without prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
