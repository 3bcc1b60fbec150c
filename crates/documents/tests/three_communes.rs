//! The list of three communes, as sent, is read to the letter of what a careful reader found.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its own fixture has failed")]

use domain::review::list::{Fault, FaultLevel, ReadContext, ReadList, read_list};
use kernel::Day;
use norms::Norms;
use serde_json::{Value, json};

/// The same list as Excel and as LibreOffice saved it.
const SAVED_BY: [&str; 2] = ["xlsx", "ods"];

fn read_sample(saved: &str) -> (Norms, ReadList) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/lists/three-communes/danh-sach-ra-soat");
    let sheets = documents::read_file(std::fs::read(format!("{folder}.{saved}")).unwrap()).unwrap();
    let norms = Norms::embedded().unwrap();
    let rules = norms.rulebook(2023, "42").unwrap();
    let context = ReadContext { rules: &rules, units: norms.units_on(Day::last_of(2023)), year: 2023 };
    let read = read_list(&sheets, context).unwrap();
    (norms, read)
}

fn expected() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/lists/three-communes/expected.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn as_json(fault: &Fault) -> Value {
    let level = if fault.level() == FaultLevel::Warn { "warn" } else { "reject" };
    json!({ "sheet": fault.sheet, "row": fault.row, "column": fault.column, "kind": fault.kind.id(), "level": level })
}

#[test]
fn every_fault_of_the_sample_is_found_and_no_other() {
    for saved in SAVED_BY {
        let (_, read) = read_sample(saved);
        let faults: Vec<Value> = read.faults.iter().filter(|f| f.kind.is_in_summary()).map(as_json).collect();
        assert_eq!(json!(faults), expected()["faults"], "{saved}");
        let others: Vec<_> = read.faults.iter().filter(|f| !f.kind.is_in_summary()).collect();
        assert!(others.is_empty(), "{saved}: {others:?}");
    }
}

#[test]
fn the_list_says_the_same_whichever_program_saved_it() {
    let [(_, from_xlsx), (_, from_ods)] = SAVED_BY.map(read_sample);
    assert_eq!(from_ods.households, from_xlsx.households);
    assert_eq!(from_ods.escaped, from_xlsx.escaped);
}

#[test]
fn households_persons_and_rows_of_the_sample_add_up() {
    let (_, read) = read_sample("xlsx");
    let expected = expected();
    assert_eq!(json!(read.rows), expected["rows"]);
    assert_eq!(json!(read.stored().count()), expected["households"]);
    assert_eq!(json!(read.stored().map(|h| h.members.len()).sum::<usize>()), expected["persons"]);
    assert_eq!(json!(read.aside().count()), expected["aside"]["households"]);
    assert_eq!(json!(read.aside().map(|h| h.members.len()).sum::<usize>()), expected["aside"]["rows"]);
    assert_eq!(json!(read.escaped_rows), expected["escaped"]);
    let class = |id: &str| json!(read.stored().filter(|h| h.class_computed.as_deref() == Some(id)).count());
    for id in ["poor", "near_poor", "non_poor"] {
        assert_eq!(class(id), expected["classes"][id], "{id}");
    }
}
