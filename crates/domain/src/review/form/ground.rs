//! What the forms of one unit and year stand on: its lines, the units that get a row, and the population. Loaded once and
//! counted many times, from the store as from a snapshot. Start with [`Ground::new`], then [`Ground::forms`].

use std::collections::{BTreeSet, HashMap, HashSet};

use norms::{Area, CheckRule, Dated, FormLayout, Level, Rulebook, UnitList};

use super::findings::Findings;
use super::holes::{Heard, Holes, expect_all_communes};
use super::{CheckResult, Form, LineFates, Population, PopulationCount, UnitBelow, VillageAt, run_checks, tally};
use crate::review::join::{RowKeyOf, YearLines, below};
use crate::review::list::area_of_type;
use crate::units::{Absent, Scope, ScopeLevel, Village, VillageTotal};

/// Everything the forms of one unit and year are counted from.
#[derive(Debug, Clone)]
pub struct Ground {
    scope: Scope,
    units: Vec<UnitBelow>,
    population: Population,
    holes: Holes,
    villages: Vec<VillageAt>,
    lines: YearLines,
    /// Last year's lines against the year before, for the check on opening columns.
    previous: Option<YearLines>,
}

/// The villages of a unit, in Vietnamese order, and their totals of the year.
#[derive(Debug, Clone, Copy)]
pub struct Villages<'a> {
    pub villages: &'a [Village],
    pub totals: &'a [VillageTotal],
}

impl Ground {
    /// `only_with_data` leaves out units that no list speaks of, and asks no other commune for its list.
    pub fn new(
        scope: &Scope,
        law: (&UnitList, &Rulebook),
        known: Villages<'_>,
        lines: (YearLines, Option<YearLines>),
        only_with_data: bool,
    ) -> Self {
        let rows = units_below(scope, law, known.villages);
        Self::build(scope, law, known, lines, (rows, &|place, _| below(scope, place)), only_with_data)
    }

    /// The same with other rows than the units below the scope: those of another day. The lines were joined by the same key.
    pub fn with_rows(
        scope: &Scope,
        law: (&UnitList, &Rulebook),
        known: Villages<'_>,
        lines: (YearLines, Option<YearLines>),
        rows: (Vec<UnitBelow>, RowKeyOf<'_>),
    ) -> Self {
        let mut ground = Self::build(scope, law, known, lines, rows, false);
        let keys = ground.population.by_unit.keys().chain(ground.holes.unlisted.keys());
        let counted: HashSet<&str> = keys.map(|(key, _)| key.as_str()).collect();
        show_where_counted(&mut ground.units, &ground.lines, counted);
        ground
    }

    fn build(
        scope: &Scope,
        (units, rules): (&UnitList, &Rulebook),
        known: Villages<'_>,
        (lines, previous): (YearLines, Option<YearLines>),
        (mut rows, key_of): (Vec<UnitBelow>, RowKeyOf<'_>),
        only_with_data: bool,
    ) -> Self {
        if only_with_data {
            let spoken: HashSet<&str> = lines.lines.iter().map(|l| l.below.as_str()).collect();
            rows.retain(|unit| spoken.contains(unit.key.as_str()));
        }
        let area_of = |commune: &str| units.commune(commune).and_then(|u| area_of_type(&u.kind, rules));
        let place = |village: &Village| VillageAt {
            village: village.id,
            key: key_of(&village.place(), None),
            area: area_of(&village.commune),
        };
        let villages: Vec<VillageAt> = known.villages.iter().map(place).collect();
        let mut population = population(told(&villages, known.totals), &rows);
        let mut holes = Holes::default();
        if !only_with_data {
            let heard = Heard::of(&lines.listed, known);
            holes = expect_all_communes(scope, (units, rules), heard, (&rows, key_of), &mut population);
        }
        Self { scope: scope.clone(), units: rows, population, holes, villages, lines, previous }
    }

    /// Counts the wanted forms and runs their checks, last year's as its list stands now.
    pub fn forms(&self, rules: &Rulebook, wanted: &[&str]) -> Vec<(Form, Vec<CheckResult>)> {
        self.forms_against(rules, wanted, &[])
    }

    /// The same, held against last year's forms as they were approved, where there are some.
    pub fn forms_against(&self, rules: &Rulebook, wanted: &[&str], approved: &[Form]) -> Vec<(Form, Vec<CheckResult>)> {
        let fates = self.fates(rules);
        let findings = if is_household_checked(rules, wanted) { Findings::of(&fates) } else { Findings::default() };
        let previous_fates = self.previous.as_ref().map(|p| LineFates::new(&p.lines, p.has_previous, rules));
        let (nobody, whole) = (Population::default(), Holes::default());
        let count = |number: &str| self.count(rules, number, &fates, (&self.population, &self.holes));
        let last = |number: &str| {
            previous_fates.as_ref().and_then(|fates| self.count(rules, number, fates, (&nobody, &whole)))
        };
        checked((rules, wanted), &findings, approved, (&count, &last))
    }

    fn count(
        &self,
        rules: &Rulebook,
        number: &str,
        fates: &LineFates<'_>,
        known: (&Population, &Holes),
    ) -> Option<Form> {
        let layout = layout(rules, number)?;
        Some(tally(layout, fates, &self.units, known))
    }

    pub fn fates<'a>(&'a self, rules: &'a Rulebook) -> LineFates<'a> {
        LineFates::new(&self.lines.lines, self.lines.has_previous, rules)
    }

    pub fn lines(&self) -> &YearLines {
        &self.lines
    }

    /// The communes that keep the forms from speaking for the whole unit.
    pub fn absent(&self) -> &Absent {
        &self.holes.absent
    }

    /// The villages, each with the row it is counted in.
    pub fn villages(&self) -> &[VillageAt] {
        &self.villages
    }

    pub fn units(&self) -> &[UnitBelow] {
        &self.units
    }

    pub fn scope(&self) -> &Scope {
        &self.scope
    }
}

/// A unit made of town and country has its households under both areas, and no empty row under the one of its own type.
fn show_where_counted<'a>(units: &mut [UnitBelow], lines: &'a YearLines, mut counted: HashSet<&'a str>) {
    counted.extend(lines.lines.iter().map(|line| line.below.as_str()));
    for unit in units.iter_mut().filter(|unit| counted.contains(unit.key.as_str())) {
        unit.area = None;
    }
}

pub(super) fn layout<'r>(rules: &'r Rulebook, number: &str) -> Option<&'r Dated<FormLayout>> {
    rules.forms.iter().find(|f| f.value.number == number)
}

/// The wanted forms and those that their checks compare them with.
fn with_compared(rules: &Rulebook, wanted: &[&str]) -> BTreeSet<String> {
    let mut numbers: BTreeSet<String> = wanted.iter().map(|n| (*n).to_owned()).collect();
    for number in wanted {
        let checks = layout(rules, number).map(|l| l.value.checks.as_slice()).unwrap_or_default();
        numbers.extend(checks.iter().filter_map(|c| match &c.rule {
            CheckRule::Equals { form, .. } => Some(form.clone()),
            _ => None,
        }));
    }
    numbers
}

/// Counts one form by its number.
pub(super) type CountForm<'a> = &'a dyn Fn(&str) -> Option<Form>;

/// The wanted forms with their checks: counted this year, and last year where no form of it was approved.
pub(super) fn checked(
    (rules, wanted): (&Rulebook, &[&str]),
    findings: &Findings,
    approved: &[Form],
    (count, last): (CountForm<'_>, CountForm<'_>),
) -> Vec<(Form, Vec<CheckResult>)> {
    let forms: Vec<Form> = with_compared(rules, wanted).iter().filter_map(|number| count(number)).collect();
    let found = wanted.iter().filter_map(|number| forms.iter().find(|f| f.layout.value.number == **number));
    let result = |form: &Form| {
        let number = &form.layout.value.number;
        let approved = approved.iter().find(|last| last.layout.value.number == *number).cloned();
        let last = if is_compared_with_last(form) { approved.or_else(|| last(number)) } else { None };
        (form.clone(), run_checks(form, &forms, last.as_ref(), (findings, rules)))
    };
    found.map(result).collect()
}

fn is_compared_with_last(form: &Form) -> bool {
    form.layout.value.checks.iter().any(|check| matches!(check.rule, CheckRule::PreviousYear { .. }))
}

/// Whether a check of the wanted forms looks at the households themselves.
fn is_household_checked(rules: &Rulebook, wanted: &[&str]) -> bool {
    let checks = wanted.iter().filter_map(|number| layout(rules, number)).flat_map(|layout| &layout.value.checks);
    checks.into_iter().any(|check| matches!(check.rule, CheckRule::B2FromMarks | CheckRule::ClassFromScores))
}

/// The units that get a row: districts of a province, communes of a district, villages of a commune.
pub(super) fn units_below(
    scope: &Scope,
    (units, rules): (&UnitList, &Rulebook),
    villages: &[Village],
) -> Vec<UnitBelow> {
    if scope.level == ScopeLevel::Commune {
        let area = units.commune(&scope.code).and_then(|u| area_of_type(&u.kind, rules));
        let row = |v: &Village| UnitBelow { key: v.id.to_string(), label: v.name.clone(), area };
        return villages.iter().map(row).collect();
    }
    units
        .children(scope.level.into(), &scope.code)
        .map(|unit| UnitBelow {
            key: unit.code.clone(),
            label: unit.full_name(),
            area: (unit.level == Level::Commune).then(|| area_of_type(&unit.kind, rules)).flatten(),
        })
        .collect()
}

/// What each village says of itself.
fn told<'v>(
    villages: &'v [VillageAt],
    totals: &[VillageTotal],
) -> impl Iterator<Item = (&'v str, Option<Area>, PopulationCount)> {
    let totals: HashMap<_, _> = totals.iter().map(|total| (total.village, (total.households, total.persons))).collect();
    villages.iter().map(move |at| {
        let count = match totals.get(&at.village) {
            Some((households, persons)) => {
                PopulationCount { households: *households, persons: *persons, villages_missing: 0 }
            }
            None => PopulationCount { villages_missing: 1, ..PopulationCount::default() },
        };
        (at.key.as_str(), at.area, count)
    })
}

/// Totals of villages, or of several together, added up per row.
pub(super) fn population<'k>(
    totals: impl Iterator<Item = (&'k str, Option<Area>, PopulationCount)>,
    rows: &[UnitBelow],
) -> Population {
    let mut population = Population::default();
    let wanted: HashSet<&str> = rows.iter().map(|r| r.key.as_str()).collect();
    for (key, area, more) in totals.filter(|(key, ..)| wanted.contains(key)) {
        let Some(area) = area else {
            population.without_area.insert(key.to_owned());
            continue;
        };
        let count = population.by_unit.entry((key.to_owned(), area)).or_default();
        count.households += more.households;
        count.persons += more.persons;
        count.villages_missing += more.villages_missing;
    }
    population
}
