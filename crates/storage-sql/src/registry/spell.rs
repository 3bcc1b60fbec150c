//! From the beginnings of words that people type to the whole words that households have.

use std::collections::BTreeSet;

use domain::registry::Household;
use kernel::text;
use storage::Stored;

use super::derived::{marked_words, named};
use crate::bulk;
use crate::dialect::Term;
use crate::tx::{Row, Tx};

/// A beginning of more words than this says too little to be looked up.
const WORDS: usize = 64;

/// What the typed words become.
pub(super) enum Spelled {
    /// To be looked up; words left out here must be tested on the households.
    Terms(Vec<Term>),
    /// A typed word begins no word at all.
    Nothing,
}

/// Papers are numbers, nearly each its own: they are looked up by their beginning.
fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Keeps the words of new or changed households.
pub(super) async fn keep_words(tx: &mut Tx, households: &[Household]) -> Stored<()> {
    if !tx.dialect().spells_words_out() {
        return Ok(());
    }
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut words: BTreeSet<String> = BTreeSet::new();
    for member in households.iter().flat_map(named) {
        for name in member.person.name.split_whitespace() {
            names.insert(name);
        }
        words.extend(
            member.person.paper.iter().filter(|p| !p.bytes().all(|b| b.is_ascii_digit())).flat_map(|p| text::words(p)),
        );
    }
    for word in names.into_iter().flat_map(marked_words) {
        words.insert(text::fold(&word));
        words.insert(word);
    }
    let words: Vec<String> = words.into_iter().filter(|word| !is_number(word)).collect();
    bulk::insert(tx, "keeping words", ("word (word)", "ON CONFLICT (word) DO NOTHING"), &words, |row, word| {
        row.push(word.as_str());
    })
    .await
}

/// Spells the typed words out.
pub(super) async fn spell(tx: &mut Tx, typed: &[String]) -> Stored<Spelled> {
    let mut terms = Vec::with_capacity(typed.len() + 1);
    for begun in typed {
        if is_number(begun) || !tx.dialect().spells_words_out() {
            terms.push(Term::Begins(begun.clone()));
            continue;
        }
        let words = words_that_begin(tx, begun).await?;
        if words.is_empty() {
            return Ok(Spelled::Nothing);
        }
        if words.len() <= WORDS {
            terms.push(Term::AnyOf(words));
        }
    }
    Ok(Spelled::Terms(terms))
}

async fn words_that_begin(tx: &mut Tx, begun: &str) -> Stored<Vec<String>> {
    const SQL: &str = "SELECT word FROM word WHERE word >= $1 AND word < $2 ORDER BY word LIMIT $3";
    tx.query("spelling words out", SQL)
        .bind(begun)
        .bind(format!("{begun}\u{10ffff}"))
        .bind(i64::try_from(WORDS + 1).unwrap_or(i64::MAX))
        .all("word", Row::text)
        .await
}
