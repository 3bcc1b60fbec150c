//! Whether every byte of a snapshot is still the one that was written. Only reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Serialize;

use crate::archive::MANIFEST;
use crate::fault::{SnapshotFault, disk};
use crate::read::Snapshot;

/// One thing that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Finding {
    /// There is no such folder any more.
    FolderMissing,
    /// The folder stands there without the file that says what it is.
    ManifestMissing,
    /// The manifest is not the one that gave the snapshot its name.
    ManifestChanged,
    FileMissing {
        file: String,
    },
    FileChanged {
        file: String,
    },
    /// A file that the manifest does not name.
    FileAdded {
        file: String,
    },
}

/// Everything that is wrong with the folder a snapshot was written to; empty when the snapshot is whole.
pub fn verify(folder: &Path) -> Result<Vec<Finding>, SnapshotFault> {
    if !folder.exists() {
        return Ok(vec![Finding::FolderMissing]);
    }
    let snapshot = match Snapshot::open(folder) {
        Ok(snapshot) => snapshot,
        Err(SnapshotFault::NotASnapshot(_)) => return Ok(vec![Finding::ManifestMissing]),
        Err(SnapshotFault::Damaged { .. }) => return Ok(vec![Finding::ManifestChanged]),
        Err(other) => return Err(other),
    };
    let mut findings = Vec::new();
    if snapshot.manifest.canonical() != fs::read(folder.join(MANIFEST)).map_err(disk("reading", folder))? {
        findings.push(Finding::ManifestChanged);
    }
    let mut known: BTreeSet<String> = BTreeSet::from([MANIFEST.to_owned()]);
    for entry in &snapshot.manifest.files {
        known.insert(entry.name.clone());
        match snapshot.bytes(&entry.name) {
            Ok(_) => {}
            Err(SnapshotFault::Disk { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                findings.push(Finding::FileMissing { file: entry.name.clone() });
            }
            Err(SnapshotFault::Damaged { .. }) => findings.push(Finding::FileChanged { file: entry.name.clone() }),
            Err(other) => return Err(other),
        }
    }
    for entry in fs::read_dir(folder).map_err(disk("reading", folder))? {
        let file = entry.map_err(disk("reading", folder))?.file_name().to_string_lossy().into_owned();
        if !known.contains(&file) {
            findings.push(Finding::FileAdded { file });
        }
    }
    Ok(findings)
}
