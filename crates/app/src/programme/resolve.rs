//! Written names into people and households of the register: by paper number anywhere in the unit, by name and birth year
//! within a commune. What fits nobody, or more than one, says so; nobody is guessed.

use domain::programme::work::Who;
use domain::registry::{kind_of, read_paper};
use domain::units::{Scope, ScopeLevel};
use kernel::text::fold_name;
use norms::{Papers, Subject};
use storage::{Candidate, NamedWho, Work};

use crate::{AppError, House};

/// More hits than anybody could mean.
const MOST: i64 = 20_000;

/// One person as written: whatever is known of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    pub name: String,
    pub paper: String,
    pub birth_year: Option<i16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    One(NamedWho),
    Nobody,
    /// So many fit.
    Several(usize),
    /// A name alone is only looked for within one commune.
    NameNeedsCommune,
}

impl Written {
    /// Reads a line such as `042185001234`, `Nguyễn Thị Lan 1985` or `Nguyễn Thị Lan, 1985`. A number that lost its leading zero
    /// in a spreadsheet is read as a list reads it.
    pub fn line(line: &str, papers: &Papers) -> Self {
        let digits = |word: &&str| word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty();
        let words: Vec<&str> = line.split([' ', ',', ';', '\t']).filter(|w| !w.is_empty()).collect();
        let is_paper = |number: &String| kind_of(number, papers).is_some() || number.len() >= papers.old_digits;
        let paper = words.iter().filter(|w| digits(w)).filter_map(|w| read_paper(w, papers)).find(is_paper);
        let year = words.iter().find(|w| digits(w) && w.len() == 4).and_then(|w| w.parse().ok());
        let name: Vec<&str> = words.into_iter().filter(|w| !digits(w)).collect();
        Self { name: name.join(" "), paper: paper.unwrap_or_default(), birth_year: year }
    }
}

/// How identity papers are read today.
pub(super) fn papers(house: &House) -> Result<Papers, AppError> {
    Ok(house.norms.in_force("registry.papers", house.clock.today())?.value)
}

/// The lines of a box, each with what it says.
pub(super) fn written<'a>(house: &House, lines: &'a str) -> Result<(Vec<&'a str>, Vec<Written>), AppError> {
    let papers = papers(house)?;
    let lines: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let written = lines.iter().map(|line| Written::line(line, &papers)).collect();
    Ok((lines, written))
}

/// Looks up every line of one list.
pub async fn resolve(
    work: &mut dyn Work,
    scope: &Scope,
    subject: Subject,
    written: &[Written],
) -> Result<Vec<Found>, AppError> {
    let by_name = scope.level == ScopeLevel::Commune || subject == Subject::Staff;
    let mut words: Vec<String> = written.iter().map(|w| w.paper.clone()).filter(|p| !p.is_empty()).collect();
    if by_name {
        words.extend(written.iter().filter(|w| w.paper.is_empty()).map(|w| fold_name(&w.name)));
    }
    words.sort();
    words.dedup();
    words.retain(|word| !word.is_empty());
    let candidates = work.persons_by_words(scope, &words, MOST).await?;
    Ok(written.iter().map(|one| found(one, &candidates, subject, by_name)).collect())
}

fn found(written: &Written, candidates: &[Candidate], subject: Subject, by_name: bool) -> Found {
    let is_staff = |c: &&Candidate| matches!(c.named.who, Who::Staff(_)) == (subject == Subject::Staff);
    let folded = fold_name(&written.name);
    if written.paper.is_empty() && !by_name {
        return Found::NameNeedsCommune;
    }
    let fits = |c: &&Candidate| {
        if !written.paper.is_empty() {
            return c.paper.as_deref() == Some(written.paper.as_str());
        }
        let year = |c: &Candidate| c.birth.map(|birth| birth.year);
        c.folded_name == folded && (written.birth_year.is_none() || year(c) == written.birth_year)
    };
    let hits: Vec<&Candidate> = candidates.iter().filter(is_staff).filter(fits).collect();
    match hits.as_slice() {
        [] => Found::Nobody,
        [one] => Found::One(as_subject(one, subject)),
        several => Found::Several(several.len()),
    }
}

/// A person stands for their household where households are listed.
fn as_subject(candidate: &Candidate, subject: Subject) -> NamedWho {
    let mut named = candidate.named.clone();
    if subject == Subject::Household
        && let Some(household) = named.household
    {
        named.who = Who::Household(household);
    }
    named
}
