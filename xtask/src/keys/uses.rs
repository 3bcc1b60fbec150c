//! Where templates and code use text keys. Two ways count as a claim that a key exists: a call of one of [`CALLERS`] with
//! a text, and a text that begins like one of [`FAMILIES`]. Any quoted text equal to a key counts as a use of it, and a
//! text that is filled in after a hyphen (`label-{name}`) as a use of all keys that begin so.

use std::{collections::BTreeSet, path::Path};

use super::Messages;
use crate::files::Text;

/// Functions and methods whose first text is a key: `t("list-title")`, `l.t1("list-count", "count", n)`.
const CALLERS: &[&str] = &["t", "tv", "t1", "t2"];

/// Keys that travel through the code before somebody says them.
const FAMILIES: &[&str] = &["field-", "nav-"];

/// Marks keys that are put together out of sight of this check: `// keys: form-state-*`.
const MARK: &str = "keys: ";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    pub key: String,
    pub place: String,
}

#[derive(Debug, Default)]
pub struct Uses {
    /// Keys that must exist.
    pub keys: Vec<Use>,
    /// Marked beginnings, which at least one key must have.
    pub families: Vec<Use>,
    /// Beginnings of texts that are filled in.
    begun: BTreeSet<String>,
    /// Every quoted text.
    quoted: BTreeSet<String>,
}

impl Uses {
    pub fn of(sources: &[Text], languages: &[(&str, Messages)]) -> Self {
        let mut uses = Self::default();
        for source in sources {
            uses.read(source);
        }
        for message in languages.iter().flat_map(|(_, messages)| messages.values()) {
            let calls = message.calls.iter().map(|key| Use { key: key.clone(), place: message.place.clone() });
            uses.keys.extend(calls);
            uses.quoted.extend(message.calls.iter().cloned());
        }
        uses
    }

    pub fn mentions(&self, id: &str) -> bool {
        self.quoted.contains(id)
            || self.families.iter().any(|family| id.starts_with(&family.key))
            || self.begun.iter().any(|beginning| id.starts_with(beginning))
    }

    fn read(&mut self, source: &Text) {
        let is_code = Path::new(&source.path).extension().is_some_and(|ending| ending == "rs");
        for (number, line) in source.lines() {
            if line.contains("#[cfg(test)]") {
                return;
            }
            let place = format!("{}:{number}", source.path);
            if let Some((_, marked)) = line.split_once(MARK) {
                let marked = marked.split_whitespace().filter_map(|word| word.strip_suffix('*'));
                self.families.extend(marked.map(|beginning| Use { key: beginning.to_owned(), place: place.clone() }));
            }
            for (before, key) in quoted(line) {
                let called = CALLERS.iter().any(|caller| is_call_of(before, caller));
                let travels = is_code && FAMILIES.iter().any(|family| key.starts_with(family));
                if is_key(key) && (called || travels) {
                    self.keys.push(Use { key: key.to_owned(), place: place.clone() });
                }
                self.begun.extend(beginning_of(key));
                self.quoted.insert(key.to_owned());
            }
        }
    }
}

/// Texts between quotes, each with what stands before it on the line.
fn quoted(line: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let quotes: Vec<usize> = line.match_indices('"').map(|(at, _)| at).collect();
    for (open, close) in quotes.iter().zip(quotes.iter().skip(1)) {
        if let (Some(before), Some(inside)) = (line.get(..*open), line.get(open + 1..*close)) {
            found.push((before, inside));
        }
    }
    found
}

fn is_call_of(before: &str, caller: &str) -> bool {
    let Some(name) = before.trim_end().strip_suffix('(') else { return false };
    name.strip_suffix(caller).is_some_and(|rest| !rest.ends_with(|c: char| c == '_' || c.is_ascii_alphanumeric()))
}

/// `label-` of `label-{name}`, of `label-{}` and of a bare `label-`.
fn beginning_of(text: &str) -> Option<String> {
    let beginning = text.split_once('{').map_or(text, |(before, _)| before);
    (beginning.ends_with('-') && is_key(beginning.trim_end_matches('-'))).then(|| beginning.to_owned())
}

/// Lower-case words with hyphens; a key that is put together in the call has its mark instead.
fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text.chars().all(|c| c == '-' || c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(path: &str, source: &str) -> Uses {
        Uses::of(&[Text::new(path, source)], &[])
    }

    fn keys(path: &str, source: &str) -> Vec<String> {
        uses(path, source).keys.into_iter().map(|used| used.key).collect()
    }

    #[test]
    fn calls_in_templates_and_in_code_claim_their_key() {
        assert_eq!(
            keys("a.html", "<p class=\"note\">{{ t(\"list-title\") }} {{ page.t(\"back\") }}</p>"),
            ["list-title", "back"]
        );
        assert_eq!(keys("a.rs", "let title = l.t1( \"list-title\", name);"), ["list-title"]);
        assert_eq!(keys("a.rs", "let rest = insert(\"list-title\");"), Vec::<String>::new());
    }

    #[test]
    fn keys_of_a_travelling_family_are_claimed_by_the_text_alone() {
        assert_eq!(keys("a.rs", "return Err(Field::new(\"name\", \"field-missing\"));"), ["field-missing"]);
        assert_eq!(keys("a.html", "<div class=\"field-missing\">"), Vec::<String>::new());
    }

    #[test]
    fn a_marked_family_uses_all_its_keys() {
        let uses = uses("a.rs", "// keys: form-state-* role-*\nlet key = format!(\"form-state-{id}\");");
        assert!(uses.mentions("form-state-sent") && uses.mentions("role-district"));
        assert!(!uses.mentions("other"));
    }

    #[test]
    fn a_text_that_is_filled_in_uses_all_keys_that_begin_so() {
        let uses = uses("a.rs", "l.t(&format!(\"label-{last}\")); let class = \"v-{tone}\";");
        assert!(uses.mentions("label-name"));
        assert!(!uses.mentions("labels"));
        assert!(uses.families.is_empty());
    }

    #[test]
    fn tests_in_the_code_use_nothing() {
        assert!(!uses("a.rs", "#[cfg(test)]\nmod tests { fn a() { t(\"old\") } }").mentions("old"));
    }
}
