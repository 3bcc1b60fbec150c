//! What can be wrong with a file or a definition, said so that a person can mend it: what, why, what to do next, in Vietnamese
//! and in English. Each has a code that does not change. Never a panic: a file that was made badly is refused.

use std::fmt::{self, Display};

use thiserror::Error;

/// Why a measure was not computed; displayed in English, see [`Fault::said`] for what a person reads.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    #[error("{path} cannot be read: {why}; check the path and that the file is whole")]
    Unreadable { path: String, why: String },
    #[error("{path} cannot be written: {why}; check the folder, its rights and the space on the disk")]
    Unwritable { path: String, why: String },
    #[error("there is no column {column}: {path} has {has}; rename the column or name another in the definition")]
    NoColumn { column: String, path: String, has: String },
    #[error("column {column} holds {holds}, not whole numbers; save it as whole numbers")]
    NotWhole { column: String, holds: String },
    #[error(
        "column {column} is empty in row {row}: this measure needs a value in every row; fill it or leave the row out"
    )]
    Empty { column: String, row: u64 },
    /// `allowed` is written without words: `0–5`.
    #[error(
        "column {column} holds {value} in row {row}, and only {allowed} is meant; correct the row or the definition"
    )]
    Outside { column: String, value: i64, row: u64, allowed: String },
    #[error("column {column} holds more than {most} different values, too many for an answer; group the values first")]
    TooManyValues { column: String, most: usize },
    #[error("column {column} is damaged near row {row}: {why}; make the file again from its source")]
    Damaged { column: String, row: u64, why: String },
    #[error("the definition {path} cannot be used: {why}; correct it and run again")]
    Definition { path: String, why: Why },
    #[error("{people} people are too many for one count; measure parts of the file and add them up")]
    TooManyPeople { people: u64 },
    #[error("the rows are out of order: {why}; hand them in sorted by commune")]
    OutOfOrder { why: Why },
}

/// A reason in the house's own words; displayed in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    pub vi: String,
    pub en: String,
}

impl Why {
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }

    /// What the reader of a YAML file found, which it says in English only.
    pub(crate) fn no_definition(found: &impl Display) -> Self {
        Self::new("tệp không viết đúng mẫu, dòng và cột ghi ở phần tiếng Anh", found.to_string())
    }
}

impl Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

impl Fault {
    /// Stable, for support and for the manual.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "MEA-001",
            Self::Unwritable { .. } => "MEA-002",
            Self::NoColumn { .. } => "MEA-003",
            Self::NotWhole { .. } => "MEA-004",
            Self::Empty { .. } => "MEA-005",
            Self::Outside { .. } => "MEA-006",
            Self::TooManyValues { .. } => "MEA-007",
            Self::Damaged { .. } => "MEA-008",
            Self::Definition { .. } => "MEA-009",
            Self::OutOfOrder { .. } => "MEA-010",
            Self::TooManyPeople { .. } => "MEA-011",
        }
    }

    /// The whole sentence of a command line: Vietnamese first, English and the code beside it.
    pub fn said(&self) -> String {
        format!("{} ({self}; {})", self.in_vietnamese(), self.code())
    }

    /// What, why and what to do. What a library or the machine says of a file stays in the English part.
    pub fn in_vietnamese(&self) -> String {
        match self {
            Self::Unreadable { path, .. } => {
                format!("không đọc được {path}. Kiểm tra đường dẫn và tệp còn nguyên vẹn, đúng loại.")
            }
            Self::Unwritable { path, .. } => format!(
                "không ghi được {path}. Kiểm tra thư mục, quyền ghi, chỗ trống trên đĩa và đuôi tệp (.parquet hoặc .csv)."
            ),
            Self::NoColumn { column, path, has } => format!(
                "không có cột {column}: {path} có {has}. Đổi tên cột trong số liệu, hoặc ghi tên khác trong lệnh hay định nghĩa."
            ),
            Self::NotWhole { column, .. } => {
                format!("cột {column} không phải là số nguyên. Lưu lại cột này bằng số nguyên rồi chạy lại.")
            }
            Self::Empty { column, row } => {
                format!("cột {column} để trống ở dòng {row}. Điền giá trị hoặc bỏ dòng đó rồi chạy lại.")
            }
            Self::Outside { column, value, row, allowed } => format!(
                "cột {column} có giá trị {value} ở dòng {row}, chỉ được {allowed}. Sửa dòng đó hoặc sửa định nghĩa."
            ),
            Self::TooManyValues { column, most } => {
                format!("cột {column} có hơn {most} giá trị khác nhau, quá nhiều cho một câu trả lời. Gộp nhóm trước.")
            }
            Self::Damaged { column, row, .. } => {
                format!("cột {column} bị hỏng gần dòng {row}. Tạo lại tệp từ nguồn.")
            }
            Self::Definition { path, why } => {
                format!("định nghĩa {path} không dùng được: {}. Sửa rồi chạy lại.", why.vi)
            }
            Self::TooManyPeople { people } => {
                format!("{people} người là quá nhiều cho một lần đếm. Tính từng phần rồi cộng lại.")
            }
            Self::OutOfOrder { why } => format!("các dòng không đúng thứ tự: {}. Sắp lại theo xã.", why.vi),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_said_in_vietnamese_first_with_what_to_do_and_its_code() {
        let (column, path, why) = (|| "c01".to_owned(), || "a.csv".to_owned(), || Why::new("vì thế", "thus"));
        let faults = [
            Fault::Unreadable { path: path(), why: "gone".to_owned() },
            Fault::Unwritable { path: path(), why: "full".to_owned() },
            Fault::NoColumn { column: column(), path: path(), has: "a, b".to_owned() },
            Fault::NotWhole { column: column(), holds: "texts".to_owned() },
            Fault::Empty { column: column(), row: 7 },
            Fault::Outside { column: column(), value: 9, row: 7, allowed: "0–5".to_owned() },
            Fault::TooManyValues { column: column(), most: 256 },
            Fault::Damaged { column: column(), row: 7, why: "torn".to_owned() },
            Fault::Definition { path: path(), why: why() },
            Fault::TooManyPeople { people: 5_000_000_000 },
            Fault::OutOfOrder { why: why() },
        ];
        for fault in faults {
            let (said, vi) = (fault.said(), fault.in_vietnamese());
            assert!(said.starts_with(&vi) && said.ends_with(&format!("{fault}; {})", fault.code())), "{said}");
            assert!(vi.chars().any(|letter| "ộạưđôăêểớỗ".contains(letter)) && vi.matches(". ").count() == 1, "{vi}");
        }
    }
}
