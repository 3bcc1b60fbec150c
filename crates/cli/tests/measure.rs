//! `vuon classify` and `vuon measure` as a person runs them: the table that comes out, and the sentence when none can.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops; that is its report")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../measures/tests/scoring");
    folder.join(name).display().to_string()
}

fn place(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("vuon-measure-{}-{name}", std::process::id()))
}

fn vuon(arguments: &[&str], out: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vuon")).args(arguments).arg("--out").arg(out).output().unwrap()
}

#[test]
fn a_survey_is_classified_and_measured() {
    let (survey, pack) = (fixture("survey-1.parquet"), fixture("pack.yaml"));
    let classified = vuon(&["classify", "--survey", &survey, "--pack", &pack], &place("classes.parquet"));
    let line = String::from_utf8(classified.stdout).unwrap();
    assert!(line.contains("households=8000 b1=2455265 b2=60160 poor=176 near_poor=141"), "{line}");

    let out = place("af.csv");
    let by = "nation,commune";
    let measured = vuon(&["measure", "--survey", &survey, "--pack", &pack, "--by", by, "--k", "1..12"], &out);
    assert_eq!(measured.status.code(), Some(0));
    let table = std::fs::read_to_string(out).unwrap();
    // One nation and three communes, at twelve cut-offs, under a head; H4 as scoring.py printed it.
    assert_eq!(table.lines().count(), 1 + 12 + 3 * 12);
    assert!(table.lines().any(|line| line.starts_with("nation,0,4,") && line.contains(",0.03201")), "{table}");
}

#[test]
fn a_sample_is_measured_with_its_errors() {
    let (spec, data, out) = (place("spec.yaml"), place("data.csv"), place("f.csv"));
    std::fs::write(&spec, "{id: s, dimensions: [{id: d, indicators: [a, b]}], cutoffs: [50]}").unwrap();
    std::fs::write(&data, "w,h,c,a,b\n1,1,1,1,0\n1,1,2,0,0\n2,2,3,1,1\n1,2,4,,1\n1,2,5,0,1\n").unwrap();
    let (spec, data) = (spec.display().to_string(), data.display().to_string());
    let measured = vuon(
        &["measure", "--indicators", &spec, "--data", &data, "--weights", "w", "--strata", "h", "--psu", "c"],
        &out,
    );
    assert_eq!(measured.status.code(), Some(0), "{measured:?}");
    assert!(String::from_utf8(measured.stderr).unwrap().contains("bỏ ra: 1 dòng để trống chỉ số"));
    let table = std::fs::read_to_string(out).unwrap();
    assert!(table.starts_with("measure,indicator,k,loa,subg,b,se,lb,ub,n\n"), "{table}");
    assert!(table.contains("H,,50,nation,,0.8,"), "{table}");
}

#[test]
fn what_cannot_be_used_is_refused_with_a_sentence_and_code_2() {
    let (survey, pack, out) = (fixture("survey-1.parquet"), fixture("pack.yaml"), place("refused.parquet"));
    let table: [(&[&str], &str); 6] = [
        (&["classify", "--survey", "/nowhere.parquet", "--pack", &pack], "MEA-001"),
        (&["classify", "--survey", &pack, "--pack", &pack], "MEA-001"),
        (&["classify", "--survey", &survey, "--pack", &survey], "MEA-001"),
        (&["measure", "--survey", &survey, "--pack", &pack, "--by", "hamlet"], "không có cột hamlet"),
        (&["measure", "--survey", &survey, "--pack", &pack, "--k", "0..3"], "ngưỡng k đi từ 1 đến 12"),
        (&["measure"], "ghi --survey TỆP --pack TỆP, --snapshot MÃ, hoặc --indicators TỆP --data TỆP"),
    ];
    for (arguments, wanted) in table {
        let refused = vuon(arguments, &out);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.starts_with("lỗi (error): ") && said.contains(wanted), "{arguments:?}: {said}");
        assert!(!out.exists());
    }
}
