//! `vuon-olap`: the measures of `vuon measure` over Parquet in object storage, on Apache Ballista, for a country rather than
//! a province. One program, all roles; definitions and answers are those of one machine. Never scores or weighs by itself:
//! start with [`query`], which turns the definitions into SQL.

mod cluster;
mod definitions;
mod engine;
mod gather;
mod measure;
mod query;
mod reach;
mod said;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "vuon-olap", version, about = "Vươn's poverty measures on Apache Ballista")]
struct Arguments {
    #[command(subcommand)]
    role: Role,
}

#[derive(Debug, Subcommand)]
enum Role {
    /// Plans and hands out the work; one of it.
    Scheduler(cluster::SchedulerArguments),
    /// Does the work; as many as there are machines.
    Executor(cluster::ExecutorArguments),
    /// Asks for a family of measures and writes it, as `vuon measure` does.
    Measure(measure::MeasureArguments),
    /// Prints the one statement behind the measures, for another engine such as Spark.
    Sql(definitions::Definitions),
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "error".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(usage) => return said::usage(&usage),
    };
    let done = match arguments.role {
        Role::Scheduler(arguments) => cluster::schedule(arguments).await,
        Role::Executor(arguments) => cluster::execute(arguments).await,
        Role::Measure(arguments) => measure::run(arguments).await,
        Role::Sql(definitions) => definitions.read().map(|(_, plan)| println!("{}", query::counts_sql(&plan))),
    };
    done.map_or_else(|error| said::stopped(&error), |()| ExitCode::SUCCESS)
}
