//! Checks on the repository itself: `cargo xtask layers`, `cargo xtask keys`, `cargo xtask docs`.
//! Never changes a file. Each check is one module; all print every finding and fail when there is one.

mod docs;
mod files;
mod findings;
mod keys;
mod layers;

use std::{env, process::ExitCode};

use anyhow::{Context, Result, bail};

use findings::Findings;

const USAGE: &str = "\
usage: cargo xtask CHECK

  layers   which crate may name which, and what the pure ones may not name
  keys     every text key exists in both languages, with the same variables, and is used
  docs     links resolve, and the architecture page names the crates there are";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let root = files::repository_root()?;
    let name = env::args().nth(1).unwrap_or_default();
    let findings = match name.as_str() {
        "layers" => layers::check(&root).context("checking the layers")?,
        "keys" => keys::check(&root).context("checking the text keys")?,
        "docs" => docs::check(&root).context("checking the docs")?,
        _ => bail!("'{name}' is none of the checks\n\n{USAGE}"),
    };
    report(&name, &findings)
}

fn report(name: &str, findings: &Findings) -> Result<()> {
    if findings.is_empty() {
        println!("{name}: nothing found");
        return Ok(());
    }
    for finding in findings.iter() {
        eprintln!("{finding}");
    }
    bail!("{name}: {} found, listed above", findings.len())
}
