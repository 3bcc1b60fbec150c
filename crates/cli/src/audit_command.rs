//! `vuon audit verify`: recomputes the whole trail and says whether it is a chain. Reads only.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use storage::{Store, TrailVerdict};
use storage_sql::SqlStore;

use crate::said::both;
use crate::serve::store_url;

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Tính lại cả nhật ký; kết thúc 0 khi còn nguyên, 4 khi có dòng không khớp (recomputes the whole trail: 0 when
    /// whole, 4 when an entry does not fit)
    Verify {
        /// Thư mục dữ liệu của chương trình (the data folder of the program)
        #[arg(long, default_value = "data")]
        data: PathBuf,
        /// Cơ sở dữ liệu PostgreSQL thay cho tệp kèm sẵn: `postgres://user@host/name` (a PostgreSQL database instead
        /// of the embedded one)
        #[arg(long, env = "VUON_DATABASE")]
        database: Option<String>,
    },
}

const BROKEN: u8 = 4;

pub async fn run(command: AuditCommand) -> Result<ExitCode> {
    let AuditCommand::Verify { data, database } = command;
    let url = store_url(&data, database.as_deref());
    if database.is_none() && !std::path::Path::new(&url).exists() {
        bail!(both(format!("không có kho dữ liệu ở {url}; ghi đúng --data"), format!("there is no store at {url}")));
    }
    let opening = || both("khi mở kho dữ liệu", "opening the store");
    let store = SqlStore::open(&url).await.with_context(opening)?;
    let reading = || both("khi đọc nhật ký", "reading the trail");
    let mut work = store.read().await.with_context(reading)?;
    let TrailVerdict { broken_at, whole_until } = work.verify_entries().await.with_context(reading)?;
    let entries = whole_until.as_ref().map_or(0, |mark| mark.position);
    let hash = whole_until.map(|mark| mark.hash).unwrap_or_default();
    let Some(broken) = broken_at else {
        println!("nhật ký còn nguyên: {entries} dòng, mã băm cuối {hash}");
        println!("the trail is whole: {entries} entries, last hash {hash}");
        return Ok(ExitCode::SUCCESS);
    };
    eprintln!(
        "nhật ký đã bị sửa ngoài chương trình: sau {entries} dòng còn nguyên, dòng {broken} không khớp. \
         Giữ nguyên kho dữ liệu, lấy bản sao lưu gần nhất và đối chiếu."
    );
    eprintln!(
        "the trail was changed outside the program: after {entries} whole entries, {broken} does not fit. \
         Leave the store as it is, take the latest backup and compare."
    );
    Ok(ExitCode::from(BROKEN))
}
