//! One layout for every kind of work and need: a row is one participant, rows of one kind, day, unit and content are one
//! activity. Read twice by the same code, to be looked at and to be stored; a faulty row says why, and the others go in.
//! Start with [`preview`]; cells become rows in `row`, rows become records in `gather`.

mod columns;
mod gather;
mod row;

use documents::{read_file, read_paste};
use domain::access::{Actor, Verb, check};
use domain::programme::work::WorkRefusal;
use domain::review::list::{Cell, Sheet};
use domain::units::Scope;
use kernel::{ActivityId, IntakeId};
use norms::Label;
use serde_json::json;
use sha2::{Digest, Sha256};
use storage::{Work, WorkImport};

pub use columns::{Layout, LayoutKind, layout};

use self::columns::columns;
use self::gather::Planned;
use super::needs;
use super::resolve::Found;
use super::work::record;
use crate::digest::hex;
use crate::{AppError, House};

/// Why a row is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowProblem {
    Kind(String),
    Day(String),
    Unit(String),
    Money(String),
    /// Neither a card of twelve digits nor an old one of nine, with a lost leading zero put back.
    Paper(String),
    /// Work without a word on what was done.
    Content,
    /// A field of the kind was not answered as it asks.
    Field {
        field: Label,
        text: String,
    },
    /// The kind does not ask for what stands there.
    NotAsked {
        field: Label,
        text: String,
    },
    /// Rows of one activity say different things in a column.
    Differs {
        column: Label,
        texts: Vec<String>,
    },
    Who(Found),
    NobodyListed,
    /// The activity is recorded already.
    Recorded(ActivityId),
    /// Refused by a rule: outside the period, outside the classes, the need recorded already …
    Refused(WorkRefusal),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// As the spreadsheet counts them.
    pub row: usize,
    pub name: String,
    pub problem: RowProblem,
}

/// What would be stored, or was.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// The cells as tab-separated text, to be sent back unchanged.
    pub text: String,
    pub rows: usize,
    pub activities: usize,
    pub participants: usize,
    pub needs: usize,
    pub faults: Vec<RowFault>,
    /// The same cells were brought in before, and not taken back.
    pub known: Option<WorkImport>,
}

/// What came: a file, or pasted cells.
#[derive(Debug, Clone)]
pub enum Brought {
    File(Vec<u8>),
    Paste(String),
}

/// Reads and tries everything; stores nothing.
pub async fn preview(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    brought: Brought,
) -> Result<Preview, AppError> {
    check(actor, Verb::RecordWork)?;
    let unit = house.narrow(actor, wished)?;
    let sheets = match brought {
        Brought::File(bytes) => read_file(bytes)?,
        Brought::Paste(text) => read_paste(&text)?,
    };
    let mut work = house.store.read().await?;
    let (preview, _) = plan(house, work.as_mut(), &unit, &sheets).await?;
    Ok(preview)
}

/// Stores what a preview showed; rows with faults stay out. Everything carries the id of the import.
pub async fn apply(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    text: &str,
) -> Result<(IntakeId, Preview), AppError> {
    check(actor, Verb::RecordWork)?;
    let unit = house.narrow(actor, wished)?;
    let place = house.place_of(&unit).ok_or(AppError::Missing("unit"))?;
    let sheets = read_paste(text)?;
    let intake = IntakeId(house.ids.next());
    let mut work = house.store.write().await?;
    let (preview, mut planned) = plan(house, work.as_mut(), &unit, &sheets).await?;
    if planned.is_empty() {
        return Err(AppError::Refused { code: "WRK-015" });
    }
    for activity in &mut planned.activities {
        activity.intake = Some(intake);
        record(house, work.as_mut(), actor, activity).await?;
    }
    work.add_activities(&planned.activities).await?;
    for group in &mut planned.needs {
        for need in group.iter_mut() {
            need.intake = Some(intake);
        }
        needs::add(house, work.as_mut(), actor, group).await?;
    }
    let hash = sheets.first().map(hash_of).unwrap_or_default();
    let detail = json!({"activities": preview.activities, "needs": preview.needs, "rows_aside": preview.faults.len()});
    let (by_name, at_ms) = (actor.name.clone(), house.clock.now_ms());
    work.add_work_import(&WorkImport { id: intake, hash, place: place.clone(), by_name, at_ms }).await?;
    let subject = ("work_import", intake.to_string());
    work.record(&house.entry(actor, "work_imported", subject, Some(place), detail)).await?;
    work.commit().await?;
    Ok((intake, preview))
}

async fn plan(
    house: &House,
    work: &mut dyn Work,
    unit: &Scope,
    sheets: &[Sheet],
) -> Result<(Preview, Planned), AppError> {
    let sheet = sheets.first().ok_or(AppError::Refused { code: "WRK-012" })?;
    let columns = columns(house, sheet)?;
    let known = work.work_import_like(unit, &hash_of(sheet)).await?;
    let mut preview = Preview { text: as_text(sheet), known, ..Preview::default() };
    let groups = row::groups(house, unit, (&columns, sheet), &mut preview);
    let mut planned = Planned::default();
    for lines in groups.into_values() {
        gather::group(house, work, lines, (&mut preview, &mut planned)).await?;
    }
    preview.faults.sort_by_key(|fault| fault.row);
    Ok((preview, planned))
}

pub(super) fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.trim().to_owned(),
        // Codes and years come as numbers; a whole number is written without a fraction.
        Cell::Number(number) => format!("{number}"),
        Cell::Day(day) => day.to_string(),
    }
}

/// A cell on one line.
fn flat(cell: &Cell) -> String {
    cell_text(cell).replace(['\t', '\n', '\r', '"'], " ")
}

fn as_text(sheet: &Sheet) -> String {
    let line = |cells: &Vec<Cell>| cells.iter().map(flat).collect::<Vec<_>>().join("\t");
    sheet.rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// SHA-256 of the written cells, whatever program saved them and however many empty ones stand around.
fn hash_of(sheet: &Sheet) -> String {
    let mut hasher = Sha256::new();
    for cells in &sheet.rows {
        let line = cells.iter().map(|cell| flat(cell).trim().to_owned()).collect::<Vec<_>>().join("\t");
        if !line.trim().is_empty() {
            hasher.update(line.trim_end().as_bytes());
            hasher.update(b"\n");
        }
    }
    hex(&hasher.finalize())
}
