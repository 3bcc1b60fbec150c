//! `vuon snapshot list|show|verify|diff`: snapshots as files. Works on the folder alone; only `verify` of all of them opens the
//! register beside it.

mod register;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;
use snapshots::{Archive, Finding, Snapshot, SnapshotFault, diff, verify};

use self::register::Apart;
use crate::machine::load_norms;
pub use words::Labels;

/// The exit code of what is not as it was written, or not the same.
const DIFFERENT: u8 = 3;
/// The exit code of what is no snapshot at all.
pub const NO_SNAPSHOT: u8 = 2;

/// Where snapshots are looked for.
#[derive(Debug, Args)]
pub struct Where {
    /// Thư mục dữ liệu; bản chốt ở `snapshots` bên trong (the data folder; snapshots are below it)
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Thư mục bản chốt, khi để nơi khác (the folder of snapshots, where it is not in the data folder)
    #[arg(long, env = "VUON_SNAPSHOTS")]
    snapshots: Option<PathBuf>,
    /// Ghi kết quả ra JSON (writes JSON)
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum SnapshotCommand {
    /// Mọi bản chốt, mới nhất trước (every snapshot, newest first)
    List {
        #[command(flatten)]
        at: Where,
    },
    /// Một bản chốt: đơn vị, năm, quyết định, quy định, số đếm, tệp (what a snapshot is of)
    Show {
        /// Thư mục, mã, hoặc mấy chữ đầu của mã (a snapshot's folder, its name, or the first letters of it)
        snapshot: String,
        #[command(flatten)]
        at: Where,
    },
    /// Soát từng byte; kết thúc 3 khi có chỗ bị thay đổi (looks at every byte; exit code 3 when one was changed)
    Verify {
        /// Bỏ qua thì soát mọi bản chốt (without it: all snapshots of the folder)
        snapshot: Option<String>,
        /// Đối chiếu với danh mục trong kho PostgreSQL này (holds all of them against this database's register too; without
        /// it, against the embedded store of the data folder, where there is one)
        #[arg(long, env = "VUON_DATABASE")]
        database: Option<String>,
        #[command(flatten)]
        at: Where,
    },
    /// Hai bản chốt khác nhau ở đâu; kết thúc 3 khi có khác (what two snapshots do not share; exit code 3 when there
    /// is any)
    Diff {
        /// Bản chốt thứ nhất (the first snapshot)
        first: String,
        /// Bản chốt thứ hai (the second snapshot)
        second: String,
        #[command(flatten)]
        at: Where,
    },
}

/// The folder of snapshots of an installation.
pub fn archive_of(data: &Path, snapshots: Option<&Path>) -> Archive {
    Archive::at(snapshots.map_or_else(|| data.join("snapshots"), Path::to_owned))
}

impl Where {
    pub fn archive(&self) -> Archive {
        archive_of(&self.data, self.snapshots.as_deref())
    }

    /// A snapshot by its folder, its name or the beginning of its name.
    pub fn open(&self, named: &str) -> Result<Snapshot, SnapshotFault> {
        open_in(&self.archive(), named)
    }
}

/// A snapshot by its folder, its name or the beginning of its name.
pub fn open_in(archive: &Archive, named: &str) -> Result<Snapshot, SnapshotFault> {
    Snapshot::open(&folder_in(archive, named)?)
}

fn folder_in(archive: &Archive, named: &str) -> Result<PathBuf, SnapshotFault> {
    let path = Path::new(named);
    if path.is_dir() {
        let full = path.canonicalize().map_err(|_| SnapshotFault::NotASnapshot(path.to_owned()))?;
        let is_named_so = full.file_name().is_some_and(|name| Archive::is_name(&name.to_string_lossy()));
        return if is_named_so { Ok(full) } else { Err(SnapshotFault::NotASnapshot(path.to_owned())) };
    }
    archive.full_name(named).map(|name| archive.folder(&name))
}

pub async fn run(command: &SnapshotCommand, norms: Option<&Path>) -> Result<ExitCode> {
    let done = match command {
        SnapshotCommand::List { at } => list(at),
        SnapshotCommand::Show { snapshot, at } => match at.open(snapshot) {
            Ok(found) => return show(&found, at.json, norms),
            Err(fault) => Err(fault),
        },
        SnapshotCommand::Verify { snapshot: Some(named), at, .. } => {
            folder_in(&at.archive(), named).map(|folder| told_of(&looked_at(vec![folder]), None, at.json))
        }
        SnapshotCommand::Verify { snapshot: None, database, at } => match at.archive().names() {
            Ok(names) => {
                let apart = register::held_against(&names, (&at.data, database.as_deref()), norms).await?;
                let folders = names.iter().map(|name| at.archive().folder(name)).collect();
                Ok(told_of(&looked_at(folders), apart.as_ref(), at.json))
            }
            Err(fault) => Err(fault),
        },
        SnapshotCommand::Diff { first, second, at } => match both_of(first, second, at) {
            Ok((first, second, found)) => return told(&first, &second, &found, (at.json, norms)),
            Err(fault) => Err(fault),
        },
    };
    Ok(done.unwrap_or_else(|fault| refused(&fault)))
}

/// What is no snapshot has an exit code of its own, as has what was changed.
pub fn refused(fault: &SnapshotFault) -> ExitCode {
    eprintln!("lỗi (error): {}", fault.said());
    match fault {
        SnapshotFault::Missing(_) | SnapshotFault::NotASnapshot(_) => ExitCode::from(NO_SNAPSHOT),
        SnapshotFault::Damaged { .. } => ExitCode::from(DIFFERENT),
        _ => ExitCode::FAILURE,
    }
}

fn list(at: &Where) -> Result<ExitCode, SnapshotFault> {
    let archive = at.archive();
    let mut found: Vec<Snapshot> = Vec::new();
    for name in archive.names()? {
        match archive.open(&name) {
            Ok(snapshot) => found.push(snapshot),
            Err(fault) => eprintln!("{name}: {}", fault.said()),
        }
    }
    found.sort_by_key(|snapshot| (std::cmp::Reverse(snapshot.manifest.head.at_ms), snapshot.name.clone()));
    if at.json {
        let rows: Vec<_> = found.iter().map(|s| json!({ "name": s.name, "manifest": s.manifest })).collect();
        print_json(&json!(rows));
        return Ok(ExitCode::SUCCESS);
    }
    for snapshot in &found {
        println!("{}", words::list_line(snapshot));
    }
    Ok(ExitCode::SUCCESS)
}

fn show(snapshot: &Snapshot, as_json: bool, norms: Option<&Path>) -> Result<ExitCode> {
    if as_json {
        print_json(&json!({ "name": snapshot.name, "manifest": snapshot.manifest }));
    } else {
        let norms = load_norms(norms)?;
        words::print_manifest(snapshot, &Labels::of(&norms, snapshot));
    }
    Ok(ExitCode::SUCCESS)
}

/// What was found in one folder; a folder that cannot be read stops none of the others.
type Looked = (String, Result<Vec<Finding>, SnapshotFault>);

fn looked_at(folders: Vec<PathBuf>) -> Vec<Looked> {
    let look = |folder: PathBuf| {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        (name, verify(&folder))
    };
    folders.into_iter().map(look).collect()
}

fn told_of(looked: &[Looked], apart: Option<&Apart>, as_json: bool) -> ExitCode {
    if as_json {
        let row = |(name, found): &Looked| match found {
            Ok(findings) => json!({ "name": name, "findings": findings }),
            Err(fault) => json!({ "name": name, "fault": fault.code(), "what": fault.to_string() }),
        };
        let only = |names: &[String], kind: &str| -> Vec<serde_json::Value> {
            names.iter().map(|name| json!({ "name": name, "findings": [{ "kind": kind }] })).collect()
        };
        let lost = apart.map(|apart| only(&apart.lost, "only_in_register")).unwrap_or_default();
        let stray = apart.map(|apart| only(&apart.stray, "not_in_register")).unwrap_or_default();
        print_json(&json!(looked.iter().map(row).chain(lost).chain(stray).collect::<Vec<_>>()));
    } else {
        for (name, found) in looked {
            println!("{name:.12}  {}", words::verdict(found.as_ref().is_ok_and(Vec::is_empty)));
            match found {
                Ok(findings) => findings.iter().for_each(|finding| println!("  {}", words::finding(finding))),
                Err(fault) => println!("  {}", fault.said()),
            }
        }
        if let Some(apart) = apart {
            words::print_apart(&apart.lost, &apart.stray);
        }
    }
    let is_whole = looked.iter().all(|(_, found)| found.as_ref().is_ok_and(Vec::is_empty));
    let is_same = apart.is_none_or(Apart::is_nothing);
    if is_whole && is_same { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) }
}

fn both_of(
    first: &str,
    second: &str,
    at: &Where,
) -> Result<(Snapshot, Snapshot, snapshots::Difference), SnapshotFault> {
    let (first, second) = (at.open(first)?, at.open(second)?);
    let found = diff(&first, &second)?;
    Ok((first, second, found))
}

fn told(
    first: &Snapshot,
    second: &Snapshot,
    found: &snapshots::Difference,
    (as_json, norms): (bool, Option<&Path>),
) -> Result<ExitCode> {
    if as_json {
        print_json(&json!(found));
    } else {
        let norms = load_norms(norms)?;
        words::print_difference(found, [&Labels::of(&norms, first), &Labels::of(&norms, second)]);
    }
    let is_same = *found == snapshots::Difference::default();
    Ok(if is_same { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) })
}

pub fn print_json(value: &serde_json::Value) {
    println!("{}", serde_json::to_string_pretty(value).unwrap_or_default());
}
