//! Writes the figures file: gathers a commune, sorts it, joins what is alike, packs row groups. Start with [`write`].

use std::path::Path;
use std::sync::Arc;

use parquet::errors::Result;
use parquet::schema::types::{ColumnDescPtr, TypePtr};

use super::row::{Cell, Household, Layout, Written};
use crate::columns::{ChunkWriter, Column, Packed, TableWriter, whole_column};
use crate::{Fault, Why};

/// Rows of a row group; a commune is never divided between two unless it is larger itself.
const GROUP_ROWS: usize = 256 * 1024;

/// The key of the [`Layout`] in the file.
pub(super) const LAYOUT: &str = "vuon.layout";
/// The key of the first commune of each row group.
pub(super) const STARTS: &str = "vuon.row_group_communes";

/// Every column: its name, its bits, whether it is indexed by bytes rather than by runs.
pub(super) const COLUMNS: [(&str, i8, bool); 10] = [
    ("commune", 32, false),
    ("area", 8, false),
    ("ethnic", 8, false),
    ("village", 16, false),
    ("head_sex", 8, false),
    ("targets", 16, false),
    ("class", 8, false),
    ("mask", 16, true),
    ("households", 16, true),
    ("persons", 16, true),
];

/// Writes the file, overwriting; the communes of the households must ascend.
pub fn write(
    path: &Path,
    layout: &Layout,
    rows: impl IntoIterator<Item = Household>,
) -> std::result::Result<Written, Fault> {
    let text = serde_json::to_string(layout)
        .map_err(|e| Fault::Unwritable { path: path.display().to_string(), why: e.to_string() })?;
    let unwritable =
        |e: parquet::errors::ParquetError| Fault::Unwritable { path: path.display().to_string(), why: e.to_string() };
    let columns = schema().map_err(unwritable)?;
    let mut file = TableWriter::create(path, columns, &[(LAYOUT, text)])?;
    let places = file.places();
    let mut written = Written::default();
    let mut starts = Vec::new();
    let mut commune: Vec<Household> = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    for row in rows {
        check(layout, &row, commune.last())?;
        if commune.last().is_some_and(|last| last.commune != row.commune) {
            join(layout, &mut commune, &mut cells);
            if cells.len() >= GROUP_ROWS {
                starts.push(cells.first().map_or(0, |c| c.alike.commune).to_string());
                file.append(pack(&places, &cells).map_err(unwritable)?)?;
                written.cells += cells.len() as u64;
                cells.clear();
            }
        }
        written.households += 1;
        written.persons += u64::from(row.size);
        commune.push(row);
    }
    join(layout, &mut commune, &mut cells);
    if !cells.is_empty() {
        starts.push(cells.first().map_or(0, |c| c.alike.commune).to_string());
        file.append(pack(&places, &cells).map_err(unwritable)?)?;
        written.cells += cells.len() as u64;
    }
    file.note(STARTS, starts.join(","));
    file.finish()?;
    Ok(written)
}

fn schema() -> Result<Vec<TypePtr>> {
    COLUMNS.iter().map(|(name, bits, _)| whole_column(name, *bits, false)).collect()
}

fn check(layout: &Layout, row: &Household, last: Option<&Household>) -> std::result::Result<(), Fault> {
    if let Some(last) = last.filter(|last| last.commune > row.commune) {
        return Err(Fault::OutOfOrder {
            why: Why::new(
                format!("xã thứ {} đến sau xã thứ {}", row.commune, last.commune),
                format!("commune {} comes after commune {}", row.commune, last.commune),
            ),
        });
    }
    let beyond = |(vi, en): (&str, &str), number: u64, most: usize| {
        Err(Fault::Definition {
            path: "layout".to_owned(),
            why: Why::new(
                format!("một hộ có {vi} {number}, mà chỉ {most} được kể tên"),
                format!("a household has {en} {number}, and {most} are named"),
            ),
        })
    };
    if row.commune as usize >= layout.communes.len() {
        return beyond(("xã", "commune"), u64::from(row.commune), layout.communes.len());
    }
    if u32::from(row.mask) >> layout.indicators.len().min(16) != 0 {
        return beyond(("các thiếu hụt", "deprivations"), u64::from(row.mask), layout.indicators.len());
    }
    if layout.keep.targets && u32::from(row.targets) >> layout.targets.len().min(16) != 0 {
        return beyond(("các nhóm đối tượng", "target groups"), u64::from(row.targets), layout.targets.len());
    }
    Ok(())
}

/// Sorts the households of a commune and adds a cell for each kind of them.
fn join(layout: &Layout, commune: &mut Vec<Household>, cells: &mut Vec<Cell>) {
    for row in commune.iter_mut() {
        row.village = if layout.keep.village { row.village } else { 0 };
        row.head_sex = if layout.keep.head_sex { row.head_sex } else { 0 };
        row.targets = if layout.keep.targets { row.targets } else { 0 };
    }
    commune.sort_unstable();
    let start = cells.len();
    for row in commune.drain(..) {
        let alike = Household { size: 0, ..row };
        let last = cells.get_mut(start..).and_then(<[Cell]>::last_mut).filter(|cell| cell.alike == alike);
        // A cell counts to 65 535; the rare one that would go beyond is divided.
        let sums = last.as_deref().and_then(|c| Some((c.households.checked_add(1)?, c.persons.checked_add(row.size)?)));
        match (last, sums) {
            (Some(cell), Some((households, persons))) => (cell.households, cell.persons) = (households, persons),
            _ => cells.push(Cell { alike, households: 1, persons: row.size }),
        }
    }
}

fn pack(places: &[ColumnDescPtr], cells: &[Cell]) -> Result<Vec<Packed>> {
    places
        .iter()
        .zip(COLUMNS)
        .map(|(place, (name, _, is_wide))| {
            let value = value_of(name);
            if is_wide { pack_wide(place, cells, value) } else { pack_runs(place, cells, value) }
        })
        .collect()
}

fn value_of(name: &str) -> fn(&Cell) -> u32 {
    match name {
        "commune" => |c| c.alike.commune,
        "area" => |c| u32::from(c.alike.area),
        "ethnic" => |c| u32::from(c.alike.ethnic),
        "village" => |c| u32::from(c.alike.village),
        "head_sex" => |c| u32::from(c.alike.head_sex),
        "targets" => |c| u32::from(c.alike.targets),
        "class" => |c| u32::from(c.alike.class),
        "mask" => |c| u32::from(c.alike.mask),
        "households" => |c| u32::from(c.households),
        _ => |c| u32::from(c.persons),
    }
}

/// Runs over the values in the order in which they first appear.
fn pack_runs(place: &ColumnDescPtr, cells: &[Cell], value: fn(&Cell) -> u32) -> Result<Packed> {
    let mut seen = std::collections::HashMap::new();
    let mut dictionary = Vec::new();
    let mut runs: Vec<(u32, usize)> = Vec::new();
    for cell in cells {
        let value = value(cell);
        let code = *seen.entry(value).or_insert_with(|| {
            dictionary.push(value.cast_signed());
            u32::try_from(dictionary.len() - 1).unwrap_or(u32::MAX)
        });
        match runs.last_mut() {
            Some((last, rows)) if *last == code => *rows += 1,
            _ => runs.push((code, 1)),
        }
    }
    let mut chunk = ChunkWriter::new(Column::narrow(place.clone(), dictionary.into()))?;
    for (code, rows) in runs {
        chunk.run(code, rows);
    }
    chunk.finish()
}

/// Sixteen bits a row over a dictionary in which every value is its own index: what stands in the file is the value itself.
fn pack_wide(place: &ColumnDescPtr, cells: &[Cell], value: fn(&Cell) -> u32) -> Result<Packed> {
    let codes: Vec<u16> = cells.iter().map(|cell| u16::try_from(value(cell)).unwrap_or(u16::MAX)).collect();
    let highest = codes.iter().max().copied().unwrap_or(0);
    let dictionary: Arc<[i32]> = (0..=i32::from(highest)).collect();
    let mut chunk = ChunkWriter::new(Column { place: place.clone(), dictionary, width: 16 })?;
    chunk.wide(&codes)?;
    chunk.finish()
}
