//! The communes and villages of the invented register, with how many households and persons live in each.

use std::collections::HashMap;

use domain::review::list::area_of_type;
use domain::units::{Scope, ScopeLevel, Village, VillageTotal};
use norms::{Area, Level, Rulebook, Unit};

use super::data::{District, SampleData};
use super::draw::{Draw, divide};
use crate::units::village_in;
use crate::{AppError, House};

/// Households that one village has, about.
const VILLAGE_SIZE: u64 = 190;

/// One commune with its villages.
#[derive(Debug)]
pub(super) struct Commune {
    pub scope: Scope,
    pub district: District,
    pub area: Area,
    pub villages: Vec<Village>,
    /// All households of each village.
    pub households: Vec<u64>,
    pub persons: Vec<u64>,
    /// Its weight among the poor.
    pub need: u64,
}

impl Commune {
    /// A village, drawn by how many households it has.
    pub fn draw_village(&self, draw: &mut Draw) -> Option<&Village> {
        let weights: std::collections::BTreeMap<usize, u32> =
            self.households.iter().enumerate().map(|(at, n)| (at, u32::try_from(*n).unwrap_or(0))).collect();
        self.villages.get(*draw.weighted(&weights)?)
    }

    /// The totals of a year.
    pub fn totals(&self, year: i16) -> impl Iterator<Item = VillageTotal> {
        let number = |n: &u64| i64::try_from(*n).unwrap_or(0);
        self.villages.iter().zip(self.households.iter().zip(&self.persons)).map(move |(village, (h, p))| VillageTotal {
            village: village.id,
            year,
            households: number(h),
            persons: number(p),
        })
    }
}

/// All communes of the province, in the order of the list of units.
pub(super) fn communes(
    house: &House,
    data: &SampleData,
    rules: &Rulebook,
    draw: &mut Draw,
) -> Result<Vec<Commune>, AppError> {
    let units = house.norms.units_on(data.units_on);
    let mut communes = Vec::new();
    let shares: Vec<u64> = data.districts.iter().map(|district| district.households).collect();
    for (district, of_district) in data.districts.iter().zip(divide(data.population.households, &shares)) {
        let found: Vec<&Unit> = units.children(Level::District, &district.code).collect();
        let sizes: Vec<u64> = found.iter().map(|_| share(draw, 60, 140)).collect();
        for (unit, households) in found.iter().zip(divide(of_district, &sizes)) {
            let scope = Scope::new(units.from, ScopeLevel::Commune, unit.code.clone());
            let area = area_of_type(&unit.kind, rules).ok_or(AppError::Missing("area"))?;
            let names = village_names(area, households, data, draw);
            let villages =
                names.into_iter().map(|name| village_in(house, &scope, name)).collect::<Result<Vec<_>, _>>()?;
            let weights: Vec<u64> = villages.iter().map(|_| share(draw, 70, 130)).collect();
            communes.push(Commune {
                need: households * district.need * share(draw, 60, 150),
                households: divide(households, &weights),
                persons: Vec::new(),
                district: district.clone(),
                scope,
                area,
                villages,
            });
        }
    }
    settle(&mut communes, data, draw);
    Ok(communes)
}

/// Gives every village its persons, so that the province adds up.
fn settle(communes: &mut [Commune], data: &SampleData, draw: &mut Draw) {
    let weights: Vec<u64> =
        communes.iter().flat_map(|commune| &commune.households).map(|n| n * share(draw, 90, 110)).collect();
    let mut persons = divide(data.population.persons, &weights).into_iter();
    for commune in communes {
        commune.persons = persons.by_ref().take(commune.households.len()).collect();
    }
}

fn share(draw: &mut Draw, low: i32, high: i32) -> u64 {
    u64::try_from(draw.between(low, high)).unwrap_or(1)
}

fn village_names(area: Area, households: u64, data: &SampleData, draw: &mut Draw) -> Vec<String> {
    let count = usize::try_from((households / VILLAGE_SIZE).clamp(4, 16)).unwrap_or(4);
    let mut names = data.villages.rural.clone();
    draw.shuffle(&mut names);
    let by_number = area == Area::Urban || draw.percent(60);
    match (by_number, area) {
        (true, Area::Urban) => (1..=count).map(|n| format!("Tổ dân phố {n}")).collect(),
        (true, Area::Rural) => (1..=count).map(|n| format!("Thôn {n}")).collect(),
        (false, _) => names.into_iter().take(count).map(|name| format!("Thôn {name}")).collect(),
    }
}

/// How many households of a class each commune has, adding up to the whole.
pub(super) fn spread(communes: &[Commune], whole: usize) -> HashMap<usize, usize> {
    let weights: Vec<u64> = communes.iter().map(|commune| commune.need).collect();
    let parts = divide(u64::try_from(whole).unwrap_or(0), &weights);
    parts.into_iter().map(|n| usize::try_from(n).unwrap_or(0)).enumerate().collect()
}
