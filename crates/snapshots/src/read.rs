//! A snapshot read back. Every file is held against its SHA-256 before a byte of it is believed.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use domain::review::Reviewed;
use domain::review::form::{Form, RowKey, gaps_of};
use domain::units::{Scope, Village};
use kernel::HouseholdId;
use measures::layout::{Figures, Household};
use norms::{FrozenNorms, Rulebook, ScorePack};

use crate::archive::MANIFEST;
use crate::around::{AroundTables, CLASSES, EARLIER, ELSEWHERE, EVENTS, Lists, VILLAGES, read_villages};
use crate::boundaries::{BOUNDARIES, Boundaries};
use crate::cells::{FORMS, FrozenCell, read_cells, thawed};
use crate::fault::{SnapshotFault, disk};
use crate::figures::{FIGURES, FigureRows, Seen};
use crate::households::{Classes, HOUSEHOLDS, MEMBERS, Reviews, SEEN, read_classes, read_seen};
use crate::manifest::{FORMAT, Manifest, name_of, sha256};
use crate::record::Record;
use crate::table::Table;
use crate::write::{NORMS, PACKS};

/// A snapshot whose manifest is what its name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    folder: PathBuf,
    pub name: String,
    pub manifest: Manifest,
}

impl Snapshot {
    /// Opens the folder of a snapshot and holds the manifest against the name.
    pub fn open(folder: &Path) -> Result<Self, SnapshotFault> {
        let path = folder.join(MANIFEST);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(SnapshotFault::NotASnapshot(folder.to_owned()));
            }
            Err(error) => return Err(disk("reading", &path)(error)),
        };
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name != name_of(&text) {
            return Err(SnapshotFault::damaged(MANIFEST, "its SHA-256 is not the snapshot's name"));
        }
        let read: Format = serde_json::from_slice(&text).map_err(|error| SnapshotFault::damaged(MANIFEST, error))?;
        if read.format > FORMAT {
            return Err(SnapshotFault::TooNew { found: read.format, known: FORMAT });
        }
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|error| SnapshotFault::damaged(MANIFEST, error))?;
        Ok(Self { folder: folder.to_owned(), name, manifest })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn scope(&self) -> &Scope {
        &self.manifest.head.scope
    }

    pub fn year(&self) -> i16 {
        self.manifest.head.year
    }

    /// The province the snapshot's unit lies in, by its frozen tree.
    pub fn province(&self) -> String {
        let units = &self.manifest.units;
        units.iter().find(|unit| unit.level == "province").map(|unit| unit.code.clone()).unwrap_or_default()
    }

    /// The bytes of a file that the manifest names, as long as they are the ones it names.
    pub fn bytes(&self, file: &str) -> Result<Bytes, SnapshotFault> {
        let entry =
            self.manifest.file(file).ok_or_else(|| SnapshotFault::damaged(file, "the manifest has no such file"))?;
        let path = self.folder.join(file);
        let bytes = fs::read(&path).map_err(disk("reading", &path))?;
        if sha256(&bytes) != entry.sha256 {
            return Err(SnapshotFault::damaged(file, "its SHA-256 is not the manifest's"));
        }
        Ok(Bytes::from(bytes))
    }

    fn table(&self, file: &str) -> Result<Table, SnapshotFault> {
        Table::open(file, self.bytes(file)?)
    }

    fn reviews(&self) -> Result<Reviews, SnapshotFault> {
        let of = (self.year(), self.scope().units_from);
        Ok(Reviews::new(of, self.table(HOUSEHOLDS)?, self.table(MEMBERS)?))
    }

    /// Every reviewed household in the order of the units.
    pub fn each_household(&self, take: impl FnMut(Record) -> Result<(), SnapshotFault>) -> Result<(), SnapshotFault> {
        self.reviews()?.each(take)
    }

    /// One household's review, if the snapshot holds it.
    pub fn household(&self, wanted: HouseholdId) -> Result<Option<Record>, SnapshotFault> {
        self.reviews()?.find(wanted)
    }

    /// The packs that gave B1 totals.
    pub fn packs(&self) -> Result<Vec<ScorePack>, SnapshotFault> {
        serde_json::from_slice(&self.bytes(PACKS)?).map_err(|error| SnapshotFault::damaged(PACKS, error))
    }

    /// The texts of the norms that were in force; `None` in snapshots from before they were kept.
    pub fn norms(&self) -> Result<Option<FrozenNorms>, SnapshotFault> {
        if self.manifest.file(NORMS).is_none() {
            return Ok(None);
        }
        let read = FrozenNorms::from_json(&self.bytes(NORMS)?);
        read.map(Some).map_err(|why| SnapshotFault::damaged(NORMS, why))
    }

    /// Recorded changes of boundaries and placements; `None` in snapshots from before they were kept.
    pub fn boundaries(&self) -> Result<Option<Boundaries>, SnapshotFault> {
        if self.manifest.file(BOUNDARIES).is_none() {
            return Ok(None);
        }
        let read = serde_json::from_slice(&self.bytes(BOUNDARIES)?);
        read.map(Some).map_err(|why| SnapshotFault::damaged(BOUNDARIES, why))
    }

    /// The lists of the years before and what is around them; this year's list is empty yet.
    pub(crate) fn lists_without_now(&self) -> Result<Lists, SnapshotFault> {
        let tables = AroundTables {
            earlier: self.table(EARLIER)?,
            events: self.table(EVENTS)?,
            classes: self.table(CLASSES)?,
            elsewhere: self.table(ELSEWHERE)?,
            villages: self.table(VILLAGES)?,
        };
        let mut lists = tables.read(self.year(), self.scope().units_from)?;
        lists.around.boundaries = self.boundaries()?.unwrap_or_default();
        Ok(lists)
    }

    /// All three lists.
    pub fn lists(&self) -> Result<Lists, SnapshotFault> {
        Ok(Lists { now: self.standings()?, ..self.lists_without_now()? })
    }

    /// Every household's class and size; no answer and no member is read.
    pub fn classes(&self) -> Result<Classes, SnapshotFault> {
        read_classes(&self.table(HOUSEHOLDS)?)
    }

    /// The file that poverty measures are computed from.
    pub fn figures(&self) -> Result<Figures, SnapshotFault> {
        self.bytes(FIGURES)?;
        let path = self.folder.join(FIGURES);
        Figures::open(&path).map_err(|fault| SnapshotFault::damaged(FIGURES, fault))
    }

    /// The villages in the order in which figures number them within each commune, from 1.
    pub fn villages(&self) -> Result<Vec<Village>, SnapshotFault> {
        let mut found = Vec::new();
        read_villages(&self.table(VILLAGES)?, self.scope().units_from, |village, _| found.push(village))?;
        Ok(found)
    }

    /// The same villages, each with its households and persons where a total was entered.
    pub fn village_totals(&self) -> Result<Vec<VillageOf>, SnapshotFault> {
        let mut found = Vec::new();
        read_villages(&self.table(VILLAGES)?, self.scope().units_from, |village, total| {
            found.push(VillageOf { village, total });
        })?;
        Ok(found)
    }

    /// How many households of some communes the snapshot holds, those with an unknown deprivation among them.
    pub fn held(&self, communes: &HashSet<&str>) -> Result<u64, SnapshotFault> {
        let table = self.table(HOUSEHOLDS)?;
        let mut held = 0;
        for group in 0..table.groups() {
            for mut row in table.named(group, &["commune"])?.iter() {
                held += u64::from(row.text()?.is_some_and(|commune| communes.contains(commune)));
            }
        }
        Ok(held)
    }

    /// Households of some communes as the figures count them, one by one. Whoever has an unknown deprivation is left out.
    pub fn each_counted(
        &self,
        communes: &HashSet<&str>,
        mut take: impl FnMut(HouseholdId, &Seen<'_>, Household),
    ) -> Result<(), SnapshotFault> {
        let villages: Vec<_> = self.villages()?.into_iter().map(|village| (village.commune, village.id)).collect();
        let rows = FigureRows::with_layout(self.figures()?.layout().clone(), &villages);
        let table = self.table(HOUSEHOLDS)?;
        for group in 0..table.groups() {
            for mut row in table.named(group, &SEEN)?.iter() {
                let (household, seen) = read_seen(&mut row)?;
                if communes.contains(seen.commune)
                    && let Some(row) = rows.row_of(&seen)
                {
                    take(household, &seen, row);
                }
            }
        }
        Ok(())
    }

    /// This year's list alone.
    pub fn standings(&self) -> Result<Vec<Reviewed>, SnapshotFault> {
        let mut found = Vec::new();
        self.each_household(|record| {
            found.push(reviewed(&record));
            Ok(())
        })?;
        Ok(found)
    }

    /// The forms as they were printed then, each with its rows named; a form that was not counted is left out. The rules are
    /// those of [`Self::norms`], or the loaded ones where none were kept.
    pub fn forms(&self, rules: &Rulebook) -> Result<Vec<Form>, SnapshotFault> {
        let cells = self.cells()?;
        let villages: HashMap<String, String> =
            self.villages()?.into_iter().map(|village| (village.id.to_string(), village.name)).collect();
        let name_of = |key: &str| {
            let unit = self.manifest.units.iter().rfind(|unit| unit.code == key).map(|unit| &unit.name);
            unit.or_else(|| villages.get(key)).cloned().unwrap_or_else(|| key.to_owned())
        };
        let named = |layout| {
            let mut form = thawed(&cells, layout);
            for row in &mut form.rows {
                if let RowKey::Unit { key, .. } = &row.key {
                    row.label = name_of(key);
                }
            }
            form.gaps = gaps_of(&form.rows);
            form
        };
        Ok(rules.forms.iter().map(named).filter(|form| !form.rows.is_empty()).collect())
    }

    /// Every number of the forms as it was frozen.
    pub fn cells(&self) -> Result<Vec<FrozenCell>, SnapshotFault> {
        read_cells(&self.table(FORMS)?)
    }
}

/// A village with its households and persons, where somebody entered them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VillageOf {
    pub village: Village,
    pub total: Option<(i64, i64)>,
}

/// What a later program's manifest is sure to have.
#[derive(serde::Deserialize)]
struct Format {
    format: u16,
}

/// A record as the lines are joined from it.
pub fn reviewed(record: &Record) -> Reviewed {
    Reviewed::of(&record.assessment, record.class.as_deref(), record.class_computed.as_deref())
}
