//! The two roles that stay: one scheduler, and executors that do its work. Both reach files, http and s3, with the keys of
//! their own environment (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT` …), so that no key travels with a question.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::object_store::{runtime_env_with_s3_support, session_state_with_s3_support};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use clap::Args;

use crate::engine;
use crate::reach::{host_and_port, wait_for};
use crate::said::{Unusable, both};

/// Executors ask for work. Where the scheduler pushes it to them, Ballista's default, it may forget to push once more what an
/// executor took along at the turn of two steps (seen with 55.0.0), and the question stays open for ever.
const POLICY: TaskSchedulingPolicy = TaskSchedulingPolicy::PullStaged;
/// Whether executors live is looked at every so many seconds. They ask for work all the time, and say that they live every five
/// seconds while they are busy.
const LOOK_S: u64 = 2;
/// One that was silent for so long is dead, and its work is given to others.
const SILENCE_S: u64 = 10;

#[derive(Debug, Args)]
pub struct SchedulerArguments {
    /// Where executors and those who ask reach it.
    #[arg(long, default_value = "127.0.0.1:50050")]
    listen: SocketAddr,
}

#[derive(Debug, Args)]
pub struct ExecutorArguments {
    /// The scheduler's host and port.
    #[arg(long, default_value = "127.0.0.1:50050")]
    scheduler: String,
    /// Where other executors and those who ask fetch results; the port after it is set aside, too.
    #[arg(long, default_value = "127.0.0.1:50051")]
    listen: SocketAddr,
    /// The name by which others reach this machine, where it is not the address above.
    #[arg(long)]
    reached_as: Option<String>,
    /// Folder for what is passed between steps; a temporary one when not given.
    #[arg(long)]
    work_dir: Option<PathBuf>,
    /// Tasks at the same time; as many as there are cores when not given.
    #[arg(long)]
    cores: Option<usize>,
    /// Memory for all tasks together, in MiB; a share of the machine's when not given.
    #[arg(long)]
    memory: Option<u64>,
}

/// Runs until it is stopped.
pub async fn schedule(arguments: SchedulerArguments) -> Result<()> {
    free(arguments.listen)?;
    let config = SchedulerConfig {
        bind_host: arguments.listen.ip().to_string(),
        bind_port: arguments.listen.port(),
        external_host: arguments.listen.ip().to_string(),
        scheduling_policy: POLICY,
        stage_max_failures: 1,
        executor_timeout_seconds: SILENCE_S,
        expire_dead_executor_interval_seconds: LOOK_S,
        no_executors_grace_period_seconds: SILENCE_S,
        override_config_producer: Some(Arc::new(engine::config)),
        override_session_builder: Some(Arc::new(session_state_with_s3_support)),
        ..SchedulerConfig::default()
    };
    let doing = || both("khi chạy scheduler", "running the scheduler");
    let cluster = BallistaCluster::new_from_config(&config).await.with_context(doing)?;
    println!("scheduler: {}", arguments.listen);
    start_server(cluster, arguments.listen, Arc::new(config)).await.with_context(doing)
}

/// Runs until it is stopped.
pub async fn execute(arguments: ExecutorArguments) -> Result<()> {
    let (host, port) = host_and_port(&arguments.scheduler)?;
    let commands = SocketAddr::new(arguments.listen.ip(), arguments.listen.port().wrapping_add(1));
    free(arguments.listen)?;
    free(commands)?;
    wait_for(&arguments.scheduler).await?;
    let mut config = ExecutorProcessConfig {
        bind_host: arguments.listen.ip().to_string(),
        external_host: arguments.reached_as.or_else(|| Some(arguments.listen.ip().to_string())),
        port: arguments.listen.port(),
        grpc_port: commands.port(),
        scheduler_host: host,
        scheduler_port: port,
        task_scheduling_policy: POLICY,
        work_dir: arguments.work_dir.map(|dir| dir.display().to_string()),
        memory_pool_size: arguments.memory.map(|mib| mib << 20),
        override_config_producer: Some(Arc::new(engine::config)),
        override_runtime_producer: Some(Arc::new(runtime_env_with_s3_support)),
        ..ExecutorProcessConfig::default()
    };
    if let Some(cores) = arguments.cores {
        config.vcores = cores;
    }
    println!("executor: {} → {}", arguments.listen, arguments.scheduler);
    start_executor_process(Arc::new(config)).await.with_context(|| both("khi chạy executor", "running the executor"))
}

/// Refuses an address that is taken or is not this machine's, before anything else is started.
fn free(address: SocketAddr) -> Result<(), Unusable> {
    std::net::TcpListener::bind(address).map(drop).map_err(|e| {
        Unusable::new(
            format!("không mở được địa chỉ {address}: {e}. Dừng chương trình đang dùng nó hoặc chọn --listen khác."),
            format!("{address} cannot be listened on; stop what uses it or choose another --listen"),
        )
    })
}
