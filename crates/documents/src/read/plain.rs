//! A document's words as plain text, one paragraph after the other: a text file, or a Word file.

use super::ReadProblem;
use super::docx;
use super::table::decode;

/// A plan of a hundred pages has a third of a megabyte; ten times a long one is no plan.
const LARGEST: usize = 4 * 1024 * 1024;

/// The text of a file, by what it holds; its name is not believed. Lines stay lines; letters are composed (NFC).
pub fn read_text(bytes: &[u8]) -> Result<String, ReadProblem> {
    if bytes.is_empty() {
        return Err(ReadProblem::Empty);
    }
    let text = if bytes.starts_with(b"PK") { docx::read_docx(bytes)? } else { plain(bytes)? };
    if text.len() > LARGEST {
        return Err(ReadProblem::TooLarge);
    }
    if text.trim().is_empty() {
        return Err(ReadProblem::Empty);
    }
    Ok(text.lines().map(kernel::text::nfc).collect::<Vec<_>>().join("\n"))
}

fn plain(bytes: &[u8]) -> Result<String, ReadProblem> {
    let other = |why: &str| Err(ReadProblem::NotADocument { why: why.to_owned() });
    match bytes {
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return other("an old .doc file"),
        [b'%', b'P', b'D', b'F', ..] => return other("a PDF file"),
        _ if bytes.len() > LARGEST => return Err(ReadProblem::TooLarge),
        _ => {}
    }
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if !is_utf16 && std::str::from_utf8(bytes).is_err() {
        return other("not Unicode text");
    }
    let text = decode(bytes).map_err(|_| ReadProblem::NotADocument { why: "binary data".to_owned() })?;
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}
