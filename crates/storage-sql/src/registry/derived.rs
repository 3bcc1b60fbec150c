//! What is stored beside a household so that lists and searches need not ask its members: the words it is found by,
//! the key it is sorted by, and its rows in the years' lists.

use domain::registry::{Household, Member};
use domain::units::{Scope, ScopeLevel};
use kernel::{HouseholdId, text};
use storage::Stored;

use crate::tx::Tx;

/// Households at once in one statement with their ids.
pub(crate) const IDS: usize = 500;

/// The words a household is found by.
pub(super) struct Words {
    /// ` nguyen thi huong 042182001234`: folded, each once, a space before each.
    pub(super) folded: String,
    /// ` nguyễn thị hường`: lower case with marks.
    pub(super) marked: String,
}

/// Members who live there, or all of them once nobody does.
pub(super) fn named(household: &Household) -> impl Iterator<Item = &Member> {
    let is_empty = household.size() == 0;
    household.members.iter().filter(move |m| is_empty || m.is_present())
}

pub(super) fn words_of(household: &Household) -> Words {
    let mut words = Words { folded: String::with_capacity(80), marked: String::with_capacity(100) };
    for member in named(household) {
        for word in marked_words(&member.person.name) {
            add_word(&mut words.folded, &text::fold(&word));
            add_word(&mut words.marked, &word);
        }
        for word in member.person.paper.iter().flat_map(|paper| text::words(paper)) {
            add_word(&mut words.folded, &word);
        }
    }
    words
}

/// Adds ` word` unless it is there.
fn add_word(to: &mut String, word: &str) {
    if !word.is_empty() && to.split(' ').all(|known| known != word) {
        to.push(' ');
        to.push_str(word);
    }
}

/// The words of a text in lower case with their marks: what a person typed who cares about marks.
pub(super) fn marked_words(written: &str) -> Vec<String> {
    let lower = text::nfc(written).to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The word by which the text index knows the scope: `zzc18073x2023-01-01`. No name begins like this, and codes of two
/// lists of units never meet.
pub(super) fn scope_word(scope: &Scope) -> String {
    let letter = match scope.level {
        ScopeLevel::Province => 'p',
        ScopeLevel::District => 'd',
        ScopeLevel::Commune => 'c',
    };
    let code: String = scope.code.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("zz{letter}{code}x{}", scope.units_from.iso())
}

/// Writes anew the rows of these households in the years' lists, after a household or an assessment changed.
pub(crate) async fn refresh_years(tx: &mut Tx, ids: &[HouseholdId]) -> Stored<()> {
    const SQL: &str = "INSERT INTO household_year \
         (household, year, units_from, province, district, commune, village, class, sort_key, closed) \
         SELECT h.id, a.year, h.units_from, h.province, h.district, h.commune, h.village, a.class, h.sort_key, h.closed \
         FROM household h JOIN assessment a ON a.household = h.id WHERE h.id";
    const THEN: &str = " ON CONFLICT (household, year) DO UPDATE SET units_from = excluded.units_from, \
         province = excluded.province, district = excluded.district, commune = excluded.commune, \
         village = excluded.village, class = excluded.class, sort_key = excluded.sort_key, closed = excluded.closed";
    for some in ids.chunks(IDS) {
        tx.query("keeping the years' lists in step", SQL)
            .push_ids("", some.iter().map(|id| id.0))
            .push(THEN)
            .run()
            .await?;
    }
    Ok(())
}
