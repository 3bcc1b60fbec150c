//! The columns of the layout: those of every kind, then each kind's own fields, all headed by the words of the norms.

use domain::review::list::Sheet;
use kernel::Day;
use kernel::text::fold_name;
use norms::{ActivityKinds, Choice, Label, Subject, WorkField};

use super::cell_text;
use crate::programme::definitions_on;
use crate::{AppError, House};

/// A header may stand under some lines of heading.
const HEADER_WITHIN: usize = 20;

/// The empty layout: what stands in the header, and the kinds with their own columns.
#[derive(Debug, Clone)]
pub struct Layout {
    pub columns: Vec<Label>,
    pub kinds: Vec<LayoutKind>,
}

#[derive(Debug, Clone)]
pub struct LayoutKind {
    pub id: String,
    pub label: Label,
    /// Who is listed; nobody where `None`.
    pub takes: Option<Subject>,
    pub fields: Vec<WorkField>,
}

/// The layout of a year: with the fields of one kind, or of all.
pub fn layout(house: &House, year: i16, only: Option<&str>) -> Result<Layout, AppError> {
    let definitions = definitions_on(house, Day::last_of(year))?;
    let kinds = &definitions.norms.work.value;
    let of_kind = kinds.kinds.iter().map(|kind| LayoutKind {
        id: kind.id.clone(),
        label: kind.label.clone(),
        takes: kind.takes,
        fields: kind.fields.clone(),
    });
    let of_need = kinds.needs.iter().map(|need| LayoutKind {
        id: need.id.clone(),
        label: need.label.clone(),
        takes: Some(need.of),
        fields: Vec::new(),
    });
    let listed: Vec<LayoutKind> = of_kind.chain(of_need).filter(|k| only.is_none_or(|only| k.id == only)).collect();
    let is_asked = |field: &&WorkField| listed.iter().any(|k| k.fields.iter().any(|own| own.label == field.label));
    let own = kinds.fields().into_iter().filter(is_asked).map(|field| field.label.clone());
    let columns = kinds.columns.all().into_iter().cloned().chain(own).collect();
    Ok(Layout { columns, kinds: listed })
}

/// Where the header row stands, and which column is which.
pub(super) struct Columns {
    pub header: usize,
    /// In the order of [`norms::WorkColumns::all`].
    known: [Option<usize>; 9],
    /// Headers by column, folded; by them a kind's own fields are found.
    headers: Vec<String>,
}

impl Columns {
    /// The cell of a column that every kind has, by its place in [`norms::WorkColumns::all`].
    pub fn known(&self, at: usize) -> Option<usize> {
        self.known.get(at).copied().flatten()
    }

    pub fn of_field(&self, field: &WorkField) -> Option<usize> {
        self.headers.iter().position(|header| is_headed(header, &field.label))
    }
}

fn is_headed(folded: &str, label: &Label) -> bool {
    folded == fold_name(&label.vi) || folded == fold_name(&label.en)
}

/// Finds the header: the row with the columns of the kind and the day, in either language.
pub(super) fn columns(house: &House, sheet: &Sheet) -> Result<Columns, AppError> {
    let definitions = definitions_on(house, house.clock.today())?;
    let words = &definitions.norms.work.value.columns;
    for (header, cells) in sheet.rows.iter().enumerate().take(HEADER_WITHIN) {
        let headers: Vec<String> = cells.iter().map(|cell| fold_name(&cell_text(cell))).collect();
        let known = words.all().map(|label| headers.iter().position(|header| is_headed(header, label)));
        let [kind, day, ..] = known;
        if kind.is_some() && day.is_some() {
            return Ok(Columns { header, known, headers });
        }
    }
    Err(AppError::Refused { code: "WRK-012" })
}

/// A kind of work or need by its id or its name in either language.
pub(super) fn kind_of(kinds: &ActivityKinds, written: &str) -> Option<String> {
    let is = |id: &str, label: &Label| id == written.trim() || is_headed(&fold_name(written), label);
    let work = kinds.kinds.iter().find(|kind| is(&kind.id, &kind.label)).map(|kind| kind.id.clone());
    work.or_else(|| kinds.needs.iter().find(|need| is(&need.id, &need.label)).map(|need| need.id.clone()))
}

/// The id of a choice that is written by its id or its label.
pub(super) fn choice_of<'a>(choices: &'a [Choice], written: &str) -> Option<&'a str> {
    let folded = fold_name(written);
    let found = choices.iter().find(|choice| choice.id == written || is_headed(&folded, &choice.label));
    found.map(|choice| choice.id.as_str())
}
