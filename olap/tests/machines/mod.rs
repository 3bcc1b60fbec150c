//! Scheduler and executors as processes of their own on this machine, as they would be on many. Stopped when the test ends,
//! however it ends.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread::sleep;
use std::time::Duration;

/// A running role of the program.
pub struct Machine {
    child: Child,
    pub address: String,
}

impl Machine {
    fn start(address: String, arguments: &[&str], keys: &[(&str, &str)]) -> Self {
        let mut command = vuon_olap(keys);
        command.args(arguments).args(["--listen", &address]).stdout(Stdio::null());
        Self { child: command.spawn().unwrap(), address }
    }

    pub fn scheduler(keys: &[(&str, &str)]) -> Self {
        let machine = Self::start(free_address(), &["scheduler"], keys);
        wait_until("the scheduler answers", || get(&machine.address, "/healthz").is_some());
        machine
    }

    pub fn executor(scheduler: &Self, work: &Path, keys: &[(&str, &str)]) -> Self {
        std::fs::create_dir_all(work).unwrap();
        let arguments = ["executor", "--scheduler", &scheduler.address, "--cores", "1", "--memory", "512"];
        let work = work.display().to_string();
        Self::start(free_address(), &[&arguments[..], &["--work-dir", &work]].concat(), keys)
    }

    /// Waits until there is somebody to work.
    pub fn wait_for_executors(&self, many: usize) {
        let ready = format!("ready: {many} executors");
        wait_until(&ready, || get(&self.address, "/readyz").is_some_and(|answer| answer.contains(&ready)));
    }

    /// `SIGKILL`: no farewell, nothing put away.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program, beside the folder of this test: a compiler that is wrapped in a shell script does not get
/// `CARGO_BIN_EXE_vuon-olap`, whose hyphen some shells drop.
fn program() -> PathBuf {
    std::env::current_exe().unwrap().parent().and_then(Path::parent).unwrap().join("vuon-olap")
}

/// The program without the keys of whoever runs the tests.
pub fn vuon_olap(keys: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_") || name.starts_with("VUON_")) {
        command.env_remove(name);
    }
    command.envs(keys.iter().copied());
    command
}

/// Asks, and waits for the end.
pub fn measure(arguments: &[&str], keys: &[(&str, &str)]) -> Output {
    vuon_olap(keys).arg("measure").args(arguments).output().unwrap()
}

/// A loopback address that nobody uses now, and whose next port is free as well.
pub fn free_address() -> String {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Each test process walks through a stretch of its own, below those the system hands out by itself.
    let first = 20_000 + u16::try_from(std::process::id() % 1_000).unwrap() * 10;
    loop {
        let port = first + NEXT.fetch_add(2, Ordering::Relaxed);
        let both = [port, port + 1].map(|port| TcpListener::bind(("127.0.0.1", port)));
        if both.iter().all(Result::is_ok) {
            return format!("127.0.0.1:{port}");
        }
    }
}

pub fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    for _ in 0..6_000 {
        if done() {
            return;
        }
        sleep(Duration::from_millis(10));
    }
    panic!("waited a minute in vain until {what}");
}

/// The answer to a plain request, headers and all; `None` when nobody listens.
fn get(address: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}
