//! The table of a form: its two head rows, its rows with a way to the households behind each number.

use app::review::forms::FormView;
use domain::review::form::{self, NOT_LISTED, RowKey, UNPLACED, UNRESOLVED};
use kernel::group_thousands;
use norms::{Area, Column, FormLayout};

use crate::handlers::words::label;
use crate::language::Lang;
use crate::pages::review::{Cell, FormRow, Heading};

/// Rows of a form for what lies in no unit of the day it is told by.
pub(super) fn left_over_words(l: Lang, key: &str) -> Option<String> {
    match key {
        UNPLACED => Some(l.t("restate-unplaced")),
        UNRESOLVED => Some(l.t("restate-unresolved")),
        NOT_LISTED => Some(l.t("restate-not-listed")),
        _ => None,
    }
}

/// The columns that are printed; some are only counted, for checks and sums.
pub(super) fn printed(layout: &FormLayout) -> impl Iterator<Item = (usize, &Column)> {
    layout.columns.iter().enumerate().filter(|(_, column)| !column.hidden)
}

pub(super) fn headings(l: Lang, layout: &FormLayout) -> Vec<Heading> {
    let mut headings: Vec<(Option<&norms::Label>, usize)> = Vec::new();
    for (_, column) in printed(layout) {
        match headings.last_mut() {
            Some((heading, span)) if heading.is_some() && *heading == column.heading.as_ref() => *span += 1,
            _ => headings.push((column.heading.as_ref(), 1)),
        }
    }
    if headings.iter().all(|(heading, _)| heading.is_none()) {
        return Vec::new();
    }
    let words = |heading: Option<&norms::Label>| heading.map(|h| label(l, h)).unwrap_or_default();
    headings.into_iter().map(|(heading, span)| Heading { text: words(heading), span }).collect()
}

pub(super) fn rows(l: Lang, view: &FormView, base: &str, may_open: bool) -> Vec<FormRow> {
    let layout = &view.form.layout.value;
    let mut within = 0usize;
    view.form
        .rows
        .iter()
        .map(|row| {
            let (number, name) = match &row.key {
                RowKey::Area(area) => {
                    within = 0;
                    (if *area == Area::Urban { "I" } else { "II" }.to_owned(), area_words(l, *area))
                }
                RowKey::Total => ("III".to_owned(), l.t("total")),
                RowKey::Unit { key, .. } => {
                    let left_over = left_over_words(l, key);
                    within += usize::from(left_over.is_none());
                    let number = if left_over.is_none() { within.to_string() } else { String::new() };
                    (number, left_over.unwrap_or_else(|| row.label.clone()))
                }
            };
            let cells = printed(layout)
                .map(|(at, column)| {
                    let cell = row.cells.get(at).copied().unwrap_or(form::Cell::Rate(None));
                    let href = may_open.then(|| format!("{base}&row={}&column={}", row_id(&row.key), column.id));
                    cell_words(l, cell, href)
                })
                .collect();
            FormRow { number, name, is_sum: !matches!(row.key, RowKey::Unit { .. }), cells }
        })
        .collect()
}

fn cell_words(l: Lang, cell: form::Cell, href: Option<String>) -> Cell {
    match cell {
        form::Cell::Count(n) => Cell { text: group_thousands(n), href, is_gap: false },
        form::Cell::Rate(Some(rate)) => Cell { text: rate.percent(), href, is_gap: false },
        form::Cell::Rate(None) => Cell { text: "–".to_owned(), href: None, is_gap: false },
        form::Cell::Gap(_) => Cell { text: l.t("not-enough-data"), href, is_gap: true },
    }
}

pub(super) fn area_words(l: Lang, area: Area) -> String {
    // keys: area-*
    l.t(&format!("area-{}", area.id()))
}

/// `total`, `urban`, `rural:444` in an address.
fn row_id(key: &RowKey) -> String {
    match key {
        RowKey::Total => "total".to_owned(),
        RowKey::Area(area) => area.id().to_owned(),
        RowKey::Unit { area, key } => format!("{}:{key}", area.id()),
    }
}

pub(super) fn row_of(id: &str) -> Option<RowKey> {
    match id.split_once(':') {
        None if id == "total" => Some(RowKey::Total),
        None => Area::from_id(id).map(RowKey::Area),
        Some((area, key)) => Area::from_id(area).map(|area| RowKey::Unit { area, key: key.to_owned() }),
    }
}
