//! `vuon measure --snapshot`: the family of a frozen year. Reads arguments, asks `snapshots`, writes the table.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use measures::poverty::{Dimension, FamilyPlan, cutoffs_of, full_sheet, named_sheet};
use measures::sheet::{Sheet, Values};
use measures::{Fault, Why};
use norms::Rulebook;
use snapshots::{FamilyFault, Snapshot, family};

use super::MeasureArguments;
use crate::machine::load_norms;
use crate::snapshot::{archive_of, open_in, refused as refused_snapshot};

pub(super) fn run(arguments: &MeasureArguments, named: &str, norms: Option<&Path>) -> Result<ExitCode> {
    let data = arguments.data.clone().unwrap_or_else(|| "data".into());
    let archive = archive_of(&data, arguments.snapshots.as_deref());
    let snapshot = match open_in(&archive, named) {
        Ok(snapshot) => snapshot,
        Err(fault) => return Ok(refused_snapshot(&fault)),
    };
    // Dimensions are the law's of that year: the frozen text's, or the loaded one's for older snapshots.
    let rules = match snapshot.norms() {
        Ok(Some(frozen)) => frozen.rulebook(snapshot.year(), &snapshot.province()),
        Ok(None) => load_norms(norms)?.rulebook(snapshot.year(), &snapshot.province()),
        Err(fault) => return Ok(refused_snapshot(&fault)),
    };
    Ok(match measure(arguments, &snapshot, rules.ok().as_ref()) {
        Ok(rows) => {
            println!(
                "{}: rows={rows} snapshot={:.12} year={}",
                arguments.out.display(),
                snapshot.name,
                snapshot.year()
            );
            ExitCode::SUCCESS
        }
        Err(FamilyFault::Snapshot(fault)) => refused_snapshot(&fault),
        Err(FamilyFault::Asked(fault)) => super::refused(&fault),
    })
}

fn measure(arguments: &MeasureArguments, snapshot: &Snapshot, rules: Option<&Rulebook>) -> Result<usize, FamilyFault> {
    let plan = plan(arguments, snapshot.figures()?.layout().indicators.clone())?;
    let counted = family(snapshot, &plan, arguments.threads)?;
    let sheet = if arguments.full {
        full_sheet(&plan, &dimensions(&plan, rules), &counted)
    } else {
        named_sheet(&plan, &counted)
    };
    let sheet = with_origin(sheet, snapshot);
    sheet.write(&arguments.out, arguments.threads)?;
    Ok(sheet.rows())
}

fn plan(arguments: &MeasureArguments, indicators: Vec<String>) -> Result<FamilyPlan, Fault> {
    let mut plan = FamilyPlan {
        persons: arguments.persons.then(|| "persons".to_owned()),
        by: arguments.by.clone(),
        ..FamilyPlan::equal(indicators)
    };
    if let Some(path) = arguments.weights.first() {
        plan.weights = weights(Path::new(path), &plan.indicators)?;
        plan.cutoffs = (1..=plan.parts()).collect();
    }
    if let Some(text) = &arguments.k {
        plan.cutoffs = cutoffs_of(text)?;
    }
    Ok(plan)
}

/// `indicator: parts` for every indicator, YAML.
fn weights(path: &Path, indicators: &[String]) -> Result<Vec<u32>, Fault> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::Unreadable { path: shown.clone(), why: error.to_string() })?;
    let parts: BTreeMap<String, u32> = measures::scoring::weights_of(&text, &shown)?;
    let known = || indicators.join(", ");
    if let Some(unknown) = parts.keys().find(|name| !indicators.contains(name)) {
        let why = Why::new(
            format!("không có chỉ số {unknown}; có: {}", known()),
            format!("there is no indicator {unknown}; there are {}", known()),
        );
        return Err(Fault::Definition { path: shown, why });
    }
    let weight = |name: &String| {
        parts.get(name).copied().ok_or_else(|| Fault::Definition {
            path: shown.clone(),
            why: Why::new(format!("{name} không có trọng số"), format!("{name} has no weight")),
        })
    };
    indicators.iter().map(weight).collect()
}

fn dimensions(plan: &FamilyPlan, rules: Option<&Rulebook>) -> Vec<Dimension> {
    let Some(set) = rules.map(|rules| &rules.indicators.value) else { return Vec::new() };
    let of = |id: &String| {
        let own = set.indicators.iter().filter(|indicator| indicator.dimension == *id);
        let places = own.filter_map(|indicator| plan.indicators.iter().position(|known| *known == indicator.id));
        Dimension { id: id.clone(), indicators: places.collect() }
    };
    set.dimensions.iter().map(|dimension| of(&dimension.id)).collect()
}

/// What a table must say of itself when it lies about alone: which year, whose, by the units of which day, from what.
fn with_origin(sheet: Sheet, snapshot: &Snapshot) -> Sheet {
    let (rows, head) = (sheet.rows(), &snapshot.manifest.head);
    let text = |name: &str, value: &str| (name.to_owned(), Values::Text(vec![Arc::from(value); rows]));
    let year = ("year".to_owned(), Values::Whole(vec![i64::from(head.year); rows]));
    let units_on = head.scope.units_from.iso();
    let origin =
        [year, text("unit", &head.scope.address()), text("units_on", &units_on), text("snapshot", &snapshot.name)];
    Sheet { columns: origin.into_iter().chain(sheet.columns).collect() }
}
