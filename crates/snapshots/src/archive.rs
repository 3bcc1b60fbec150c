//! The folder of snapshots: one sub-folder each, named by its hash. A snapshot appears there whole or not at all, and is
//! never written to again. Start with [`Archive::draft`] to make one, [`Archive::open`] to read one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::fault::{SnapshotFault, disk};
use crate::manifest;
use crate::read::Snapshot;
use crate::write::{Frame, SnapshotWriter};

pub(crate) const MANIFEST: &str = "manifest.json";
/// Folders that begin like this are on their way, or were left by a program that was killed.
const DRAFT: &str = ".draft-";

/// Where the snapshots of an installation are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    root: PathBuf,
}

impl Archive {
    /// The folder is made when the first snapshot is.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Whether a folder may be a snapshot's by what it is called.
    pub fn is_name(name: &str) -> bool {
        name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit())
    }

    /// Begins a snapshot; `unique` keeps two that are made at once apart.
    pub fn draft(&self, unique: uuid::Uuid, frame: Frame<'_>) -> Result<SnapshotWriter, SnapshotFault> {
        fs::create_dir_all(&self.root).map_err(disk("making the folder", &self.root))?;
        SnapshotWriter::create(Draft::new(self.clone(), unique)?, frame)
    }

    /// Opens a snapshot by its name, or by the first letters of it when no other begins so.
    pub fn open(&self, name: &str) -> Result<Snapshot, SnapshotFault> {
        // A province opens hundreds at once, by their whole names: the folder need not be listed for each.
        if Self::is_name(name) && self.folder(name).is_dir() {
            return Snapshot::open(&self.folder(name));
        }
        let full = self.full_name(name)?;
        Snapshot::open(&self.folder(&full))
    }

    /// The whole name of a snapshot that is there.
    pub fn full_name(&self, name: &str) -> Result<String, SnapshotFault> {
        let is_hash = !name.is_empty() && name.bytes().all(|b| b.is_ascii_hexdigit());
        let mut found = self.names()?.into_iter().filter(|known| is_hash && known.starts_with(name));
        match (found.next(), found.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(SnapshotFault::Missing(name.to_owned())),
        }
    }

    /// Every snapshot of the folder, by name.
    pub fn names(&self) -> Result<Vec<String>, SnapshotFault> {
        if !self.root.exists() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.root).map_err(disk("reading", &self.root))? {
            let name = entry.map_err(disk("reading", &self.root))?.file_name().to_string_lossy().into_owned();
            if Self::is_name(&name) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }
}

/// A folder on its way; dropped before it is sealed, it is taken away.
#[derive(Debug)]
pub(crate) struct Draft {
    archive: Archive,
    folder: PathBuf,
    is_sealed: bool,
}

impl Draft {
    fn new(archive: Archive, unique: uuid::Uuid) -> Result<Self, SnapshotFault> {
        let folder = archive.root.join(format!("{DRAFT}{unique}"));
        fs::create_dir(&folder).map_err(disk("making the folder", &folder))?;
        Ok(Self { archive, folder, is_sealed: false })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes the manifest and gives the folder its name. One of the same name has the same content and stays.
    pub(crate) fn seal(mut self, text: &[u8]) -> Result<String, SnapshotFault> {
        let name = manifest::name_of(text);
        let path = self.folder.join(MANIFEST);
        fs::write(&path, text).map_err(disk("writing", &path))?;
        sync(&path)?;
        sync(&self.folder)?;
        let target = self.archive.folder(&name);
        if !target.exists() {
            fs::rename(&self.folder, &target).map_err(disk("naming", &target))?;
            self.is_sealed = true;
            sync(&self.archive.root)?;
        }
        Ok(name)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_sealed {
            // What cannot be taken away is harmless: nothing refers to it.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn sync(path: &Path) -> Result<(), SnapshotFault> {
    File::open(path).and_then(|file| file.sync_all()).map_err(disk("making lasting", path))
}
