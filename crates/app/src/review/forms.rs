//! Forms 7.1 … 7.11 of a scope and year, with their checks, what is missing, and the households behind each number.

use std::collections::HashSet;

use documents::write::{FormPaper, PaperMarks, gap_words, write_forms};
use domain::access::{Actor, Verb, check};
use domain::review::form::{CheckResult, Form, Gap, Ground, LineFates, VillageAt, Villages, bases_of, may_be_official};
use domain::review::{RowKeyOf, YearLines};
use domain::units::{Absent, Place, Scope};
use norms::{Basis, Rulebook};
use storage::{ListWork, Work};

use super::lines::{TwoYears, lines_of, load_lines, load_lines_by};
use super::parts;
pub(crate) use super::parts::count_ahead;
use crate::reporting::approved_forms;
use crate::units::{ByUnits, commune_names, restater, row_labels};
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
    /// The communes that keep the form from speaking for the whole unit.
    pub absent: Absent,
    /// All numbers told, all checks passed, everything confirmed, not sample data.
    pub may_be_official: bool,
    /// Told by the units of another day: whether the rows add up to what the form says by its own units.
    pub is_conserved: Option<bool>,
}

impl FormView {
    /// What is missing of whole communes, each with the communes it is missing of.
    pub fn named_gaps(&self) -> impl Iterator<Item = (Gap, &[String])> {
        self.form.gaps.iter().filter_map(|gap| {
            let codes = match gap {
                Gap::Unlisted { .. } => &self.absent.list,
                Gap::UnlistedBefore { .. } => &self.absent.list_before,
                Gap::Population { .. } => &self.absent.totals,
                _ => return None,
            };
            (!codes.is_empty()).then_some((*gap, codes.as_slice()))
        })
    }
}

/// `3 xã, phường, thị trấn chưa có danh sách của năm: Xã A, Xã B, Xã C`; a paper has no room for all names of a province.
fn named_on_paper(house: &House, scope: &Scope, gap: Gap, codes: &[String]) -> String {
    const NAMED: usize = 20;
    let names = commune_names(house, scope, codes.iter().take(NAMED));
    let more = codes.len().saturating_sub(NAMED);
    let tail = if more > 0 { format!(" và {more} đơn vị khác") } else { String::new() };
    format!("{}: {}{tail}", gap_words(gap), names.join(", "))
}

/// What the forms of one scope and year are counted from, and what the B1 totals in it stand on.
pub struct FormData {
    ground: Ground,
    pack_bases: Vec<Basis>,
    /// Last year's forms as they were approved.
    approved: Vec<Form>,
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
        let years = TwoYears::load(work, scope, year).await?;
        let mut data = Self::of(house, work, scope, &years, only_with_data).await?;
        data.pack_bases = crate::law::pack_bases(house, work, &data.lines().packs).await?;
        if let Ok(rules) = house.rules(year - 1, &house.province_of(scope)) {
            data.approved = approved_forms(house, work, scope, (year - 1, &rules)).await?;
        }
        Ok(data)
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
        let lines = load_lines_by(work, scope, year, &rules, Some(&key_of)).await?;
        let mut previous = None;
        if lines.has_previous {
            previous = Some(load_lines_by(work, scope, year - 1, &rules, Some(&key_of)).await?);
        }
        let pack_bases = crate::law::pack_bases(house, work, &lines.packs).await?;
        let (villages, totals) = (work.villages(scope).await?, work.village_totals(scope, year).await?);
        let known = Villages { villages: &villages, totals: &totals };
        let law = (house.units(scope), rules.as_ref());
        let rows = (labels.rows.clone(), &key_of as RowKeyOf<'_>);
        let ground = Ground::with_rows(scope, law, known, (lines, previous), rows);
        Ok(Self { ground, pack_bases, approved: Vec::new() })
    }

    /// The same from assessments that were loaded before; no score pack is asked what it stands on.
    pub async fn of(
        house: &House,
        work: &mut (impl ListWork + ?Sized),
        scope: &Scope,
        years: &TwoYears,
        only_with_data: bool,
    ) -> Result<Self, AppError> {
        let year = years.year;
        let rules = house.rules(year, &house.province_of(scope))?;
        let lines = lines_of(work, scope, years, &rules).await?;
        let previous = if lines.has_previous { Some(load_lines(work, scope, year - 1, &rules).await?) } else { None };
        let villages = work.villages(scope).await?;
        let totals = work.village_totals(scope, year).await?;
        let known = Villages { villages: &villages, totals: &totals };
        let ground = Ground::new(scope, (house.units(scope), &rules), known, (lines, previous), only_with_data);
        Ok(Self { ground, pack_bases: Vec::new(), approved: Vec::new() })
    }

    /// Counts the wanted forms and runs their checks.
    pub fn forms(&self, rules: &Rulebook, wanted: &[&str]) -> Vec<(Form, Vec<CheckResult>)> {
        self.ground.forms_against(rules, wanted, &self.approved)
    }

    pub fn fates<'a>(&'a self, rules: &'a Rulebook) -> LineFates<'a> {
        self.ground.fates(rules)
    }

    pub fn lines(&self) -> &YearLines {
        self.ground.lines()
    }

    /// The communes that keep the forms from speaking for the whole unit.
    pub fn absent(&self) -> &Absent {
        self.ground.absent()
    }

    /// The villages, each with the row it is counted in.
    pub fn villages(&self) -> &[VillageAt] {
        self.ground.villages()
    }

    /// What the B1 totals on the list stand on.
    pub fn pack_bases(&self) -> &[Basis] {
        &self.pack_bases
    }
}

/// The same forms as [`forms`] with nothing kept of an earlier count: every list is read and every household counted.
pub async fn forms_anew(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
    wanted: &[&str],
) -> Result<Vec<FormView>, AppError> {
    check(actor, Verb::ReadForms)?;
    let scope = house.narrow(actor, wished)?;
    let rules = house.rules(year, &house.province_of(&scope))?;
    let mut work = house.store.read().await?;
    let data = FormData::load(house, work.as_mut(), &scope, year, false).await?;
    let confirmed = crate::law::confirmed_keys(work.as_mut()).await?;
    let is_sample = crate::access::is_sample(work.as_mut()).await?;
    Ok(views(&data, &rules, wanted, (&confirmed, is_sample)))
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
    let counted = parts::counted(house, work.as_mut(), (&scope, year), (&rules, wanted)).await?;
    let confirmed = crate::law::confirmed_keys(work.as_mut()).await?;
    let is_sample = crate::access::is_sample(work.as_mut()).await?;
    let around = (counted.pack_bases.as_slice(), &counted.absent);
    let own = stand(counted.forms, around, &rules, (&confirmed, is_sample));
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
    stand(data.forms(rules, wanted), (&data.pack_bases, data.absent()), rules, (confirmed, is_sample))
}

fn stand(
    counted: Vec<(Form, Vec<CheckResult>)>,
    (pack_bases, absent): (&[Basis], &Absent),
    rules: &Rulebook,
    (confirmed, is_sample): (&HashSet<String>, bool),
) -> Vec<FormView> {
    counted
        .into_iter()
        .map(|(form, checks)| {
            let mut bases = bases_of(&form.layout, rules);
            bases.extend(pack_bases.iter().cloned());
            let unconfirmed = crate::law::unconfirmed(confirmed, &bases);
            let may_be_official = may_be_official(&form, &checks) && unconfirmed.is_empty() && !is_sample;
            let absent = absent.clone();
            FormView { form, checks, bases, unconfirmed, absent, may_be_official, is_conserved: None }
        })
        .collect()
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
    let mut marks = marks(house, scope, year, sample, &view.unconfirmed);
    marks.notes.extend(view.named_gaps().map(|(gap, codes)| named_on_paper(house, scope, gap, codes)));
    FormPaper { form: &view.form, checks: &view.checks, marks }
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
        version: None,
        notes: Vec::new(),
    }
}
