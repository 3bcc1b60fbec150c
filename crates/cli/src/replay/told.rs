//! `vuon replay SNAPSHOT --by commune@2025-07-01`: the frozen list by the units of another day, by the changes and placements that
//! were known when it was frozen.

use std::process::ExitCode;

use anyhow::{Result, bail};
use domain::units::{RowOf, ScopeLevel, UnitKey};
use kernel::Day;
use norms::{Norms, Unit};
use serde_json::json;
use snapshots::{Boundaries, Snapshot, ToldBy, told_by};

use crate::said::both;
use crate::snapshot::{print_json, refused};

pub(super) fn run(snapshot: &Snapshot, norms: &Norms, by: &str, as_json: bool) -> Result<ExitCode> {
    let Some((level, on)) = read(by) else {
        bail!(both(
            format!("`{by}` không đọc được; viết như commune@2025-07-01, district@2023-01-01."),
            format!("`{by}` is no level and day; write commune@2025-07-01"),
        ));
    };
    let rules = norms.rulebook(snapshot.year(), &snapshot.province())?;
    let classes = rules.classes.value.classes.iter().map(|class| class.id.clone()).collect();
    let (found, boundaries) = match (told_by(snapshot, norms, (on, level), classes), snapshot.boundaries()) {
        (Ok(found), Ok(boundaries)) => (found, boundaries.unwrap_or_default()),
        (Err(fault), _) | (_, Err(fault)) => return Ok(refused(&fault)),
    };
    let Some(found) = found else {
        bail!(both("ngày đó không có cấp đơn vị này.", "that day has no units of this level; UNI-013"));
    };
    if as_json {
        print_as_json(&found, &boundaries, norms);
    } else {
        print(&found, &boundaries, norms);
    }
    Ok(ExitCode::SUCCESS)
}

fn read(by: &str) -> Option<(ScopeLevel, Day)> {
    let (level, day) = by.split_once('@')?;
    Some((ScopeLevel::from(norms::Level::from_id(level)?), Day::from_iso(day)?))
}

/// Code and name of a row, and why it is of no unit.
fn row_words(of: &RowOf, name: &dyn Fn(&UnitKey) -> String) -> (String, String, &'static str) {
    match of {
        RowOf::Unit(key) => (key.code.clone(), name(key), ""),
        RowOf::Unplaced { old, .. } => (old.code.clone(), name(old), "unplaced"),
        RowOf::Unresolved { old, .. } => (old.code.clone(), name(old), "unresolved"),
        RowOf::NotListed { code } => (code.clone(), String::new(), "not_listed"),
    }
}

fn print_as_json(found: &ToldBy, boundaries: &Boundaries, norms: &Norms) {
    let restater = boundaries.restater(norms);
    let name = |key: &UnitKey| restater.timeline().unit_of(key).map(Unit::full_name).unwrap_or_default();
    let text = |counts: &[i128]| counts.iter().map(ToString::to_string).collect::<Vec<_>>();
    let rows: Vec<_> = found
        .restated
        .rows
        .iter()
        .map(|row| {
            let (code, name, left) = row_words(&row.of, &name);
            json!({ "code": code, "name": name, "left": left, "households": text(&row.counts) })
        })
        .collect();
    print_json(&json!({
        "units_from": found.restated.units_from,
        "classes": found.classes,
        "rows": rows,
        "total": text(&found.restated.total),
        "conserved": found.restated.is_conserved(),
        "without_boundaries": found.without_boundaries,
    }));
}

fn print(found: &ToldBy, boundaries: &Boundaries, norms: &Norms) {
    if found.without_boundaries {
        println!(
            "{}",
            both(
                "bản chốt này có từ trước khi giữ kèm thay đổi địa giới: chỉ kể theo danh mục đơn vị",
                "from before recorded changes were kept along: told by the lists of units alone",
            )
        );
    }
    let restater = boundaries.restater(norms);
    let name = |key: &UnitKey| restater.timeline().unit_of(key).map(Unit::full_name).unwrap_or_default();
    let line = |counts: &[i128]| counts.iter().map(ToString::to_string).collect::<Vec<_>>().join("\t");
    println!("\t\t{}\t–", found.classes.join("\t"));
    for row in &found.restated.rows {
        let (code, name, left) = row_words(&row.of, &name);
        let left = match left {
            "unplaced" => both(" (chưa xếp)", "not placed"),
            "unresolved" => both(" (chưa rõ)", "nobody recorded what became of it"),
            "not_listed" => both(" (không có trong danh mục)", "in no list of the day"),
            _ => String::new(),
        };
        println!("{code}\t{name}{left}\t{}", line(&row.counts));
    }
    println!("\t{}\t{}", both("Tổng cộng", "total"), line(&found.restated.total));
}
