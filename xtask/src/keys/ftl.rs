//! Reads what this check needs of a Fluent file: keys, the variables they take, and the keys they call themselves.
//! Never renders; whether a file is Fluent at all is found by the program's own tests, which load it.

use std::collections::BTreeSet;

use crate::files::Text;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: String,
    pub place: String,
    /// What stands in it as `{ $name }`.
    pub variables: BTreeSet<String>,
    /// Other messages it shows, as `{ other-key }`.
    pub calls: BTreeSet<String>,
}

pub fn messages(text: &Text) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    for (number, line) in text.lines().filter(|(_, line)| !line.starts_with('#')) {
        let pattern = match line.split_once('=') {
            Some((id, pattern)) if is_id(id.trim_end()) => {
                let place = format!("{}:{number}", text.path);
                let id = id.trim_end().to_owned();
                messages.push(Message { id, place, variables: BTreeSet::new(), calls: BTreeSet::new() });
                pattern
            }
            _ => line,
        };
        if let Some(message) = messages.last_mut() {
            read_placeables(pattern, message);
        }
    }
    messages
}

/// A message begins at the first column; a term's `-` counts as part of its id.
fn is_id(text: &str) -> bool {
    text.trim_start_matches('-').starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c == '-' || c == '_' || c.is_ascii_alphanumeric())
}

fn read_placeables(pattern: &str, message: &mut Message) {
    for (at, _) in pattern.match_indices('$') {
        message.variables.insert(word(pattern.get(at + 1..).unwrap_or_default()));
    }
    for (at, _) in pattern.match_indices('{') {
        let called = word(pattern.get(at + 1..).unwrap_or_default().trim_start());
        if is_id(&called) && called.contains(|c: char| c.is_ascii_lowercase()) {
            message.calls.insert(called);
        }
    }
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| *c == '-' || *c == '_' || c.is_ascii_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Message> {
        messages(&Text::new("a.ftl", text))
    }

    #[test]
    fn keys_variables_and_calls_are_read_over_several_lines() {
        let found = read(
            "# lời\n-name = Vươn\nlist-count =\n    { $count ->\n       [one] { NUMBER($count) } hộ\n      *[other] { -name }: { list-name }\n    }\n",
        );
        let ids: Vec<_> = found.iter().map(|message| message.id.as_str()).collect();
        assert_eq!(ids, ["-name", "list-count"]);
        assert_eq!(found[1].place, "a.ftl:3");
        assert_eq!(found[1].variables, BTreeSet::from(["count".to_owned()]));
        assert_eq!(found[1].calls, BTreeSet::from(["-name".to_owned(), "list-name".to_owned()]));
    }

    #[test]
    fn a_line_of_a_longer_text_is_no_key() {
        let found = read("rule = Một câu dài\n    b1 = 140 là vẫn dưới chuẩn\n");
        assert_eq!(found.len(), 1);
    }
}
