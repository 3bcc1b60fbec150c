//! What the program says when it cannot go on: Vietnamese first, English beside it, what to do, and an exit code.
//! The codes are those of `vuon measure`: 2 for what was handed in, 1 for a fault of the machines, 64 for a command typed wrongly.

use std::fmt::{self, Display};
use std::process::ExitCode;

use measures::Fault;

const REFUSED: u8 = 2;
const USAGE: u8 = 64;

/// A sentence in both languages.
pub fn both(vi: impl Display, en: impl Display) -> String {
    format!("{vi} ({en})")
}

/// Something handed in cannot be used: the person mends it, nothing of ours is broken.
#[derive(Debug)]
pub struct Unusable(String);

impl Unusable {
    pub fn new(vi: impl Display, en: impl Display) -> Self {
        Self(both(vi, en))
    }

    /// A place that cannot be opened, in a folder or in an object store; the code is that of one machine.
    pub fn unreadable(path: &str, why: &str) -> Self {
        Self::new(
            format!(
                "không đọc được {path}: {why}. Kiểm tra đường dẫn và tệp còn nguyên; với s3:// xem cả AWS_ENDPOINT, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY."
            ),
            format!(
                "{path} cannot be read; check the path and that the files are whole, for s3:// also AWS_ENDPOINT, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY; MEA-001"
            ),
        )
    }

    pub fn empty(column: &str) -> Self {
        Self::new(
            format!("cột {column} có hộ để trống. Điền đủ cột này cho mọi hộ rồi chạy lại."),
            format!("column {column} is empty for some households; fill it for every household and run again"),
        )
    }

    pub fn outside(column: &str, value: i64, most: u32) -> Self {
        Self::new(
            format!(
                "cột {column} có giá trị {value}, chỉ được từ 0 đến {most}. Sửa số liệu hoặc định nghĩa rồi chạy lại."
            ),
            format!("column {column} holds {value}, and only 0 to {most} is meant; correct the data or the definition"),
        )
    }
}

impl Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unusable {}

/// Says why, and ends with the code that tells whose turn it is.
pub fn stopped(error: &anyhow::Error) -> ExitCode {
    if let Some(fault) = error.chain().find_map(|cause| cause.downcast_ref::<Fault>()) {
        eprintln!("lỗi (error): {}", fault.said());
        return ExitCode::from(REFUSED);
    }
    eprintln!("lỗi (error): {error:#}");
    if error.chain().any(<dyn std::error::Error>::is::<Unusable>) {
        return ExitCode::from(REFUSED);
    }
    eprintln!(
        "{}",
        both(
            "Xem nhật ký của scheduler và các executor (RUST_LOG=info), kiểm tra chúng còn chạy và đọc được số liệu, rồi chạy lại.",
            "Look at what scheduler and executors say (RUST_LOG=info), see that they run and can read the data, and run again.",
        )
    );
    ExitCode::FAILURE
}

/// Help and version go out as asked for; anything else is a command typed wrongly.
pub fn usage(usage: &clap::Error) -> ExitCode {
    let shown = usage.print();
    if !usage.use_stderr() && shown.is_ok() {
        return ExitCode::SUCCESS;
    }
    let vi = "Lệnh gõ chưa đúng; xem cách dùng bằng `vuon-olap --help`.";
    eprintln!("{}", both(vi, "The command was typed wrongly; see `vuon-olap --help`."));
    ExitCode::from(USAGE)
}
