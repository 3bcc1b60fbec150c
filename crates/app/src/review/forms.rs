//! Forms 7.1 … 7.11 of a scope and year, with their checks, what is missing, and the households behind each number.

use std::collections::{BTreeSet, HashSet};

use documents::write::{FormPaper, PaperMarks, write_forms};
use domain::access::{Actor, Verb, check};
use domain::review::form::{
    CheckResult, Contribution, Form, LineFates, Population, RowKey, UnitBelow, bases_of, may_be_official, rows_behind,
    run_checks, tally,
};
use domain::units::{Place, Scope};
use kernel::HouseholdId;
use norms::{Basis, CheckRule, Dated, FormLayout, Rulebook};
use storage::Work;

use super::form_rows::{expect_all_communes, population, show_where_counted, units_below};
use super::lines::{LoadedLines, RowKeyOf, below, load_lines, load_lines_by};
use crate::units::{ByUnits, restater, row_labels};
use crate::{AppError, House};

/// A form with everything a page or a paper says of it.
#[derive(Debug, Clone)]
pub struct FormView {
    pub form: Form,
    pub checks: Vec<CheckResult>,
    /// Everything the numbers stand on.
    pub bases: Vec<Basis>,
    /// Of those, what the province has not confirmed.
    pub unconfirmed: Vec<Basis>,
    /// All numbers told, all checks passed, everything confirmed, not sample data.
    pub may_be_official: bool,
    /// Told by the units of another day: whether the rows add up to what the form says by its own units.
    pub is_conserved: Option<bool>,
}

/// Everything forms of one scope and year are counted from; loaded once for several forms.
pub struct FormData {
    scope: Scope,
    units: Vec<UnitBelow>,
    population: Population,
    loaded: LoadedLines,
    /// Last year's lines against the year before, for the check on opening columns.
    previous: Option<LoadedLines>,
    /// What the B1 totals of the year stand on, where a score pack gave them.
    pack_bases: Vec<Basis>,
}

impl FormData {
    /// Loads lists, events, totals and units. `only_with_data` leaves out units that no list speaks of.
    pub async fn load(
        house: &House,
        work: &mut dyn Work,
        scope: &Scope,
        year: i16,
        only_with_data: bool,
    ) -> Result<Self, AppError> {
        Self::load_rows(house, work, (scope, year), only_with_data, None).await
    }

    /// The same by the units of another day.
    pub async fn load_by(
        house: &House,
        work: &mut dyn Work,
        scope: &Scope,
        year: i16,
        by: ByUnits,
    ) -> Result<Self, AppError> {
        let rules = house.rules(year, &house.province_of(scope))?;
        let restater = restater(house, work, scope).await?;
        let labels = row_labels(&restater, scope, by, &rules)?;
        let key_of = |place: &Place, household| labels.key(place, household);
        Self::load_rows(house, work, (scope, year), false, Some((&labels.rows, &key_of))).await
    }

    async fn load_rows(
        house: &House,
        work: &mut dyn Work,
        (scope, year): (&Scope, i16),
        only_with_data: bool,
        other: Option<(&[UnitBelow], RowKeyOf<'_>)>,
    ) -> Result<Self, AppError> {
        let rules = house.rules(year, &house.province_of(scope))?;
        let key_of = other.map(|(_, key_of)| key_of);
        let loaded = load_lines_by(work, scope, year, &rules, key_of).await?;
        let previous =
            if loaded.has_previous { Some(load_lines_by(work, scope, year - 1, &rules, key_of).await?) } else { None };
        let pack_bases = crate::law::pack_bases(house, work, &loaded.packs).await?;
        let villages = work.villages(scope).await?;
        let mut units = match other {
            Some((rows, _)) => rows.to_vec(),
            None => units_below(house, scope, &rules, &villages),
        };
        if only_with_data {
            let spoken: HashSet<&str> = loaded.lines.iter().map(|l| l.below.as_str()).collect();
            units.retain(|unit| spoken.contains(unit.key.as_str()));
        }
        let own_key = |place: &Place, _| below(scope, place);
        let key_of = key_of.unwrap_or(&own_key);
        let mut population = population(house, work, (scope, year), (&rules, &villages), (&units, key_of)).await?;
        if !only_with_data {
            expect_all_communes(house, scope, &rules, (&villages, &units, key_of), &mut population);
        }
        if other.is_some() {
            show_where_counted(&mut units, &loaded, &population);
        }
        Ok(Self { scope: scope.clone(), units, population, loaded, previous, pack_bases })
    }

    /// Counts the wanted forms and runs their checks.
    pub fn forms(&self, rules: &Rulebook, wanted: &[&str]) -> Vec<(Form, Vec<CheckResult>)> {
        let fates = self.fates(rules);
        let numbers = with_compared(rules, wanted);
        let count = |number: &String| self.count(rules, number, &fates, &self.population);
        let forms: Vec<Form> = numbers.iter().filter_map(count).collect();
        let previous_fates = self.previous.as_ref().map(|p| LineFates::new(&p.lines, p.has_previous, rules));
        wanted
            .iter()
            .filter_map(|number| forms.iter().find(|f| f.layout.value.number == **number))
            .map(|form| {
                let number = &form.layout.value.number;
                let last = previous_fates.as_ref().and_then(|f| self.count(rules, number, f, &Population::default()));
                (form.clone(), run_checks(form, &forms, last.as_ref(), &fates))
            })
            .collect()
    }

    fn count(&self, rules: &Rulebook, number: &str, fates: &LineFates<'_>, population: &Population) -> Option<Form> {
        let layout = layout(rules, number)?;
        Some(tally(layout, fates, &self.units, population))
    }

    pub fn fates<'a>(&'a self, rules: &'a Rulebook) -> LineFates<'a> {
        LineFates::new(&self.loaded.lines, self.loaded.has_previous, rules)
    }

    pub fn loaded(&self) -> &LoadedLines {
        &self.loaded
    }

    pub fn units(&self) -> &[UnitBelow] {
        &self.units
    }

    pub fn scope(&self) -> &Scope {
        &self.scope
    }
}

fn layout<'r>(rules: &'r Rulebook, number: &str) -> Option<&'r Dated<FormLayout>> {
    rules.forms.iter().find(|f| f.value.number == number)
}

/// The wanted forms and those that their checks compare them with.
fn with_compared(rules: &Rulebook, wanted: &[&str]) -> BTreeSet<String> {
    let mut numbers: BTreeSet<String> = wanted.iter().map(|n| (*n).to_owned()).collect();
    for number in wanted {
        let checks = layout(rules, number).map(|l| l.value.checks.as_slice()).unwrap_or_default();
        numbers.extend(checks.iter().filter_map(|c| match &c.rule {
            CheckRule::Equals { form, .. } => Some(form.clone()),
            _ => None,
        }));
    }
    numbers
}

/// One or several forms of a scope.
pub async fn forms(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
    wanted: &[&str],
) -> Result<Vec<FormView>, AppError> {
    forms_by(house, actor, wished, year, wanted, None).await
}

/// The same, told by the units of another day where one is asked for. Such a form is no official one: the law's form is by the
/// units of its year.
pub async fn forms_by(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
    wanted: &[&str],
    by: Option<ByUnits>,
) -> Result<Vec<FormView>, AppError> {
    check(actor, Verb::ReadForms)?;
    let scope = house.narrow(actor, wished)?;
    let rules = house.rules(year, &house.province_of(&scope))?;
    let mut work = house.store.read().await?;
    let data = FormData::load(house, work.as_mut(), &scope, year, false).await?;
    let confirmed = crate::law::confirmed_keys(work.as_mut()).await?;
    let is_sample = crate::access::is_sample(work.as_mut()).await?;
    let own = views(&data, &rules, wanted, (&confirmed, is_sample));
    let Some(by) = by else { return Ok(own) };
    let restated = FormData::load_by(house, work.as_mut(), &scope, year, by).await?;
    let told = views(&restated, &rules, wanted, (&confirmed, is_sample)).into_iter().zip(own);
    Ok(told
        .map(|(view, own)| FormView {
            is_conserved: Some(view.form.adds_up_to(&own.form)),
            may_be_official: false,
            ..view
        })
        .collect())
}

/// Forms with their standing: what is unconfirmed, whether they may be official.
pub fn views(
    data: &FormData,
    rules: &Rulebook,
    wanted: &[&str],
    (confirmed, is_sample): (&HashSet<String>, bool),
) -> Vec<FormView> {
    data.forms(rules, wanted)
        .into_iter()
        .map(|(form, checks)| {
            let mut bases = bases_of(&form.layout, rules);
            bases.extend(data.pack_bases.iter().cloned());
            let unconfirmed = crate::law::unconfirmed(confirmed, &bases);
            let may_be_official = may_be_official(&form, &checks) && unconfirmed.is_empty() && !is_sample;
            FormView { form, checks, bases, unconfirmed, may_be_official, is_conserved: None }
        })
        .collect()
}

/// The households behind one number, with what each adds.
pub async fn behind(
    house: &House,
    actor: &Actor,
    (wished, year): (Option<&Scope>, i16),
    number: &str,
    (column, row, by): (&str, &RowKey, Option<ByUnits>),
) -> Result<Vec<(HouseholdId, Contribution)>, AppError> {
    check(actor, Verb::ReadForms)?;
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let rules = house.rules(year, &house.province_of(&scope))?;
    let mut work = house.store.read().await?;
    let loaded = match by {
        None => load_lines(work.as_mut(), &scope, year, &rules).await?,
        Some(by) => {
            let restater = restater(house, work.as_mut(), &scope).await?;
            let labels = row_labels(&restater, &scope, by, &rules)?;
            let key_of = |place: &Place, household| labels.key(place, household);
            load_lines_by(work.as_mut(), &scope, year, &rules, Some(&key_of)).await?
        }
    };
    let layout = layout(&rules, number).ok_or(AppError::Missing("form"))?;
    let fates = LineFates::new(&loaded.lines, loaded.has_previous, &rules);
    let found = rows_behind(&layout.value, column, row, &fates);
    Ok(found.into_iter().map(|(line, contribution)| (line.household, contribution)).collect())
}

/// The forms as a workbook.
pub async fn workbook(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
    wanted: &[&str],
    by: Option<ByUnits>,
) -> Result<Vec<u8>, AppError> {
    let views = forms_by(house, actor, wished, year, wanted, by).await?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let is_sample = crate::access::is_sample(work.as_mut()).await?;
    let mut out = std::io::Cursor::new(Vec::new());
    let mut papers: Vec<FormPaper<'_>> = views.iter().map(|view| paper(house, view, &scope, year, is_sample)).collect();
    for paper in &mut papers {
        paper.marks.by_units = by.map(|by| by.on);
    }
    write_forms(&papers, &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    Ok(out.into_inner())
}

/// A form ready for paper.
pub fn paper<'a>(house: &House, view: &'a FormView, scope: &Scope, year: i16, sample: bool) -> FormPaper<'a> {
    FormPaper { form: &view.form, checks: &view.checks, marks: marks(house, scope, year, sample, &view.unconfirmed) }
}

/// What stands above every paper of a scope.
pub fn marks(house: &House, scope: &Scope, year: i16, sample: bool, unconfirmed: &[Basis]) -> PaperMarks {
    let name = house.scope_name(scope);
    PaperMarks {
        authority: format!("UBND {}", name.split(',').next().unwrap_or_default().to_uppercase()),
        unit: name,
        year,
        sample,
        unconfirmed: unconfirmed.iter().map(|basis| basis.label.vi.clone()).collect(),
        by_units: None,
    }
}
