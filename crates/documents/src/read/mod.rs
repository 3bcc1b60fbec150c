//! Files into sheets of cells, whatever program wrote them.

mod docx;
mod plain;
mod table;
mod workbook;

use domain::review::list::{Cell, Sheet};
use kernel::legacy::{self, LegacyEncoding};

pub use plain::read_text;
pub use table::read_paste;

/// Why a file could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadProblem {
    /// DOC-001
    #[error("the file is empty")]
    Empty,
    /// DOC-002
    #[error("the file is neither XLSX, ODS nor CSV: {why}")]
    NotASpreadsheet { why: String },
    /// DOC-003
    #[error("the spreadsheet is protected by a password")]
    Protected,
    /// DOC-004
    #[error("the file is neither text nor a Word file: {why}")]
    NotADocument { why: String },
    /// DOC-005
    #[error("the file is too large")]
    TooLarge,
}

impl ReadProblem {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "DOC-001",
            Self::NotASpreadsheet { .. } => "DOC-002",
            Self::Protected => "DOC-003",
            Self::NotADocument { .. } => "DOC-004",
            Self::TooLarge => "DOC-005",
        }
    }
}

/// Opens a file by what it holds; its name is not believed.
pub fn read_file(bytes: Vec<u8>) -> Result<Vec<Sheet>, ReadProblem> {
    if bytes.is_empty() {
        return Err(ReadProblem::Empty);
    }
    let is_zip = bytes.starts_with(b"PK");
    let is_ole = bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    if is_zip || is_ole {
        return workbook::read_workbook(bytes, is_ole);
    }
    table::read_delimited(&bytes)
}

/// The old font encoding of a file's texts, if it has one.
pub fn detect_legacy(sheets: &[Sheet]) -> Option<LegacyEncoding> {
    const SAMPLE: usize = 400;
    let texts = sheets.iter().flat_map(|s| &s.rows).flatten().filter_map(|cell| match cell {
        Cell::Text(text) if !text.is_ascii() => Some(text.as_ref()),
        _ => None,
    });
    let sample = texts.take(SAMPLE).collect::<Vec<_>>().join(" ");
    legacy::detect(&sample)
}

/// The same sheets in Unicode; asked for by the person, never done unasked.
pub fn convert_legacy(sheets: &mut [Sheet], encoding: LegacyEncoding) {
    for cell in sheets.iter_mut().flat_map(|s| &mut s.rows).flatten() {
        if let Cell::Text(text) = cell {
            *text = legacy::to_unicode(text, encoding).into();
        }
    }
    for sheet in sheets {
        sheet.name = legacy::to_unicode(&sheet.name, encoding);
    }
}
