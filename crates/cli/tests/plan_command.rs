//! `vuon plan` as it is typed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops; that is its report")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn plan(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/plans").join(name)
}

fn vuon(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vuon")).args(arguments).output().unwrap()
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_plan_is_told_as_json_whatever_file_it_comes_in() {
    let of = |name: &str| json(&vuon(&["plan", "import", plan(name).to_str().unwrap(), "--json"]));
    let (text, word) = (of("ke-hoach-2025-thanh-lam.txt"), of("ke-hoach-2025-thanh-lam.docx"));
    let ids = |value: &Value| value["clauses"].as_array().unwrap().iter().map(|c| c["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&text), ids(&word));
    let known = of("ke-hoach-2023-ha-tinh.txt");
    let joined: Vec<&str> = known["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|c| [c["marker"].as_str().unwrap(), c["text"].as_str().unwrap()])
        .flat_map(str::split_whitespace)
        .collect();
    let file = std::fs::read_to_string(plan("ke-hoach-2023-ha-tinh.txt")).unwrap();
    assert_eq!(joined, file.split_whitespace().collect::<Vec<_>>());
    let first = &known["numbers"].as_array().unwrap().iter().find(|n| n["clause"] == "II-MT.1").unwrap().clone();
    assert_eq!((&first["low"], &first["high"], &first["unit"]), (&0.6.into(), &0.7.into(), &"%".into()));
    assert!(
        known["documents"].as_array().unwrap().iter().any(|d| d["number"] == "1506/QĐ-TTg" && d["day"] == "2022-12-02")
    );
}

#[test]
fn a_file_that_is_no_plan_is_refused_with_code_why_and_next_step() {
    let readme = plan("README.md");
    let missing_title = vuon(&["plan", "import", readme.to_str().unwrap(), "--json"]);
    let said = String::from_utf8_lossy(&missing_title.stderr).into_owned();
    assert_eq!(missing_title.status.code(), Some(2), "{said}");
    for part in ["lỗi (error): PLN-001", "README.md", "KẾ HOẠCH", "Chọn đúng tệp kế hoạch"] {
        assert!(said.contains(part), "{said}");
    }
    assert!(missing_title.stdout.is_empty());
}

#[test]
fn showing_a_plan_tells_every_binding_and_every_clause_without_one() {
    let rows = json(&vuon(&["plan", "show", plan("ke-hoach-2023-ha-tinh.txt").to_str().unwrap(), "--json"]));
    let rows = rows.as_array().unwrap();
    let count = |kind: &str| rows.iter().filter(|row| row["kind"] == kind).count();
    assert_eq!((count("target"), count("task"), count("source")), (16, 34, 6));
    let t14 = rows.iter().find(|row| row["bound_to"] == "T14").unwrap();
    assert_eq!((&t14["clause"], &t14["part"], &t14["answer"]), (&"II-MT.2.b.5".into(), &2.into(), &"proposed".into()));
    assert!(
        rows.iter().any(|row| row["clause"] == "II-DA.1.a.2" && row["kind"].is_null() && row["state"] == "untracked")
    );
}

#[test]
fn without_a_register_there_is_no_plan_to_show() {
    let nowhere = std::env::temp_dir().join("vuon-no-register-here");
    let refused = vuon(&["plan", "show", "--json", "--data", nowhere.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("PLN-006"));
    assert!(!nowhere.exists());
}
