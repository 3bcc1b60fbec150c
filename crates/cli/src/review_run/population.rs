//! Households and persons per village from a table, for a run on the command line.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use anyhow::Result;
use app::House;
use domain::review::list::{ReadList, Sheet, headers_at};
use domain::units::{Scope, Village, VillageTotal};
use kernel::text::fold_name;
use kernel::{VillageId, parse_count};
use storage::ListWork;

use crate::said::{Unusable, both};

/// Headers understood for each column, folded.
const COMMUNE: &[&str] = &["commune code", "ma xa"];
const VILLAGE: &[&str] = &["village", "thon", "thon to dan pho"];
const HOUSEHOLDS: &[&str] = &["households", "so ho", "tong so ho"];
const PERSONS: &[&str] = &["persons", "so khau", "so nhan khau", "tong so khau", "tong so nhan khau"];

/// So many codes are named in a note.
const SHOWN: usize = 8;

struct Columns {
    commune: usize,
    village: Option<usize>,
    households: usize,
    persons: usize,
}

/// Reads the table and stores the totals; a row without a village is the total of its whole commune. Gives the communes
/// that have totals but stand nowhere on the list: their people are in every rate, their poor are not.
pub async fn store(
    house: &House,
    work: &mut dyn ListWork,
    (scope, list): (&Scope, &ReadList),
    year: i16,
    path: &Path,
) -> Result<Vec<String>> {
    let file = path.display();
    let sheets = documents::read_file(super::read_bytes(path)?)
        .map_err(|problem| Unusable(format!("{file}: {}", super::summary::file_words(&problem))))?;
    let columns = sheets.first().and_then(|sheet| Some((sheet, columns_of(sheet)?)));
    let Some((sheet, columns)) = columns else {
        return Err(Unusable(both(
            format!("{file}: hàng đầu phải có các cột commune_code (mã xã), village (thôn), households, persons."),
            "the first row must name commune_code, village, households, persons",
        ))
        .into());
    };
    let mut known: HashMap<(String, String), Village> =
        work.villages(scope).await?.into_iter().map(|v| ((v.commune.clone(), fold_name(&v.name)), v)).collect();
    let mut totals = Vec::new();
    let mut whole_communes = HashSet::new();
    let mut given_communes = BTreeSet::new();
    for row in 1..sheet.rows.len() {
        if sheet.is_blank_row(row) {
            continue;
        }
        let at = |column: usize| sheet.cell(row, column).text();
        let commune = format!("{:0>5}", at(columns.commune));
        let name = columns.village.map(at).unwrap_or_default();
        let number = |column| {
            parse_count(&at(column)).map_err(|_| {
                let (row, text) = (row + 1, at(column));
                Unusable(both(
                    format!("{file}: dòng {row}: «{text}» không phải số. Sửa thành số nguyên rồi chạy lại."),
                    format!("row {row}: “{text}” is no number"),
                ))
            })
        };
        let (households, persons) = (number(columns.households)?, number(columns.persons)?);
        if name.is_empty() {
            whole_communes.insert(commune.clone());
        }
        given_communes.insert(commune.clone());
        let village = find_or_make(house, work, scope, &mut known, (&commune, &name)).await?;
        totals.push(VillageTotal { village, year, households, persons });
    }
    let given: HashSet<VillageId> = totals.iter().map(|t| t.village).collect();
    let covered = known.values().filter(|v| whole_communes.contains(&v.commune) && !given.contains(&v.id));
    totals.extend(covered.map(|v| VillageTotal { village: v.id, year, households: 0, persons: 0 }));
    work.save_village_totals(&totals).await?;
    let on_list: HashSet<&str> =
        list.stored().filter_map(|household| household.place.as_ref()).map(|place| place.commune.as_str()).collect();
    Ok(given_communes.into_iter().filter(|commune| !on_list.contains(commune.as_str())).collect())
}

/// What a reader of the forms has to know when the totals reach further than the list.
pub fn note(wider: &[String]) -> Option<String> {
    let (count, codes) = (wider.len(), wider.get(..SHOWN).unwrap_or(wider).join(", "));
    let more = if count > SHOWN { ", …" } else { "" };
    (count > 0).then(|| {
        format!(
            "Tổng số hộ, nhân khẩu gồm cả {count} xã không có hộ nào trong danh sách ({codes}{more}): tỷ lệ tính trên cả \
             các xã đó và thấp hơn thực tế nếu danh sách của các xã đó còn thiếu"
        )
    })
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
    let Some(unit) = units.commune(commune) else {
        return Err(Unusable(both(
            format!("bảng tổng số hộ: mã xã «{commune}» không có trong danh mục đơn vị. Sửa mã rồi chạy lại."),
            format!("the table of totals: {commune} is no commune of the list of units"),
        ))
        .into());
    };
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
