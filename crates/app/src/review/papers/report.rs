//! What goes up: the forms 7.1 … 7.11 as papers, and the report that goes with them, told by the same numbers.

use std::collections::HashMap;

use documents::official::context::{CoveringReport, ReportForm, ReportStage, UnitResult};
use documents::official::{Format, Standing};
use domain::access::{Actor, Verb, check};
use domain::review::form::{Cell, Form, RowKey};
use domain::review::results::{ResultsKind, UnitLine, may_compile};
use domain::review::round::{Route, VillageRound};
use domain::units::{Scope, ScopeLevel};
use kernel::Day;
use norms::{CoveringReportLaw, FormColumns, ReportFigures};

use super::drawn;
use super::office::{Office, for_committee};
use crate::reporting::standing;
use crate::review::forms::{FormView, forms, forms_by, paper};
use crate::review::results::lines_of;
use crate::units::ByUnits;
use crate::{AppError, House};

/// One of the forms 7.1 … 7.11: official where the unit has made its forms so, and never by the units of another day.
pub async fn form_paper(
    house: &House,
    actor: &Actor,
    (wished, year): (Option<&Scope>, i16),
    (number, by): (&str, Option<ByUnits>),
    format: Format,
) -> Result<Vec<u8>, AppError> {
    let views = forms_by(house, actor, wished, year, &[number], by).await?;
    let view = views.first().ok_or(AppError::Missing("form"))?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let office = Office::of_unit(house, work.as_mut(), &scope).await?;
    drop(work);
    let mut counted = paper(house, view, &scope, year, office.sample);
    counted.marks.by_units = by.map(|by| by.on);
    let is_marked = standing(house, actor, &scope, year).await?.official.is_some();
    let form = ReportForm::of(&counted, office.head_without_number());
    drawn(house, ReportForm { official: form.official && view.may_be_official && is_marked, ..form }, format).await
}

/// The report of a commune, a district or a province to the level above: official once every commune has recognised.
pub async fn covering_report(
    house: &House,
    actor: &Actor,
    (wished, year): (Option<&Scope>, i16),
    format: Format,
) -> Result<Vec<u8>, AppError> {
    check(actor, Verb::ReadForms)?;
    let scope = house.narrow(actor, wished)?;
    let rules = house.rules(year, &house.province_of(&scope))?;
    let numbers: Vec<&str> = rules.forms.iter().map(|form| form.value.number.as_str()).collect();
    let views = forms(house, actor, wished, year, &numbers).await?;
    let mut work = house.store.read().await?;
    let communes = lines_of(house, work.as_mut(), &scope, year).await?;
    let is_official = may_compile(ResultsKind::Official, &communes).is_ok();
    let conduct = if scope.level == ScopeLevel::Commune {
        conduct_of_villages(&work.village_rounds(&scope, year, Route::Yearly).await?)
    } else {
        vec![recognised_in(&communes)]
    };
    let office = Office::of_unit(house, work.as_mut(), &scope).await?;
    drop(work);
    let told = Told {
        scope: &scope,
        year,
        day: Day::last_of(year).min(house.clock.today()),
        forms: views.iter().map(|view| &view.form).collect(),
        standing: standing_of(&views, office.sample),
        stage: if is_official { ReportStage::Official } else { ReportStage::Preliminary },
        conduct,
    };
    drawn(house, told.by(house, &office)?, format).await
}

/// How far the communes have come.
pub(super) fn recognised_in(communes: &[UnitLine]) -> String {
    let (all, done) = (communes.len(), communes.iter().filter(|line| line.recognised).count());
    format!("Kết quả rà soát đã được công nhận tại {done} trên {all} xã, phường, thị trấn.")
}

/// What a covering report tells: of the register as it stands, or of a version of the results that was frozen.
pub(super) struct Told<'a> {
    pub scope: &'a Scope,
    pub year: i16,
    /// The law is that of this day.
    pub day: Day,
    pub forms: Vec<&'a Form>,
    pub standing: Standing,
    pub stage: ReportStage,
    pub conduct: Vec<String>,
}

impl Told<'_> {
    /// As the office writes it to the level above.
    pub fn by(self, house: &House, office: &Office<'_>) -> Result<CoveringReport, AppError> {
        let law = house.norms.in_force::<CoveringReportLaw>("documents.covering_report", self.day)?.value;
        let number = |form: &Form| form.layout.value.number.clone();
        let figures =
            Figures { forms: self.forms.iter().map(|form| (number(form), *form)).collect(), of: &law.figures };
        let ministry = (self.scope.level == ScopeLevel::Province).then_some(law.province_to);
        Ok(CoveringReport {
            standing: self.standing,
            head: office.head("", "BC-UBND", None),
            stage: self.stage,
            year: self.year,
            unit: office.unit.clone(),
            to: vec![ministry.unwrap_or_else(|| office.level_above())],
            bases: office.bases("covering_report", self.day)?,
            conduct: self.conduct,
            unit_word: unit_word(house, self.scope).to_owned(),
            results: figures.of_units(),
            total: UnitResult { unit: "Tổng cộng".to_owned(), ..figures.of_row(&RowKey::Total, "") },
            attached: self.forms.iter().map(|form| format!("Biểu {}", number(form))).collect(),
            signer: for_committee(""),
            recipients: vec!["Như trên".to_owned(), "Lưu: VT".to_owned()],
            ..CoveringReport::default()
        })
    }
}

/// Everything in the attached forms that nobody has confirmed, once.
fn standing_of(views: &[FormView], sample: bool) -> Standing {
    let mut unconfirmed: Vec<String> = Vec::new();
    for basis in views.iter().flat_map(|view| &view.unconfirmed) {
        if !unconfirmed.contains(&basis.label.vi) {
            unconfirmed.push(basis.label.vi.clone());
        }
    }
    Standing { sample, unconfirmed }
}

fn unit_word(house: &House, scope: &Scope) -> &'static str {
    match scope.level {
        ScopeLevel::Commune => "Thôn, tổ dân phố",
        ScopeLevel::Province if house.units(scope).has_districts() => "Huyện, thị xã, thành phố",
        ScopeLevel::District | ScopeLevel::Province => "Xã, phường, thị trấn",
    }
}

/// What the villages did and when, as far as it stands in their rounds.
fn conduct_of_villages(rounds: &[VillageRound]) -> Vec<String> {
    let span = |days: Vec<Day>| Some((*days.iter().min()?, *days.iter().max()?));
    let between = |what: &str, days: Vec<Day>| match span(days) {
        Some((first, last)) if first == last => Some(format!("{what} ngày {first}.")),
        Some((first, last)) => Some(format!("{what} từ ngày {first} đến ngày {last}.")),
        None => None,
    };
    let households: usize = rounds.iter().map(|round| round.households.len()).sum();
    let said: usize = rounds.iter().map(|round| round.objections.len()).sum();
    let meetings = rounds.iter().flat_map(|round| &round.meetings).map(|meeting| meeting.day).collect();
    let posted = rounds.iter().filter_map(|round| round.posting.as_ref());
    let posted = posted.flat_map(|posting| [posting.first, posting.last]).collect();
    let mut lines = Vec::new();
    if !rounds.is_empty() {
        lines.push(format!("Đã rà soát {households} hộ tại {} thôn, tổ dân phố.", rounds.len()));
    }
    lines.extend(between("Họp thôn, tổ dân phố", meetings));
    lines.extend(between("Niêm yết công khai kết quả", posted));
    if said > 0 {
        lines.push(format!("Số ý kiến, khiếu nại đã tiếp nhận: {said}."));
    }
    lines
}

/// The numbers of a report, taken from the forms that go with it.
struct Figures<'a> {
    forms: HashMap<String, &'a Form>,
    of: &'a ReportFigures,
}

impl Figures<'_> {
    fn of_units(&self) -> Vec<UnitResult> {
        let rows = self.forms.get(&self.of.households.form).map(|form| form.rows.as_slice()).unwrap_or_default();
        let units = rows.iter().filter(|row| matches!(row.key, RowKey::Unit { .. }));
        units.map(|row| self.of_row(&row.key, &row.label)).collect()
    }

    fn of_row(&self, row: &RowKey, label: &str) -> UnitResult {
        UnitResult {
            unit: label.to_owned(),
            households: self.count(row, &self.of.households),
            poor: self.count(row, &self.of.poor),
            poor_rate: self.rate(row, &self.of.poor_rate),
            near_poor: self.count(row, &self.of.near_poor),
            near_poor_rate: self.rate(row, &self.of.near_poor_rate),
            escaped_poor: self.count(row, &self.of.escaped_poor),
            escaped_near_poor: self.count(row, &self.of.escaped_near_poor),
            fallen_back: self.count(row, &self.of.fallen_back),
            newly_arisen: self.count(row, &self.of.newly_arisen),
        }
    }

    fn cells(&self, row: &RowKey, columns: &FormColumns) -> Option<Vec<Cell>> {
        let form = self.forms.get(&columns.form)?;
        columns.columns.iter().map(|column| form.cell(row, column)).collect()
    }

    /// `None` as soon as one of the columns has a gap.
    fn count(&self, row: &RowKey, columns: &FormColumns) -> Option<u64> {
        let counts: Option<Vec<i64>> = self.cells(row, columns)?.into_iter().map(Cell::count).collect();
        u64::try_from(counts?.iter().sum::<i64>()).ok()
    }

    fn rate(&self, row: &RowKey, columns: &FormColumns) -> Option<String> {
        match self.cells(row, columns)?.first()? {
            Cell::Rate(rate) => rate.map(kernel::Rate::percent),
            Cell::Count(_) | Cell::Gap(_) => None,
        }
    }
}
