//! What the loader refuses, each with its code and in words: the shipped norms with one thing spoilt.

use std::borrow::Cow;

use crate::load::Files;
use crate::{NormFault, Norms, ScorePack};

/// The shipped files, from disk.
fn shipped() -> Files {
    fn read(dir: &std::path::Path, below: &str, files: &mut Files) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() {
                read(&path, &format!("{name}/"), files);
            } else {
                files.insert(name, Cow::Owned(std::fs::read(&path).unwrap()));
            }
        }
    }
    let mut files = Files::new();
    read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../norms"), "", &mut files);
    files
}

/// Loads with the first `old` of a file replaced by `new`.
fn spoilt(file: &str, old: &str, new: &str) -> Vec<NormFault> {
    let mut files = shipped();
    let text = String::from_utf8(files[file].to_vec()).unwrap();
    assert!(text.contains(old), "{file} does not hold {old}");
    files.insert(file.into(), Cow::Owned(text.replacen(old, new, 1).into_bytes()));
    Norms::from_files(&files).err().unwrap_or_default()
}

#[test]
fn each_way_to_spoil_a_norm_is_refused_under_its_code() {
    const RULES: &str = "review/class_rules.yaml";
    const FORM: &str = "review/forms/7_2.yaml";
    let table = [
        // file, what stands there, what is put instead, code, where it is told
        (RULES, "kind: class_rules", "kind: class_rules\nsurprise: 1", "NRM-001", None),
        (RULES, "b2_max: 120", "b2_max: 120\n      b3_max: 1", "NRM-001", None),
        (RULES, "b1: {le: 140}", "b1: {at_most: 140}", "NRM-001", None),
        (RULES, "mark: quoted", "mark: certain", "NRM-001", None),
        (RULES, "id: review.class_rules", "id: review.rules", "NRM-002", Some("review.rules")),
        (RULES, "kind: class_rules", "kind: laws", "NRM-003", None),
        ("review/areas.yaml", "    citation:", "    # citation:", "NRM-005", Some("review.areas@2020-01-01")),
        (RULES, "sources: [tt07_thukyluat, ", "sources: [hearsay, ", "NRM-006", Some("review.class_rules@2022-01-01")),
        (RULES, "to: 2025-12-31", "to: 2026-01-01", "NRM-007", Some("review.class_rules")),
        (RULES, "to: 2025-12-31", "to: 2021-12-31", "NRM-007", Some("review.class_rules@2022-01-01")),
        (RULES, "value: *scores", "# value: *scores", "NRM-008", Some("review.class_rules@2026-01-01")),
        (RULES, "mark: memory", "mark: missing", "NRM-008", Some("review.class_rules@2026-01-01")),
        (
            RULES,
            "class: near_poor",
            "class: almost_poor",
            "NRM-009",
            Some("review.class_rules@2022-01-01#near-poor-rural"),
        ),
        (RULES, "id: poor-urban", "id: poor-rural", "NRM-010", Some("review.class_rules@2022-01-01#poor-rural")),
        (RULES, "b2_max: 120", "b2_max: 125", "NRM-011", Some("review.class_rules@2022-01-01#b2_max")),
        (
            FORM,
            "class: poor, counted: households",
            "class: rich, counted: households",
            "NRM-009",
            Some("review.forms.7_2@2022-01-01#c1h"),
        ),
        (FORM, "movements: [re_poor]", "movements: [re_rich]", "NRM-009", Some("review.forms.7_2@2022-01-01#c6h")),
        (
            FORM,
            "columns: [c4p_households, c4p_size]",
            "columns: [c4p_households, c4p_shape]",
            "NRM-009",
            Some("review.forms.7_2@2022-01-01#c4p"),
        ),
        (FORM, "result: c9h", "result: c10h", "NRM-009", Some("review.forms.7_2@2022-01-01#7.2-balance-households")),
        (FORM, "form: '7.3'", "form: '7.12'", "NRM-009", Some("review.forms.7_2@2022-01-01#7.2-cross-2")),
        (FORM, "other: c5h", "other: c55h", "NRM-009", Some("review.forms.7_2@2022-01-01#7.2-cross-2")),
        (FORM, "id: c2h", "id: c1h", "NRM-010", Some("review.forms.7_2@2022-01-01#c1h")),
        (
            "review/forms/7_4.yaml",
            "indicator: job",
            "indicator: hobby",
            "NRM-009",
            Some("review.forms.7_4@2022-01-01#job"),
        ),
        ("review/forms/7_8.yaml", "group: merit_member", "group: gold_member", "NRM-009", None),
        ("review/forms/7_9.yaml", "code: 44", "code: 440", "NRM-009", None),
        ("review/forms/7_10.yaml", "code: 8", "code: 9", "NRM-009", None),
        (
            "review/movements.yaml",
            "was_before: poor",
            "was_before: penniless",
            "NRM-009",
            Some("review.movements@2022-01-01#re_poor"),
        ),
        ("review/indicators.yaml", "dimension: health", "dimension: wealth", "NRM-009", None),
        ("review/indicators.yaml", "fact: water", "fact: wine", "NRM-009", Some("review.indicators@2022-01-01#water")),
        ("review/indicators.yaml", "deprived_kinds: [none", "deprived_kinds: [never", "NRM-009", None),
        ("review/indicators.yaml", "number: 2", "number: 13", "NRM-011", Some("review.indicators@2022-01-01#number")),
        (
            "review/classes.yaml",
            "'2', Hộ cận nghèo",
            "'1', Hộ cận nghèo",
            "NRM-010",
            Some("review.classes@2022-01-01#near_poor"),
        ),
        ("review/classes.yaml", "default_for_unlisted: true", "default_for_unlisted: false", "NRM-011", None),
        ("review/causes.yaml", "code: 1,", "code: 40,", "NRM-011", Some("review.causes@2022-01-01#40")),
        ("review/relations.yaml", ", is_head: true", "", "NRM-011", None),
        ("review/relations.yaml", "words: [CH]", "words: [CH, Vợ]", "NRM-010", None),
        ("review/layouts/three_sheets.yaml", "field: b1", "field: b9", "NRM-001", None),
        ("review/layouts/three_sheets.yaml", "'mark:job'", "'mark:hobby'", "NRM-009", None),
        ("review/layouts/three_sheets.yaml", "Tổng điểm B, Điểm B]", "Tổng điểm B, Điểm A]", "NRM-010", None),
        ("review/layouts/three_sheets.yaml", "{escaped: poor}", "{escaped: rich}", "NRM-009", None),
        ("registry/papers.yaml", "year_at: 4", "year_at: 11", "NRM-011", None),
        ("sources.yaml", "tt07_thukyluat:", "tt07_elsewhere:", "NRM-006", None),
        ("units/lists.yaml", "from: 2025-07-01", "from: 2025-01-01", "NRM-007", None),
        ("units/lists.yaml", "file: units-2023.csv", "file: units-2022.csv", "NRM-012", None),
        ("units/lists.yaml", "to: 2025-07-01", "to: 2025-08-01", "NRM-009", None),
        ("packs/illustrative_b1.yaml", "rural: 40, urban: 50", "rural: 40", "NRM-015", Some("household_size")),
        ("cases/class_rules.yaml", "area: rural", "area: lunar", "NRM-017", None),
        ("cases/class_rules.yaml", "norm: review.class_rules", "norm: review.areas", "NRM-017", None),
    ];
    for (file, old, new, code, id) in table {
        let faults = spoilt(file, old, new);
        let told = faults.iter().any(|fault| fault.code == code && id.is_none_or(|id| fault.id.as_deref() == Some(id)));
        let all: Vec<String> = faults.iter().map(|fault| fault.says().en).collect();
        assert!(told, "{file}: {old} → {new} should be {code} at {id:?}, but was {all:#?}");
    }
}

#[test]
fn a_plan_may_only_name_readings_that_are_counted_and_reports_that_there_are() {
    let table = [
        ("programme/targets.yaml", "id: with_low_income", "id: low_income", "T11"),
        ("programme/targets.yaml", "id: of_need\n", "id: of_all\n", "T06"),
        ("programme/reports.yaml", "id: R05,", "id: R25,", "K27"),
    ];
    for (file, old, new, at) in table {
        let faults = spoilt(file, old, new);
        let at = format!("plans.ha-tinh-2023@2023-01-01#{at}");
        let told = faults.iter().find(|fault| fault.id.as_deref() == Some(at.as_str()));
        assert_eq!(told.map(|fault| fault.code), Some("NRM-009"), "{new}: {faults:?}");
    }
}

#[test]
fn a_missing_file_of_the_review_is_told_by_its_path() {
    for (path, code) in [
        ("review/movements.yaml", "NRM-012"),
        ("registry/papers.yaml", "NRM-012"),
        ("sources.yaml", "NRM-012"),
        ("units/lists.yaml", "NRM-012"),
        ("units/crosswalk-2025-07.csv", "NRM-012"),
    ] {
        let mut files = shipped();
        files.remove(path);
        let faults = Norms::from_files(&files).err().unwrap_or_default();
        assert!(faults.iter().any(|fault| fault.code == code && fault.file == path), "{path}: {faults:#?}");
    }
}

#[test]
fn every_fault_is_told_at_once_and_not_only_the_first() {
    let mut files = shipped();
    files.remove("review/movements.yaml");
    files.remove("review/causes.yaml");
    files.insert("review/facts.yaml".into(), Cow::Borrowed(b"kind: facts"));
    let faults = Norms::from_files(&files).err().unwrap_or_default();
    for path in ["review/movements.yaml", "review/causes.yaml", "review/facts.yaml"] {
        assert!(faults.iter().any(|fault| fault.file == path), "{path}");
    }
}

#[test]
fn a_fault_says_what_is_wrong_why_it_matters_and_what_to_do() {
    let faults = spoilt("review/areas.yaml", "    citation:", "    # citation:");
    let [fault] = faults.as_slice() else { panic!("{faults:#?}") };
    assert_eq!(
        fault.to_string(),
        "NRM-005 review/areas.yaml (review.areas@2020-01-01): Không có trích dẫn (citation). \
         Giá trị pháp luật phải nêu nơi đã đọc. Thêm citation, hoặc ghi mark: memory nếu chưa đọc được."
    );
    assert!(fault.says().en.starts_with("NRM-005 review/areas.yaml"));
}

#[test]
fn a_folder_that_is_not_there_is_told_and_not_taken_for_an_empty_one() {
    let faults = Norms::from_dir(std::path::Path::new("/no/such/folder")).err().unwrap_or_default();
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["NRM-013"]);
}

const PACK: &str = "
id: province-b1
version: '2024'
title: {vi: Phiếu B1, en: B1 sheet}
mark: quoted
citation: {act: Quyết định thử}
from: 2022-01-01
columns:
  - {id: rural, label: {vi: NT, en: R}, area: rural}
  - {id: urban, label: {vi: TT, en: U}, area: urban}
items:
  - id: size
    label: {vi: Số người, en: Size}
    answers:
      - {id: one, label: {vi: '1', en: '1'}, points: {rural: 10, urban: 20}}
      - {id: more, label: {vi: '2+', en: '2+'}, points: {rural: 0, urban: 0}}
  - id: land
    label: {vi: Đất, en: Land}
    skip_if: {kind: answered, item: size, answers: [one]}
    answers:
      - {id: some, label: {vi: Có, en: Some}, points: {rural: 5, urban: 5}}
";

#[test]
fn a_pack_of_a_province_is_read_and_each_hole_in_it_is_told() {
    assert!(ScorePack::from_yaml(PACK).is_ok());
    let table = [
        ("points: {rural: 5, urban: 5}", "points: {rural: 5}", "NRM-015"),
        ("points: {rural: 5, urban: 5}", "points: {rural: 5, urban: 5, moon: 1}", "NRM-009"),
        ("item: size", "item: shape", "NRM-009"),
        ("answers: [one]", "answers: [three]", "NRM-009"),
        ("answers: [one]", "answers: []", "NRM-009"),
        ("id: land", "id: size", "NRM-010"),
        ("{id: more,", "{id: one,", "NRM-010"),
        ("area: urban", "area: rural", "NRM-016"),
        ("mark: quoted", "mark: missing", "NRM-008"),
        ("citation: {act: Quyết định thử}", "", "NRM-005"),
        ("from: 2022-01-01", "from: 2022-01-01\nto: 2021-01-01", "NRM-007"),
        ("{kind: answered, item: size, answers: [one]}", "{kind: every_member_aged, under: 60, from: 15}", "NRM-011"),
        ("version:", "edition:", "NRM-001"),
    ];
    for (old, new, code) in table {
        assert!(PACK.contains(old), "{old}");
        let faults = ScorePack::from_yaml(&PACK.replacen(old, new, 1)).err().unwrap_or_default();
        assert!(faults.iter().any(|fault| fault.code == code), "{old} → {new}: {faults:#?}");
    }
}

#[test]
fn every_code_of_a_fault_stands_once_in_the_catalogue() {
    let mut codes: Vec<&str> = crate::FAULT_CODES.iter().map(|(code, _, _)| *code).collect();
    codes.dedup();
    assert_eq!(codes.len(), crate::FAULT_CODES.len());
    assert!(codes.is_sorted());
}
