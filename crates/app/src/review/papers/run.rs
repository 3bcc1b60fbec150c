//! All certificates of a commune, a district or a province in one run: PDFs of some hundred each, kept in a folder by unit
//! and year. A run can be left and taken up again; what is there and unchanged is not made again. Start with
//! [`print_certificates`].

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Mutex;

use documents::official::context::Certificate;
use documents::official::{FolderShelf, Leaf, PaperFault, Progress, Run, Shelf, print_run};
use domain::access::{Actor, Verb, check};
use domain::review::round::{CommuneStep, Route};
use domain::units::{Scope, ScopeLevel};
use norms::Level;
use serde_json::json;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::certificate::Register;
use super::commune::{Decided, PaperOf};
use crate::{AppError, House};

const PAPERS_PER_FILE: usize = 100;
/// Files made at the same time; more would take the machine from those who work on it.
const AT_ONCE: usize = 2;
/// Certificates that wait for the printer.
const WAITING: usize = 64;
/// The yearly review has one decision.
const WHOLE: PaperOf = PaperOf::Decision(1);
const STEM: &str = "certificate";

/// What there is to print in a unit and year, and what lies there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRun {
    /// Of the decisions made so far.
    pub certificates: usize,
    /// Communes that have decided.
    pub communes: usize,
    pub files: Vec<CertificateFile>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFile {
    pub name: String,
    /// `Xã Hương Trạch`.
    pub commune: String,
    pub bytes: u64,
}

/// What stands in the way of the whole: the unit, the year and where their files are kept.
struct Place {
    scope: Scope,
    year: i16,
    folder: PathBuf,
}

impl Place {
    /// Papers of every household of a unit are for who answers for the whole of it.
    fn of(house: &House, actor: &Actor, wished: Option<&Scope>, year: i16) -> Result<Self, AppError> {
        check(actor, Verb::ReadRegistry)?;
        check(actor, Verb::ReadForms)?;
        let scope = house.narrow(actor, wished)?;
        let unit = format!("{}-{}-{}", Level::from(scope.level).id(), scope.code, scope.units_from.iso());
        let folder = house.papers_folder()?.join("certificates").join(year.to_string()).join(unit);
        Ok(Self { scope, year, folder })
    }

    /// The communes that have decided, in the order of the list of units.
    async fn decided(&self, house: &House) -> Result<Vec<Scope>, AppError> {
        let mut work = house.store.read().await?;
        let marks = work.commune_marks(&self.scope, self.year, Route::Yearly).await?;
        let is_decided = |code: &str| marks.iter().any(|m| m.commune == code && m.step == CommuneStep::Recognised);
        let communes = house.units(&self.scope).communes_below(self.scope.level.into(), &self.scope.code);
        let scope = |code: &str| Scope::new(self.scope.units_from, ScopeLevel::Commune, code.to_owned());
        Ok(communes.into_iter().filter(|unit| is_decided(&unit.code)).map(|unit| scope(&unit.code)).collect())
    }
}

pub async fn certificate_run(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
) -> Result<CertificateRun, AppError> {
    let place = Place::of(house, actor, wished, year)?;
    let communes = place.decided(house).await?;
    Ok(CertificateRun {
        certificates: count(house, &communes, year).await?,
        communes: communes.len(),
        files: files(house, &place).map_err(|error| AppError::Paper(error.to_string()))?,
    })
}

async fn count(house: &House, communes: &[Scope], year: i16) -> Result<usize, AppError> {
    let mut count = 0;
    for commune in communes {
        let mut work = house.store.read().await?;
        let decided = Decided::load(house, work.as_mut(), commune.clone(), (year, Route::Yearly), WHOLE).await?;
        count += decided.map_or(0, |it| it.recognition.lines.iter().filter(|line| it.has_certificate(line)).count());
    }
    Ok(count)
}

fn files(house: &House, place: &Place) -> std::io::Result<Vec<CertificateFile>> {
    if !place.folder.is_dir() {
        return Ok(Vec::new());
    }
    let units = house.units(&place.scope);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&place.folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let Some(code) = commune_of(&name) else { continue };
        let commune = units.commune(code).map(norms::Unit::full_name).unwrap_or_default();
        files.push(CertificateFile { commune, bytes: entry.metadata()?.len(), name });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// `certificate-18073-0001-1f0c2b3a.pdf` is of the commune 18073. What is not finished has another ending.
fn commune_of(name: &str) -> Option<&str> {
    name.strip_suffix(".pdf")?.strip_prefix(STEM)?.strip_prefix('-')?.split('-').next()
}

/// One file of a run.
pub async fn certificate_file(
    house: &House,
    actor: &Actor,
    (wished, year): (Option<&Scope>, i16),
    name: &str,
) -> Result<Vec<u8>, AppError> {
    let place = Place::of(house, actor, wished, year)?;
    let known = files(house, &place).map_err(|error| AppError::Paper(error.to_string()))?;
    let file = known.iter().find(|file| file.name == name).ok_or(AppError::Missing("paper"))?;
    tokio::fs::read(place.folder.join(&file.name)).await.map_err(|error| AppError::Paper(error.to_string()))
}

/// Prints them all; `tell` hears how many of how many are done. Gives the number printed.
pub async fn print_certificates(
    house: &House,
    actor: &Actor,
    (wished, year): (Option<&Scope>, i16),
    tell: impl Fn(usize, usize) + Send + 'static,
) -> Result<usize, AppError> {
    let place = Place::of(house, actor, wished, year)?;
    let communes = place.decided(house).await?;
    let all = count(house, &communes, year).await?;
    let (to_printer, certificates) = channel(WAITING);
    let papers = house.papers()?;
    let folder = place.folder.clone();
    let printing = tokio::task::spawn_blocking(move || {
        let shelf = Kept::open(folder)?;
        let leaves = Leaves(certificates).map(|(stem, certificate)| {
            let document = papers.document(&certificate)?;
            Ok(Leaf { stem, document })
        });
        let run = Run { papers_per_file: PAPERS_PER_FILE, at_once: AT_ONCE };
        let mut on_progress = |progress: Progress| {
            tell(progress.papers, all);
            ControlFlow::Continue(())
        };
        let done = print_run(&papers, leaves, &run, &shelf, &mut on_progress)?;
        Ok((done, shelf))
    });
    let read = hand_over(house, &communes, year, to_printer).await;
    let printed: Result<(Progress, Kept), PaperFault> =
        printing.await.map_err(|error| AppError::Paper(error.to_string()))?;
    let (done, shelf) = printed.map_err(|fault| AppError::Paper(fault.to_string()))?;
    read?;
    shelf.drop_older().map_err(|error| AppError::Paper(error.to_string()))?;
    let mut work = house.store.write().await?;
    let detail = json!({"year": year, "certificates": done.papers, "communes": communes.len()});
    let subject = ("certificates", format!("{year}/{}", place.scope.code));
    work.record(&house.entry(actor, "certificates_printed", subject, house.place_of(&place.scope), detail)).await?;
    work.commit().await?;
    Ok(done.papers)
}

/// Reads commune by commune, so that no more than one is in memory; ends early when the printer has stopped.
async fn hand_over(
    house: &House,
    communes: &[Scope],
    year: i16,
    to_printer: Sender<(String, Certificate)>,
) -> Result<(), AppError> {
    for commune in communes {
        let mut work = house.store.read().await?;
        let decided = Decided::load(house, work.as_mut(), commune.clone(), (year, Route::Yearly), WHOLE).await?;
        let Some(decided) = decided else { continue };
        let ids: Vec<_> = decided.recognition.lines.iter().map(|line| line.household).collect();
        let register = Register::of(work.as_mut(), &decided, &ids).await?;
        drop(work);
        for line in register.in_order() {
            let Some(certificate) = register.certificate(line) else { continue };
            if to_printer.send((format!("{STEM}-{}", commune.code), certificate)).await.is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// What arrives, until nothing more comes.
struct Leaves(Receiver<(String, Certificate)>);

impl Iterator for Leaves {
    type Item = (String, Certificate);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.blocking_recv()
    }
}

/// A folder that knows which of its files belong to the run.
struct Kept {
    folder: PathBuf,
    shelf: FolderShelf,
    names: Mutex<BTreeSet<String>>,
}

impl Kept {
    fn open(folder: PathBuf) -> Result<Self, PaperFault> {
        std::fs::create_dir_all(&folder).map_err(|error| {
            let vi = format!("Không tạo được thư mục {} ({error}).", folder.display());
            PaperFault::new("PAP-008", vi, format!("The folder {} cannot be made ({error}).", folder.display()))
        })?;
        Ok(Self { shelf: FolderShelf(folder.clone()), folder, names: Mutex::default() })
    }

    /// Files of an earlier run that this one has nothing for any more.
    fn drop_older(&self) -> std::io::Result<()> {
        let Ok(names) = self.names.lock() else { return Ok(()) };
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if !name.to_str().is_some_and(|name| names.contains(name)) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Shelf for Kept {
    /// Asked once for every file of the run.
    fn has(&self, name: &str) -> bool {
        if let Ok(mut names) = self.names.lock() {
            names.insert(name.to_owned());
        }
        self.shelf.has(name)
    }

    fn put(&self, part: &str, name: &str, bytes: &[u8]) -> Result<(), PaperFault> {
        self.shelf.put(part, name, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::commune_of;

    #[test]
    fn a_file_is_of_the_commune_that_its_name_says() {
        let table = [
            ("certificate-18073-0001-1f0c2b3a.pdf", Some("18073")),
            ("certificate-18073-0001-1f0c2b3a.pdf.unfinished", None),
            ("notes.pdf", None),
            ("certificate.pdf", None),
        ];
        for (name, commune) in table {
            assert_eq!(commune_of(name), commune, "{name}");
        }
    }
}
