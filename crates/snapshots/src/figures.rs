//! `figures.parquet`: the same households in the layout that poverty measures are computed from, without any identifier.
//! Only households whose every deprivation is known: a figure never takes "not known" for "not deprived".

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::Path;

use domain::registry::Sex;
use domain::review::Marks;
use kernel::VillageId;
use measures::layout::{self, Household, Keep, Layout};
use norms::{Area, Rulebook};

use crate::fault::{SnapshotFault, disk};
use crate::manifest::{FileEntry, sha256};
use crate::record::Record;

pub(crate) const FIGURES: &str = "figures.parquet";
/// Stands after the classes of the norms, for households that have none yet.
const UNCLASSIFIED: &str = "";

/// What a figure sees of a household: no name, no identifier, no answer.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub commune: &'a str,
    pub village: VillageId,
    pub area: Area,
    pub ethnicity: Option<u16>,
    pub head_sex: Option<Sex>,
    /// Persons.
    pub size: i64,
    pub class: Option<&'a str>,
    pub marks: Marks,
    pub groups: u32,
}

/// Turns households into rows of figures as they come by.
#[derive(Debug)]
pub struct FigureRows {
    layout: Layout,
    indicators: usize,
    communes: HashMap<String, u32>,
    classes: HashMap<String, u8>,
    villages: HashMap<VillageId, u16>,
    rows: Vec<Household>,
}

impl FigureRows {
    /// The communes in the order in which their households will come; the villages in the order of each commune.
    pub fn new(rules: &Rulebook, communes: &[String], villages: &[(String, VillageId)]) -> Self {
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
    pub fn with_layout(layout: Layout, villages: &[(String, VillageId)]) -> Self {
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

    /// What the numbers of a row stand for.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    pub(crate) fn add(&mut self, record: &Record) {
        self.rows.extend(self.row(record));
    }

    /// The row of a record; none where a deprivation is not known.
    pub(crate) fn row(&self, record: &Record) -> Option<Household> {
        let assessment = &record.assessment;
        self.row_of(&Seen {
            commune: &assessment.place.commune,
            village: assessment.place.village,
            area: assessment.area,
            ethnicity: assessment.ethnicity,
            head_sex: record.head_sex,
            size: i64::from(assessment.size),
            class: record.class.as_deref(),
            marks: assessment.marks(),
            groups: assessment.groups,
        })
    }

    /// The row of a household; none where a deprivation is not known.
    pub fn row_of(&self, seen: &Seen<'_>) -> Option<Household> {
        let commune = self.communes.get(seen.commune).filter(|_| seen.marks.is_complete(self.indicators))?;
        Some(Household {
            commune: *commune,
            area: u8::from(seen.area == Area::Rural),
            ethnic: seen.ethnicity.and_then(|code| u8::try_from(code).ok()).unwrap_or(0),
            village: self.villages.get(&seen.village).copied().unwrap_or(0),
            head_sex: match seen.head_sex {
                None => 0,
                Some(Sex::Male) => 1,
                Some(Sex::Female) => 2,
            },
            targets: u16::try_from(seen.groups).unwrap_or(0),
            class: self.classes.get(seen.class.unwrap_or(UNCLASSIFIED)).copied().unwrap_or(0),
            mask: u16::try_from(seen.marks.set_bits()).unwrap_or(0),
            size: u16::try_from(seen.size).unwrap_or(0),
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
