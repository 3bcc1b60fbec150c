//! Communes that the lists and totals of a unit say nothing of: a form over some of its communes would pass for one over all.
//! Never asked of a list that is read alone, which speaks only for its own communes. Start with [`expect_all_communes`].

use std::collections::{HashMap, HashSet};

use kernel::VillageId;
use norms::{Area, Level, Rulebook, Unit, UnitList};

use super::ground::Villages;
use super::{Population, UnitBelow};
use crate::review::join::{Listed, RowKeyOf};
use crate::review::list::area_of_type;
use crate::units::{Absent, Place, Scope, ScopeLevel};

/// What keeps a form from speaking for its whole unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holes {
    /// No commune has a list of the year.
    pub no_list: bool,
    /// Communes without a list, by the row they are counted in.
    pub unlisted: HashMap<(String, Area), Unlisted>,
    pub absent: Absent,
}

/// How many communes of a row have no list of the year, and of the year before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unlisted {
    pub now: i64,
    pub before: i64,
}

/// Codes of the communes that something was heard of.
pub(super) struct Heard<'a> {
    pub listed: &'a Listed,
    pub with_villages: HashSet<&'a str>,
    /// Those of which a village has no total.
    pub without_total: HashSet<&'a str>,
}

impl<'a> Heard<'a> {
    pub fn of(listed: &'a Listed, known: Villages<'a>) -> Self {
        let entered: HashSet<VillageId> = known.totals.iter().map(|total| total.village).collect();
        let open = known.villages.iter().filter(|village| !entered.contains(&village.id));
        Self {
            listed,
            with_villages: known.villages.iter().map(|village| village.commune.as_str()).collect(),
            without_total: open.map(|village| village.commune.as_str()).collect(),
        }
    }
}

/// Asks every commune of the unit for its lists, its villages and their totals. A commune without villages has no totals
/// either, so that its row cannot be told.
pub(super) fn expect_all_communes(
    scope: &Scope,
    (units, rules): (&UnitList, &Rulebook),
    Heard { listed, with_villages, without_total }: Heard<'_>,
    (rows, key_of): (&[UnitBelow], RowKeyOf<'_>),
    population: &mut Population,
) -> Holes {
    let wanted: HashSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    let mut holes = Holes { no_list: listed.now.is_empty(), ..Holes::default() };
    if scope.level == ScopeLevel::Commune {
        // Its rows are villages, and there is nobody else to name.
        return holes;
    }
    for commune in units.communes_below(scope.level.into(), &scope.code) {
        let code = commune.code.as_str();
        let has_villages = with_villages.contains(code);
        let unlisted =
            Unlisted { now: i64::from(!listed.now.contains(code)), before: i64::from(!listed.before.contains(code)) };
        let no_totals = !has_villages || without_total.contains(code);
        holes.absent.note(code, (unlisted.now > 0, unlisted.before > 0, no_totals));
        let key = key_of(&place(scope, units, commune), None);
        if !wanted.contains(key.as_str()) {
            continue;
        }
        let Some(area) = area_of_type(&commune.kind, rules) else {
            // What lives here belongs to no row that can be told, listed or not.
            population.without_area.insert(key);
            continue;
        };
        if !has_villages {
            population.by_unit.entry((key.clone(), area)).or_default().villages_missing += 1;
        }
        if unlisted != Unlisted::default() {
            let of_row = holes.unlisted.entry((key, area)).or_default();
            of_row.now += unlisted.now;
            of_row.before += unlisted.before;
        }
    }
    holes
}

/// The commune as a place without a village.
fn place(scope: &Scope, units: &UnitList, commune: &Unit) -> Place {
    let district = units.parent(commune).filter(|unit| unit.level == Level::District);
    let code = |unit: Option<&Unit>| unit.map(|unit| unit.code.clone()).unwrap_or_default();
    Place::of_unit(scope.units_from, code(units.province_of(commune)), code(district), commune.code.as_str())
}
