//! Why a paper could not be made: where, what, and what to do, under a stable code.
//! The codes are listed in [`CODES`]; a code is never given a second meaning.

use std::fmt;

use norms::Label;

/// Every code with what it stands for.
pub const CODES: &[(&str, &str, &str)] = &[
    ("PAP-001", "Không đọc được tệp mẫu", "A template file cannot be read"),
    ("PAP-002", "Mẫu sai cú pháp", "A template's syntax is wrong"),
    ("PAP-003", "Mẫu dùng trường không có", "A template uses a field that does not exist"),
    ("PAP-004", "Lệnh trình bày không đúng", "A layout line is wrong"),
    ("PAP-005", "Dòng của bảng không khớp số cột", "A row does not fit the table's columns"),
    ("PAP-006", "Số liệu của văn bản không đúng hình dạng", "The paper's data do not have the right shape"),
    ("PAP-007", "Không dựng được PDF", "The PDF could not be made"),
    ("PAP-008", "Không ghi được tệp", "A file could not be written"),
];

/// Where in the templates: `posted_list.txt:12`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    pub file: String,
    /// From 1; 0 when the whole file is meant.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 { f.write_str(&self.file) } else { write!(f, "{}:{}", self.file, self.line) }
    }
}

/// One reason why there is no paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFault {
    /// `PAP-004`.
    pub code: &'static str,
    pub place: Option<Place>,
    /// What is wrong and what to do.
    pub what: Label,
}

impl PaperFault {
    pub fn new(code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, place: None, what: Label { vi: vi.into(), en: en.into() } }
    }

    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place.get_or_insert_with(|| place.clone());
        self
    }
}

impl fmt::Display for PaperFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] ", self.code)?;
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.what.vi)
    }
}

impl std::error::Error for PaperFault {}
