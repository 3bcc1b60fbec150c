//! `vuon norms check` and `vuon norms show ID --on DAY`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::Subcommand;
use kernel::{Clock, Day};
use norms::Norms;

use crate::machine::{MachineClock, load_norms};

#[derive(Debug, Subcommand)]
pub enum NormsCommand {
    /// Loads every norm and says what is wrong with any.
    Check,
    /// Shows the value in force on a day, with its article and how sure it is. Without ID: all ids.
    Show {
        /// `review.class_rules`
        id: Option<String>,
        /// dd/mm/yyyy or yyyy-mm-dd; today when left out.
        #[arg(long)]
        on: Option<String>,
    },
}

pub fn run(command: &NormsCommand, folder: Option<&Path>) -> Result<ExitCode> {
    match command {
        NormsCommand::Check => Ok(check(folder)),
        NormsCommand::Show { id: None, .. } => {
            for id in load_norms(folder)?.ids() {
                println!("{id}");
            }
            Ok(ExitCode::SUCCESS)
        }
        NormsCommand::Show { id: Some(id), on } => {
            let day = match on {
                Some(text) => text.parse::<Day>().map_err(|e| anyhow!("--on {text}: {e}; write 31/12/2023"))?,
                None => MachineClock.today(),
            };
            Ok(show(load_norms(folder)?.as_ref(), id, day))
        }
    }
}

/// Loads everything, the rows of the lists of units too, and says what is wrong.
fn check(folder: Option<&Path>) -> ExitCode {
    let loaded = match folder {
        Some(folder) => Norms::from_dir(folder),
        None => Norms::embedded(),
    };
    let faults = match &loaded {
        Ok(norms) => norms.unit_faults(),
        Err(faults) => faults.clone(),
    };
    for fault in &faults {
        println!("{fault}");
    }
    match loaded {
        Ok(norms) if faults.is_empty() => {
            println!("{} norms loaded, {} values to be confirmed", norms.ids().len(), norms.unconfirmed().len());
            ExitCode::SUCCESS
        }
        _ => {
            println!("{} fault(s)", faults.len());
            ExitCode::FAILURE
        }
    }
}

fn show(norms: &Norms, id: &str, day: Day) -> ExitCode {
    match norms.show(id, day) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(gap) => {
            println!("{gap}");
            ExitCode::from(4)
        }
    }
}
