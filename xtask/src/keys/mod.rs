//! Text keys: every one used exists in both languages with the same variables, and every one that exists is used.
//! Never judges the wording. Start with [`check`]; `ftl.rs` reads the languages, `uses.rs` the templates and the code.

mod ftl;
mod uses;

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;

use crate::{
    files::{self, Text},
    findings::Findings,
};
use ftl::Message;
use uses::{Use, Uses};

/// Vietnamese is written first; English follows it.
const LANGUAGES: [&str; 2] = ["vi", "en"];

type Messages = BTreeMap<String, Message>;

pub fn check(root: &Path) -> Result<Findings> {
    let mut findings = Findings::default();
    let mut languages = Vec::new();
    for language in LANGUAGES {
        let texts = files::texts(root, &format!("locales/{language}"), &[".ftl"])?;
        languages.push((language, messages(&texts, &mut findings)));
    }
    let mut sources = files::texts(root, "templates", &[".html", ".txt", ".svg"])?;
    sources.extend(files::texts(root, "crates", &[".rs"])?.into_iter().filter(|text| text.path.contains("/src/")));

    let uses = Uses::of(&sources, &languages);
    check_languages_agree(&languages, &mut findings);
    check_uses_exist(&uses, &languages, &mut findings);
    check_all_used(&uses, &languages, &mut findings);
    Ok(findings)
}

fn messages(texts: &[Text], findings: &mut Findings) -> Messages {
    let mut all = Messages::new();
    for message in texts.iter().flat_map(ftl::messages) {
        let (id, place) = (message.id.clone(), message.place.clone());
        if let Some(first) = all.insert(id.clone(), message) {
            findings.add(place, format!("'{id}' stands twice; the first is at {}: keep one", first.place));
        }
    }
    all
}

fn check_languages_agree(languages: &[(&str, Messages)], findings: &mut Findings) {
    for (language, messages) in languages {
        for (other, others) in languages.iter().filter(|(other, _)| other != language) {
            for (id, message) in messages {
                match others.get(id) {
                    None => findings.add(&message.place, format!("'{id}' is missing in locales/{other}: add it there")),
                    Some(twin) if twin.variables != message.variables && *language == "vi" => findings.add(
                        &message.place,
                        format!("'{id}' takes {:?} here and {:?} at {}", message.variables, twin.variables, twin.place),
                    ),
                    Some(_) => {}
                }
            }
        }
    }
}

fn check_uses_exist(uses: &Uses, languages: &[(&str, Messages)], findings: &mut Findings) {
    let mut unknown: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Use { key, place } in &uses.keys {
        if !languages.iter().any(|(_, messages)| messages.contains_key(key)) {
            unknown.entry(key).or_default().push(place);
        }
    }
    for (key, places) in unknown {
        let Some((first, more)) = places.split_first() else { continue };
        let also = if more.is_empty() { String::new() } else { format!(" ({} more places say it)", more.len()) };
        findings.add(*first, format!("'{key}' is in no language{also}: write it in locales/vi and locales/en"));
    }
    for Use { key: beginning, place } in &uses.families {
        if !languages.iter().any(|(_, messages)| messages.keys().any(|id| id.starts_with(beginning))) {
            findings.add(place, format!("no key begins with '{beginning}': write the family, or remove the mark"));
        }
    }
}

fn check_all_used(uses: &Uses, languages: &[(&str, Messages)], findings: &mut Findings) {
    let Some((_, messages)) = languages.first() else { return };
    for (id, message) in messages {
        if !uses.mentions(id) {
            findings.add(
                &message.place,
                format!("'{id}' is used nowhere: remove it, or mark its family in the code with `// keys: {id}`"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(vi: &str, en: &str, source: &str) -> Vec<String> {
        let mut findings = Findings::default();
        let languages = [
            ("vi", messages(&[Text::new("locales/vi/a.ftl", vi)], &mut findings)),
            ("en", messages(&[Text::new("locales/en/a.ftl", en)], &mut findings)),
        ];
        let uses = Uses::of(&[Text::new("templates/a.html", source)], &languages);
        check_languages_agree(&languages, &mut findings);
        check_uses_exist(&uses, &languages, &mut findings);
        check_all_used(&uses, &languages, &mut findings);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_key_in_both_languages_and_in_a_page_is_fine() {
        assert_eq!(found("list = Danh sách", "list = List", "{{ t(\"list\") }}"), Vec::<String>::new());
    }

    #[test]
    fn a_key_of_one_language_is_named() {
        let found = found("list = Danh sách", "", "{{ t(\"list\") }}");
        assert_eq!(found, ["locales/vi/a.ftl:1: 'list' is missing in locales/en: add it there"]);
    }

    #[test]
    fn a_key_used_but_never_written_is_named_at_its_place() {
        let found = found("", "", "<h1>\n{{ t(\"list-title\") }}</h1>");
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("templates/a.html:2: 'list-title' is in no language"), "{found:?}");
    }

    #[test]
    fn a_key_nobody_uses_is_named() {
        let found = found("old = Cũ", "old = Old", "");
        assert!(found[0].contains("'old' is used nowhere"), "{found:?}");
    }

    #[test]
    fn variables_must_agree() {
        let found = found("n = Có { $count } hộ", "n = There are { $n } households", "{{ t(\"n\") }}");
        assert!(found[0].contains("'n' takes {\"count\"} here and {\"n\"}"), "{found:?}");
    }

    #[test]
    fn a_key_written_twice_is_named() {
        let found = found("a = Một\na = Hai", "a = One", "{{ t(\"a\") }}");
        assert!(found[0].contains("'a' stands twice"), "{found:?}");
    }
}
