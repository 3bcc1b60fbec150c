//! Which column holds what, said once by a person and remembered for tables with the same headers.

use app::AppError;
use app::review::intake::{IntakeView, match_by_hand, view};
use axum::Form as Posted;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::review::list::{ColumnMatch, Columns as Known, ListProblem, Sheet, headers_at, match_columns};
use kernel::IntakeId;
use norms::{Field, Rulebook, SheetLayout, SheetRole};
use serde::Deserialize;

use super::{address, asks_consent, frame, subject};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::parts::Choice;
use crate::pages::review::intake::{ColumnChoice, Columns};
use crate::visitor::{Signed, see};

/// More columns than this no list has.
const WIDEST: usize = 120;
/// A header stands within the first rows.
const HEADER_WITHIN: usize = 30;
/// How many values are shown of a column, from how many rows.
const EXAMPLES: usize = 3;
const EXAMPLE_ROWS: usize = 12;

/// `?sheet=1&row=4`, as the spreadsheet counts.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    sheet: Option<usize>,
    row: Option<usize>,
}

pub async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<IntakeId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fail> {
    let view = view(&web.house, &signed.actor, id).await?;
    if view.record.state != app::IntakeState::Staged || asks_consent(&signed, &view).await {
        return Ok(see(&address(id)));
    }
    let rules = rules_of(&web, &view)?;
    let table = Table::find(&view, &rules, &wanted).ok_or(AppError::Missing("sheet"))?;
    let form = table.form();
    Ok(shown(&build(&signed, &web, &view, &rules, &table, form, None)))
}

fn rules_of(web: &Web, view: &IntakeView) -> Result<std::sync::Arc<Rulebook>, AppError> {
    Ok(web.house.rules(view.record.year, &web.house.province_of(&view.record.scope))?)
}

fn layout_of(rules: &Rulebook) -> Option<&SheetLayout> {
    rules.list_layout.value.sheets.iter().find(|s| s.role == SheetRole::List)
}

/// The table to be matched: a sheet, its header row and what is known of its columns.
struct Table<'a> {
    at: usize,
    sheet: &'a Sheet,
    header_row: usize,
    known: Vec<(Field, usize)>,
}

impl<'a> Table<'a> {
    fn find(view: &'a IntakeView, rules: &Rulebook, wanted: &Wanted) -> Option<Self> {
        let sheets = &view.staged.sheets;
        let matched = view.staged.columns.as_ref();
        let named = match &view.read {
            Err(ListProblem::ColumnsMissing { sheet, .. }) => sheets.iter().position(|s| s.name == *sheet),
            _ => view.read.as_ref().ok().and_then(|r| r.columns.keys().next().copied()),
        };
        let asked = wanted.sheet.and_then(|n| n.checked_sub(1));
        let at = asked.or(matched.map(|(at, _)| *at)).or(named).unwrap_or(0);
        let sheet = sheets.get(at)?;
        let best = matched.filter(|(of, _)| *of == at).map(|(_, c)| c.clone()).or_else(|| best_of(sheet, rules));
        let asked_row = wanted.row.and_then(|n| n.checked_sub(1)).filter(|row| *row < sheet.rows.len());
        let header_row = asked_row.or(best.as_ref().map(|c| c.header_row)).unwrap_or_else(|| first_full_row(sheet));
        let known = best.filter(|c| c.header_row == header_row).map(|c| c.at.into_iter().collect());
        Some(Self { at, sheet, header_row, known: known.unwrap_or_default() })
    }

    fn form(&self) -> Form {
        let columns = self.known.iter().map(|(field, column)| (format!("column.{column}"), field.to_string()));
        let place = [
            ("sheet".to_owned(), (self.at + 1).to_string()),
            ("header_row".to_owned(), (self.header_row + 1).to_string()),
        ];
        Form::new(columns.chain(place))
    }

    fn columns(&self) -> Vec<ColumnChoice> {
        let headers = headers_at(self.sheet, self.header_row);
        let below = self.sheet.rows.iter().skip(self.header_row + 1).take(EXAMPLE_ROWS);
        let width = below.map(Vec::len).max().unwrap_or(0).max(headers.len()).min(WIDEST);
        let column = |n: usize| {
            let examples = self.examples(n);
            let header = headers.get(n).cloned().unwrap_or_default();
            let is_used = !header.is_empty() || !examples.is_empty();
            is_used.then(|| ColumnChoice { field: format!("column.{n}"), letter: letter(n), header, examples })
        };
        (0..width).filter_map(column).collect()
    }

    fn examples(&self, column: usize) -> String {
        let rows = self.header_row + 1..self.header_row + 1 + EXAMPLE_ROWS;
        let texts = rows.map(|row| self.sheet.cell(row, column).text()).filter(|text| !text.is_empty());
        texts.take(EXAMPLES).collect::<Vec<_>>().join("; ")
    }
}

fn best_of(sheet: &Sheet, rules: &Rulebook) -> Option<Known> {
    match match_columns(sheet, layout_of(rules)?) {
        ColumnMatch::Fits(columns) => Some(columns),
        ColumnMatch::Lacks { best, .. } => best,
    }
}

/// The first row with several texts: most likely the header.
fn first_full_row(sheet: &Sheet) -> usize {
    let is_full = |row: &usize| headers_at(sheet, *row).iter().filter(|h| !h.is_empty()).count() >= 3;
    (0..sheet.rows.len().min(HEADER_WITHIN)).find(is_full).unwrap_or(0)
}

/// `A`, `B` … `AA`, as the spreadsheet names it.
fn letter(column: usize) -> String {
    let mut name = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        name.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    name
}

fn build(
    signed: &Signed,
    web: &Web,
    view: &IntakeView,
    rules: &Rulebook,
    table: &Table<'_>,
    form: Form,
    refused: Option<&AppError>,
) -> Columns {
    let l = signed.l();
    let layout = layout_of(rules).map(|s| s.columns.as_slice()).unwrap_or_default();
    let chosen = |field: &Field| {
        let id = field.to_string();
        (0..WIDEST).any(|n| form.has(&format!("column.{n}"), &id))
    };
    // Matched by hand, a table needs no numbers, and the name of the member or of the head will do.
    let has_name = chosen(&Field::MemberName) || chosen(&Field::HeadName);
    let is_needed = |field: &Field| match field {
        Field::RowNumber | Field::HeadName => false,
        Field::MemberName => !has_name,
        other => !chosen(other),
    };
    let missing = layout.iter().filter(|c| c.required && is_needed(&c.field)).map(|c| c.header.clone()).collect();
    let sheets = view.staged.sheets.iter().enumerate();
    Columns {
        l,
        frame: frame(signed, refused),
        subject: subject(web, l, &view.record),
        columns: table.columns(),
        sheets: sheets.map(|(at, s)| Choice::new((at + 1).to_string(), format!("{}. {}", at + 1, s.name))).collect(),
        fields: layout.iter().map(|c| Choice::new(c.field.to_string(), c.header.clone())).collect(),
        missing,
        form,
    }
}

pub async fn save(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<IntakeId>,
    Posted(posted): Posted<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let value = |name: &str| posted.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim()).unwrap_or_default();
    let number = |name: &str| value(name).parse::<usize>().ok().filter(|n| *n > 0);
    let (Some(sheet), Some(row)) = (number("sheet"), number("header_row")) else {
        return Ok(see(&format!("{}/columns", address(id))));
    };
    // Another table or header row was asked for: show that one first.
    if value("shown") != format!("{sheet}.{row}") {
        return Ok(see(&format!("{}/columns?sheet={sheet}&row={row}", address(id))));
    }
    let mut form = Form::new(posted.clone());
    let mut fields: Vec<(Field, usize)> = Vec::new();
    let mut is_twice = false;
    for (name, value) in posted.iter().filter(|(_, value)| !value.is_empty()) {
        let Some(column) = name.strip_prefix("column.").and_then(|n| n.parse::<usize>().ok()) else { continue };
        let Ok(field) = value.parse::<Field>() else { continue };
        if fields.iter().any(|(known, _)| *known == field) {
            form = form.with_named_fault(name.clone(), "field-column-twice", letter(column));
            is_twice = true;
        } else {
            fields.push((field, column));
        }
    }
    let refused = if is_twice {
        None
    } else {
        match match_by_hand(&web.house, &signed.actor, id, (sheet - 1, row - 1), fields).await {
            Ok(()) => return Ok(see(&format!("{}/rows?first=yes", address(id)))),
            Err(refused @ AppError::Refused { code: "INT-004" }) => Some(refused),
            Err(other) => return Err(other.into()),
        }
    };
    let view = view(&web.house, &signed.actor, id).await?;
    let rules = rules_of(&web, &view)?;
    let wanted = Wanted { sheet: Some(sheet), row: Some(row) };
    let table = Table::find(&view, &rules, &wanted).ok_or(AppError::Missing("sheet"))?;
    let page = build(&signed, &web, &view, &rules, &table, form, refused.as_ref());
    Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
