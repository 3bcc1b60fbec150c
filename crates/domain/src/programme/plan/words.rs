//! Small questions about Vietnamese text: what folds to what, what stands in capitals, which day or year is said.

use kernel::Day;
use kernel::text::fold;

/// Whether a word is another one, without marks and case.
pub(super) fn folds_to(word: &str, other: &str) -> bool {
    fold(word) == fold(other)
}

/// Whether the words begin the text, without marks and case, and end at a word's end.
pub(super) fn begins_with(text: &str, words: &str) -> bool {
    let words = fold(words);
    // Folding is done on as much of the text as can matter.
    let head: String = text.chars().take(words.chars().count() * 2 + 1).collect();
    let head = fold(&head);
    head.strip_prefix(words.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Letters, all of them capitals.
pub(super) fn is_capitals(text: &str) -> bool {
    text.contains(char::is_alphabetic) && !text.contains(char::is_lowercase)
}

/// White space folded to single spaces, outer white space gone.
pub(super) fn folded_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The last `năm 2023` of a title.
pub(super) fn year_in(title: &str) -> Option<i16> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let pairs = words.windows(2).rev();
    pairs
        .filter(|pair| pair.first().is_some_and(|word| folds_to(word, "năm")))
        .find_map(|pair| plausible_year(pair.get(1)?))
}

/// A year somebody might plan for.
pub(super) fn plausible_year(word: &str) -> Option<i16> {
    let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
    if digits.len() != 4 || word.contains(['/', '-']) {
        return None;
    }
    digits.parse().ok().filter(|year| (1945..=2100).contains(year))
}

/// `Số: 12/KH-UBND` in a plan's head.
pub(super) fn own_number(head: &str) -> Option<String> {
    let words: Vec<&str> = head.split_whitespace().collect();
    let at =
        words.iter().position(|word| folds_to(word.trim_end_matches(':'), "số") || fold(word).starts_with("so:"))?;
    let said = words.get(at)?.split_once(':').map(|(_, rest)| rest).filter(|rest| !rest.is_empty());
    let number = said.or_else(|| words.get(at + 1).copied())?;
    (number.contains('/') && number.contains(|c: char| c.is_ascii_digit())).then(|| number.to_owned())
}

/// `ngày 3 tháng 2 năm 2023`.
pub(super) fn day_in_words(text: &str) -> Option<Day> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(6).find_map(spelled_day)
}

/// The day said by six words, `ngày 3 tháng 2 năm 2023`.
pub(super) fn spelled_day(words: &[&str]) -> Option<Day> {
    let [d, day, m, month, y, year] = words else { return None };
    let is_spelled = folds_to(d, "ngày") && folds_to(m, "tháng") && folds_to(y, "năm");
    let digits = |word: &str| word.trim_matches(|c: char| !c.is_ascii_digit()).to_owned();
    if !is_spelled {
        return None;
    }
    Day::new(digits(year).parse().ok()?, digits(month).parse().ok()?, digits(day).parse().ok()?)
}
