//! `figures.parquet`: the same households in the layout that poverty measures are computed from, without any identifier.
//! Only households whose every deprivation is known: a figure never takes "not known" for "not deprived".

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::path::Path;

use domain::registry::Sex;
use domain::review::Marks;
use kernel::VillageId;
use measures::layout::{self, By, Figures, Household, Keep, Layout};
use measures::poverty::{Cube, FamilyPlan};
use norms::{Area, Rulebook};
use serde::Serialize;

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

/// A commune whose figures come out otherwise when they are made again from the households.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureDifference {
    pub commune: String,
    /// Kinds of households of which the two have another number of households or persons.
    pub kinds: usize,
    /// The family of the whole commune at some cut-off is another.
    pub family: bool,
}

/// How many households and persons there are of each kind.
type Kinds = BTreeMap<Household, (u64, u64)>;

/// Figures made again from the households, to be held beside the frozen ones.
pub(crate) struct Again {
    rows: FigureRows,
    kinds: Kinds,
    plan: FamilyPlan,
    cube: Cube,
}

impl Again {
    /// Under the communes of the frozen figures and the indicators, classes and groups of the rules.
    pub(crate) fn new(rules: &Rulebook, communes: &[String], villages: &[(String, VillageId)]) -> Self {
        let rows = FigureRows::new(rules, communes, villages);
        let plan =
            FamilyPlan { persons: Some("persons".to_owned()), ..FamilyPlan::equal(rows.layout.indicators.clone()) };
        Self { kinds: Kinds::new(), cube: Cube::new(&plan, communes.len()), plan, rows }
    }

    pub(crate) fn add(&mut self, record: &Record) {
        let Some(row) = self.rows.row(record) else { return };
        let (households, persons) = self.kinds.entry(Household { size: 0, ..row }).or_default();
        *households += 1;
        *persons += u64::from(row.size);
        let score = self.plan.score(row.mask);
        let bucket = self.plan.cutoffs.partition_point(|cutoff| *cutoff <= score);
        let bucket = u8::try_from(bucket).unwrap_or(u8::MAX);
        self.cube.count(row.commune as usize, bucket, row.mask, u32::from(row.size));
    }

    /// Communes whose rows or whose family at every cut-off are not the same in the frozen file.
    pub(crate) fn beside(&self, frozen: &Figures) -> Result<Vec<FigureDifference>, SnapshotFault> {
        let damaged = |fault| SnapshotFault::damaged(FIGURES, fault);
        let mut then = Kinds::new();
        let each = frozen.each(|cell| {
            let (households, persons) = then.entry(cell.alike).or_default();
            *households += u64::from(cell.households);
            *persons += u64::from(cell.persons);
        });
        each.map_err(damaged)?;
        let mut apart: BTreeMap<u32, usize> = BTreeMap::new();
        let only_now = self.kinds.keys().filter(|kind| !then.contains_key(*kind));
        for kind in then.keys().chain(only_now).filter(|kind| then.get(*kind) != self.kinds.get(*kind)) {
            *apart.entry(kind.commune).or_default() += 1;
        }
        let family = frozen.family(&self.plan, &[By::Commune], 1).map_err(damaged)?;
        let communes = frozen.layout().communes.iter().zip(0u32..);
        let differences = communes.filter_map(|(code, place)| {
            let kinds = apart.get(&place).copied().unwrap_or(0);
            let counted = family.first().map(|cube| cube.group(place as usize)).unwrap_or_default();
            let family = !is_same(counted, self.cube.group(place as usize));
            (kinds > 0 || family).then(|| FigureDifference { commune: code.clone(), kinds, family })
        });
        Ok(differences.collect())
    }
}

/// A group that nobody was counted into has no sums at all, or sums of nothing.
fn is_same(a: &[measures::poverty::Sums], b: &[measures::poverty::Sums]) -> bool {
    let nothing = |sums: &[measures::poverty::Sums]| sums.iter().all(|sums| sums.iter().all(|sum| *sum == 0));
    a == b || (nothing(a) && nothing(b))
}
