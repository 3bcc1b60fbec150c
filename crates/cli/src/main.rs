//! `vuon`, the one binary: serves the pages, runs a review on a file, checks the norms, keeps backups.
//! Only puts rooms together; decides nothing. Start with [`Command`].

mod audit_command;
mod classify;
mod machine;
mod measure;
mod norms_command;
mod paper_command;
mod plan_command;
mod replay;
mod review_run;
mod said;
mod serve;
mod snapshot;
mod store_command;
mod target_command;
mod units_command;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// A province's list is some millions of small texts, which the system's allocator makes dear.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Vươn: the poverty-reduction programme of a province.
#[derive(Debug, Parser)]
#[command(name = "vuon", version, about)]
struct Arguments {
    /// A folder of norms to use instead of the built-in ones.
    #[arg(long, global = true, env = "VUON_NORMS")]
    norms: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Starts the program and prints the address to open.
    Serve(serve::ServeArguments),
    /// The yearly review on the command line.
    #[command(subcommand)]
    Review(ReviewCommand),
    /// The law as data.
    #[command(subcommand)]
    Norms(norms_command::NormsCommand),
    /// The facts that decisions were made on, as frozen files.
    #[command(subcommand)]
    Snapshot(snapshot::SnapshotCommand),
    /// Runs the rules over a snapshot again; exit code 0 when every class and number is the same, 3 when not.
    Replay(replay::ReplayArguments),
    /// Administrative units through time.
    #[command(subcommand)]
    Units(units_command::UnitsCommand),
    /// Scores and classifies every household of a survey file.
    Classify(classify::ClassifyArguments),
    /// Poverty measures of a survey or of a sample.
    Measure(measure::MeasureArguments),
    /// The trail of who did what.
    #[command(subcommand)]
    Audit(audit_command::AuditCommand),
    /// The province's plan, clause by clause.
    #[command(subcommand)]
    Plan(plan_command::PlanCommand),
    /// Official papers as PDF, Word or print page.
    #[command(subcommand)]
    Paper(paper_command::PaperCommand),
    /// The plan's targets.
    #[command(subcommand)]
    Target(target_command::TargetCommand),
    /// Copies the embedded store into one file while the program may go on running.
    Backup(store_command::BackupArguments),
    /// Puts a backup into an empty data folder.
    Restore(store_command::RestoreArguments),
    /// Invented data, for trying and for measuring.
    #[command(subcommand, hide = true)]
    Sample(store_command::SampleCommand),
}

#[derive(Debug, Subcommand)]
enum ReviewCommand {
    /// Reads a list, classifies, and writes forms, lists, rows set aside and a summary.
    Run(review_run::RunArguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter =
        tracing_subscriber::EnvFilter::try_from_env("VUON_LOG").unwrap_or_else(|_| "warn,sqlx::query=error".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(usage) => return say_usage(&usage),
    };
    let norms = arguments.norms.as_deref();
    let done = match arguments.command {
        Command::Serve(serve) => serve::run(serve, norms).await,
        Command::Review(ReviewCommand::Run(run)) => review_run::run(run, norms).await,
        Command::Norms(command) => norms_command::run(&command, norms),
        Command::Snapshot(command) => snapshot::run(&command),
        Command::Replay(arguments) => replay::run(&arguments, norms),
        Command::Units(command) => units_command::run(command, norms).await,
        Command::Classify(classify) => Ok(classify::run(&classify)),
        Command::Measure(measure) => Ok(measure::run(&measure)),
        Command::Audit(command) => audit_command::run(command).await,
        Command::Plan(command) => plan_command::run(command, norms).await,
        Command::Paper(command) => paper_command::run(command, norms),
        Command::Target(command) => target_command::run(command, norms).await,
        Command::Backup(backup) => store_command::backup(backup).await,
        Command::Restore(restore) => store_command::restore(restore).await,
        Command::Sample(sample) => store_command::sample(sample, norms).await,
    };
    done.unwrap_or_else(|error| {
        // What the person handed in cannot be used: the sentence says what to do, and nothing of ours is broken.
        if let Some(unusable) = error.downcast_ref::<said::Unusable>() {
            eprintln!("{unusable}");
            return ExitCode::from(UNUSABLE);
        }
        eprintln!("lỗi (error): {error:#}");
        eprintln!("{}", said::advice(&error));
        ExitCode::FAILURE
    })
}

/// A file, folder or word that cannot be used, as `review run` ends too.
const UNUSABLE: u8 = 2;

/// A command that was typed wrongly (`EX_USAGE` of sysexits): no other code of this program means that.
const USAGE: u8 = 64;

/// Help and version go out as asked for; anything else is a command typed wrongly.
fn say_usage(usage: &clap::Error) -> ExitCode {
    let shown = usage.print();
    if !usage.use_stderr() && shown.is_ok() {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "Lệnh gõ chưa đúng; xem cách dùng bằng `vuon --help`. (The command was typed wrongly; see `vuon --help`.)"
    );
    ExitCode::from(USAGE)
}
