//! Which crate may name which. The rules stand in `rules.rs`; this module reads manifests and sources and holds them beside it.
//! Never builds anything. Start with [`check`].

mod rules;
mod source;

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{
    files::{self, Text},
    findings::Findings,
};

/// A crate of the house, with what its manifest names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Manifest {
    name: String,
    needs: Vec<Need>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Need {
    name: String,
    only_for_tests: bool,
}

pub fn check(root: &Path) -> Result<Findings> {
    let mut findings = Findings::default();
    for manifest in manifests(root)? {
        check_manifest(&manifest, &mut findings);
        let folder = format!("crates/{}/src", manifest.name);
        for text in files::texts(root, &folder, &[".rs"])? {
            check_source(&manifest.name, &text, &mut findings);
        }
    }
    Ok(findings)
}

fn check_manifest(manifest: &Manifest, findings: &mut Findings) {
    let place = format!("crates/{}/Cargo.toml", manifest.name);
    for need in &manifest.needs {
        if let Some(sentence) = rules::broken_by(&manifest.name, &need.name, need.only_for_tests) {
            findings.add(&place, format!("{} names {}. {sentence}", manifest.name, need.name));
        }
    }
}

/// A crate can reach a name it may not say through what another crate hands on; so the words are read, too.
fn check_source(krate: &str, text: &Text, findings: &mut Findings) {
    for mention in source::mentions(&text.text) {
        if let Some(sentence) = rules::broken_by(krate, &mention.name, mention.in_tests) {
            findings
                .add(format!("{}:{}", text.path, mention.line), format!("{krate} names {}. {sentence}", mention.name));
        }
    }
}

/// Cargo's own reading of the manifests, so that no second reader of TOML is kept here.
fn manifests(root: &Path) -> Result<Vec<Manifest>> {
    let output = Command::new("cargo")
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()
        .context("starting cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata said: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).context("reading what cargo metadata said")?;
    Ok(list(&metadata, "packages").iter().map(manifest).filter(|manifest| manifest.name != "xtask").collect())
}

fn manifest(package: &Value) -> Manifest {
    let needs = list(package, "dependencies")
        .iter()
        .map(|need| Need { name: word(need, "name").replace('-', "_"), only_for_tests: word(need, "kind") == "dev" });
    Manifest { name: word(package, "name").to_owned(), needs: needs.collect() }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(krate: &str, source: &str) -> Vec<String> {
        let mut findings = Findings::default();
        check_source(krate, &Text::new("crates/x/src/lib.rs", source), &mut findings);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_manifest_that_runs_back_up_is_named_with_its_rule() {
        let manifest = Manifest {
            name: "domain".to_owned(),
            needs: vec![
                Need { name: "kernel".to_owned(), only_for_tests: false },
                Need { name: "app".to_owned(), only_for_tests: false },
            ],
        };
        let mut findings = Findings::default();
        check_manifest(&manifest, &mut findings);
        assert_eq!(findings.len(), 1);
        assert!(findings.sentences()[0].starts_with("domain names app. Arrows run down only"), "{findings:?}");
    }

    #[test]
    fn a_page_that_reaches_the_store_through_the_app_is_found_at_its_line() {
        let found = found("web", "//! Pages.\nuse app::storage::Store;\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("crates/x/src/lib.rs:2: web names storage."), "{found:?}");
    }

    #[test]
    fn words_in_comments_and_texts_name_nothing() {
        assert_eq!(found("web", "// storage::Store is below\nlet why = \"storage::Store\";\n"), Vec::<String>::new());
    }

    #[test]
    fn the_manifests_of_this_repository_are_read() {
        let manifests = manifests(&files::repository_root().unwrap()).unwrap();
        let norms = manifests.iter().find(|manifest| manifest.name == "norms").unwrap();
        assert!(norms.needs.iter().any(|need| need.name == "kernel" && !need.only_for_tests), "{norms:?}");
    }
}
