//! Writes a snapshot as it is counted: households come in the order of their units, a few thousand at a time, and go to
//! the disk at once. Nothing is visible before [`SnapshotWriter::seal`].

use std::fs;
use std::path::Path;

use domain::review::Reviewed;
use domain::units::Village;
use norms::{FrozenNorms, Rulebook, ScorePack};

use crate::archive::Draft;
use crate::around::{
    Around, CLASSES, EARLIER, ELSEWHERE, EVENTS, VILLAGES, class_columns, earlier_columns, elsewhere_columns,
    event_columns, village_columns,
};
use crate::boundaries::BOUNDARIES;
use crate::cells::{FORMS, FrozenCell, cell_columns};
use crate::facts::Shape;
use crate::fault::{SnapshotFault, disk};
use crate::figures::FigureRows;
use crate::households::{HOUSEHOLDS, MEMBERS, household_columns, member_columns};
use crate::manifest::{Counts, FORMAT, FileEntry, FrozenUnit, Head, Manifest, pack_versions, sha256, versions_of};
use crate::record::Record;
use crate::table::{Column, GROUP, TableWriter, Written};

pub(crate) const PACKS: &str = "packs.json";
pub(crate) const NORMS: &str = "norms.json";

/// A snapshot on its way.
#[derive(Debug)]
pub struct SnapshotWriter {
    draft: Draft,
    shape: Shape,
    households: TableWriter,
    members: TableWriter,
    earlier: TableWriter,
    figures: FigureRows,
    waiting: Vec<Record>,
    waiting_earlier: Vec<(i16, Reviewed)>,
    counts: Counts,
    files: Vec<FileEntry>,
}

/// What the columns of a snapshot are named after.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    pub rules: &'a Rulebook,
    /// Every pack that may have given a B1.
    pub packs: &'a [ScorePack],
    /// Codes of the communes in the order in which their households will come.
    pub communes: &'a [String],
    /// Villages with their communes, in the order of each commune.
    pub villages: &'a [Village],
}

/// A finished snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub name: String,
    pub manifest: Manifest,
}

impl SnapshotWriter {
    pub(crate) fn create(draft: Draft, frame: Frame<'_>) -> Result<Self, SnapshotFault> {
        let folder = draft.folder();
        let shape = Shape::of(frame.rules, frame.packs);
        let villages: Vec<_> = frame.villages.iter().map(|village| (village.commune.clone(), village.id)).collect();
        Ok(Self {
            households: TableWriter::create(folder, HOUSEHOLDS, &household_columns(&[], &shape))?,
            members: TableWriter::create(folder, MEMBERS, &member_columns(&[], &shape))?,
            earlier: TableWriter::create(folder, EARLIER, &earlier_columns(&[]))?,
            figures: FigureRows::new(frame.rules, frame.communes, &villages),
            waiting: Vec::new(),
            waiting_earlier: Vec::new(),
            counts: Counts::default(),
            files: Vec::new(),
            draft,
            shape,
        })
    }

    /// Takes the reviewed households of the next units, in order.
    pub fn households(&mut self, records: Vec<Record>) -> Result<(), SnapshotFault> {
        for record in &records {
            self.figures.add(record);
            let persons = i64::from(record.assessment.size);
            self.counts.all.add(persons);
            let class = record.class.clone().unwrap_or_default();
            self.counts.classes.entry(class).or_default().add(persons);
            self.counts.stale += i64::from(record.class_computed != record.outcome.class);
        }
        self.waiting.extend(records);
        if self.waiting.len() >= GROUP { self.write_households() } else { Ok(()) }
    }

    fn write_households(&mut self) -> Result<(), SnapshotFault> {
        let records = std::mem::take(&mut self.waiting);
        for some in records.chunks(GROUP) {
            self.households.add(household_columns(some, &self.shape))?;
            self.members.add(member_columns(some, &self.shape))?;
        }
        Ok(())
    }

    /// Takes standings of the years before, each with its year.
    pub fn earlier(&mut self, standings: Vec<(i16, Reviewed)>) -> Result<(), SnapshotFault> {
        self.waiting_earlier.extend(standings);
        if self.waiting_earlier.len() >= GROUP { self.write_earlier() } else { Ok(()) }
    }

    fn write_earlier(&mut self) -> Result<(), SnapshotFault> {
        let standings = std::mem::take(&mut self.waiting_earlier);
        standings.chunks(GROUP).try_for_each(|some| self.earlier.add(earlier_columns(some)))
    }

    /// Writes the small files, then the manifest, and names the snapshot.
    pub fn seal(
        mut self,
        head: Head,
        (norms, units, packs): (&FrozenNorms, Vec<FrozenUnit>, &[ScorePack]),
        around: &Around,
        cells: &[FrozenCell],
    ) -> Result<Sealed, SnapshotFault> {
        self.write_households()?;
        self.write_earlier()?;
        let Self { draft, households, members, earlier, figures, counts, mut files, .. } = self;
        files.push(figures.write(draft.folder())?);
        for (name, writer) in [(HOUSEHOLDS, households), (MEMBERS, members), (EARLIER, earlier)] {
            files.push(entry(name, writer.close()?));
        }
        let small = [
            (EVENTS, event_columns(&around.events)),
            (CLASSES, class_columns(&around.classes)),
            (ELSEWHERE, elsewhere_columns(&around.elsewhere)),
            (VILLAGES, village_columns(&around.villages, &around.totals)),
            (FORMS, cell_columns(cells)),
        ];
        for (name, columns) in small {
            files.push(table(draft.folder(), name, columns)?);
        }
        files.push(text_file(draft.folder(), PACKS, &serde_json::to_vec(packs).unwrap_or_default(), packs.len())?);
        let rules = versions_of(norms);
        files.push(text_file(draft.folder(), NORMS, &norms.to_json(), rules.len())?);
        let boundaries = &around.boundaries;
        files.push(text_file(draft.folder(), BOUNDARIES, &boundaries.to_json(), boundaries.rows())?);
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let packs = pack_versions(packs);
        let manifest = Manifest { format: FORMAT, head, counts, rules, packs, units, files };
        let name = draft.seal(&manifest.canonical())?;
        Ok(Sealed { name, manifest })
    }
}

fn entry(name: &str, written: Written) -> FileEntry {
    FileEntry { name: name.to_owned(), rows: written.rows, bytes: written.bytes, sha256: written.sha256 }
}

fn table(folder: &Path, name: &str, columns: Vec<Column>) -> Result<FileEntry, SnapshotFault> {
    let mut writer = TableWriter::create(folder, name, &columns)?;
    writer.add(columns)?;
    Ok(entry(name, writer.close()?))
}

fn text_file(folder: &Path, name: &str, text: &[u8], rows: usize) -> Result<FileEntry, SnapshotFault> {
    let path = folder.join(name);
    fs::write(&path, text).map_err(disk("writing", &path))?;
    fs::File::open(&path).and_then(|file| file.sync_all()).map_err(disk("making lasting", &path))?;
    let written = Written { sha256: sha256(text), bytes: text.len() as u64, rows: rows as u64 };
    Ok(entry(name, written))
}
