//! `vuon target show` and `vuon plan show` asked of a register, and what the commands say when they cannot.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops; that is its report")]

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

fn vuon(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vuon")).args(arguments).output().unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("vuon-answers-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Ends with 2 and says it in Vietnamese, with these words.
fn refused(arguments: &[&str], words: &[&str]) {
    let output = vuon(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    for word in words {
        assert!(said.contains(word), "{arguments:?} does not say «{word}»: {said}");
    }
}

#[test]
fn a_register_answers_for_its_targets_and_its_plan() {
    let folder = folder("sample");
    let data = folder.to_str().unwrap();
    let loaded = vuon(&["sample", "load", "--data", data]);
    assert!(loaded.status.success(), "{}", String::from_utf8_lossy(&loaded.stderr));

    let t05 = json(&vuon(&["target", "show", "T05", "--unit", "42", "--on", "2023-12-31", "--json", "--data", data]));
    let number = |key: &str| t05[key].as_i64().unwrap();
    let (above, below) = (number("numerator"), number("denominator"));
    assert!(0 < above && above <= below, "{t05}");
    assert_eq!(number("not_reached"), below - above);
    let (top, bottom) = t05["value"]["exact"].as_str().unwrap().split_once('/').unwrap();
    let (top, bottom): (i64, i64) = (top.parse().unwrap(), bottom.parse().unwrap());
    assert_eq!(top * below, bottom * above * 100, "the exact value is the share in percent: {t05}");
    assert!(t05["value"]["printed"].as_str().unwrap().contains(','));
    assert!(["met", "exceeded", "not_met"].contains(&t05["met"].as_str().unwrap()));
    assert!(t05["definition"]["id"].as_str().unwrap().starts_with("programme.targets"));
    assert_eq!((&t05["definition"]["mark"], &t05["unit"]["code"]), (&"inferred".into(), &"42".into()));
    assert!(t05["readings"].as_array().unwrap().len() >= 2, "both readings stand side by side");

    let rows = json(&vuon(&["plan", "show", "--json", "--year", "2023", "--data", data]));
    let rows = rows.as_array().unwrap();
    let bound = |id: &str| rows.iter().find(|row| row["bound_to"] == id).unwrap();
    assert_eq!(bound("T05")["answer"], "proposed");
    assert!(bound("T05")["readings"].as_array().unwrap().len() >= 2);
    let project = bound("P3.1");
    assert_eq!(project["state"], "begun");
    assert!(project["activities"].as_i64().unwrap() > 0 && project["people"].as_i64().unwrap() > 0);
    let of_kind = |kind: &str| rows.iter().filter(|row| row["kind"] == kind).collect::<Vec<_>>();
    let states = ["late", "near", "ahead", "done", "undated"];
    assert!(of_kind("task").iter().all(|row| states.contains(&row["state"].as_str().unwrap())));
    let sources = ["nothing_assigned", "in_use", "lapsed"];
    assert!(of_kind("source").iter().all(|row| sources.contains(&row["state"].as_str().unwrap())));

    // Needs of the sample count from 20 January on.
    let early = vuon(&["target", "show", "T05", "--on", "2/1/2023", "--data", data]);
    let said = String::from_utf8_lossy(&early.stdout).into_owned();
    assert_eq!(early.status.code(), Some(4), "{said}");
    for words in ["TGT-002", "Mẫu số bằng không", "Ghi nhu cầu", "Kế hoạch thực hiện Chương trình"]
    {
        assert!(said.contains(words), "{said}");
    }

    refused(&["target", "show", "T99", "--data", data], &["không có chỉ tiêu T99", "T01"]);
    refused(&["target", "show", "T05", "--unit", "99999", "--data", data], &["--unit 99999", "không có đơn vị này"]);
    refused(&["target", "show", "T05", "--on", "31/02/2023", "--data", data], &["không đọc được ngày"]);
    refused(&["plan", "show", "--year", "2019", "--data", data], &["PLN-006", "không có kế hoạch năm 2019"]);

    let copy = folder.join("copy.sqlite3");
    assert!(vuon(&["backup", copy.to_str().unwrap(), "--data", data]).status.success());
    refused(&["backup", copy.to_str().unwrap(), "--data", data], &["đã có và không được ghi đè"]);
    refused(&["restore", copy.to_str().unwrap(), "--data", data], &["đã có và không được ghi đè"]);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_is_not_there_or_no_backup_is_said_in_vietnamese_and_leaves_nothing_behind() {
    let nowhere = folder("nowhere");
    let data = nowhere.to_str().unwrap();
    refused(&["target", "show", "T05", "--data", data], &["không có sổ bộ", "--data"]);
    refused(&["backup", "/tmp/vuon-never.sqlite3", "--data", data], &["không có sổ bộ"]);
    refused(&["restore", "/tmp/vuon-no-such-file", "--data", data], &["không có tệp"]);
    refused(&["plan", "import", "/tmp/vuon-no-such-file"], &["không có tệp"]);
    assert!(!nowhere.exists());

    let other = folder("other");
    std::fs::create_dir_all(&other).unwrap();
    let table = other.join("list.xlsx");
    std::fs::write(&table, b"PK is no database, but long enough to be taken for a file of some kind").unwrap();
    let into = other.join("data");
    refused(
        &["restore", table.to_str().unwrap(), "--data", into.to_str().unwrap()],
        &["không khôi phục được", "Dùng bản sao lưu khác"],
    );
    assert!(!into.join("vuon.sqlite3").exists());
    std::fs::remove_dir_all(&other).unwrap();
}

#[test]
fn faulty_norms_are_told_in_both_languages() {
    let folder = folder("norms");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.yaml"), "id: [").unwrap();
    let output = vuon(&["norms", "check", "--norms", folder.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("NRM-") && said.contains("lỗi; sửa rồi chạy lại") && said.contains("fault(s)"), "{said}");
    std::fs::remove_dir_all(&folder).unwrap();
}
