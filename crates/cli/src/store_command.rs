//! `vuon backup`, `vuon restore`, and the invented data for trying and measuring.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use app::House;
use clap::{Args, Subcommand};
use storage_sql::SqlStore;

use crate::machine::{MachineClock, MachineIds, load_norms, make_folder};
use crate::serve::store_url;

#[derive(Debug, Args)]
pub struct BackupArguments {
    /// The data folder of the program.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// The file to write; refused when it exists.
    to: PathBuf,
}

#[derive(Debug, Args)]
pub struct RestoreArguments {
    /// The backup.
    from: PathBuf,
    /// The data folder to fill; refused when it already holds a store.
    #[arg(long, default_value = "data")]
    data: PathBuf,
}

#[derive(Debug, Subcommand)]
pub enum SampleCommand {
    /// Fills an empty data folder with the sample register.
    Load {
        #[arg(long, default_value = "data")]
        data: PathBuf,
    },
    /// Fills an empty data folder with so many invented households, for load tests.
    Fill {
        #[arg(long, default_value_t = 400_000)]
        households: usize,
        #[arg(long, default_value = "data")]
        data: PathBuf,
        #[arg(long, env = "VUON_DATABASE")]
        database: Option<String>,
    },
}

pub async fn backup(arguments: BackupArguments) -> Result<ExitCode> {
    let store = SqlStore::open(&store_url(&arguments.data, None)).await.context("opening the store")?;
    store.backup(&arguments.to).await.with_context(|| format!("writing {}", arguments.to.display()))?;
    println!("{}", arguments.to.display());
    Ok(ExitCode::SUCCESS)
}

pub async fn restore(arguments: RestoreArguments) -> Result<ExitCode> {
    make_folder(&arguments.data)?;
    let to = arguments.data.join("vuon.sqlite3");
    storage_sql::restore(&arguments.from, &to)
        .await
        .with_context(|| format!("restoring {} into {}", arguments.from.display(), to.display()))?;
    println!("{}", to.display());
    Ok(ExitCode::SUCCESS)
}

pub async fn sample(command: SampleCommand, norms: Option<&Path>) -> Result<ExitCode> {
    let (data, database) = match &command {
        SampleCommand::Load { data } => (data, None),
        SampleCommand::Fill { data, database, .. } => (data, database.as_deref()),
    };
    make_folder(data)?;
    let store = SqlStore::open(&store_url(data, database)).await.context("opening the store")?;
    let house = House::new(Arc::new(store), load_norms(norms)?, Arc::new(MachineClock), Arc::new(MachineIds));
    let progress = |percent: u8| eprintln!("{percent} %");
    match command {
        SampleCommand::Load { .. } => app::access::start_sample(&house, &progress).await?,
        SampleCommand::Fill { households, .. } => app::sample::fill(&house, households, &progress).await?,
    }
    Ok(ExitCode::SUCCESS)
}
