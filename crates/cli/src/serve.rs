//! `vuon serve`: opens the store, builds the house, prints one address and answers until told to stop.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use app::House;
use clap::Args;
use storage_sql::SqlStore;
use tokio::net::{TcpListener, TcpSocket};

use crate::machine::{MachineClock, MachineIds, load_norms, make_folder};
use crate::paper_command::papers_of;
use crate::snapshot::archive_of;

#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Thư mục dữ liệu; chưa có thì được tạo (the data folder; made when it is not there)
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Địa chỉ mở cổng; cổng 0 là cổng trống bất kỳ (where to listen; port 0 takes a free one)
    #[arg(long, default_value = "127.0.0.1:8042", env = "VUON_LISTEN")]
    listen: SocketAddr,
    /// Cơ sở dữ liệu PostgreSQL thay cho tệp kèm sẵn: `postgres://…` (a PostgreSQL database instead of the embedded
    /// store)
    #[arg(long, env = "VUON_DATABASE")]
    database: Option<String>,
    /// Thư mục bản chốt; bỏ qua là `snapshots` trong thư mục dữ liệu; nhiều máy chung một PostgreSQL dùng chung thư
    /// mục này (the folder of snapshots; several programs on one PostgreSQL share it)
    #[arg(long, env = "VUON_SNAPSHOTS")]
    snapshots: Option<PathBuf>,
    /// Thư mục mẫu văn bản dùng thay mẫu kèm sẵn cùng tên (a folder of templates instead of the built-in ones of the
    /// same name)
    #[arg(long, env = "VUON_TEMPLATES")]
    templates: Option<PathBuf>,
    /// Thư mục của các lần in dài; bỏ qua là `papers` trong thư mục dữ liệu (folder of long runs of papers)
    #[arg(long, env = "VUON_PAPERS")]
    papers: Option<PathBuf>,
}

/// The store's address: the given database, or the file in the data folder.
pub fn store_url(data: &Path, database: Option<&str>) -> String {
    match database {
        Some(url) => url.to_owned(),
        None => data.join("vuon.sqlite3").display().to_string(),
    }
}

pub async fn run(arguments: ServeArguments, norms: Option<&Path>) -> Result<ExitCode> {
    if arguments.database.is_none() {
        make_folder(&arguments.data)?;
    }
    let url = store_url(&arguments.data, arguments.database.as_deref());
    let store = SqlStore::open(&url).await.with_context(|| format!("opening the store {}", without_password(&url)))?;
    let norms = load_norms(norms)?;
    let papers = papers_of(&norms, arguments.templates.as_deref())?
        .map_err(|faults| anyhow!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
    let house = House::new(Arc::new(store), norms, Arc::new(MachineClock), Arc::new(MachineIds))
        .with_papers(papers, arguments.papers.unwrap_or_else(|| arguments.data.join("papers")))
        .with_archive(archive_of(&arguments.data, arguments.snapshots.as_deref()));
    let listener = listen(arguments.listen).with_context(|| {
        format!("listening on {}; another program may use the port: try --listen 127.0.0.1:0", arguments.listen)
    })?;
    println!("Vươn: http://{}/", listener.local_addr()?);
    tokio::spawn(count_ahead(house.clone()));
    web::serve(listener, house, stopped()).await.context("answering requests")?;
    Ok(ExitCode::SUCCESS)
}

/// Keeps figures counted while nobody waits for them.
async fn count_ahead(house: House) {
    const PAUSE: Duration = Duration::from_secs(20);
    loop {
        tokio::time::sleep(PAUSE).await;
        // Whoever opens the page counts again and hears of the fault there, in their own words.
        let _ = app::count_ahead(&house).await;
    }
}

/// A province's phones may knock all at once; whoever the queue has no room for waits a whole second before knocking
/// again.
fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    const QUEUE: u32 = 4096;
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A restart must not wait for the last run's connections to be forgotten.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(QUEUE)
}

/// Passwords do not belong into messages.
fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    }
}

/// Ends on Ctrl-C, or when the system asks the program to end.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}
