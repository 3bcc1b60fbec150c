//! The forms 7.1 … 7.11 as papers: the cells that were counted, printed as the page prints them.

use domain::review::form::{RowKey, may_be_official};

use super::context::{FormHeading, FormRow, Head, ReportForm, Standing};
use crate::write::{FormPaper, UNCONFIRMED_MARK, area_words, cell_text, gap_words, outcome_words};

impl ReportForm {
    /// The paper of a form that was counted. `head` is that of the agency that reports.
    pub fn of(paper: &FormPaper<'_>, head: Head) -> Self {
        let (form, layout, marks) = (paper.form, &paper.form.layout.value, &paper.marks);
        let official = may_be_official(form, paper.checks) && marks.unconfirmed.is_empty() && !marks.sample;
        let checks = paper.checks.iter().map(|check| {
            let (word, why) = outcome_words(&check.outcome);
            let tail = if why.is_empty() { String::new() } else { format!(" ({why})") };
            format!("{}: {word}{tail}", check.check.label.vi)
        });
        Self {
            standing: Standing { sample: marks.sample, unconfirmed: marks.unconfirmed.clone() },
            head,
            number: layout.number.clone(),
            title: layout.title.vi.clone(),
            unit: marks.unit.clone(),
            year: marks.year,
            official,
            version: marks.version.clone(),
            columns: printed_columns(paper),
            rows: rows(paper),
            gaps: form.gaps.iter().map(|gap| gap_words(*gap)).collect(),
            checks: checks.collect(),
            basis: basis(paper),
            signatures: layout.signatures.iter().map(|label| label.vi.to_uppercase()).collect(),
        }
    }
}

fn printed_columns(paper: &FormPaper<'_>) -> Vec<FormHeading> {
    let shown = paper.form.layout.value.columns.iter().filter(|column| !column.hidden);
    let heading = |column: &norms::Column| FormHeading {
        heading: column.heading.as_ref().map(|heading| heading.vi.clone()),
        label: column.label.vi.clone(),
    };
    shown.map(heading).collect()
}

fn rows(paper: &FormPaper<'_>) -> Vec<FormRow> {
    let columns = &paper.form.layout.value.columns;
    let row = |row: &domain::review::form::Row| {
        let printed = columns.iter().zip(&row.cells).filter(|(column, _)| !column.hidden);
        let (numeral, label) = match &row.key {
            RowKey::Area(norms::Area::Urban) => ("I", area_words(norms::Area::Urban).to_owned()),
            RowKey::Area(norms::Area::Rural) => ("II", area_words(norms::Area::Rural).to_owned()),
            RowKey::Total => ("III", "Tổng cộng".to_owned()),
            RowKey::Unit { .. } => ("", row.label.clone()),
        };
        FormRow {
            numeral: numeral.to_owned(),
            label,
            cells: printed.map(|(_, cell)| cell_text(*cell)).collect(),
            strong: !matches!(row.key, RowKey::Unit { .. }),
        }
    };
    paper.form.rows.iter().map(row).collect()
}

fn basis(paper: &FormPaper<'_>) -> String {
    let basis = &paper.form.layout.basis;
    match &basis.citation {
        Some(citation) => {
            let article = citation.article.as_deref().map(|article| format!(", {article}")).unwrap_or_default();
            format!("{}{article}", citation.act)
        }
        None => format!("{} ({UNCONFIRMED_MARK})", basis.label.vi),
    }
}
