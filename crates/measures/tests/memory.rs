//! Memory does not grow with the rows: classes, the whole family and a sample's figures over a file, then over one ten times as
//! long, by the most memory that this process ever held. Each is a test binary's only work, so nothing else is in the peak.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::io::Write;
use std::path::{Path, PathBuf};

use measures::columns::{Packed, Table, TableWriter};
use measures::poverty::family_of_survey;
use measures::sample::{Design, Spec, sample_sheet};
use measures::scoring::{Pack, classify};

/// What may come on top for ten times the rows: the footer of a longer file, the allocator's rounding. The rows themselves,
/// a byte for each answer, would be several times as much.
const MOST_MIB: u64 = 10;
const FEW: usize = 20;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scoring").join(name)
}

/// A file that is taken away again.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("vuon-memory-{}-{name}", std::process::id())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The 8,000 households of the fixture, so many times over, taken over byte for byte.
fn survey(times: usize) -> Scratch {
    let (table, out) = (Table::open(&fixture("survey-1.parquet")).unwrap(), Scratch::new(&format!("{times}.parquet")));
    assert_eq!(table.row_groups(), 1);
    let all = || (0..).map_while(|column| Packed::copied(&table, 0, column));
    let columns = (0..all().count()).map(|column| table.place(column).self_type_ptr()).collect();
    let mut writer = TableWriter::create(&out.0, columns, &[]).unwrap();
    for _ in 0..times {
        writer.append(all().collect()).unwrap();
    }
    writer.finish().unwrap();
    out
}

/// The most memory this process ever held, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

/// Runs over the small file, then over the large one, and holds the two peaks against each other.
fn does_not_grow(what: &str, small: &Scratch, large: &Scratch, run: impl Fn(&Path)) {
    run(&small.0);
    let before = peak();
    run(&large.0);
    let grown = peak() - before;
    assert!(grown <= MOST_MIB, "{what}: {before} MiB, and {grown} MiB more for ten times the rows");
}

#[test]
fn classes_are_streamed() {
    let (small, large, out) = (survey(FEW), survey(10 * FEW), Scratch::new("classes.parquet"));
    let pack = Pack::read(&fixture("pack.yaml")).unwrap();
    does_not_grow("classify", &small, &large, |survey| {
        let sums = classify(survey, &pack, &out.0, 2).unwrap();
        assert_eq!(sums.households % 8000, 0);
    });
}

#[test]
fn the_family_is_streamed() {
    let (small, large) = (survey(FEW), survey(10 * FEW));
    let by = ["nation", "province", "area*ethnic"].map(str::to_owned).to_vec();
    let plan = Pack::read(&fixture("pack.yaml")).unwrap().family((1..=12).collect(), by).unwrap();
    does_not_grow("measure", &small, &large, |survey| {
        assert_eq!(family_of_survey(survey, &plan, 2).unwrap().len(), 3);
    });
}

/// So many rows of a sample of 50 units in 5 strata.
fn sample(rows: usize) -> Scratch {
    let out = Scratch::new(&format!("{rows}.csv"));
    let mut file = std::io::BufWriter::new(std::fs::File::create(&out.0).unwrap());
    writeln!(file, "stratum,unit,weight,a,b,area").unwrap();
    for row in 0..rows {
        let mix = row.wrapping_mul(2_654_435_761) >> 8;
        writeln!(file, "{},{},{},{},{},{}", row % 5, row % 50, 1 + mix % 3, mix >> 3 & 1, mix >> 4 & 1, mix >> 5 & 1)
            .unwrap();
    }
    file.flush().unwrap();
    out
}

#[test]
fn a_sample_is_streamed() {
    let (small, large) = (sample(60_000), sample(600_000));
    let spec = Spec::parse("{id: s, dimensions: [{id: d, indicators: [a, b]}], cutoffs: [50]}", "spec").unwrap();
    let design = Design {
        weights: vec!["weight".into()],
        strata: Some("stratum".into()),
        psu: Some("unit".into()),
        by: vec!["area".into()],
    };
    does_not_grow("sample", &small, &large, |file| {
        let measured = sample_sheet(file, &spec, &design).unwrap();
        assert_eq!((measured.rows % 60_000, measured.degrees_of_freedom), (0, 45));
    });
}
