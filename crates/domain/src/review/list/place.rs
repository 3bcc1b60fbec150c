//! From what a list writes about a place to a commune of the list of units.

use std::collections::HashMap;

use kernel::text::fold_name;
use norms::{Area, Level, Rulebook, Unit, UnitList};

/// A commune, found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommunePlace {
    pub commune: String,
    pub district: String,
    pub province: String,
    pub area: Option<Area>,
}

/// Finds communes by code, or by their names where no code is written.
#[derive(Debug)]
pub struct Places<'a> {
    units: &'a UnitList,
    rules: &'a Rulebook,
    by_name: HashMap<String, Vec<&'a Unit>>,
}

/// The area that a unit's type belongs to: `Xã` is rural, `Phường` and `Thị trấn` urban.
pub fn area_of_type(kind: &str, rules: &Rulebook) -> Option<Area> {
    let folded = fold_name(kind);
    let is = |types: &[String]| {
        types.iter().any(|t| {
            let t = fold_name(t);
            folded == t || folded.strip_prefix(&t).is_some_and(|rest| rest.starts_with(' '))
        })
    };
    let areas = &rules.areas.value;
    if is(&areas.urban.unit_types) {
        Some(Area::Urban)
    } else if is(&areas.rural.unit_types) {
        Some(Area::Rural)
    } else {
        None
    }
}

impl<'a> Places<'a> {
    pub fn new(units: &'a UnitList, rules: &'a Rulebook) -> Self {
        Self { units, rules, by_name: HashMap::new() }
    }

    /// A code as a list writes it; spreadsheets drop its leading zeros.
    pub fn by_code(&self, written: &str) -> Option<CommunePlace> {
        let code = written.trim();
        let unit = self.units.commune(code).or_else(|| self.units.commune(&format!("{code:0>5}")))?;
        Some(self.place(unit))
    }

    fn place(&self, unit: &Unit) -> CommunePlace {
        let district = self.units.parent(unit).filter(|u| u.level == Level::District);
        let province = self.units.province_of(unit);
        CommunePlace {
            commune: unit.code.clone(),
            district: district.map(|u| u.code.clone()).unwrap_or_default(),
            province: province.map(|u| u.code.clone()).unwrap_or_default(),
            area: area_of_type(&unit.kind, self.rules),
        }
    }

    /// A commune by its written name, inside the district written beside it. `None` when it is not exactly one.
    pub fn by_names(&mut self, commune: &str, district: &str) -> Option<CommunePlace> {
        if self.by_name.is_empty() {
            for unit in self.units.iter().filter(|u| u.level == Level::Commune) {
                self.by_name.entry(fold_name(&unit.full_name())).or_default().push(unit);
            }
        }
        let district = fold_name(district);
        let in_district = |unit: &&Unit| {
            let above = self.units.parent(unit).map(|u| fold_name(&u.full_name())).unwrap_or_default();
            district.is_empty() || above == district
        };
        let mut found = self.by_name.get(&fold_name(commune))?.iter().copied().filter(in_district);
        match (found.next(), found.next()) {
            (Some(unit), None) => Some(self.place(unit)),
            _ => None,
        }
    }

    /// `Thôn 5, Xã Quang Diệm, Huyện Hương Sơn`: the village as written, and the commune.
    pub fn by_address(&mut self, address: &str) -> Option<(String, CommunePlace)> {
        let parts: Vec<&str> = address.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
        for (at, part) in parts.iter().enumerate() {
            if area_of_type(part, self.rules).is_none() {
                continue;
            }
            let district = parts.get(at + 1).copied().unwrap_or("");
            if let Some(place) = self.by_names(part, district) {
                let village = parts.get(..at).unwrap_or_default().join(", ");
                return Some((village, place));
            }
        }
        None
    }
}
