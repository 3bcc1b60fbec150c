//! `vuon replay SNAPSHOT`: runs the rules over a snapshot again and holds every class and number beside what was frozen.
//! Needs the files and the norms, no database.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::json;
use snapshots::{Finding, NormChange, Replay, ReplayFault, verify};

use crate::machine::load_norms;
use crate::snapshot::{Where, print_json, refused};

/// The exit code of a replay that came out otherwise.
const DIFFERENT: u8 = 3;
/// Differences printed before the rest is only counted.
const SHOWN: usize = 50;

#[derive(Debug, Args)]
pub struct ReplayArguments {
    /// A snapshot's folder, its name, or the first letters of it.
    snapshot: String,
    #[command(flatten)]
    at: Where,
}

pub fn run(arguments: &ReplayArguments, norms: Option<&Path>) -> Result<ExitCode> {
    let snapshot = match arguments.at.open(&arguments.snapshot) {
        Ok(snapshot) => snapshot,
        Err(fault) => return refused(fault),
    };
    let findings = match verify(snapshot.folder()) {
        Ok(findings) => findings,
        Err(fault) => return refused(fault),
    };
    if !findings.is_empty() {
        return Ok(damaged(&findings, arguments.at.json));
    }
    let found = match snapshots::replay(&snapshot, load_norms(norms)?.as_ref()) {
        Ok(found) => found,
        Err(ReplayFault::Snapshot(fault)) => return refused(fault),
        Err(ReplayFault::Gap(gap)) => bail!("the loaded norms cannot judge {}: {gap}", snapshot.year()),
    };
    if arguments.at.json {
        print_json(&json!({ "name": snapshot.name, "equal": found.is_equal(), "replay": found }));
    } else {
        print(&found);
    }
    Ok(if found.is_equal() { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) })
}

fn damaged(findings: &[Finding], as_json: bool) -> ExitCode {
    if as_json {
        print_json(&json!({ "equal": false, "findings": findings }));
    } else {
        eprintln!(
            "error: the snapshot is not as it was written; `vuon snapshot verify` says what was changed (SNP-004)"
        );
    }
    ExitCode::from(DIFFERENT)
}

fn print(found: &Replay) {
    for change in &found.norms {
        match change {
            NormChange::Changed { norm, from } => println!("norm changed  {norm}, version of {from}"),
            NormChange::Gone { norm } => println!("norm gone     {norm}"),
            NormChange::Added { norm } => println!("norm added    {norm}"),
        }
    }
    if found.units_changed {
        println!("units changed the list of that day says something else now");
    }
    for apart in found.classes.iter().take(SHOWN) {
        println!("{}  {}: {} frozen, {} now", apart.household, apart.what, apart.frozen, apart.now);
    }
    for apart in found.numbers.iter().take(SHOWN) {
        println!("form {} {} {}: {} frozen, {} now", apart.form, apart.row, apart.column, apart.frozen, apart.now);
    }
    let (classes, numbers) = (found.classes.len(), found.numbers.len());
    let verdict = if found.is_equal() { "equal" } else { "NOT EQUAL" };
    println!(
        "{verdict}: {} households, {classes} differ; {} numbers of the forms, {numbers} differ",
        found.households, found.cells
    );
}
