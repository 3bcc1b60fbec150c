//! Before an import happens: upload, match columns, mend cells, set households aside, answer questions, look.

use domain::access::{Actor, Verb, check};
use domain::review::list::{
    Cell, Columns, Fault, FaultKind, ListProblem, ReadContext, ReadList, Sheet, header_signature, headers_at,
};
use domain::units::{Place, Scope};
use kernel::IntakeId;
use kernel::legacy::LegacyEncoding;
use norms::{Field, Rulebook};
use storage::{IntakeRecord, IntakeState, RememberedColumns};

use super::content::{Choice, Staged, Upload};
use super::plan::{Plan, make_plan};
use crate::{AppError, House};

/// Everything a page needs to show a staged import.
#[derive(Debug)]
pub struct IntakeView {
    pub record: IntakeRecord,
    pub staged: Staged,
    /// The file's texts are in an old font encoding; converting is offered.
    pub legacy: Option<LegacyEncoding>,
    /// `Err`: the columns have to be matched by hand.
    pub read: Result<ReadList, ListProblem>,
    /// What would happen; `None` while the columns are not known.
    pub plan: Option<Plan>,
}

/// One cell put right by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// 1-based sheet and row.
    pub sheet: usize,
    pub row: usize,
    pub field: Field,
    pub value: String,
}

/// Takes a file or a pasted table in, without storing anything of it in the registry.
pub async fn stage(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
    upload: Upload,
) -> Result<IntakeId, AppError> {
    check(actor, Verb::ImportList)?;
    let scope = house.narrow(actor, wished)?;
    let file_name = upload.name().to_owned();
    let (file_hash, sheets) = upload.open()?;
    let mut staged = Staged { sheets, ..Staged::default() };
    let mut work = house.store.write().await?;
    let rules = house.rules(year, &house.province_of(&scope))?;
    let context = ReadContext { rules: &rules, units: house.units(&scope), year };
    if staged.read(context).is_err() {
        staged.columns = remembered(work.as_mut(), &staged.sheets).await?;
    }
    let record = IntakeRecord {
        id: IntakeId(house.ids.next()),
        scope,
        year,
        file_name,
        file_hash,
        state: IntakeState::Staged,
        by: actor.id,
        by_name: actor.name.clone(),
        at_ms: house.clock.now_ms(),
        content: to_json(&staged)?,
        summary: String::new(),
        version: 0,
    };
    work.save_intake(&record).await?;
    record_step(house, actor, work.as_mut(), "intake_staged", &record).await?;
    work.commit().await?;
    Ok(record.id)
}

/// Columns that somebody matched before for a table with the same headers.
async fn remembered(work: &mut dyn storage::Work, sheets: &[Sheet]) -> Result<Option<(usize, Columns)>, AppError> {
    for (at, sheet) in sheets.iter().enumerate() {
        for row in 0..sheet.rows.len().min(30) {
            let headers = headers_at(sheet, row);
            if headers.iter().filter(|h| !h.is_empty()).count() < 3 {
                continue;
            }
            let Some(known) = work.remembered_columns(&header_signature(&headers)).await? else { continue };
            if let Ok(mut columns) = serde_json::from_str::<Columns>(&known.columns) {
                columns.header_row = row;
                columns.headers = headers;
                return Ok(Some((at, columns)));
            }
        }
    }
    Ok(None)
}

/// The imports of the actor's area, newest first.
pub async fn intakes(house: &House, actor: &Actor) -> Result<Vec<IntakeRecord>, AppError> {
    check(actor, Verb::ImportList)?;
    Ok(house.store.read().await?.intakes(&actor.scope).await?)
}

/// Shows a staged import: faults, questions, what would happen.
pub async fn view(house: &House, actor: &Actor, id: IntakeId) -> Result<IntakeView, AppError> {
    check(actor, Verb::ImportList)?;
    let mut work = house.store.read().await?;
    let record = work.intake(&actor.scope, id).await?.ok_or(AppError::Missing("intake"))?;
    let staged = staged_of(&record)?;
    let rules = house.rules(record.year, &house.province_of(&record.scope))?;
    let legacy = documents::detect_legacy(&staged.sheets);
    let (read, plan) = match context_of(house, &record.scope, &rules, record.year, &staged) {
        Ok(read) if record.state == IntakeState::Staged => {
            let plan = make_plan(work.as_mut(), &record.scope, (&read, &staged.choices), &rules, record.year).await?;
            (Ok(read), Some(plan))
        }
        Ok(read) => (Ok(read), None),
        Err(AppError::ListFile(problem)) => (Err(problem), None),
        Err(other) => return Err(other),
    };
    Ok(IntakeView { record, staged, legacy, read, plan })
}

/// Reads the staged cells and sets aside what lies outside the import's own area.
pub fn context_of(
    house: &House,
    scope: &Scope,
    rules: &Rulebook,
    year: i16,
    staged: &Staged,
) -> Result<ReadList, AppError> {
    let mut read = staged.read(ReadContext { rules, units: house.units(scope), year })?;
    reject_outside(&mut read, scope);
    Ok(read)
}

/// A list may only bring households of the area that the person answers for.
pub fn reject_outside(read: &mut ReadList, scope: &Scope) {
    let mut outside = Vec::new();
    let escaped = read.escaped.iter_mut().map(|e| &mut e.household);
    for household in read.households.iter_mut().chain(escaped) {
        let Some(found) = &household.place else { continue };
        let (province, district, commune) = (&found.province, &found.district, &found.commune);
        let place = Place::of_unit(scope.units_from, province.as_str(), district.as_str(), commune.as_str());
        if !scope.holds(&place) {
            household.rejected = true;
            outside.push((household.sheet, household.row, found.commune.clone()));
        }
    }
    for (sheet, row, value) in outside {
        let column = read.columns.get(&(sheet - 1)).map(|c| c.header(&Field::CommuneCode).to_owned());
        read.faults.push(Fault {
            sheet,
            row,
            column: column.unwrap_or_default(),
            field: Field::CommuneCode,
            kind: FaultKind::OutsideScope,
            value,
            against: String::new(),
        });
    }
}

pub fn staged_of(record: &IntakeRecord) -> Result<Staged, AppError> {
    serde_json::from_str(&record.content).map_err(|error| {
        AppError::Fault(storage::StorageError::Inconsistent { table: "intake", what: error.to_string() })
    })
}

fn to_json(staged: &Staged) -> Result<String, AppError> {
    serde_json::to_string(staged).map_err(|error| {
        AppError::Fault(storage::StorageError::Inconsistent { table: "intake", what: error.to_string() })
    })
}

/// Changes a staged import and saves it, with the columns that are to be known the next time.
async fn change_staged(
    house: &House,
    actor: &Actor,
    id: IntakeId,
    change: impl FnOnce(&mut Staged) -> Result<Option<RememberedColumns>, AppError> + Send,
) -> Result<(), AppError> {
    check(actor, Verb::ImportList)?;
    let mut work = house.store.write().await?;
    let mut record = work.intake(&actor.scope, id).await?.ok_or(AppError::Missing("intake"))?;
    if record.state != IntakeState::Staged {
        return Err(AppError::Refused { code: "INT-001" });
    }
    let mut staged = staged_of(&record)?;
    let remembered = change(&mut staged)?;
    record.content = to_json(&staged)?;
    work.save_intake(&record).await?;
    record_step(house, actor, work.as_mut(), "intake_changed", &record).await?;
    if let Some(columns) = &remembered {
        work.remember_columns(columns).await?;
        record_step(house, actor, work.as_mut(), "columns_remembered", &record).await?;
    }
    work.commit().await?;
    Ok(())
}

/// What was done to a staged import, in the unit of work that did it.
async fn record_step(
    house: &House,
    actor: &Actor,
    work: &mut dyn storage::Work,
    verb: &str,
    record: &IntakeRecord,
) -> Result<(), AppError> {
    let detail = serde_json::json!({ "file": record.file_name, "year": record.year });
    let subject = ("intake", record.id.to_string());
    work.record(&house.entry(actor, verb, subject, house.place_of(&record.scope), detail)).await?;
    Ok(())
}

/// Puts cells right; the old text is kept beside the new.
pub async fn mend(house: &House, actor: &Actor, id: IntakeId, mends: Vec<Mend>) -> Result<(), AppError> {
    let view = view(house, actor, id).await?;
    let columns = view.read.map_err(AppError::from)?.columns;
    change_staged(house, actor, id, |staged| {
        for mend in mends {
            let at = columns.get(&(mend.sheet.saturating_sub(1))).and_then(|c| c.get(&mend.field));
            let column = at.ok_or(AppError::Missing("column"))?;
            put_cell(staged, &mend, column)?;
        }
        Ok(None)
    })
    .await
}

fn put_cell(staged: &mut Staged, mend: &Mend, column: usize) -> Result<(), AppError> {
    let sheet = mend.sheet.checked_sub(1).and_then(|at| staged.sheets.get_mut(at));
    let row = sheet.and_then(|s| mend.row.checked_sub(1).and_then(|at| s.rows.get_mut(at)));
    let cells = row.ok_or(AppError::Missing("row"))?;
    if cells.len() <= column {
        cells.resize(column + 1, Cell::Empty);
    }
    let cell = cells.get_mut(column).ok_or(AppError::Missing("cell"))?;
    let before = cell.text();
    let after = kernel::text::nfc(&mend.value);
    if before == after {
        return Ok(());
    }
    *cell = if after.is_empty() { Cell::Empty } else { Cell::Text(after.as_str().into()) };
    staged.mends.push((mend.sheet, mend.row, column + 1, before, after));
    Ok(())
}

/// Sets a household aside, or takes it back in.
pub async fn set_aside(
    house: &House,
    actor: &Actor,
    id: IntakeId,
    at: (usize, usize),
    aside: bool,
) -> Result<(), AppError> {
    change_staged(house, actor, id, |staged| {
        if aside {
            staged.aside.insert(at);
        } else {
            staged.aside.remove(&at);
        }
        Ok(None)
    })
    .await
}

/// Says which household a row is, where several came into question.
pub async fn choose(
    house: &House,
    actor: &Actor,
    id: IntakeId,
    at: (usize, usize),
    choice: Choice,
) -> Result<(), AppError> {
    if let Some(household) = choice.household() {
        let mut work = house.store.read().await?;
        work.household(&actor.scope, household).await?.ok_or(AppError::Missing("household"))?;
    }
    change_staged(house, actor, id, |staged| {
        staged.choices.insert(at, choice);
        Ok(None)
    })
    .await
}

/// Converts the texts from an old font encoding, on the person's word.
pub async fn convert(house: &House, actor: &Actor, id: IntakeId) -> Result<(), AppError> {
    change_staged(house, actor, id, |staged| {
        if let Some(encoding) = documents::detect_legacy(&staged.sheets) {
            documents::convert_legacy(&mut staged.sheets, encoding);
        }
        Ok(None)
    })
    .await
}

/// Matches a table's columns by hand; the same headers are known the next time.
pub async fn match_by_hand(
    house: &House,
    actor: &Actor,
    id: IntakeId,
    (sheet, header_row): (usize, usize),
    fields: Vec<(Field, usize)>,
) -> Result<(), AppError> {
    change_staged(house, actor, id, |staged| {
        let table = staged.sheets.get(sheet).ok_or(AppError::Missing("sheet"))?;
        let headers = headers_at(table, header_row);
        let columns = Columns { header_row, at: fields.into_iter().collect(), headers };
        if columns.get(&Field::MemberName).or(columns.get(&Field::HeadName)).is_none() {
            return Err(AppError::Refused { code: "INT-004" });
        }
        let json = serde_json::to_string(&columns).map_err(|e| AppError::Paper(e.to_string()))?;
        let remembered = RememberedColumns { signature: header_signature(&columns.headers), columns: json };
        staged.columns = Some((sheet, columns));
        Ok(Some(remembered))
    })
    .await
}

/// Leaves a staged import without applying it.
pub async fn drop_intake(house: &House, actor: &Actor, id: IntakeId) -> Result<(), AppError> {
    check(actor, Verb::ImportList)?;
    let mut work = house.store.write().await?;
    let mut record = work.intake(&actor.scope, id).await?.ok_or(AppError::Missing("intake"))?;
    if record.state != IntakeState::Staged {
        return Err(AppError::Refused { code: "INT-001" });
    }
    record.state = IntakeState::Dropped;
    record.content = to_json(&Staged::default())?;
    work.save_intake(&record).await?;
    record_step(house, actor, work.as_mut(), "intake_dropped", &record).await?;
    work.commit().await?;
    Ok(())
}
