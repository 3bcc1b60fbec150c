//! `vuon snapshot list|show|verify|diff`: snapshots as files. Works on the folder alone; no database is opened.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use serde_json::json;
use snapshots::{Archive, Finding, Manifest, Snapshot, SnapshotFault, diff, verify};

/// The exit code of what is not as it was written, or not the same.
const DIFFERENT: u8 = 3;
/// The exit code of what is no snapshot at all.
pub const NO_SNAPSHOT: u8 = 2;

/// Where snapshots are looked for.
#[derive(Debug, Args)]
pub struct Where {
    /// The data folder of the program; its snapshots are in `snapshots` below it.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// The folder of snapshots, where it is not in the data folder.
    #[arg(long, env = "VUON_SNAPSHOTS")]
    snapshots: Option<PathBuf>,
    /// Writes JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum SnapshotCommand {
    /// Every snapshot, newest first.
    List {
        #[command(flatten)]
        at: Where,
    },
    /// What a snapshot is of: unit, year, decision, rules, counts, files.
    Show {
        /// A snapshot's folder, its name, or the first letters of it.
        snapshot: String,
        #[command(flatten)]
        at: Where,
    },
    /// Looks at every byte; exit code 3 when one was changed.
    Verify {
        /// Without it: all snapshots of the folder.
        snapshot: Option<String>,
        #[command(flatten)]
        at: Where,
    },
    /// Households, classes and numbers that two snapshots do not share; exit code 3 when there are any.
    Diff {
        first: String,
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
        Snapshot::open(&self.folder(named)?)
    }

    fn folder(&self, named: &str) -> Result<PathBuf, SnapshotFault> {
        let path = Path::new(named);
        if path.is_dir() {
            return path.canonicalize().map_err(|_| SnapshotFault::NotASnapshot(path.to_owned()));
        }
        let archive = self.archive();
        archive.full_name(named).map(|name| archive.folder(&name))
    }
}

pub fn run(command: &SnapshotCommand) -> Result<ExitCode> {
    let done = match command {
        SnapshotCommand::List { at } => list(at),
        SnapshotCommand::Show { snapshot, at } => at.open(snapshot).map(|found| show(&found, at.json)),
        SnapshotCommand::Verify { snapshot, at } => verify_some(snapshot.as_deref(), at),
        SnapshotCommand::Diff { first, second, at } => compare(first, second, at),
    };
    done.or_else(refused)
}

/// What is no snapshot has an exit code of its own.
pub fn refused(fault: SnapshotFault) -> Result<ExitCode> {
    match fault {
        SnapshotFault::Missing(_) | SnapshotFault::NotASnapshot(_) => {
            eprintln!("error: {fault}\n       `vuon snapshot list` names the ones that are there ({})", fault.code());
            Ok(ExitCode::from(NO_SNAPSHOT))
        }
        SnapshotFault::Damaged { .. } => {
            eprintln!("error: {fault}\n       put the folder back from a backup ({})", fault.code());
            Ok(ExitCode::from(DIFFERENT))
        }
        other => bail!("{other} ({})", other.code()),
    }
}

fn list(at: &Where) -> Result<ExitCode, SnapshotFault> {
    let archive = at.archive();
    let mut found: Vec<Snapshot> = Vec::new();
    for name in archive.names()? {
        match archive.open(&name) {
            Ok(snapshot) => found.push(snapshot),
            Err(fault) => eprintln!("{name}: {fault} ({})", fault.code()),
        }
    }
    found.sort_by_key(|snapshot| (std::cmp::Reverse(snapshot.manifest.head.at_ms), snapshot.name.clone()));
    if at.json {
        let rows: Vec<_> = found.iter().map(|s| json!({ "name": s.name, "manifest": s.manifest })).collect();
        print_json(&json!(rows));
        return Ok(ExitCode::SUCCESS);
    }
    for Snapshot { name, manifest, .. } in &found {
        let head = &manifest.head;
        let households = manifest.counts.all.households;
        println!(
            "{:.12}  {}  {}  {:16}  {:>7} households  {} ({})",
            name,
            head.day,
            head.year,
            head.act.id(),
            households,
            head.unit,
            head.by_name
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn show(snapshot: &Snapshot, as_json: bool) -> ExitCode {
    let manifest = &snapshot.manifest;
    if as_json {
        print_json(&json!({ "name": snapshot.name, "manifest": manifest }));
        return ExitCode::SUCCESS;
    }
    let head = &manifest.head;
    println!("name        {}", snapshot.name);
    println!("unit        {} ({}, list of {})", head.unit, head.scope.address(), head.scope.units_from);
    println!("year        {}", head.year);
    println!("decision    {} on {} by {}", head.act.id(), head.day, head.by_name);
    if head.is_sample {
        println!("SAMPLE DATA: nothing in it is real");
    }
    print_counts(manifest);
    println!("units       {}", manifest.units.len());
    println!("rules       {} norms of the review, as of {}", manifest.rules.len(), kernel::Day::last_of(head.year));
    for pack in &manifest.packs {
        println!("pack        {} {:.12}", pack.name, pack.sha256);
    }
    for key in &head.unconfirmed {
        println!("unconfirmed {key}");
    }
    for file in &manifest.files {
        println!("file        {:20} {:>9} rows {:>11} bytes  {:.12}", file.name, file.rows, file.bytes, file.sha256);
    }
    ExitCode::SUCCESS
}

fn print_counts(manifest: &Manifest) {
    let counts = &manifest.counts;
    println!("households  {}, {} persons", counts.all.households, counts.all.persons);
    for (class, count) in &counts.classes {
        let class = if class.is_empty() { "without a class" } else { class };
        println!("            {class}: {} households, {} persons", count.households, count.persons);
    }
    if counts.stale > 0 {
        println!("            {} whose stored class was not what the rules gave on the day", counts.stale);
    }
}

fn verify_some(named: Option<&str>, at: &Where) -> Result<ExitCode, SnapshotFault> {
    let archive = at.archive();
    let folders = match named {
        Some(named) => vec![at.folder(named)?],
        None => archive.names()?.iter().map(|name| archive.folder(name)).collect(),
    };
    let mut found = Vec::new();
    for folder in folders {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        found.push((name, verify(&folder)?));
    }
    let is_whole = found.iter().all(|(_, findings)| findings.is_empty());
    if at.json {
        let rows: Vec<_> = found.iter().map(|(name, findings)| json!({ "name": name, "findings": findings })).collect();
        print_json(&json!(rows));
    } else {
        for (name, findings) in &found {
            println!("{name:.12}  {}", if findings.is_empty() { "whole" } else { "NOT AS WRITTEN" });
            for finding in findings {
                println!("  {}", words(finding));
            }
        }
    }
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) })
}

fn words(finding: &Finding) -> String {
    match finding {
        Finding::ManifestChanged => "manifest.json was changed".to_owned(),
        Finding::FileMissing { file } => format!("{file} is missing"),
        Finding::FileChanged { file } => format!("{file} was changed"),
        Finding::FileAdded { file } => format!("{file} was added"),
    }
}

fn compare(first: &str, second: &str, at: &Where) -> Result<ExitCode, SnapshotFault> {
    let (first, second) = (at.open(first)?, at.open(second)?);
    let found = diff(&first, &second)?;
    let is_same = found == snapshots::Difference::default();
    if at.json {
        print_json(&json!(found));
    } else {
        println!("only in the first   {} households", found.only_first.len());
        println!("only in the second  {} households", found.only_second.len());
        println!("other classes       {} households", found.classes.len());
        for change in &found.classes {
            let class = |class: &Option<String>| class.clone().unwrap_or_else(|| "-".to_owned());
            println!("  {}  {} -> {}", change.household, class(&change.first), class(&change.second));
        }
        println!("other numbers       {} of the forms", found.numbers);
        found.norms.iter().for_each(|norm| println!("other norm          {norm}"));
    }
    Ok(if is_same { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) })
}

pub fn print_json(value: &serde_json::Value) {
    println!("{}", serde_json::to_string_pretty(value).unwrap_or_default());
}
