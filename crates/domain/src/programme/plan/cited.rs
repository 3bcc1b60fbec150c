//! Documents that a plan cites: `Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ`.
//! What the text does not say is left out, except an issuer that the number itself names (`TTg`).

use kernel::Day;
use kernel::text::fold;
use norms::PlanReading;
use serde::{Deserialize, Serialize};

use super::words::{begins_with, folds_to, spelled_day};
use super::{Clause, Plan};

/// A document with the clauses that cite it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedDocument {
    /// `27/2022/NĐ-CP`; `None` for a law that is cited by its name alone.
    pub number: Option<String>,
    /// `Nghị định`.
    pub kind: Option<String>,
    /// The name, where it is cited by that: `Luật Ngân sách nhà nước`.
    pub name: Option<String>,
    pub day: Option<Day>,
    pub issuer: Option<String>,
    /// Keys of the clauses, in their order.
    pub clauses: Vec<String>,
}

impl CitedDocument {
    /// What its address says: the number with signs that an address can carry.
    pub fn key(&self) -> String {
        let written = self.number.as_ref().or(self.name.as_ref()).map(String::as_str).unwrap_or_default();
        let folded = fold(written);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        words.join("-")
    }
}

/// One citation and where it stands in the text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    pub start: usize,
    pub end: usize,
    pub number: Option<String>,
    pub kind: Option<String>,
    pub name: Option<String>,
    pub day: Option<Day>,
    pub issuer: Option<String>,
}

pub(super) fn documents(plan: &Plan, reading: &PlanReading) -> Vec<CitedDocument> {
    let mut found: Vec<CitedDocument> = Vec::new();
    for clause in &plan.clauses {
        for cited in in_clause(clause, reading) {
            let is_it = |known: &&mut CitedDocument| {
                known.number == cited.number && (cited.number.is_some() || known.name == cited.name)
            };
            match found.iter_mut().find(is_it) {
                Some(known) => known.hear(cited, &clause.id),
                None => found.push(CitedDocument {
                    number: cited.number,
                    kind: cited.kind,
                    name: cited.name,
                    day: cited.day,
                    issuer: cited.issuer,
                    clauses: vec![clause.id.clone()],
                }),
            }
        }
    }
    found
}

impl CitedDocument {
    /// Cited once more: what was not said before is taken from here.
    fn hear(&mut self, cited: Cited, clause: &str) {
        self.kind = self.kind.take().or(cited.kind);
        self.day = self.day.or(cited.day);
        self.issuer = self.issuer.take().or(cited.issuer);
        if self.clauses.last().is_none_or(|last| last != clause) {
            self.clauses.push(clause.to_owned());
        }
    }
}

/// A word of the text without the signs around it.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    start: usize,
    text: &'a str,
    /// With the signs that end it.
    whole: &'a str,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    for whole in text.split_whitespace() {
        let start = text.get(at..).and_then(|rest| rest.find(whole)).map_or(at, |found| at + found);
        at = start + whole.len();
        let left = whole.trim_start_matches(['“', '"', '(', '‘']);
        let start = start + whole.len() - left.len();
        let text = left.trim_end_matches([',', ';', '.', ':', ')', '”', '"', '’']);
        found.push(Word { start, text, whole });
    }
    found
}

pub(super) fn in_clause(clause: &Clause, reading: &PlanReading) -> Vec<Cited> {
    let words = words(&clause.text);
    let mut found: Vec<Cited> = Vec::new();
    for at in 0..words.len() {
        let finder = Finder { text: &clause.text, words: &words, reading };
        let previous = found.last().and_then(|cited| cited.kind.clone());
        let cited = finder.numbered(at, previous).or_else(|| finder.named(at));
        found.extend(cited.filter(|cited| found.last().is_none_or(|last| last.end <= cited.start)));
    }
    found
}

struct Finder<'a> {
    text: &'a str,
    words: &'a [Word<'a>],
    reading: &'a PlanReading,
}

impl Finder<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map(|word| word.text).unwrap_or_default()
    }

    /// A document by its number.
    fn numbered(&self, at: usize, previous: Option<String>) -> Option<Cited> {
        let word = self.words.get(at).filter(|word| is_number(word.text))?;
        let (mut number, mut next) = (word.text.to_owned(), at + 1);
        // A line end may have broken the number: `109/CTr-BLĐT BXH-MTTW`.
        let broken = self.word(next);
        let is_rest = broken.contains('-') && broken.chars().all(|c| c.is_uppercase() || c == '-');
        if is_rest && word.whole == word.text && number.matches('/').count() == 1 {
            number.push_str(broken);
            next += 1;
        }
        let (kind, start) = self.kind_before(at).unwrap_or((None, word.start));
        let kind = kind.or_else(|| self.kind_of(&number)).or(previous);
        let (day, next) = self.day(next);
        let (issuer, next) = self.issuer(next);
        let issuer = issuer.or_else(|| self.issuer_of(&number));
        Some(Cited { start, end: self.end_of(next), number: Some(number), kind, name: None, day, issuer })
    }

    /// A law by its name and day: `Luật Ngân sách nhà nước ngày 25/6/2015`.
    fn named(&self, at: usize) -> Option<Cited> {
        const LONGEST: usize = 16;
        let word = self.words.get(at)?;
        let is_law = ["Luật", "Bộ", "Pháp"].contains(&word.text) && self.law_at(at);
        if !is_law {
            return None;
        }
        let day_at = (at + 1..at + LONGEST).find(|next| {
            let is_day = folds_to(self.word(*next), "ngày") || folds_to(self.word(*next), "năm");
            is_day || self.words.get(*next).is_none_or(|word| word.whole.ends_with([';', '.']))
        })?;
        let (day, next) = self.day(day_at);
        let is_short = (at..day_at).any(|inner| is_number(self.word(inner)) || folds_to(self.word(inner), "số"));
        day.filter(|_| !is_short)?;
        let end = self.words.get(day_at).map(|word| word.start)?;
        let name = self.text.get(word.start..end)?.trim().to_owned();
        let kind = self.reading.documents.iter().find(|kind| begins_with(&name, &kind.words));
        let kind = kind.map(|kind| kind.words.clone());
        Some(Cited {
            start: word.start,
            end: self.end_of(next),
            number: None,
            kind,
            name: Some(name),
            day,
            issuer: None,
        })
    }

    fn law_at(&self, at: usize) -> bool {
        let rest = self.words.get(at).and_then(|word| self.text.get(word.start..)).unwrap_or_default();
        ["Luật", "Bộ luật", "Pháp lệnh"].iter().any(|law| rest.starts_with(law))
    }

    fn end_of(&self, next: usize) -> usize {
        let last = next.checked_sub(1).and_then(|last| self.words.get(last));
        last.map_or(self.text.len(), |word| word.start + word.text.len())
    }

    /// The kind right before the number, perhaps with `số` between, and where it begins.
    fn kind_before(&self, at: usize) -> Option<(Option<String>, usize)> {
        let mut end = at;
        let has_word = end > 0 && folds_to(self.word(end - 1), "số");
        if has_word {
            end -= 1;
        }
        let start_of = |at: usize| self.words.get(at).map(|word| word.start);
        for kind in &self.reading.documents {
            let long = kind.words.split_whitespace().count();
            let Some(first) = end.checked_sub(long) else { continue };
            let said: Vec<&str> = (first..end).map(|at| self.word(at)).collect();
            if folds_to(&said.join(" "), &kind.words) {
                return Some((Some(kind.words.clone()), start_of(first)?));
            }
        }
        Some((None, if has_word { start_of(end)? } else { start_of(at)? }))
    }

    /// The kind that the number's own signs name.
    fn kind_of(&self, number: &str) -> Option<String> {
        let signs: Vec<&str> = number.split(['/', '-']).collect();
        let named = |kind: &&norms::DocumentKind| kind.symbols.iter().any(|symbol| signs.contains(&symbol.as_str()));
        self.reading.documents.iter().find(named).map(|kind| kind.words.clone())
    }

    fn issuer_of(&self, number: &str) -> Option<String> {
        let last = number.rsplit(['/', '-']).next()?;
        let known = self.reading.issuers.iter().find(|(sign, _)| {
            // `QH15` is the fifteenth Quốc hội.
            last.strip_prefix(sign.as_str()).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
        });
        known.map(|(_, issuer)| issuer.clone())
    }

    /// `ngày 19/4/2022`, `ngày 19 tháng 4 năm 2022`; and the word after it.
    fn day(&self, at: usize) -> (Option<Day>, usize) {
        if !folds_to(self.word(at), "ngày") {
            return (None, at);
        }
        let spelled: Vec<&str> = (at..at + 6).map(|at| self.word(at)).collect();
        if let Some(day) = spelled_day(&spelled) {
            return (Some(day), at + 6);
        }
        match self.word(at + 1).parse::<Day>() {
            Ok(day) if self.word(at + 1).contains('/') => (Some(day), at + 2),
            _ => (None, at),
        }
    }

    /// `của Thủ tướng Chính phủ`, up to a word or a sign that ends it.
    fn issuer(&self, at: usize) -> (Option<String>, usize) {
        const LONGEST: usize = 18;
        if !folds_to(self.word(at), "của") || at.checked_sub(1).is_some_and(|before| self.stops_after(before)) {
            return (None, at);
        }
        let mut next = at + 1;
        while next < at + LONGEST && next < self.words.len() {
            let rest = self.words.get(next).and_then(|word| self.text.get(word.start..)).unwrap_or_default();
            if self.reading.issuer_ends.iter().any(|end| begins_with(rest, end)) {
                break;
            }
            next += 1;
            if self.stops_after(next - 1) {
                break;
            }
        }
        let (Some(first), Some(last)) = (self.words.get(at + 1), self.words.get(next - 1)) else { return (None, at) };
        let said = self.text.get(first.start..last.start + last.text.len()).unwrap_or_default();
        if next > at + 1 && said.starts_with(char::is_uppercase) { (Some(said.to_owned()), next) } else { (None, at) }
    }

    /// Whether a sign after the word ends what was being said; `Bộ Văn hóa, Thể thao` goes on.
    fn stops_after(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return true };
        let goes_on = self.words.get(at + 1).is_some_and(|next| next.text.starts_with(char::is_uppercase));
        let is_ministry = self.word(at).starts_with(char::is_lowercase) && goes_on;
        word.whole.ends_with([';', '.', ')', ':']) || (word.whole.ends_with(',') && !is_ministry)
    }
}

/// `27/2022/NĐ-CP`, `05-CT/TW`: begins with a digit, has a slash and a capital letter.
fn is_number(word: &str) -> bool {
    let first = word.chars().next();
    first.is_some_and(|c| c.is_ascii_digit())
        && word.contains('/')
        && word.contains(char::is_uppercase)
        && word.chars().all(|c| c.is_alphanumeric() || "/-.&".contains(c))
}
