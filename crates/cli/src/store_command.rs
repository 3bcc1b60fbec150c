//! `vuon backup`, `vuon restore`, and the invented data for trying and measuring.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use app::House;
use clap::{Args, Subcommand};
use snapshots::Archive;
use storage_sql::SqlStore;

use crate::machine::{MachineClock, MachineIds, load_norms, make_folder};
use crate::said::{Unusable, both, no_register, unreadable};
use crate::serve::store_url;
use crate::snapshot::archive_of;

#[derive(Debug, Args)]
pub struct BackupArguments {
    /// Thư mục dữ liệu của chương trình (the data folder of the program)
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Thư mục bản chốt, khi để nơi khác (the folder of snapshots, where it is not in the data folder)
    #[arg(long, env = "VUON_SNAPSHOTS")]
    snapshots: Option<PathBuf>,
    /// Tệp để ghi; đã có thì từ chối. Bản chốt vào thư mục bên cạnh (the file to write; refused when it exists;
    /// snapshots go into a folder beside it)
    to: PathBuf,
}

#[derive(Debug, Args)]
pub struct RestoreArguments {
    /// Bản sao lưu (the backup)
    from: PathBuf,
    /// Thư mục dữ liệu để phục hồi vào; đã có sổ thì từ chối (the data folder to fill; refused when it holds a store)
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Thư mục bản chốt, khi để nơi khác (the folder of snapshots, where it is not in the data folder)
    #[arg(long, env = "VUON_SNAPSHOTS")]
    snapshots: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum SampleCommand {
    /// Đổ sổ mẫu vào thư mục dữ liệu trống (fills an empty data folder with the sample register)
    Load {
        /// Thư mục dữ liệu trống (an empty data folder)
        #[arg(long, default_value = "data")]
        data: PathBuf,
    },
    /// Đổ một số hộ bịa vào thư mục trống, để thử tải (fills an empty data folder with invented households, for load
    /// tests)
    Fill {
        /// Số hộ (how many households)
        #[arg(long, default_value_t = 400_000)]
        households: usize,
        /// Thư mục dữ liệu trống (an empty data folder)
        #[arg(long, default_value = "data")]
        data: PathBuf,
        /// Cơ sở dữ liệu PostgreSQL thay cho tệp kèm sẵn: `postgres://…` (a PostgreSQL database instead of the
        /// embedded store)
        #[arg(long, env = "VUON_DATABASE")]
        database: Option<String>,
    },
}

pub async fn backup(arguments: BackupArguments) -> Result<ExitCode> {
    let url = store_url(&arguments.data, None);
    if !Path::new(&url).exists() {
        return Err(no_register(&arguments.data).into());
    }
    must_be_free(&arguments.to)?;
    let store = SqlStore::open(&url).await.with_context(|| both("khi mở sổ bộ", "opening the store"))?;
    store.backup(&arguments.to).await.with_context(|| {
        let to = arguments.to.display();
        both(format!("khi ghi bản sao lưu {to}"), format!("writing {to}"))
    })?;
    println!("{}", arguments.to.display());
    copy_snapshots(&archive_of(&arguments.data, arguments.snapshots.as_deref()), &beside(&arguments.to))?;
    Ok(ExitCode::SUCCESS)
}

pub async fn restore(arguments: RestoreArguments) -> Result<ExitCode> {
    let (from, to) = (&arguments.from, arguments.data.join("vuon.sqlite3"));
    if let Err(error) = std::fs::File::open(from) {
        let unusable = unreadable(&error, from);
        return Err(unusable.map_or_else(|| error.into(), anyhow::Error::from));
    }
    must_be_free(&to)?;
    make_folder(&arguments.data)?;
    storage_sql::restore(from, &to).await.map_err(|error| no_backup(from, &error))?;
    println!("{}", to.display());
    let archive = archive_of(&arguments.data, arguments.snapshots.as_deref());
    copy_snapshots(&Archive::at(beside(&arguments.from)), archive.root())?;
    Ok(ExitCode::SUCCESS)
}

fn must_be_free(file: &Path) -> Result<(), Unusable> {
    if !file.exists() {
        return Ok(());
    }
    let file = file.display();
    Err(Unusable(both(
        format!("{file} đã có và không được ghi đè. Ghi tên khác, hoặc dời tệp cũ đi rồi chạy lại."),
        format!("{file} exists already and is not overwritten; give another name or move it away"),
    )))
}

/// The file is there but nothing can be restored from it.
fn no_backup(from: &Path, error: &dyn std::error::Error) -> Unusable {
    let from = from.display();
    Unusable(both(
        format!(
            "không khôi phục được từ {from}: tệp hỏng, không phải bản sao lưu của Vươn, hoặc của phiên bản mới hơn. \
             Dùng bản sao lưu khác, hoặc cài phiên bản mới rồi chạy lại."
        ),
        format!("nothing can be restored from {from}: {error}"),
    ))
}

/// The snapshots of a backup stand beside its file: `vuon.sqlite3` and `vuon.sqlite3.snapshots`.
fn beside(backup: &Path) -> PathBuf {
    let mut name = backup.as_os_str().to_owned();
    name.push(".snapshots");
    PathBuf::from(name)
}

/// Copies every snapshot that is not there yet. They never change, so one that is there is the same.
fn copy_snapshots(from: &Archive, to: &Path) -> Result<()> {
    let mut copied = 0;
    for name in from.names()? {
        let (source, target) = (from.folder(&name), to.join(&name));
        if target.exists() {
            continue;
        }
        // Half a copy must not pass for a snapshot when somebody pulls the plug.
        let part = to.join(format!(".part-{name}"));
        make_folder(&part)?;
        for entry in std::fs::read_dir(&source).with_context(|| format!("reading {}", source.display()))? {
            let file = entry.with_context(|| format!("reading {}", source.display()))?;
            let copy = part.join(file.file_name());
            std::fs::copy(file.path(), &copy).with_context(|| format!("writing {}", copy.display()))?;
        }
        std::fs::rename(&part, &target).with_context(|| format!("naming {}", target.display()))?;
        copied += 1;
    }
    if copied > 0 {
        println!("{} ({copied} snapshots)", to.display());
    }
    Ok(())
}

pub async fn sample(command: SampleCommand, norms: Option<&Path>) -> Result<ExitCode> {
    let (data, database) = match &command {
        SampleCommand::Load { data } => (data, None),
        SampleCommand::Fill { data, database, .. } => (data, database.as_deref()),
    };
    make_folder(data)?;
    let store =
        SqlStore::open(&store_url(data, database)).await.with_context(|| both("khi mở sổ bộ", "opening the store"))?;
    let house = House::new(Arc::new(store), load_norms(norms)?, Arc::new(MachineClock), Arc::new(MachineIds))
        .with_archive(archive_of(data, None));
    let progress = |percent: u8| eprintln!("{percent} %");
    match command {
        SampleCommand::Load { .. } => app::access::start_sample(&house, &progress).await?,
        SampleCommand::Fill { households, .. } => app::sample::fill(&house, households, &progress).await?,
    }
    Ok(ExitCode::SUCCESS)
}
