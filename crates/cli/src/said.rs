//! What the command line says when something keeps it from going on: Vietnamese first, English beside it, and what to do.

use std::fmt::{self, Display};
use std::io::ErrorKind;

use app::AppError;
use web::Lang;

/// A sentence in both languages; stands in the chain of an error as what the program was doing.
pub fn both(vi: impl Display, en: impl Display) -> String {
    format!("{vi} ({en})")
}

/// Something handed in cannot be used: the person mends it, nothing of ours is broken.
#[derive(Debug)]
pub struct Unusable(pub String);

impl Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unusable {}

/// A refusal of a use case, in the words that the pages have for it, with its code; `about` says what it was asked of.
pub fn refused(about: &str, error: &AppError) -> Unusable {
    let said = both(web::said(Lang::Vi, error), web::said(Lang::En, error));
    Unusable(format!("lỗi (error): {} {about}: {said}", error.code()))
}

/// The same where the machine is not to blame; a fault of ours stays one.
pub fn refused_or_fault(about: &str, error: AppError) -> anyhow::Error {
    match error {
        AppError::Fault(_) | AppError::Paper(_) => {
            anyhow::Error::from(error).context(both(format!("khi đọc {about}"), format!("reading {about}")))
        }
        refusal => refused(about, &refusal).into(),
    }
}

/// A folder that should hold a register.
pub fn no_register(folder: &std::path::Path) -> Unusable {
    let folder = folder.display();
    Unusable(both(
        format!("thư mục {folder} không có sổ bộ. Ghi đúng thư mục sau --data, hoặc bắt đầu bằng `vuon serve`."),
        format!("the folder {folder} holds no register; name the right one after --data, or begin with `vuon serve`"),
    ))
}

/// Why a file of the person's could not be read; `None` where the machine is to blame.
pub fn unreadable(error: &std::io::Error, path: &std::path::Path) -> Option<Unusable> {
    let path = path.display();
    let said = match error.kind() {
        ErrorKind::NotFound => both(
            format!("không có tệp {path}. Kiểm tra lại đường dẫn rồi chạy lại."),
            format!("there is no file {path}; check the path and run again"),
        ),
        ErrorKind::IsADirectory => both(
            format!("{path} là thư mục. Ghi đường dẫn tới tệp bảng tính."),
            format!("{path} is a folder; give the path of the spreadsheet"),
        ),
        ErrorKind::PermissionDenied => both(
            format!("không được phép đọc {path}. Xin quyền đọc tệp rồi chạy lại."),
            format!("reading {path} is not allowed; get the right to read it and run again"),
        ),
        _ => return None,
    };
    Some(Unusable(said))
}

/// What a person can do about a fault of the machine.
pub fn advice(error: &anyhow::Error) -> String {
    let kind = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>()).map(std::io::Error::kind);
    match kind {
        Some(ErrorKind::StorageFull) => {
            both("Ổ đĩa đã đầy: giải phóng chỗ rồi chạy lại.", "The disk is full: free some space and run again.")
        }
        Some(ErrorKind::PermissionDenied) => both(
            "Không được phép ghi: chọn thư mục khác hoặc xin quyền.",
            "Writing is not allowed: choose another folder or get the right to.",
        ),
        Some(ErrorKind::AddrInUse) => both(
            "Địa chỉ đang có chương trình khác dùng: dừng chương trình đó hoặc chọn --listen khác.",
            "Another program uses the address: stop it or choose another --listen.",
        ),
        _ => both(
            "Kiểm tra đường dẫn, quyền ghi, chỗ trống trên đĩa và bộ nhớ rồi chạy lại.",
            "Check the path, permissions, disk space and memory, then run again.",
        ),
    }
}
