//! `figures.parquet`: the same households in the layout that poverty measures are computed from, without any identifier.
//! Only households whose every deprivation is known: a figure never takes "not known" for "not deprived".

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::Path;

use domain::registry::Sex;
use kernel::VillageId;
use measures::layout::{self, Household, Keep, Layout};
use norms::{Area, Rulebook};

use crate::fault::{SnapshotFault, disk};
use crate::manifest::{FileEntry, sha256};
use crate::record::Record;

pub(crate) const FIGURES: &str = "figures.parquet";
/// Stands after the classes of the norms, for households that have none yet.
const UNCLASSIFIED: &str = "";

/// Turns records into rows of figures as they come by.
#[derive(Debug)]
pub(crate) struct FigureRows {
    layout: Layout,
    indicators: usize,
    communes: HashMap<String, u32>,
    classes: HashMap<String, u8>,
    villages: HashMap<VillageId, u16>,
    rows: Vec<Household>,
}

impl FigureRows {
    /// The communes in the order in which their households will come; the villages in the order of each commune.
    pub(crate) fn new(rules: &Rulebook, communes: &[String], villages: &[(String, VillageId)]) -> Self {
        let ids = |ids: Vec<&String>| ids.into_iter().cloned().collect::<Vec<String>>();
        let mut classes = ids(rules.classes.value.classes.iter().map(|class| &class.id).collect());
        classes.push(UNCLASSIFIED.to_owned());
        let layout = Layout {
            communes: communes.to_vec(),
            indicators: ids(rules.indicators.value.indicators.iter().map(|indicator| &indicator.id).collect()),
            classes,
            targets: ids(rules.groups.value.groups.iter().map(|group| &group.id).collect()),
            keep: Keep { village: true, head_sex: true, targets: true },
        };
        Self::with_layout(layout, villages)
    }

    /// Rows as they stand under a layout that is there.
    pub(crate) fn with_layout(layout: Layout, villages: &[(String, VillageId)]) -> Self {
        let mut in_commune: HashMap<&str, u16> = HashMap::new();
        let numbered = villages.iter().map(|(commune, village)| {
            let number = in_commune.entry(commune).or_default();
            *number += 1;
            (*village, *number)
        });
        Self {
            villages: numbered.collect(),
            indicators: layout.indicators.len(),
            communes: layout.communes.iter().zip(0u32..).map(|(code, at)| (code.clone(), at)).collect(),
            classes: layout.classes.iter().zip(0u8..).map(|(id, at)| (id.clone(), at)).collect(),
            layout,
            rows: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, record: &Record) {
        self.rows.extend(self.row(record));
    }

    /// The row of a record; none where a deprivation is not known.
    pub(crate) fn row(&self, record: &Record) -> Option<Household> {
        let assessment = &record.assessment;
        let marks = assessment.marks();
        let place = &assessment.place;
        let commune = self.communes.get(&place.commune).filter(|_| marks.is_complete(self.indicators))?;
        Some(Household {
            commune: *commune,
            area: u8::from(assessment.area == Area::Rural),
            ethnic: assessment.ethnicity.and_then(|code| u8::try_from(code).ok()).unwrap_or(0),
            village: self.villages.get(&place.village).copied().unwrap_or(0),
            head_sex: match record.head_sex {
                None => 0,
                Some(Sex::Male) => 1,
                Some(Sex::Female) => 2,
            },
            targets: u16::try_from(assessment.groups).unwrap_or(0),
            class: self.classes.get(record.class.as_deref().unwrap_or(UNCLASSIFIED)).copied().unwrap_or(0),
            mask: u16::try_from(marks.set_bits()).unwrap_or(0),
            size: u16::try_from(assessment.size).unwrap_or(0),
        })
    }

    pub(crate) fn write(self, folder: &Path) -> Result<FileEntry, SnapshotFault> {
        let path = folder.join(FIGURES);
        let unwritable =
            |error: measures::Fault| SnapshotFault::Unwritable { file: FIGURES.to_owned(), what: error.to_string() };
        let written = layout::write(&path, &self.layout, self.rows).map_err(unwritable)?;
        File::open(&path).and_then(|file| file.sync_all()).map_err(disk("making lasting", &path))?;
        let bytes = fs::read(&path).map_err(disk("reading", &path))?;
        Ok(FileEntry {
            name: FIGURES.to_owned(),
            rows: written.cells,
            bytes: bytes.len() as u64,
            sha256: sha256(&bytes),
        })
    }
}
