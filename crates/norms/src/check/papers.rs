//! Checks of report forms and of the sheets lists travel in.

use std::collections::BTreeSet;

use super::Checker;
use crate::{
    CheckRule, CoveringReportLaw, Field, FormColumns, FormLayout, ImportLayout, Measure, Movements, SheetLayout,
    SheetRole,
};

impl Checker<'_> {
    pub(super) fn form(&mut self, form: &FormLayout) {
        self.unique(form.columns.iter().map(|c| &c.id));
        self.unique(form.checks.iter().map(|c| &c.id));
        for column in &form.columns {
            self.measure(form, &column.id, &column.measure);
        }
        for check in &form.checks {
            self.form_check(form, &check.id, &check.rule);
        }
    }

    fn measure(&mut self, form: &FormLayout, at: &str, measure: &Measure) {
        if let Some(class) = class_of(measure) {
            self.needs_class(at, class);
        }
        match measure {
            Measure::Moved { movements, .. } => {
                for id in movements {
                    self.needs::<Movements>(at, "review.movements", id, |list| {
                        list.movements.iter().any(|m| &m.id == id)
                    });
                }
            }
            Measure::Deprived { indicator, .. } | Measure::ChildrenDeprived { indicator, .. } => {
                self.needs_indicator(at, indicator);
            }
            Measure::InGroup { group, .. } => self.needs_group(at, group),
            Measure::Ethnicity { code, .. } => self.needs_ethnic(at, *code),
            Measure::OtherMinority { except, .. } => {
                for code in except {
                    self.needs_ethnic(at, *code);
                }
            }
            Measure::Cause { code, .. } => self.needs_cause(at, *code),
            Measure::Rate { of, per } => self.columns(form, at, [of, per]),
            Measure::Sum { columns } => {
                self.columns(form, at, columns);
                if columns.iter().any(|id| form.column(id).is_some_and(|c| is_derived(&c.measure))) {
                    let vi = "Cột tổng chỉ cộng các cột được đếm.";
                    self.out_of_range(at, vi, "A sum may only add columns that are counted.");
                }
            }
            _ => {}
        }
    }

    /// The columns named have to stand in the form.
    fn columns<'b>(&mut self, form: &FormLayout, at: &str, ids: impl IntoIterator<Item = &'b String>) {
        for id in ids.into_iter().filter(|id| form.column(id).is_none()) {
            let number = &form.number;
            let en = format!("Form {number} has no column \"{id}\".");
            self.fault("NRM-009", at, (format!("Biểu {number} không có cột \"{id}\"."), en));
        }
    }

    fn form_check(&mut self, form: &FormLayout, at: &str, rule: &CheckRule) {
        match rule {
            CheckRule::Balance { result, plus, minus } => {
                self.columns(form, at, plus.iter().chain(minus).chain([result]));
            }
            CheckRule::Equals { column, form: other, other: theirs } => {
                self.columns(form, at, [column]);
                let id = format!("review.forms.{}", other.replace('.', "_"));
                if !self.norms.contains_key(&id) {
                    let en = format!("There is no form {other}.");
                    self.fault("NRM-009", at, (format!("Không có biểu {other}."), en));
                }
                self.needs::<FormLayout>(at, &id, theirs, |form| form.column(theirs).is_some());
            }
            CheckRule::PreviousYear { column, previous } => self.columns(form, at, [column, previous]),
            CheckRule::MeanDeprivations { columns, households, .. } => {
                self.columns(form, at, columns.iter().chain([households]));
            }
            CheckRule::ColumnsSum { columns, total } => self.columns(form, at, columns.iter().chain([total])),
            CheckRule::RowsSum | CheckRule::B2FromMarks | CheckRule::ClassFromScores => {}
        }
    }

    pub(super) fn covering_report(&mut self, report: &CoveringReportLaw) {
        for FormColumns { form, columns } in report.figures.all() {
            for column in columns {
                let id = format!("review.forms.{}", form.replace('.', "_"));
                self.needs::<FormLayout>(form, &id, column, |form| form.column(column).is_some());
            }
        }
    }

    pub(super) fn import_layout(&mut self, layout: &ImportLayout) {
        for sheet in &layout.sheets {
            if let SheetRole::Escaped(class) = &sheet.role {
                self.needs_class(&sheet.name, class);
            }
            self.sheet(sheet);
        }
        if layout.sheets.iter().filter(|s| s.role == SheetRole::List).count() != 1 {
            self.out_of_range("sheets", "Phải có đúng một trang danh sách.", "Exactly one sheet has to be the list.");
        }
    }

    fn sheet(&mut self, sheet: &SheetLayout) {
        let fields: Vec<String> = sheet.columns.iter().map(|c| c.field.to_string()).collect();
        self.unique(fields.iter());
        self.unambiguous(fields.iter().zip(&sheet.columns).flat_map(|(field, column)| {
            std::iter::once(&column.header).chain(&column.also).map(move |word| (field.as_str(), word.as_str()))
        }));
        let mut named = BTreeSet::new();
        for column in sheet.columns.iter().filter(|c| named.insert(&c.field)) {
            let at = column.field.to_string();
            match &column.field {
                Field::Cause(code) => self.needs_cause(&at, *code),
                Field::Group(group) => self.needs_group(&at, group),
                Field::Mark(indicator) => self.needs_indicator(&at, indicator),
                _ => {}
            }
        }
    }
}

/// Columns made of other columns.
fn is_derived(measure: &Measure) -> bool {
    matches!(measure, Measure::Rate { .. } | Measure::Sum { .. })
}

fn class_of(measure: &Measure) -> Option<&str> {
    match measure {
        Measure::Opening { class, .. }
        | Measure::InClass { class, .. }
        | Measure::Moved { class, .. }
        | Measure::StayedSize { class, .. }
        | Measure::Deprived { class, .. }
        | Measure::InGroup { class, .. }
        | Measure::Ethnicity { class, .. }
        | Measure::Minority { class, .. }
        | Measure::OtherMinority { class, .. }
        | Measure::Cause { class, .. }
        | Measure::Children { class, .. }
        | Measure::WithChildren { class, .. }
        | Measure::ChildrenDeprived { class, .. } => Some(class),
        Measure::Population { .. } | Measure::Rate { .. } | Measure::Sum { .. } => None,
    }
}
