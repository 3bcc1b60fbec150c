//! A folder to work in, lists made by `make_review_list.py`, the program run on them, workbooks read and written.
//! When python or openpyxl is missing the test fails and says what to install; it is never skipped.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, open_workbook_auto};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

const HOUSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Sheets by name, rows from the first, cells from column A.
pub type Book = BTreeMap<String, Vec<Vec<Data>>>;

pub fn text(words: &str) -> Data {
    Data::String(words.to_owned())
}

/// A folder that goes when the test is done.
pub struct Workbench {
    folder: PathBuf,
    runs: Cell<u32>,
}

/// What a run of the program left.
pub struct Run {
    pub code: i32,
    /// What it wrote to stderr.
    pub says: String,
    pub out: PathBuf,
}

impl Workbench {
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("vuon-review-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder, runs: Cell::new(0) }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// `vuon review run LIST --year 2023 --out …` with further arguments.
    pub fn run(&self, list: &Path, more: &[&str]) -> Run {
        self.runs.set(self.runs.get() + 1);
        run_into(list, &self.path(&format!("out-{}", self.runs.get())), more)
    }
}

pub fn run_into(list: &Path, out: &Path, more: &[&str]) -> Run {
    run_of_year((list, "2023"), out, more)
}

pub fn run_of_year((list, year): (&Path, &str), out: &Path, more: &[&str]) -> Run {
    let mut vuon = Command::new(env!("CARGO_BIN_EXE_vuon"));
    vuon.args(["review", "run"]).arg(list).args(["--year", year, "--out"]).arg(out).args(more);
    let done = vuon.output().unwrap();
    let says = String::from_utf8_lossy(&done.stderr).into_owned();
    Run { code: done.status.code().unwrap_or(-1), says, out: out.to_owned() }
}

/// A workbook as the bytes of an XLSX file.
pub fn book_bytes(book: &Book) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in book {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in (0u32..).zip(rows) {
            for (column, cell) in (0u16..).zip(cells) {
                match cell {
                    Data::Empty => {}
                    Data::Float(number) => drop(sheet.write_number(row, column, *number).unwrap()),
                    other => drop(sheet.write_string(row, column, other.to_string()).unwrap()),
                }
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

impl Drop for Workbench {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

impl Run {
    pub fn summary(&self) -> Value {
        read_json(&self.out.join("summary.json"))
    }

    pub fn book(&self, name: &str) -> Book {
        read_book(&self.out.join(name))
    }
}

fn read_json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// Reads a workbook as it stands, blank rows and columns before the first cell included.
pub fn read_book(path: &Path) -> Book {
    let mut workbook = open_workbook_auto(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let names = workbook.sheet_names();
    let mut book = Book::new();
    for name in names {
        let range = workbook.worksheet_range(&name).unwrap();
        let (bottom, right) = range.end().unwrap_or_default();
        let cell = |row: u32, column: u32| range.get_value((row, column)).cloned().unwrap_or_default();
        let rows = (0..=bottom).map(|row| (0..=right).map(|column| cell(row, column)).collect()).collect();
        book.insert(name, rows);
    }
    book
}

/// The list of three communes and what a careful reader found in it.
pub fn sample_list() -> (PathBuf, Value) {
    let folder = Path::new(HOUSE).join("tests/lists/three-communes");
    (folder.join("danh-sach-ra-soat.xlsx"), read_json(&folder.join("expected.json")))
}

/// A list of three communes with sixty households each, and what must be found in it.
pub fn made_list(bench: &Workbench, seed: u32, faults: &str) -> (PathBuf, Value) {
    let folder = bench.path(&format!("list-{seed}"));
    let script = Path::new(HOUSE).join("tests/lists/make_review_list.py");
    let mut shell = Command::new("bash");
    shell.args(["-c", ". \"$0\" && exec python3 \"$@\""]).arg(Path::new(HOUSE).join("tests/tools/env.sh")).arg(script);
    shell.arg("--out").arg(&folder).args(["--seed", &seed.to_string(), "--faults", faults]);
    let done = shell.output().unwrap_or_else(|error| panic!("bash did not start: {error}"));
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(
        done.status.success(),
        "make_review_list.py did not run. Install python3 and its package openpyxl: run `tests/tools/setup.sh`, or \
         `apt-get install python3 python3-openpyxl`.\n{why}"
    );
    (folder.join("danh-sach-ra-soat.xlsx"), read_json(&folder.join("expected.json")))
}
