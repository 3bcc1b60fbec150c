//! `vuon snapshot` and `vuon replay` as an auditor runs them, on the snapshot that the sample register begins with: whole,
//! damaged, judged by other norms, carried elsewhere, and what is no snapshot at all.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on stops; that is its report")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use snapshots::{Archive, Around, Frame, Record, Snapshot, SnapshotFault};

const NORMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../norms");

struct Said {
    code: i32,
    out: String,
}

fn vuon(arguments: &[&str]) -> Said {
    let done = Command::new(env!("CARGO_BIN_EXE_vuon")).args(arguments).output().unwrap();
    let out = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    Said { code: done.status.code().unwrap_or(-1), out }
}

fn json(arguments: &[&str]) -> Value {
    let done = Command::new(env!("CARGO_BIN_EXE_vuon")).args(arguments).arg("--json").output().unwrap();
    serde_json::from_slice(&done.stdout).unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The shipped norms with one line of law moved.
fn other_norms(folder: &Path) -> PathBuf {
    let norms = folder.join("norms");
    copy(Path::new(NORMS), &norms);
    let rules = norms.join("review/class_rules.yaml");
    let text = std::fs::read_to_string(&rules).unwrap();
    assert!(text.contains("b2: {ge: 30}"));
    std::fs::write(&rules, text.replacen("b2: {ge: 30}", "b2: {ge: 40}", 1)).unwrap();
    std::fs::remove_dir_all(norms.join("cases")).unwrap();
    std::fs::create_dir(norms.join("cases")).unwrap();
    norms
}

#[test]
fn a_snapshot_is_listed_shown_verified_replayed_and_a_changed_norm_is_named() {
    let folder = std::env::temp_dir().join(format!("vuon-snapshots-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let data = folder.join("data");
    let (data, at) = (data.to_str().unwrap(), folder.as_path());
    assert_eq!(vuon(&["sample", "load", "--data", data]).code, 0);

    let listed = json(&["snapshot", "list", "--data", data]);
    let name = listed[0]["name"].as_str().unwrap().to_owned();
    assert_eq!((listed.as_array().unwrap().len(), name.len()), (1, 64));
    let shown = vuon(&["snapshot", "show", &name[..8], "--data", data]);
    assert!(
        shown.code == 0
            && shown.out.contains("DỮ LIỆU MẪU")
            && shown.out.contains("Hộ nghèo (Poor household): 14.527 hộ"),
        "{}",
        shown.out
    );
    assert_eq!(vuon(&["snapshot", "verify", "--data", data]).code, 0);

    // No database is needed: only the files, wherever they were carried.
    let carried = at.join("elsewhere").join(&name);
    copy(&Path::new(data).join("snapshots").join(&name), &carried);
    let carried_to = carried.to_str().unwrap();
    let again = vuon(&["replay", carried_to]);
    assert!(again.code == 0 && again.out.contains("GIỐNG HỆT: 30013 hộ, khác 0;"), "{}", again.out);

    a_snapshot_is_measured(at, data, &name);
    let norms = other_norms(at);
    let other = vuon(&["--norms", norms.to_str().unwrap(), "replay", carried_to]);
    assert_eq!(other.code, 0, "the texts that were frozen along still give the same: {}", other.out);
    assert!(other.out.contains("quy định review.class_rules nay đã khác so với khi chốt"), "{}", other.out);
    assert!(
        other.out.contains("phân loại (class): khi chốt Hộ nghèo") && other.out.contains("GIỐNG HỆT: 30013 hộ"),
        "{}",
        other.out
    );

    let file = carried.join("members.parquet");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    *bytes.get_mut(middle).unwrap() ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let found = vuon(&["snapshot", "verify", carried_to]);
    assert!(found.code == 3 && found.out.contains("members.parquet đã bị thay đổi"), "{}", found.out);
    assert_eq!(vuon(&["replay", carried_to]).code, 3);
    assert_eq!(vuon(&["replay", at.to_str().unwrap()]).code, 2, "a folder that is no snapshot");
    assert_eq!(vuon(&["replay", "ffff", "--data", data]).code, 2, "a name that nothing has");
    one_fact_more_is_a_difference(&Archive::at(at.join("two")), &carried_whole(at, data, &name));
    a_missing_manifest_stops_nothing(at, data, &name);
    the_register_and_the_folders_know_the_same(at, data, &name);
    a_frozen_list_is_told_by_other_units(data, &name);

    // A backup carries the snapshots along.
    let backup = at.join("backup.sqlite3");
    assert_eq!(vuon(&["backup", backup.to_str().unwrap(), "--data", data]).code, 0);
    let restored = at.join("restored");
    let into = restored.to_str().unwrap();
    assert_eq!(vuon(&["restore", backup.to_str().unwrap(), "--data", into]).code, 0);
    assert_eq!(vuon(&["snapshot", "verify", &name, "--data", into]).code, 0);
    std::fs::remove_dir_all(folder).unwrap();
}

/// The snapshot of the sample, once more as it was written.
fn carried_whole(at: &Path, data: &str, name: &str) -> Snapshot {
    let whole = at.join("whole").join(name);
    copy(&Path::new(data).join("snapshots").join(name), &whole);
    Snapshot::open(&whole).unwrap()
}

/// The first hundred households of a snapshot, frozen again after something was changed in them.
fn first_hundred(archive: &Archive, of: &Snapshot, change: impl Fn(&mut [Record])) -> String {
    let norms = of.norms().unwrap().unwrap();
    let rules = norms.rulebook(of.year(), "42").unwrap();
    let (mut records, packs) = (Vec::new(), of.packs().unwrap());
    let enough = of.each_household(|record| {
        records.push(record);
        if records.len() < 100 { Ok(()) } else { Err(SnapshotFault::NoFolder) }
    });
    assert!(enough.is_err(), "the rest is not read");
    change(&mut records);
    let communes = of.figures().unwrap().layout().communes.clone();
    let villages = of.villages().unwrap();
    let frame = Frame { rules: &rules, packs: &packs, communes: &communes, villages: &villages };
    let mut writer = archive.draft(uuid::Uuid::from_u128(1), frame).unwrap();
    writer.households(records).unwrap();
    let manifest = of.manifest.clone();
    let around = Around { villages, ..Around::default() };
    writer.seal(manifest.head, (&norms, manifest.units, &packs), &around, &[]).unwrap().name
}

fn one_fact_more_is_a_difference(archive: &Archive, whole: &Snapshot) {
    let first = first_hundred(archive, whole, |_| ());
    let second = first_hundred(archive, whole, |records| {
        records.iter_mut().take(1).for_each(|record| record.assessment.causes ^= 1);
    });
    let at = archive.root().to_str().unwrap();
    assert_eq!(vuon(&["snapshot", "diff", &first, &first, "--snapshots", at]).code, 0);
    for (one, other) in [(&first, &second), (&second, &first)] {
        let found = vuon(&["snapshot", "diff", one, other, "--snapshots", at]);
        assert_eq!(found.code, 3, "{}", found.out);
        assert!(
            found.out.contains("Hộ cùng phân loại nhưng khác số liệu (households of other facts): 1"),
            "{}",
            found.out
        );
    }
}

fn a_missing_manifest_stops_nothing(at: &Path, data: &str, name: &str) {
    let two = at.join("some");
    copy(&Path::new(data).join("snapshots"), &two);
    let bare = two.join("0".repeat(64));
    std::fs::create_dir(&bare).unwrap();
    let found = vuon(&["snapshot", "verify", "--snapshots", two.to_str().unwrap()]);
    assert_eq!(found.code, 3, "{}", found.out);
    assert!(found.out.contains("thiếu manifest.json") && found.out.contains(&name[..12]), "{}", found.out);
    assert!(found.out.contains("nguyên vẹn"), "the other one is looked at too: {}", found.out);
}

/// The register knows the sample's snapshot; a folder is put aside, and one that nobody knows is put there.
fn the_register_and_the_folders_know_the_same(at: &Path, data: &str, name: &str) {
    let verify = || vuon(&["snapshot", "verify", "--data", data]);
    let whole = verify();
    assert_eq!(whole.code, 0, "{}", whole.out);
    let folder = Path::new(data).join("snapshots");
    let aside = at.join("aside");
    std::fs::rename(folder.join(name), &aside).unwrap();
    let lost = verify();
    assert_eq!(lost.code, 3, "{}", lost.out);
    assert!(lost.out.contains(&name[..12]) && lost.out.contains("không thư mục nào giữ"), "{}", lost.out);
    std::fs::rename(&aside, folder.join(name)).unwrap();

    let stray = first_hundred(&Archive::at(&folder), &Snapshot::open(&folder.join(name)).unwrap(), |_| ());
    let found = vuon(&["snapshot", "verify", "--data", data, "--json"]);
    assert_eq!(found.code, 3, "{}", found.out);
    let said: serde_json::Value = serde_json::from_str(&found.out).unwrap();
    let is_stray = |row: &serde_json::Value| row["name"] == *stray && row["findings"][0]["kind"] == "not_in_register";
    assert!(said.as_array().unwrap().iter().any(is_stray), "{said}");
    assert_eq!(vuon(&["snapshot", "verify", &stray, "--data", data]).code, 0, "alone it is whole");
    std::fs::remove_dir_all(folder.join(stray)).unwrap();
    assert_eq!(verify().code, 0);
}

/// The frozen list by the communes of another day adds up to the same households.
fn a_frozen_list_is_told_by_other_units(data: &str, name: &str) {
    let told = vuon(&["replay", name, "--by", "commune@2025-07-01", "--data", data, "--json"]);
    assert_eq!(told.code, 0, "{}", told.out);
    let said: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!((&said["conserved"], &said["without_boundaries"]), (&true.into(), &false.into()), "{said}");
    assert!(said["rows"].as_array().unwrap().len() >= 60, "the communes of 2025");
    assert_eq!(vuon(&["replay", name, "--by", "thon@2025", "--data", data]).code, 1);
}

fn a_snapshot_is_measured(at: &Path, data: &str, name: &str) {
    let out = at.join("af.csv");
    let measure = |more: &[&str]| {
        let whole = ["measure", "--snapshot", &name[..8], "--data", data, "--out", out.to_str().unwrap()];
        vuon(&[&whole, more].concat())
    };
    let done = measure(&["--by", "nation,district,class*area", "--k", "1..3", "--full"]);
    assert_eq!(done.code, 0, "{}", done.out);
    let table = std::fs::read_to_string(&out).unwrap();
    assert!(
        table.starts_with("year,unit,units_on,snapshot,by,group,group2,k,measure,indicator,b\n"),
        "{}",
        &table[..200]
    );
    let has = |start: &str| table.lines().any(|line| line.starts_with("2022,province:42,") && line.contains(start));
    assert!(has(",nation,,,3,H,,") && has(",class*area,poor,rural,3,pctb_dim,"), "{}", &table[..2000]);

    let weights = at.join("weights.yaml");
    std::fs::write(&weights, "{d99: 2}").unwrap();
    let refused = measure(&["--weights", weights.to_str().unwrap()]);
    assert!(refused.code == 2 && refused.out.contains("không có chỉ số d99"), "{}", refused.out);
    let nowhere = measure(&["--by", "hamlet"]);
    assert!(nowhere.code == 2 && nowhere.out.contains("không có cột hamlet"), "{}", nowhere.out);
}
