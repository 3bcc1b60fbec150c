//! What can be wrong with a snapshot or its folder. Each has a code for support; the sentences are the reader's.

use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum SnapshotFault {
    /// SNP-001
    #[error("no folder for snapshots was given")]
    NoFolder,
    /// SNP-002
    #[error("there is no snapshot {0}")]
    Missing(String),
    /// SNP-003
    #[error("{0} is not a snapshot of Vươn")]
    NotASnapshot(PathBuf),
    /// SNP-004
    #[error("{file} of the snapshot was changed or damaged: {what}")]
    Damaged { file: String, what: String },
    /// SNP-005
    #[error("the snapshot has format {found}; this program reads up to {known}: use a newer program")]
    TooNew { found: u16, known: u16 },
    /// SNP-006
    #[error("{doing} {path}: {source}", path = .path.display())]
    Disk {
        doing: &'static str,
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// SNP-007
    #[error("{file} could not be written: {what}")]
    Unwritable { file: String, what: String },
    /// SNP-008
    #[error("{snapshot}: {what}")]
    OtherIndicators { snapshot: String, what: &'static str },
}

impl SnapshotFault {
    /// The whole sentence of a command line: what and what to do, Vietnamese first, English and the code beside it.
    pub fn said(&self) -> String {
        format!("{} ({self}; {})", self.in_vietnamese(), self.code())
    }

    /// What a file or the machine says about itself stays in the English part.
    fn in_vietnamese(&self) -> String {
        match self {
            Self::NoFolder => "chưa khai báo thư mục giữ bản chốt. Chạy lại với --snapshots THƯ-MỤC.".to_owned(),
            Self::Missing(name) => {
                format!("không có bản chốt {name}. Xem các bản chốt đang có bằng `vuon snapshot list`.")
            }
            Self::NotASnapshot(path) => format!(
                "{} không phải là bản chốt của Vươn. Xem `vuon snapshot list`, hoặc lấy lại thư mục từ bản sao lưu.",
                path.display()
            ),
            Self::Damaged { file, .. } => {
                format!("{file} của bản chốt đã bị thay đổi hoặc hỏng. Lấy lại thư mục từ bản sao lưu.")
            }
            Self::TooNew { found, known } => {
                format!("bản chốt có định dạng {found}, chương trình này đọc đến {known}. Dùng chương trình mới hơn.")
            }
            Self::Disk { path, .. } => format!(
                "không đọc hoặc ghi được {}. Kiểm tra đường dẫn, quyền và chỗ trống trên đĩa rồi chạy lại.",
                path.display()
            ),
            Self::Unwritable { file, .. } => {
                format!("không ghi được {file}. Kiểm tra quyền và chỗ trống trên đĩa rồi chạy lại.")
            }
            Self::OtherIndicators { snapshot, .. } => format!(
                "bản chốt {snapshot} dùng các chỉ số khác với quy định của năm đó. Khôi phục quy định như lúc chốt."
            ),
        }
    }

    pub fn code(&self) -> &'static str {
        match self {
            Self::NoFolder => "SNP-001",
            Self::Missing(_) => "SNP-002",
            Self::NotASnapshot(_) => "SNP-003",
            Self::Damaged { .. } => "SNP-004",
            Self::TooNew { .. } => "SNP-005",
            Self::Disk { .. } => "SNP-006",
            Self::Unwritable { .. } => "SNP-007",
            Self::OtherIndicators { .. } => "SNP-008",
        }
    }

    pub(crate) fn damaged(file: &str, what: impl std::fmt::Display) -> Self {
        Self::Damaged { file: file.to_owned(), what: what.to_string() }
    }
}

/// Names the step and the path for an error of the disk.
pub(crate) fn disk(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> SnapshotFault {
    let path = path.to_owned();
    move |source| SnapshotFault::Disk { doing, path, source }
}
