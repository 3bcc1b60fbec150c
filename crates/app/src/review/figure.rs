//! One number of a form and what it is made of, down to households with names or villages with their totals.
//! Start with [`figure`].

use std::collections::HashMap;

use domain::access::{Actor, Verb, check};
use domain::review::form::{Cell, Contribution, Form, MadeOf, RowKey, column_bases, made_of};
use domain::units::Scope;
use kernel::{HouseholdId, VillageId};
use norms::{Basis, Column, Dated, FormLayout};

use super::forms::FormData;
use super::people::movement_id;
use crate::units::{ByUnits, TotalRow};
use crate::{AppError, House};

/// Which number: the form, the column's id, the row, and by which units the rows are where not by the form's own.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub form: &'a str,
    pub column: &'a str,
    pub row: &'a RowKey,
    pub by: Option<ByUnits>,
}

/// A household behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdAdds {
    pub household: HouseholdId,
    /// Id of the movement, or `stayed`, `vanished`, `unclassified`, `no_rule`; `None` without last year's list.
    pub movement: Option<String>,
    pub adds: Contribution,
}

/// What is behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    Households(Vec<HouseholdAdds>),
    Villages(Vec<TotalRow>),
    /// What a rate is divided from and by, with their numbers in the same row.
    Columns(Vec<(Column, Cell)>),
}

/// A number of a form with everything a page says of it.
#[derive(Debug, Clone)]
pub struct FigureView {
    pub layout: Dated<FormLayout>,
    pub column: Column,
    /// As the form prints it.
    pub cell: Cell,
    /// Name of the unit below that the row is of; empty for areas and the total.
    pub unit_below: String,
    pub behind: Behind,
    pub bases: Vec<Basis>,
    pub unconfirmed: Vec<Basis>,
}

/// One number with what makes it.
pub async fn figure(
    house: &House,
    actor: &Actor,
    (wished, year): (Option<&Scope>, i16),
    asked: Asked<'_>,
) -> Result<FigureView, AppError> {
    check(actor, Verb::ReadForms)?;
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let rules = house.rules(year, &house.province_of(&scope))?;
    let mut work = house.store.read().await?;
    let data = match asked.by {
        None => FormData::load(house, work.as_mut(), &scope, year, false).await?,
        Some(by) => FormData::load_by(house, work.as_mut(), &scope, year, by).await?,
    };
    let form = data.forms(&rules, &[asked.form]).into_iter().next().map(|(form, _)| form);
    let form = form.ok_or(AppError::Missing("form"))?;
    let column = form.layout.value.column(asked.column).ok_or(AppError::Missing("column"))?.clone();
    let cell = form.cell(asked.row, &column.id).ok_or(AppError::Missing("row"))?;
    let fates = data.fates(&rules);
    let behind = match made_of(&form, (&column, asked.row), &fates, data.villages()) {
        MadeOf::Columns(columns) => Behind::Columns(columns),
        MadeOf::Households(all) => Behind::Households(
            all.iter()
                .map(|adding| HouseholdAdds {
                    household: adding.line.household,
                    movement: fates.has_previous.then(|| movement_id(adding.fate).to_owned()),
                    adds: adding.adds,
                })
                .collect(),
        ),
        MadeOf::Villages(ids) => {
            let entered = work.village_totals(&scope, year).await?;
            let mut totals: HashMap<VillageId, _> = entered.into_iter().map(|total| (total.village, total)).collect();
            let villages = work.villages(&scope).await?.into_iter().filter(|village| ids.contains(&village.id));
            Behind::Villages(villages.map(|v| TotalRow { total: totals.remove(&v.id), village: v }).collect())
        }
    };
    let mut bases = column_bases(&form.layout, &column.id, &rules);
    bases.extend(data.pack_bases().iter().cloned());
    let unconfirmed = crate::law::unconfirmed(&crate::law::confirmed_keys(work.as_mut()).await?, &bases);
    let unit_below = unit_below(&form, asked.row);
    Ok(FigureView { layout: form.layout, column, cell, unit_below, behind, bases, unconfirmed })
}

fn unit_below(form: &Form, row: &RowKey) -> String {
    form.rows.iter().find(|found| found.key == *row).map(|found| found.label.clone()).unwrap_or_default()
}
