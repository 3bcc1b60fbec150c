//! `vuon units` as it is typed: what it prints, what it writes, how it ends.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops; that is its report")]

use std::path::PathBuf;
use std::process::{Command, Output};

fn vuon(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vuon")).arg("units").args(arguments).output().expect("vuon runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("vuon-units-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn lineage_ends_by_what_is_known() {
    let table = [
        // code, on, to, exit, words
        ("18082", "2025-01-01", "2025-07-01", 0, "18652 Phường Hà Huy Tập"),
        ("18553", "31/12/2023", "01/07/2025", 0, "18547 Xã Phúc Trạch"),
        ("18535", "2023-12-31", "2025-07-01", 3, "chưa ghi nhận ở ngày 01/01/2025"),
        ("99999", "2023-12-31", "2025-07-01", 2, ""),
        ("18082", "hôm nay", "2025-07-01", 64, ""),
    ];
    for (code, on, to, exit, words) in table {
        let output = vuon(&["lineage", "--code", code, "--on", on, "--to", to]);
        assert_eq!(output.status.code(), Some(exit), "{code}: {output:?}");
        assert!(said(&output).contains(words), "{code}: {}", said(&output));
    }
    let nowhere = vuon(&["lineage", "--code", "99999", "--on", "2023-12-31", "--to", "2025-07-01"]);
    let why = String::from_utf8_lossy(&nowhere.stderr).into_owned();
    assert!(why.starts_with("lỗi (error): ngày 31/12/2023 không có xã nào mang mã 99999"), "{why}");
    let json = vuon(&["lineage", "--code", "18796", "--on", "2025-01-01", "--to", "2025-07-01", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&said(&json)).unwrap();
    assert_eq!((read["result"].as_str(), read["units"].as_array().map(Vec::len)), (Some("divided"), Some(3)));
}

#[test]
fn counts_come_back_by_other_units_with_what_is_open_in_rows_of_its_own() {
    let folder = folder("restate");
    let (data, out) = (folder.join("counts.csv"), folder.join("out.csv"));
    std::fs::write(&data, "commune,households,persons\n18553,10,34\n18082,5,17\n18535,7,20\n18553,1,2\n00000,2,3\n")
        .unwrap();
    let run = |data: &PathBuf, level: &str| {
        let (data, out) = (data.to_str().unwrap(), out.to_str().unwrap());
        vuon(&["restate", "--data", data, "--on", "2023-12-31", "--to", "2025-07-01", "--level", level, "--out", out])
    };
    let output = run(&data, "commune");
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(said(&output).contains("giữ đủ (conserved): households, persons"), "{}", said(&output));
    let written = std::fs::read_to_string(&out).unwrap();
    for row in [
        "unit,commune,18547,2025-07-01,Xã Phúc Trạch,,11,36",
        "unplaced,commune,18082,2020-01-01,Phường Đại Nài,thuộc một trong 18073 18652 (in one of them),5,17",
        "unresolved,commune,18535,2020-01-01,Xã Phú Phong,",
        "not_listed,commune,00000,,,không phải xã của ngày đó (no commune of the day),2,3",
    ] {
        assert!(written.contains(row), "{row} in {written}");
    }
    assert_eq!(run(&data, "district").status.code(), Some(2), "there are no districts in 2025-07");
    std::fs::write(&data, "commune,households\n18553,10\n").unwrap();
    assert_eq!(run(&data, "commune").status.code(), Some(0));
    for wrong in ["commune,households\n18553,mười\n", "xã,households\n18553,1\n", "commune,village,n\n18553,Thôn 1,1\n"]
    {
        std::fs::write(&data, wrong).unwrap();
        assert_eq!(run(&data, "commune").status.code(), Some(2), "{wrong}");
    }
    assert_eq!(run(&folder.join("no.csv"), "commune").status.code(), Some(2));
    std::fs::remove_dir_all(folder).unwrap();
}

/// The 69 communes of Hà Tĩnh of 2025, told by the 13 districts of 2023: eleven districts and a town have their own, what may lie
/// in several places or was never recorded keeps rows of its own, and nobody is lost.
#[test]
fn a_result_of_2025_is_told_by_the_districts_of_2023() {
    let folder = folder("back");
    let (data, out) = (folder.join("counts.csv"), folder.join("out.csv"));
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/../../norms/units/units-2025-07.csv");
    let list = std::fs::read_to_string(list).unwrap();
    let communes = list.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        matches!(cells.as_slice(), ["commune", _, _, _, "42", ..]).then(|| cells.get(1).copied())?
    });
    let rows: Vec<String> = communes.enumerate().map(|(at, code)| format!("{code},{}", 100 + at)).collect();
    assert_eq!(rows.len(), 69);
    std::fs::write(&data, format!("commune,households\n{}\n", rows.join("\n"))).unwrap();
    let (data, out_at) = (data.to_str().unwrap(), out.to_str().unwrap());
    let asked = ["restate", "--data", data, "--on", "2025-12-31", "--to", "2023-12-31", "--level", "district"];
    let output = vuon(&[asked.as_slice(), &["--out", out_at]].concat());
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(said(&output).contains("giữ đủ (conserved): households"), "{}", said(&output));
    let told = std::fs::read_to_string(&out).unwrap();
    let of = |kind: &str| told.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!((of("unit,district,"), of("unplaced,"), of("unresolved,"), of("not_listed,")), (12, 8, 3, 0), "{told}");
    assert!(told.contains("unit,district,444,2020-01-01,Huyện Hương Khê,,"), "{told}");
    let sum: u64 = told.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().parse::<u64>().unwrap()).sum();
    assert_eq!(sum, (100..169).sum::<u64>());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_whole_country_is_counted_and_conserved() {
    let output = vuon(&["check"]);
    assert_eq!(output.status.code(), Some(0));
    let said = said(&output);
    assert!(said.contains("bảng chuyển đổi: 9569 xã nhập toàn bộ, 471 xã chia làm 1033 phần"), "{said}");
    assert!(said.contains("crosswalk: 9569 whole, 471 divided into 1033 parts"), "{said}");
    assert!(said.contains("26 communes without a row, 567 of the first list without a row"), "{said}");
    assert!(!said.contains("NOT CONSERVED"), "{said}");
    assert_eq!(said.matches(": conserved)").count(), 16, "{said}");
}
