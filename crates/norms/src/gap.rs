//! A question that the law at hand does not answer, said in words.
//! A gap is never filled with a guess: whoever meets one shows [`NormGap::says`] and stops.

use kernel::Day;

use crate::Label;
use crate::fault::words;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NormGap {
    #[error("norm {norm} is not known")]
    Unknown { norm: String },
    #[error("norm {norm} begins on {first}; nothing is in force on {asked}")]
    BeforeFirst { norm: String, label: Label, first: Day, asked: Day },
    #[error("norm {norm} ended on {last}; nothing is in force on {asked}")]
    AfterLast { norm: String, label: Label, last: Day, asked: Day },
    /// The version in force is marked `missing`; the note says what has to be found.
    #[error("norm {norm} has no value on {asked}: {}", .note.vi)]
    Missing { norm: String, label: Label, asked: Day, note: Label },
}

impl NormGap {
    /// Stable, for support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "NRM-101",
            Self::BeforeFirst { .. } => "NRM-102",
            Self::AfterLast { .. } => "NRM-103",
            Self::Missing { .. } => "NRM-104",
        }
    }

    /// The norm that does not answer.
    pub fn norm(&self) -> &str {
        match self {
            Self::Unknown { norm }
            | Self::BeforeFirst { norm, .. }
            | Self::AfterLast { norm, .. }
            | Self::Missing { norm, .. } => norm,
        }
    }

    /// What is not known, why, and what to do, in both languages.
    pub fn says(&self) -> Label {
        match self {
            Self::Unknown { norm } => words(
                format!("Không có quy định nào mang mã {norm}. Xem danh sách các mã bằng lệnh vuon norms check."),
                format!("No norm bears the id {norm}. The command vuon norms check lists the ids."),
            ),
            Self::BeforeFirst { norm, label, first, asked } => words(
                format!(
                    "{} ({norm}) chỉ có từ ngày {first}, nên không trả lời được cho ngày {asked}. Chọn một ngày sau đó, hoặc bổ sung phiên bản cũ.",
                    label.vi
                ),
                format!(
                    "{} ({norm}) is only known from {first}, so there is no answer for {asked}. Choose a later day, or add the older version.",
                    label.en
                ),
            ),
            Self::AfterLast { norm, label, last, asked } => words(
                format!(
                    "{} ({norm}) hết hiệu lực sau ngày {last}, nên không trả lời được cho ngày {asked}. Bổ sung phiên bản mới khi có văn bản.",
                    label.vi
                ),
                format!(
                    "{} ({norm}) ended on {last}, so there is no answer for {asked}. Add the next version once its text is known.",
                    label.en
                ),
            ),
            Self::Missing { norm, label, asked, note } => words(
                format!("{} ({norm}) chưa có giá trị cho ngày {asked}. {}", label.vi, note.vi),
                format!("{} ({norm}) has no value for {asked}. {}", label.en, note.en),
            ),
        }
    }
}
