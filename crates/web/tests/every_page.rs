//! Every page in both languages: renders twice to the same text, and leaves no key, no doubled id and no unnamed field.
//! With VUON_PAGES=folder the pages are also written there, to be looked at or checked by other tools.

#![expect(clippy::unwrap_used, reason = "what helps a test may stop it")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use web::Lang;
use web::pages::samples;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_page_renders_twice_to_the_same_text_in_both_languages() {
    for lang in Lang::ALL {
        let again = samples(lang);
        for (first, second) in samples(lang).iter().zip(&again) {
            let html = first.page.dyn_render().unwrap_or_else(|e| panic!("{} {}: {e}", first.name, lang.code()));
            assert_eq!(html, second.page.dyn_render().unwrap(), "{} differs from itself", first.name);
            assert!(html.contains(&format!("<html lang=\"{}\">", lang.code())), "{}", first.name);
            write_out(lang, first.name, &html);
        }
    }
}

#[test]
fn ids_are_unique_and_every_label_and_description_points_at_one() {
    for sample in samples(Lang::Vi) {
        let html = sample.page.dyn_render().unwrap();
        let ids = attributes(&html, " id=\"");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{} has an id twice: {ids:?}", sample.name);
        for attribute in [" for=\"", " aria-describedby=\"", " aria-labelledby=\""] {
            for target in attributes(&html, attribute).iter().flat_map(|value| value.split_whitespace()) {
                assert!(unique.contains(target), "{}: {attribute}{target} points at nothing", sample.name);
            }
        }
        for target in attributes(&html, " href=\"#") {
            assert!(unique.contains(target), "{}: #{target} leads nowhere", sample.name);
        }
    }
}

#[test]
fn every_key_that_a_template_or_a_handler_names_has_a_text_in_both_languages() {
    let mut missing = BTreeMap::new();
    for file in files(&root().join("templates")).into_iter().chain(files(&root().join("crates/web/src"))) {
        let text = std::fs::read_to_string(&file).unwrap();
        for call in [".t(\"", ".t1(\"", ".t2(\"", ".tv(\"", ".say(\""] {
            for (at, _) in text.match_indices(call) {
                let key = text[at + call.len()..].split('"').next().unwrap_or_default();
                for lang in Lang::ALL.into_iter().filter(|lang| !lang.has(key)) {
                    missing.insert(format!("{} {key}", lang.code()), file.display().to_string());
                }
            }
        }
    }
    assert!(missing.is_empty(), "texts missing from locales/: {missing:#?}");
}

#[test]
fn both_languages_have_the_same_keys_and_none_stands_twice() {
    let keys = Lang::Vi.keys();
    let twice: Vec<_> = keys.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
    assert!(twice.is_empty(), "stand twice: {twice:?}");
    assert_eq!(keys, Lang::En.keys());
}

/// The values of an attribute, in order.
fn attributes<'a>(html: &'a str, start: &str) -> Vec<&'a str> {
    html.match_indices(start)
        .filter_map(|(at, _)| html.get(at + start.len()..)?.split('"').next())
        .filter(|value| !value.is_empty())
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn write_out(lang: Lang, name: &str, html: &str) {
    let Ok(folder) = std::env::var("VUON_PAGES") else { return };
    let file = Path::new(&folder).join(format!("{}-{}.html", name.replace('/', "-"), lang.code()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(file, html).unwrap();
}
