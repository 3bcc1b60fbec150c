//! `vuon measure`: the poverty family of a whole survey, or the figures of a sample. Only reads arguments and prints;
//! `measures` computes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use measures::Fault;
use measures::poverty::{WHOLE, family_of_survey, family_sheet};
use measures::sample::{Design, Spec, sample_sheet};
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
    /// The indicators of a sample survey, YAML; goes with --data.
    #[arg(long, requires = "data", conflicts_with = "survey")]
    indicators: Option<PathBuf>,
    /// The sample survey, .csv or .parquet.
    #[arg(long, requires = "indicators")]
    data: Option<PathBuf>,
    /// Columns whose product a row of the sample weighs: `weight`, or `weight,size` for persons.
    #[arg(long, value_delimiter = ',', requires = "data")]
    weights: Vec<String>,
    /// Column of the strata of the sample.
    #[arg(long, requires = "data")]
    strata: Option<String>,
    /// Column of the primary sampling units.
    #[arg(long, requires = "data")]
    psu: Option<String>,
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
    let whole = arguments.survey.as_deref().zip(arguments.pack.as_deref());
    let sample = arguments.data.as_deref().zip(arguments.indicators.as_deref());
    let done = match (whole, sample) {
        (Some((survey, pack)), _) => of_survey(arguments, survey, pack),
        (None, Some((data, indicators))) => of_sample(arguments, data, indicators),
        (None, None) => Err(Fault::Definition {
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

fn of_survey(arguments: &MeasureArguments, survey: &Path, pack: &Path) -> Result<String, Fault> {
    let pack = Pack::read(pack)?;
    let plan = pack.family_at(arguments.k.as_deref(), arguments.by.clone())?;
    let counted = family_of_survey(survey, &plan, arguments.threads)?;
    let sheet = family_sheet(&plan, &counted);
    sheet.write(&arguments.out, arguments.threads)?;
    Ok(format!("{}: rows={} pack={} ({})", arguments.out.display(), sheet.rows(), pack.id, pack.status))
}

fn of_sample(arguments: &MeasureArguments, data: &Path, indicators: &Path) -> Result<String, Fault> {
    if arguments.k.is_some() {
        let why = "the cut-offs of a sample stand in its file of indicators".to_owned();
        return Err(Fault::Definition { path: "--k".to_owned(), why });
    }
    let spec = Spec::read(indicators)?;
    let design = Design {
        weights: arguments.weights.clone(),
        strata: arguments.strata.clone(),
        psu: arguments.psu.clone(),
        by: arguments.by.iter().filter(|by| *by != WHOLE).cloned().collect(),
    };
    let measured = sample_sheet(data, &spec, &design)?;
    measured.sheet.write(&arguments.out, arguments.threads)?;
    let left = measured.left_out;
    if left.indicator + left.design + left.group > 0 {
        eprintln!(
            "left out: {} row(s) with an empty indicator, {} without weight, stratum or unit, {} in no group of a decomposition",
            left.indicator, left.design, left.group
        );
    }
    if measured.single_unit_strata > 0 {
        eprintln!(
            "{} stratum(s) with a single unit: it is held against the mean of all strata, so intervals are rather too wide",
            measured.single_unit_strata
        );
    }
    Ok(format!(
        "{}: rows={} read={} degrees_of_freedom={} spec={}",
        arguments.out.display(),
        measured.sheet.rows(),
        measured.rows,
        measured.degrees_of_freedom,
        spec.id
    ))
}

/// Says why, and ends with the code of a refusal.
pub fn refused(fault: &Fault) -> ExitCode {
    eprintln!("error: {fault} ({})", fault.code());
    ExitCode::from(REFUSED)
}
