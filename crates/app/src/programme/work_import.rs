//! One layout for every kind of work and need: a row is one participant, rows of one kind, day, unit and content are one
//! activity. Read twice by the same code, to be looked at and to be stored; a faulty row says why, and the others go in.

use std::collections::BTreeMap;

use documents::{read_file, read_paste};
use domain::access::{Actor, Verb, check};
use domain::programme::work::{Activity, Need, WorkRefusal};
use domain::review::list::{Cell, Sheet};
use domain::units::Scope;
use kernel::text::fold_name;
use kernel::{ActivityId, Day, IntakeId, NeedId};
use norms::{ActivityKinds, Level, Subject};
use serde_json::json;
use storage::Work;

use super::definitions::definitions_on;
use super::needs;
use super::resolve::{Found, Written, resolve};
use super::work::{must_fit, record};
use crate::{AppError, House};

/// The columns, in the order of the empty layout; headers are compared folded.
pub const HEADERS: [&str; 9] = [
    "Loại hoạt động hoặc nhu cầu",
    "Ngày",
    "Mã xã",
    "Nội dung",
    "Cơ quan thực hiện",
    "Kinh phí (đồng)",
    "Họ và tên",
    "Số giấy tờ",
    "Năm sinh",
];

/// Why a row is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowProblem {
    Kind(String),
    Day(String),
    Unit(String),
    Money(String),
    Who(Found),
    NobodyListed,
    /// The whole group was refused: outside the period, outside the classes …
    Refused(WorkRefusal),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
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
    text: String,
) -> Result<(IntakeId, Preview), AppError> {
    check(actor, Verb::RecordWork)?;
    let unit = house.narrow(actor, wished)?;
    let sheets = read_paste(&text)?;
    let intake = IntakeId(house.ids.next());
    let mut work = house.store.write().await?;
    let (preview, mut planned) = plan(house, work.as_mut(), &unit, &sheets).await?;
    for activity in &mut planned.activities {
        activity.intake = Some(intake);
        record(house, work.as_mut(), actor, activity, "activity_recorded").await?;
    }
    work.add_activities(&planned.activities).await?;
    for group in &mut planned.needs {
        for need in group.iter_mut() {
            need.intake = Some(intake);
        }
        needs::add(house, work.as_mut(), actor, group).await?;
    }
    let detail = json!({"activities": preview.activities, "needs": preview.needs, "rows_aside": preview.faults.len()});
    let subject = ("work_import", intake.to_string());
    work.record(&house.entry(actor, "work_imported", subject, house.place_of(&unit), detail)).await?;
    work.commit().await?;
    Ok((intake, preview))
}

#[derive(Default)]
struct Planned {
    activities: Vec<Activity>,
    needs: Vec<Vec<Need>>,
}

/// One row as written.
#[derive(Debug, Clone)]
struct Line {
    row: usize,
    kind: String,
    day: Day,
    unit: Scope,
    content: String,
    agency: String,
    money: i64,
    fields: BTreeMap<String, String>,
    who: Written,
}

async fn plan(
    house: &House,
    work: &mut dyn Work,
    unit: &Scope,
    sheets: &[Sheet],
) -> Result<(Preview, Planned), AppError> {
    let sheet = sheets.first().ok_or(AppError::Refused { code: "WRK-012" })?;
    let columns = columns(sheet).ok_or(AppError::Refused { code: "WRK-012" })?;
    let mut preview = Preview { text: as_text(sheet), ..Preview::default() };
    let mut groups: BTreeMap<(String, Day, String, String), Vec<Line>> = BTreeMap::new();
    for (row, cells) in sheet.rows.iter().enumerate().skip(columns.header + 1) {
        if cells.iter().all(|cell| cell_text(cell).is_empty()) {
            continue;
        }
        preview.rows += 1;
        match line(house, unit, &columns, (row + 1, cells)) {
            Ok(line) => {
                let key = (line.kind.clone(), line.day, line.unit.code.clone(), line.content.clone());
                groups.entry(key).or_default().push(line);
            }
            Err(fault) => preview.faults.push(fault),
        }
    }
    let mut planned = Planned::default();
    for lines in groups.into_values() {
        group(house, work, lines, (&mut preview, &mut planned)).await?;
    }
    preview.faults.sort_by_key(|fault| fault.row);
    Ok((preview, planned))
}

/// One activity, or one need of several people.
async fn group(
    house: &House,
    work: &mut dyn Work,
    lines: Vec<Line>,
    (preview, planned): (&mut Preview, &mut Planned),
) -> Result<(), AppError> {
    let Some(first) = lines.first().cloned() else { return Ok(()) };
    let definitions = definitions_on(house, first.day)?;
    let kinds = &definitions.norms.work.value;
    let takes = kinds.kind(&first.kind).and_then(|kind| kind.takes).or(kinds.need(&first.kind).map(|need| need.of));
    let mut who = Vec::new();
    if let Some(subject) = takes {
        let written: Vec<Written> = lines.iter().map(|line| line.who.clone()).collect();
        for (line, found) in lines.iter().zip(resolve(work, &first.unit, subject, &written).await?) {
            match found {
                Found::One(named) if !who.contains(&named.who) => who.push(named.who),
                Found::One(_) => {}
                found => preview.faults.push(fault(line, RowProblem::Who(found))),
            }
        }
        if who.is_empty() {
            return Ok(());
        }
    } else if let Some(line) = lines.iter().find(|line| !line.who.name.is_empty()) {
        preview.faults.push(fault(line, RowProblem::NobodyListed));
        return Ok(());
    }
    let place = house.place_of(&first.unit).ok_or(AppError::Missing("unit"))?;
    let tried = if kinds.need(&first.kind).is_some() {
        let needs: Vec<Need> = who
            .iter()
            .map(|who| Need {
                id: NeedId(house.ids.next()),
                kind: first.kind.clone(),
                who: *who,
                place: place.clone(),
                day: first.day,
                note: first.content.clone(),
                intake: None,
            })
            .collect();
        let fits = needs::must_have(house, work, &first.unit, &needs).await;
        if fits.is_ok() {
            preview.needs += needs.len();
            planned.needs.push(needs);
        }
        fits
    } else {
        let activity = Activity {
            id: ActivityId(house.ids.next()),
            kind: first.kind.clone(),
            day: first.day,
            place,
            content: first.content.clone(),
            agency: first.agency.clone(),
            money: lines.iter().map(|line| line.money).max().unwrap_or(0),
            fields: first.fields.clone(),
            participants: who,
            intake: None,
            version: 0,
        };
        let fits = must_fit(house, work, &first.unit, &activity, &definitions).await;
        if fits.is_ok() {
            preview.activities += 1;
            preview.participants += activity.participants.len();
            planned.activities.push(activity);
        }
        fits
    };
    match tried {
        Ok(()) => Ok(()),
        Err(AppError::Work(refusal)) => {
            preview.faults.extend(lines.iter().map(|line| fault(line, RowProblem::Refused(refusal.clone()))));
            Ok(())
        }
        Err(other) => Err(other),
    }
}

fn fault(line: &Line, problem: RowProblem) -> RowFault {
    let name = if line.who.name.is_empty() { line.content.clone() } else { line.who.name.clone() };
    RowFault { row: line.row, name, problem }
}

/// Where the header row stands, and which column is which.
struct Columns {
    header: usize,
    known: [Option<usize>; 9],
    /// Further headers, by which a kind's own fields are found.
    further: Vec<(usize, String)>,
}

fn columns(sheet: &Sheet) -> Option<Columns> {
    let wanted: Vec<String> = HEADERS.iter().map(|header| fold_name(header)).collect();
    for (header, cells) in sheet.rows.iter().enumerate().take(20) {
        let folded: Vec<String> = cells.iter().map(|cell| fold_name(&cell_text(cell))).collect();
        let mut known = [None; 9];
        for (slot, wanted) in known.iter_mut().zip(&wanted) {
            *slot = folded.iter().position(|found| found == wanted);
        }
        if known.first().copied().flatten().is_some() && known.get(1).copied().flatten().is_some() {
            let is_known = |at: usize| known.contains(&Some(at));
            let further = folded.into_iter().enumerate().filter(|(at, header)| !header.is_empty() && !is_known(*at));
            return Some(Columns { header, known, further: further.collect() });
        }
    }
    None
}

fn line(house: &House, unit: &Scope, columns: &Columns, (row, cells): (usize, &Vec<Cell>)) -> Result<Line, RowFault> {
    let cell = |at: usize| {
        let column = columns.known.get(at).copied().flatten();
        column.and_then(|column| cells.get(column)).map(cell_text).unwrap_or_default()
    };
    let (kind, day, code, content, money, name) = (cell(0), cell(1), cell(2), cell(3), cell(5), cell(6));
    let problem =
        |problem| RowFault { row, name: if name.is_empty() { content.clone() } else { name.clone() }, problem };
    let day = day.parse::<Day>().map_err(|_| problem(RowProblem::Day(day.clone())))?;
    let definitions = definitions_on(house, day).map_err(|_| problem(RowProblem::Day(day.to_string())))?;
    let kinds = &definitions.norms.work.value;
    let id = kind_of(kinds, &kind).ok_or_else(|| problem(RowProblem::Kind(kind.clone())))?;
    let unit = match code.as_str() {
        "" => unit.clone(),
        code => {
            let commune = Scope::new(unit.units_from, Level::Commune, code);
            let inside = house.lies_in(&commune, unit);
            if inside { commune } else { return Err(problem(RowProblem::Unit(code.to_owned()))) }
        }
    };
    let amount = if money.is_empty() { Some(0) } else { kernel::parse_count(&money).ok().filter(|n| *n >= 0) };
    let amount = amount.ok_or_else(|| problem(RowProblem::Money(money.clone())))?;
    let own = kinds.kind(&id).map(|kind| kind.fields.as_slice()).unwrap_or_default();
    let fields = own.iter().filter_map(|field| {
        let (at, _) = columns.further.iter().find(|(_, header)| *header == fold_name(&field.label.vi))?;
        Some((field.id.clone(), cells.get(*at).map(cell_text).filter(|text| !text.is_empty())?))
    });
    let who = Written {
        name: kernel::text::nfc(&name),
        paper: cell(7).chars().filter(char::is_ascii_digit).collect(),
        birth_year: cell(8).get(..4).and_then(|year| year.parse().ok()),
    };
    let content = kernel::text::nfc(&content);
    Ok(Line { row, kind: id, day, unit, content, agency: cell(4), money: amount, fields: fields.collect(), who })
}

/// A kind of work or need by its id or its Vietnamese name.
fn kind_of(kinds: &ActivityKinds, written: &str) -> Option<String> {
    let folded = fold_name(written);
    let is = |id: &str, label: &norms::Label| id == written.trim() || fold_name(&label.vi) == folded;
    let work = kinds.kinds.iter().find(|kind| is(&kind.id, &kind.label)).map(|kind| kind.id.clone());
    work.or_else(|| kinds.needs.iter().find(|need| is(&need.id, &need.label)).map(|need| need.id.clone()))
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.trim().to_owned(),
        // Codes and years come as numbers; a whole number is written without a fraction.
        Cell::Number(number) => format!("{number}"),
        Cell::Day(day) => day.to_string(),
    }
}

fn as_text(sheet: &Sheet) -> String {
    let line = |cells: &Vec<Cell>| {
        cells.iter().map(|cell| cell_text(cell).replace(['\t', '\n', '"'], " ")).collect::<Vec<_>>().join("\t")
    };
    sheet.rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Whether a kind takes part in the layout with people; for the sheet that lists the kinds.
pub fn kinds_for_layout(house: &House, year: i16) -> Result<Vec<(String, Option<Subject>)>, AppError> {
    let definitions = definitions_on(house, Day::last_of(year))?;
    let kinds = &definitions.norms.work.value;
    let mut rows: Vec<(String, Option<Subject>)> =
        kinds.kinds.iter().map(|kind| (kind.label.vi.clone(), kind.takes)).collect();
    rows.extend(kinds.needs.iter().map(|need| (need.label.vi.clone(), Some(need.of))));
    Ok(rows)
}
