//! Classes and the whole family equal those of `benches/scoring.py` (its NumPy engine), for three seeds and three writers of Parquet:
//! PyArrow, Polars, DuckDB. The files in `scoring/` are 8,000 households each; `scoring/README.md` says how they were made.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::path::{Path, PathBuf};

use measures::poverty::{Counts, family_of_survey, family_sheet};
use measures::sample::Rows;
use measures::scoring::{Pack, classify};
use measures::sheet::Values;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scoring").join(name)
}

fn place(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("vuon-scoring-{}-{name}", std::process::id()))
}

fn pack() -> Pack {
    Pack::read(&fixture("pack.yaml")).unwrap()
}

fn cells(path: &Path, columns: &[&str]) -> Vec<Vec<String>> {
    let mut rows = Rows::open(path, columns).unwrap();
    let mut all = Vec::new();
    while let Some((cells, _)) = rows.next_row().unwrap() {
        all.push(cells.to_vec());
    }
    all
}

#[test]
fn every_household_has_the_class_that_scoring_gives_it() {
    for seed in 1..=3 {
        for threads in 1..=3 {
            let out = place("classes.parquet");
            let sums = classify(&fixture(&format!("survey-{seed}.parquet")), &pack(), &out, threads).unwrap();
            let columns = ["household", "b1", "b2", "class"];
            assert_eq!(sums.households, 8000);
            assert!(
                cells(&out, &columns) == cells(&fixture(&format!("score-{seed}.parquet")), &columns),
                "seed {seed}"
            );
        }
    }
}

#[test]
fn the_family_is_that_of_scoring_to_twelve_digits() {
    let by = ["nation", "province", "district", "commune", "area", "ethnic"].map(str::to_owned).to_vec();
    let plan = pack().family((1..=12).collect(), by).unwrap();
    for seed in 1..=3 {
        let counted = family_of_survey(&fixture(&format!("survey-{seed}.parquet")), &plan, 2).unwrap();
        let sheet = family_sheet(&plan, &counted);
        let names: Vec<&str> = sheet.columns.iter().map(|(name, _)| name.as_str()).collect();
        let theirs = cells(&fixture(&format!("af-{seed}.parquet")), &names);
        assert_eq!(theirs.len(), sheet.rows());
        for (place, (name, values)) in sheet.columns.iter().enumerate() {
            for (row, wanted) in theirs.iter().enumerate().map(|(row, cells)| (row, &cells[place])) {
                match values {
                    Values::Text(texts) => assert_eq!(texts[row].as_ref(), wanted),
                    Values::Whole(numbers) => assert_eq!(&numbers[row].to_string(), wanted),
                    Values::Real(numbers) if wanted.is_empty() => assert!(numbers[row].is_nan(), "{name} in row {row}"),
                    Values::Real(numbers) => {
                        let apart = (numbers[row] - wanted.parse::<f64>().unwrap()).abs();
                        assert!(apart < 1e-12, "{name} in row {row} of seed {seed}: {} and {wanted}", numbers[row]);
                    }
                }
            }
        }
    }
}

#[test]
fn the_table_says_what_the_counts_of_each_group_say() {
    let plan = pack().family(vec![1, 3, 4, 12], vec!["commune".into(), "ethnic".into()]).unwrap();
    let counted = family_of_survey(&fixture("survey-3.parquet"), &plan, 1).unwrap();
    let sheet = family_sheet(&plan, &counted);
    let mut row = 0;
    for decomposition in &counted {
        for cutoff in 0..plan.cutoffs.len() {
            for group in 0..decomposition.groups.len() {
                let counts = Counts::of(&plan, &decomposition.cube, group, cutoff);
                let wanted = [
                    counts.headcount(),
                    counts.intensity(&plan),
                    counts.adjusted(&plan),
                    counts.censored_headcount(0),
                    counts.contribution(&plan, 0),
                ];
                for (column, wanted) in sheet.columns[4..9].iter().zip(wanted) {
                    let Values::Real(numbers) = &column.1 else { panic!("{} is no number", column.0) };
                    assert_eq!(
                        numbers[row].to_bits(),
                        wanted.unwrap_or(f64::NAN).to_bits(),
                        "{} in row {row}",
                        column.0
                    );
                }
                row += 1;
            }
        }
    }
    assert_eq!(row, sheet.rows());
}

#[test]
fn one_two_and_five_threads_write_the_same_bytes() {
    let plan = pack().family((1..=12).collect(), vec!["nation".into(), "commune".into(), "ethnic".into()]).unwrap();
    let bytes = [1, 2, 5].map(|threads| {
        let out = place(&format!("af-{threads}.parquet"));
        let counted = family_of_survey(&fixture("survey-2.parquet"), &plan, threads).unwrap();
        family_sheet(&plan, &counted).write(&out, threads).unwrap();
        std::fs::read(out).unwrap()
    });
    assert!(bytes[0] == bytes[1] && bytes[1] == bytes[2]);
}

#[test]
fn what_a_pack_does_not_know_is_refused_with_its_row() {
    let text = std::fs::read_to_string(fixture("pack.yaml")).unwrap();
    let survey = fixture("survey-1.parquet");
    let table = [
        (
            "a01: {rural: [0, 5, 10, 15, 25, 35, 45, 60], urban: [0, 5, 10, 20, 30, 40, 50, 65]}",
            "a01: {rural: [0, 5], urban: [0, 5]}",
            "MEA-006",
        ),
        ("areas: {rural: 0, urban: 1}", "areas: {rural: 7, urban: 8}", "MEA-006"),
        ("[d01,", "[d99,", "MEA-003"),
    ];
    for (from, to, code) in table {
        let pack = Pack::parse(&text.replace(from, to), "pack").unwrap();
        let out = place("refused.parquet");
        assert_eq!(classify(&survey, &pack, &out, 2).unwrap_err().code(), code, "{to}");
        assert!(!out.exists(), "nothing is stored by halves");
    }
}
