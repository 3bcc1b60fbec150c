//! Households and persons per village from a table, for a run on the command line.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use app::House;
use domain::review::list::{Sheet, headers_at};
use domain::units::{Scope, Village, VillageTotal};
use kernel::text::fold_name;
use kernel::{VillageId, parse_count};
use storage::ListWork;

/// Headers understood for each column, folded.
const COMMUNE: &[&str] = &["commune code", "ma xa"];
const VILLAGE: &[&str] = &["village", "thon", "thon to dan pho"];
const HOUSEHOLDS: &[&str] = &["households", "so ho", "tong so ho"];
const PERSONS: &[&str] = &["persons", "so khau", "so nhan khau", "tong so khau", "tong so nhan khau"];

struct Columns {
    commune: usize,
    village: Option<usize>,
    households: usize,
    persons: usize,
}

/// Reads the table and stores the totals; a row without a village is the total of its whole commune.
pub async fn store(house: &House, work: &mut dyn ListWork, scope: &Scope, year: i16, path: &Path) -> Result<()> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let sheets = documents::read_file(bytes).with_context(|| format!("opening {}", path.display()))?;
    let Some(sheet) = sheets.first() else { bail!("{} has no sheet", path.display()) };
    let Some(columns) = columns_of(sheet) else {
        bail!("{}: the first row must name commune_code, village, households, persons", path.display())
    };
    let mut known: HashMap<(String, String), Village> =
        work.villages(scope).await?.into_iter().map(|v| ((v.commune.clone(), fold_name(&v.name)), v)).collect();
    let mut totals = Vec::new();
    let mut whole_communes = HashSet::new();
    for row in 1..sheet.rows.len() {
        if sheet.is_blank_row(row) {
            continue;
        }
        let at = |column: usize| sheet.cell(row, column).text();
        let commune = format!("{:0>5}", at(columns.commune));
        let name = columns.village.map(at).unwrap_or_default();
        let number = |column| parse_count(&at(column)).with_context(|| format!("{}: row {}", path.display(), row + 1));
        let (households, persons) = (number(columns.households)?, number(columns.persons)?);
        if name.is_empty() {
            whole_communes.insert(commune.clone());
        }
        let village = find_or_make(house, work, scope, &mut known, (&commune, &name)).await?;
        totals.push(VillageTotal { village, year, households, persons });
    }
    let given: HashSet<VillageId> = totals.iter().map(|t| t.village).collect();
    let covered = known.values().filter(|v| whole_communes.contains(&v.commune) && !given.contains(&v.id));
    totals.extend(covered.map(|v| VillageTotal { village: v.id, year, households: 0, persons: 0 }));
    work.save_village_totals(&totals).await?;
    Ok(())
}

fn columns_of(sheet: &Sheet) -> Option<Columns> {
    let headers: Vec<String> = headers_at(sheet, 0).iter().map(|h| fold_name(h)).collect();
    let find = |names: &[&str]| headers.iter().position(|h| names.contains(&h.as_str()));
    Some(Columns {
        commune: find(COMMUNE)?,
        village: find(VILLAGE),
        households: find(HOUSEHOLDS)?,
        persons: find(PERSONS)?,
    })
}

async fn find_or_make(
    house: &House,
    work: &mut dyn ListWork,
    scope: &Scope,
    known: &mut HashMap<(String, String), Village>,
    (commune, name): (&str, &str),
) -> Result<VillageId> {
    let key = (commune.to_owned(), fold_name(name));
    if let Some(village) = known.get(&key) {
        return Ok(village.id);
    }
    let units = house.units(scope);
    let Some(unit) = units.commune(commune) else { bail!("{commune} is no commune of the list of units") };
    let district = units.parent(unit).filter(|u| u.level == norms::Level::District);
    let village = Village {
        id: VillageId(house.ids.next()),
        units_from: scope.units_from,
        province: house.province_of(&Scope::new(scope.units_from, norms::Level::Commune, commune)),
        district: district.map(|u| u.code.clone()).unwrap_or_default(),
        commune: commune.to_owned(),
        name: if name.is_empty() { unit.full_name() } else { name.to_owned() },
    };
    work.add_villages(std::slice::from_ref(&village)).await?;
    known.insert(key, village.clone());
    Ok(village.id)
}
