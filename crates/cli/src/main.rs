//! `vuon`, the one binary: serves the pages, runs a review on a file, checks the norms, keeps backups.
//! Only puts rooms together; decides nothing. Start with [`Command`].

mod machine;
mod norms_command;
mod review_run;
mod serve;
mod store_command;
mod target_command;

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
    let filter = tracing_subscriber::EnvFilter::try_from_env("VUON_LOG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let arguments = Arguments::parse();
    let norms = arguments.norms.as_deref();
    let done = match arguments.command {
        Command::Serve(serve) => serve::run(serve, norms).await,
        Command::Review(ReviewCommand::Run(run)) => review_run::run(run, norms).await,
        Command::Norms(command) => norms_command::run(&command, norms),
        Command::Target(command) => target_command::run(command, norms).await,
        Command::Backup(backup) => store_command::backup(backup).await,
        Command::Restore(restore) => store_command::restore(restore).await,
        Command::Sample(sample) => store_command::sample(sample, norms).await,
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
