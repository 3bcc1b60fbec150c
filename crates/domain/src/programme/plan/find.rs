//! Finds clauses by words or numbers, without marks: every word asked for has to begin some word of the clause, of its
//! key, or of what is bound to it. Headings above lend their words to rank, not to fit.

use kernel::text::words;

use super::{Clause, Plan};

/// A clause that fits, and how well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    pub clause: &'a Clause,
    /// The words asked for stand in the text in this order.
    pub is_phrase: bool,
}

/// The clauses that fit, phrases first, else in the order of the plan. `more` lends words that stand for a clause.
pub fn find<'a>(plan: &'a Plan, asked: &str, more: impl Fn(&Clause) -> String) -> Vec<Hit<'a>> {
    let wanted = words(asked);
    if wanted.is_empty() {
        return Vec::new();
    }
    let phrase = wanted.join(" ");
    let mut hits = Vec::new();
    for clause in &plan.clauses {
        let own = words(&format!("{} {}", clause.marker, clause.text));
        let lent = words(&format!("{} {}", clause.id, more(clause)));
        let fits = |word: &String| own.iter().chain(&lent).any(|known| known.starts_with(word.as_str()));
        if wanted.iter().all(fits) {
            let is_phrase = format!(" {}", own.join(" ")).contains(&format!(" {phrase}"));
            hits.push(Hit { clause, is_phrase: is_phrase || clause.id.eq_ignore_ascii_case(asked.trim()) });
        }
    }
    hits.sort_by_key(|hit| !hit.is_phrase);
    hits
}
