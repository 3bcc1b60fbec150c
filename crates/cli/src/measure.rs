//! `vuon measure`: the poverty family of a whole survey, or the figures of a sample. Only reads arguments and prints;
//! `measures` computes.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use measures::Fault;
use measures::poverty::{family_of_survey, family_sheet};
use measures::scoring::Pack;

/// The input cannot be used: said in a sentence, told apart from a fault of ours by its exit code.
const REFUSED: u8 = 2;

#[derive(Debug, Args)]
pub struct MeasureArguments {
    /// Parquet file with every household of a survey; goes with --pack.
    #[arg(long, requires = "pack")]
    survey: Option<PathBuf>,
    /// The score pack, YAML: deprivations, their weights, what a household counts with.
    #[arg(long, requires = "survey")]
    pack: Option<PathBuf>,
    /// Columns to decompose by; `nation` is the whole.
    #[arg(long, value_delimiter = ',', default_value = "nation")]
    by: Vec<String>,
    /// Cut-offs, in parts of the weights: `1..12` or `3,4,6`. Every one from the union to the intersection when left out.
    #[arg(long)]
    k: Option<String>,
    /// Table to write, .parquet or .csv.
    #[arg(long)]
    out: PathBuf,
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

pub fn run(arguments: &MeasureArguments) -> ExitCode {
    let done = match (&arguments.survey, &arguments.pack) {
        (Some(survey), Some(pack)) => of_survey(arguments, survey, pack),
        _ => Err(Fault::Definition {
            path: "of the command".to_owned(),
            why: "it names no data: give --survey FILE --pack FILE, or --indicators FILE --data FILE".to_owned(),
        }),
    };
    match done {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(fault) => refused(&fault),
    }
}

fn of_survey(arguments: &MeasureArguments, survey: &std::path::Path, pack: &std::path::Path) -> Result<String, Fault> {
    let pack = Pack::read(pack)?;
    let every = pack.family(vec![1], Vec::new())?.parts();
    let cutoffs = arguments.k.as_deref().map_or_else(|| Ok((1..=every).collect()), cutoffs)?;
    let plan = pack.family(cutoffs, arguments.by.clone())?;
    let counted = family_of_survey(survey, &plan, arguments.threads)?;
    let sheet = family_sheet(&plan, &counted);
    sheet.write(&arguments.out, arguments.threads)?;
    Ok(format!("{}: rows={} pack={} ({})", arguments.out.display(), sheet.rows(), pack.id, pack.status))
}

/// `1..12`, both ends included, or `3,4,6`.
fn cutoffs(text: &str) -> Result<Vec<u32>, Fault> {
    let wrong = |_| Fault::Definition {
        path: "--k".to_owned(),
        why: format!("{text} is no list of cut-offs; write 1..12 or 3,4,6"),
    };
    if let Some((first, last)) = text.split_once("..") {
        return Ok((first.parse().map_err(wrong)?..=last.parse().map_err(wrong)?).collect());
    }
    text.split(',').map(|k| k.trim().parse().map_err(wrong)).collect()
}

/// Says why, and ends with the code of a refusal.
pub fn refused(fault: &Fault) -> ExitCode {
    eprintln!("error: {fault} ({})", fault.code());
    ExitCode::from(REFUSED)
}
