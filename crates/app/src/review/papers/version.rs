//! The forms and the covering report of one version of the results, from the snapshot that was frozen with it: the same
//! numbers however late they are printed. Never counts the register. Start with [`FrozenForms::of`].

use std::io::Cursor;
use std::sync::Arc;

use documents::official::context::{ReportForm, ReportStage};
use documents::official::{Format, Standing};
use documents::write::{FormPaper, PaperMarks, write_forms};
use domain::access::{Actor, Verb, check};
use domain::review::form::Form;
use domain::review::results::{Results, ResultsKind};
use kernel::{Day, ResultsId};
use norms::{Basis, Rulebook};
use snapshots::Head;

use super::drawn;
use super::office::Office;
use super::report::{Told, recognised_in};
use crate::reporting::on_thread;
use crate::review::forms::marks;
use crate::review::frozen::{kind_word, readable};
use crate::{AppError, House};

/// Nothing was frozen with the version.
const NO_FORMS: &str = "forms";

/// The numbers of the forms that have papers in a version, in the order of the law; none where nothing was frozen with it.
pub async fn frozen_numbers(house: &House, actor: &Actor, id: ResultsId) -> Result<Vec<String>, AppError> {
    match FrozenForms::of(house, actor, id).await {
        Ok(frozen) => Ok(frozen.forms.iter().map(|form| form.layout.value.number.clone()).collect()),
        Err(AppError::Missing(NO_FORMS)) => Ok(Vec::new()),
        // The page of snapshots tells of lost and damaged files; the table of the version is read without them.
        Err(AppError::Snapshot(fault)) => {
            tracing::warn!(%id, %fault, "the snapshot of published results could not be read");
            Ok(Vec::new())
        }
        Err(other) => Err(other),
    }
}

/// All forms of a version as a workbook.
pub async fn frozen_forms_workbook(house: &House, actor: &Actor, id: ResultsId) -> Result<Vec<u8>, AppError> {
    let frozen = FrozenForms::of(house, actor, id).await?;
    let marks = frozen.marks(house);
    let paper = |form| FormPaper { form, checks: &[], marks: marks.clone() };
    let papers: Vec<FormPaper<'_>> = frozen.forms.iter().map(paper).collect();
    let mut out = Cursor::new(Vec::new());
    write_forms(&papers, &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    Ok(out.into_inner())
}

/// One form of a version.
pub async fn frozen_form_paper(
    house: &House,
    actor: &Actor,
    (id, number): (ResultsId, &str),
    format: Format,
) -> Result<Vec<u8>, AppError> {
    let frozen = FrozenForms::of(house, actor, id).await?;
    let form = frozen.forms.iter().find(|form| form.layout.value.number == number);
    let form = form.ok_or(AppError::Missing("form"))?;
    let mut work = house.store.read().await?;
    let office = Office::of_unit(house, work.as_mut(), &frozen.results.unit).await?;
    drop(work);
    let paper = FormPaper { form, checks: &[], marks: frozen.marks(house) };
    let paper = ReportForm::of(&paper, office.head_without_number());
    let official = paper.official && frozen.is_official();
    drawn(house, ReportForm { official, ..paper }, format).await
}

/// The covering report of a version.
pub async fn frozen_report(house: &House, actor: &Actor, id: ResultsId, format: Format) -> Result<Vec<u8>, AppError> {
    let frozen = FrozenForms::of(house, actor, id).await?;
    let results = &frozen.results;
    let mut work = house.store.read().await?;
    let office = Office::of_unit(house, work.as_mut(), &results.unit).await?;
    drop(work);
    let told = Told {
        scope: &results.unit,
        year: results.year,
        day: Day::last_of(results.year).min(frozen.head.day),
        forms: frozen.forms.iter().collect(),
        standing: Standing { sample: frozen.head.is_sample, unconfirmed: frozen.unconfirmed(house) },
        stage: match results.kind {
            ResultsKind::Preliminary => ReportStage::Preliminary,
            ResultsKind::Official => ReportStage::Official,
        },
        conduct: vec![recognised_in(&results.lines)],
    };
    drawn(house, told.by(house, &office)?, format).await
}

/// The forms of a version as they were frozen with it.
struct FrozenForms {
    results: Results,
    /// What the snapshot says of itself.
    head: Head,
    forms: Vec<Form>,
}

impl FrozenForms {
    /// Whoever may read the version may read its forms.
    async fn of(house: &House, actor: &Actor, id: ResultsId) -> Result<Self, AppError> {
        check(actor, Verb::ReadForms)?;
        let mut work = house.store.read().await?;
        let results = readable(house, work.as_mut(), actor, id).await?;
        drop(work);
        let name = results.snapshot.clone().ok_or(AppError::Missing(NO_FORMS))?;
        let archive = house.archive()?.clone();
        let open = move || {
            let snapshot = archive.open(&name)?;
            let norms = snapshot.norms()?;
            Ok((snapshot, norms))
        };
        let (snapshot, norms) = on_thread(open).await?;
        let (year, province) = (snapshot.year(), snapshot.province());
        let rules: Arc<Rulebook> = match norms {
            Some(frozen) => Arc::new(frozen.rulebook(year, &province)?),
            None => house.rules(year, &province)?,
        };
        let head = snapshot.manifest.head.clone();
        let forms = on_thread(move || snapshot.forms(&rules)).await?;
        Ok(Self { results, head, forms })
    }

    /// Approved, as official results.
    fn is_official(&self) -> bool {
        self.results.kind == ResultsKind::Official && self.results.approved.is_some()
    }

    /// Values that nobody had vouched for when the version was frozen, in words.
    fn unconfirmed(&self, house: &House) -> Vec<String> {
        let bases = house.norms.unconfirmed();
        let words = |key: &String| bases.iter().find(|basis| basis.key() == *key).map_or(key.clone(), word);
        self.head.unconfirmed.iter().map(words).collect()
    }

    fn marks(&self, house: &House) -> PaperMarks {
        let results = &self.results;
        let (kind, day) = (kind_word(results.kind), results.compiled.day);
        let hash: String = results.hash.chars().take(16).collect();
        PaperMarks {
            unconfirmed: self.unconfirmed(house),
            version: Some(format!("{kind} tổng hợp ngày {day}, mã kiểm tra {hash}")),
            ..marks(house, &results.unit, results.year, self.head.is_sample, &[])
        }
    }
}

fn word(basis: &Basis) -> String {
    basis.label.vi.clone()
}
