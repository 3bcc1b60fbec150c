//! The docs: relative links resolve, crates that are named exist, and the rooms of the architecture page are the crates there are.
//! Never reads the outside world; a link with a scheme is left alone.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    files::{self, Text},
    findings::Findings,
};

const ARCHITECTURE: &str = "docs/architecture.md";
/// The table under this heading has one row a crate, its name first, in backticks.
const ROOMS: &str = "## The rooms";

pub fn check(root: &Path) -> Result<Findings> {
    let crates = crates(root)?;
    let mut findings = Findings::default();
    let mut pages = files::texts(root, "docs", &[".md"])?;
    for name in ["README.md", "CHANGELOG.md"] {
        pages.push(files::read(root, &root.join(name))?);
    }
    for page in &pages {
        check_links(root, page, &mut findings);
        check_crates_exist(page, &crates, &mut findings);
        if page.path == ARCHITECTURE {
            check_rooms(page, &crates, &mut findings);
        }
    }
    Ok(findings)
}

fn crates(root: &Path) -> Result<BTreeSet<String>> {
    let folder = root.join("crates");
    let entries = fs::read_dir(&folder).with_context(|| format!("listing {}", folder.display()))?;
    let names = entries.filter_map(Result::ok).filter(|entry| entry.path().join("Cargo.toml").is_file());
    Ok(names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

fn check_links(root: &Path, page: &Text, findings: &mut Findings) {
    let folder = root.join(&page.path).parent().map(Path::to_owned).unwrap_or_default();
    for (number, line) in page.lines() {
        for target in links(line) {
            let path = target.split('#').next().unwrap_or_default();
            let outside = target.contains("://") || target.starts_with("mailto:") || path.is_empty();
            if !outside && !folder.join(path).exists() {
                findings.add(format!("{}:{number}", page.path), format!("the link to {target} leads nowhere"));
            }
        }
    }
}

/// The targets of `[text](target)` and `![picture](target)`.
fn links(line: &str) -> Vec<&str> {
    let after = line.match_indices("](").filter_map(|(at, mark)| line.get(at + mark.len()..));
    after.filter_map(|rest| rest.split_once(')')).map(|(target, _)| target.trim()).collect()
}

fn check_crates_exist(page: &Text, crates: &BTreeSet<String>, findings: &mut Findings) {
    for (number, line) in page.lines() {
        for (at, mark) in line.match_indices("crates/") {
            let name = word(line.get(at + mark.len()..).unwrap_or_default());
            if !name.is_empty() && !crates.contains(&name) {
                findings.add(format!("{}:{number}", page.path), format!("there is no crate '{name}'"));
            }
        }
    }
}

fn check_rooms(page: &Text, crates: &BTreeSet<String>, findings: &mut Findings) {
    let rooms: BTreeSet<String> = rooms(page).collect();
    for missing in crates.difference(&rooms) {
        findings.add(&page.path, format!("the crate '{missing}' has no row under '{ROOMS}'"));
    }
    for gone in rooms.difference(crates) {
        findings.add(&page.path, format!("'{gone}' has a row under '{ROOMS}', but there is no such crate"));
    }
    for (number, line) in page.lines().filter(|(_, line)| line.contains("()`") || line.contains("::")) {
        findings.add(
            format!("{}:{number}", page.path),
            format!("names a function or a path of the code; say the room instead: {}", line.trim()),
        );
    }
}

fn rooms(page: &Text) -> impl Iterator<Item = String> {
    let lines = page.text.lines().skip_while(|line| *line != ROOMS).skip(1);
    let section = lines.take_while(|line| !line.starts_with("## "));
    section.filter_map(|line| line.strip_prefix("| `")).map(word)
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| *c == '-' || c.is_ascii_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crates_named(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn links_are_read_out_of_a_line() {
        assert_eq!(links("see [a](b.md#c) and ![d](e.png)."), ["b.md#c", "e.png"]);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_named_with_its_line() {
        let root = files::repository_root().unwrap();
        let page =
            Text::new("docs/a.md", "[there](../Makefile)\n[not](gone.md) [out](https://example.org) [here](#part)\n");
        let mut findings = Findings::default();
        check_links(&root, &page, &mut findings);
        assert_eq!(findings.sentences(), ["the link to gone.md leads nowhere"]);
        assert_eq!(findings.iter().next().unwrap().place, "docs/a.md:2");
    }

    #[test]
    fn the_rooms_are_the_crates() {
        let page = Text::new(
            ARCHITECTURE,
            "## The rooms\n\n| room | what |\n|---|---|\n| `kernel` | words |\n| `attic` | old |\n\n## Next\n| `norms` | not here |\n",
        );
        let mut findings = Findings::default();
        check_rooms(&page, &crates_named(&["kernel", "norms"]), &mut findings);
        assert_eq!(
            findings.sentences(),
            [
                "'attic' has a row under '## The rooms', but there is no such crate",
                "the crate 'norms' has no row under '## The rooms'",
            ]
        );
    }

    #[test]
    fn a_crate_that_is_gone_is_named() {
        let mut findings = Findings::default();
        let page = Text::new("README.md", "look into `crates/kernel` and crates/attic/src");
        check_crates_exist(&page, &crates_named(&["kernel"]), &mut findings);
        assert_eq!(findings.sentences(), ["there is no crate 'attic'"]);
    }
}
