//! Forms counted from parts: what the households that live in one place add to every form, kept and put together, so that one
//! changed household means one small part counted again. A household whose lists lie elsewhere is kept as it is and joined anew for
//! the unit that is asked: whether it came, left or stayed depends on the unit. Start with [`HomeFacts::part`], then [`Merged::of`].

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use kernel::{Day, HouseholdId};
use norms::{Area, Rulebook, UnitList};

use super::findings::Findings;
use super::ground::{checked, population, units_below};
use super::holes::{Heard, Holes, expect_all_communes};
use super::sum::{Sum, merge_row};
use super::tally::form_of;
use super::{CheckResult, Form, LineFates, Population, PopulationCount, UnitBelow};
use crate::review::join::{Listed, Reviewed, YearFacts, YearLines, below};
use crate::review::line::Line;
use crate::review::list::area_of_type;
use crate::units::{Absent, Place, Scope, ScopeLevel};

/// What the forms of a year need of the households that live in one commune, wherever their lists lie. Whatever changes about
/// them is a change of this commune.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeFacts {
    /// The commune; its village means nothing.
    pub home: Place,
    pub year: i16,
    /// On this year's list and on last year's.
    pub now: Vec<Reviewed>,
    pub before: Vec<Reviewed>,
    /// Of the year.
    pub events: Vec<(HouseholdId, Day, String)>,
    /// Of the years before last year.
    pub earlier: Vec<EarlierClass>,
}

/// A class from before last year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierClass {
    pub household: HouseholdId,
    pub class: String,
    /// Where it was given, if not where the household lives now.
    pub elsewhere: Option<Place>,
}

/// What some households add to the forms of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// The columns of all forms one after another, by area.
    sums: HashMap<Area, Vec<Sum>>,
    findings: Findings,
    packs: BTreeSet<String>,
    listed: Listed,
    movers: Vec<Arc<Mover>>,
}

/// A household that does not live where it was on a list, or was on the lists of two communes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mover {
    home: Place,
    now: Option<Reviewed>,
    before: Option<Reviewed>,
    events: Vec<(HouseholdId, Day, String)>,
    earlier: Vec<EarlierClass>,
}

impl HomeFacts {
    /// Households on either list.
    pub fn listed(&self) -> BTreeSet<HouseholdId> {
        self.now.iter().chain(&self.before).map(|reviewed| reviewed.household).collect()
    }

    /// The same facts in heaps, each household whole in the one that `heap_of` says.
    pub fn heaped(self, heaps: usize, heap_of: impl Fn(HouseholdId) -> usize) -> Vec<Self> {
        let Self { home, year, now, before, events, earlier } = self;
        let empty = Self { home, year, now: vec![], before: vec![], events: vec![], earlier: vec![] };
        let mut all = vec![empty; heaps];
        fill(&mut all, now, |of| heap_of(of.household), |heap| &mut heap.now);
        fill(&mut all, before, |of| heap_of(of.household), |heap| &mut heap.before);
        fill(&mut all, events, |of| heap_of(of.0), |heap| &mut heap.events);
        fill(&mut all, earlier, |of| heap_of(of.household), |heap| &mut heap.earlier);
        all
    }

    /// Counts the households that stayed, and keeps those that moved.
    pub fn part(self, rules: &Rulebook) -> Part {
        let is_home = |reviewed: &Reviewed| is_same_commune(&reviewed.place, &self.home);
        let listed = self.now.iter().chain(&self.before);
        let away: HashSet<HouseholdId> = listed.filter(|r| !is_home(r)).map(|r| r.household).collect();
        let nobody = || Mover { home: self.home.clone(), now: None, before: None, events: vec![], earlier: vec![] };
        let mut movers: HashMap<HouseholdId, Mover> = away.into_iter().map(|id| (id, nobody())).collect();
        let mut stayed = YearFacts { year: self.year, ..YearFacts::default() };
        for reviewed in self.now {
            match movers.get_mut(&reviewed.household) {
                Some(mover) => mover.now = Some(reviewed),
                None => stayed.now.push(reviewed),
            }
        }
        for reviewed in self.before {
            match movers.get_mut(&reviewed.household) {
                Some(mover) => mover.before = Some(reviewed),
                None => stayed.before.push(reviewed),
            }
        }
        for event in self.events {
            match movers.get_mut(&event.0) {
                Some(mover) => mover.events.push(event),
                None => stayed.events.push(event),
            }
        }
        for earlier in self.earlier {
            match movers.get_mut(&earlier.household) {
                Some(mover) => mover.earlier.push(earlier),
                None => stayed.earlier.push((earlier.household, earlier.class)),
            }
        }
        let province = Scope::new(self.home.units_from, ScopeLevel::Province, self.home.province.clone());
        let mut part = Part::of_lines(&stayed.lines(&province, rules), rules);
        part.movers = movers.into_values().map(Arc::new).collect();
        part
    }
}

fn fill<T>(
    heaps: &mut [HomeFacts],
    rows: Vec<T>,
    heap_of: impl Fn(&T) -> usize,
    kind: impl Fn(&mut HomeFacts) -> &mut Vec<T>,
) {
    for row in rows {
        if let Some(heap) = heaps.get_mut(heap_of(&row)) {
            kind(heap).push(row);
        }
    }
}

impl Part {
    fn of_lines(lines: &YearLines, rules: &Rulebook) -> Self {
        let fates = LineFates::new(&lines.lines, true, rules);
        let mut sums = HashMap::new();
        add_lines(&mut sums, &fates, |line| line.area);
        let (findings, packs) = (Findings::of(&fates), lines.packs.iter().cloned().collect());
        Self { sums, findings, packs, listed: lines.listed.clone(), movers: Vec::new() }
    }

    /// Several parts of the same place as one.
    pub fn together<'p>(parts: impl Iterator<Item = &'p Self> + Clone) -> Self {
        let mut whole =
            Self { findings: Findings::together(parts.clone().map(|part| &part.findings)), ..Self::default() };
        for part in parts {
            for (area, sums) in &part.sums {
                add_sums(&mut whole.sums, *area, sums);
            }
            whole.packs.extend(part.packs.iter().cloned());
            whole.listed.add(&part.listed);
            whole.movers.extend(part.movers.iter().cloned());
        }
        whole
    }
}

/// What all households add to the forms of a province or a district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    sums: HashMap<(String, Area), Vec<Sum>>,
    findings: Findings,
    packs: Vec<String>,
    listed: Listed,
}

/// Beside what the lists say: the units, and the totals of the villages of each commune together.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    pub units: &'a UnitList,
    pub totals: &'a [(Place, PopulationCount)],
    /// Last year's forms as they were approved.
    pub approved: &'a [Form],
    /// Last year's list against the year before.
    pub last: Option<&'a Merged>,
}

impl Merged {
    /// Puts the parts of every commune together that somebody lives in who is on a list of the unit; parts of others add nothing.
    pub fn of(scope: &Scope, year: i16, rules: &Rulebook, parts: &[(Place, Arc<Part>)]) -> Self {
        let movers: Vec<&Mover> = parts.iter().flat_map(|(_, part)| part.movers.iter().map(Arc::as_ref)).collect();
        let moved = joined(scope, year, rules, &movers);
        let fates = LineFates::new(&moved.lines, true, rules);
        let of_movers = Findings::of(&fates);
        let mut sums = HashMap::new();
        add_lines(&mut sums, &fates, |line| (line.below.clone(), line.area));
        let mut packs: BTreeSet<&String> = moved.packs.iter().collect();
        let mut listed = moved.listed.clone();
        let here = || parts.iter().filter(|(home, _)| scope.holds(home));
        for (home, part) in here() {
            for (area, more) in &part.sums {
                add_sums(&mut sums, (below(scope, home), *area), more);
            }
            packs.extend(&part.packs);
            listed.add(&part.listed);
        }
        let findings = Findings::together(here().map(|(_, part)| &part.findings).chain([&of_movers]));
        let packs = packs.into_iter().cloned().collect();
        Self { sums, findings, packs, listed }
    }

    /// Score packs that gave some B1 of the year.
    pub fn packs(&self) -> &[String] {
        &self.packs
    }

    pub fn has_previous(&self) -> bool {
        !self.listed.before.is_empty()
    }

    /// The wanted forms with their checks, and the communes that keep them from speaking for the whole unit.
    pub fn forms(
        &self,
        scope: &Scope,
        rules: &Rulebook,
        around: Around<'_>,
        wanted: &[&str],
    ) -> (Vec<(Form, Vec<CheckResult>)>, Absent) {
        let rows = units_below(scope, (around.units, rules), &[]);
        let (population, holes) = self.known_of(scope, rules, around, &rows);
        let count = |number: &str| self.form(rules, number, &rows, (&population, &holes));
        let (nobody, whole) = (Population::default(), Holes::default());
        let last = |number: &str| around.last?.form(rules, number, &rows, (&nobody, &whole));
        (checked((rules, wanted), &self.findings, around.approved, (&count, &last)), holes.absent)
    }

    /// Everybody of each row, and the communes that were not heard of.
    fn known_of(&self, scope: &Scope, rules: &Rulebook, around: Around<'_>, rows: &[UnitBelow]) -> (Population, Holes) {
        let area_of = |place: &Place| around.units.commune(&place.commune).and_then(|u| area_of_type(&u.kind, rules));
        let told: Vec<(String, Option<Area>, PopulationCount)> =
            around.totals.iter().map(|(place, count)| (below(scope, place), area_of(place), *count)).collect();
        let mut population = population(told.iter().map(|(key, area, count)| (key.as_str(), *area, *count)), rows);
        let open = around.totals.iter().filter(|(_, count)| count.villages_missing > 0);
        let heard = Heard {
            listed: &self.listed,
            with_villages: around.totals.iter().map(|(place, _)| place.commune.as_str()).collect(),
            without_total: open.map(|(place, _)| place.commune.as_str()).collect(),
        };
        let key_of = |place: &Place, _: Option<HouseholdId>| below(scope, place);
        let holes = expect_all_communes(scope, (around.units, rules), heard, (rows, &key_of), &mut population);
        (population, holes)
    }

    fn form(&self, rules: &Rulebook, number: &str, rows: &[UnitBelow], known: (&Population, &Holes)) -> Option<Form> {
        let at = rules.forms.iter().position(|form| form.value.number == number)?;
        let layout = rules.forms.get(at)?;
        let first: usize = rules.forms.iter().take(at).map(|form| form.value.columns.len()).sum();
        let columns = first..first + layout.value.columns.len();
        let own = |sums: &Vec<Sum>| sums.get(columns.clone()).map(<[Sum]>::to_vec).unwrap_or_default();
        let sums = self.sums.iter().map(|(key, sums)| (key.clone(), own(sums))).collect();
        Some(form_of(layout, (sums, self.has_previous()), rows, known))
    }
}

/// The lines of those who moved, as the unit sees them: from a list of its own, or onto one.
fn joined(scope: &Scope, year: i16, rules: &Rulebook, movers: &[&Mover]) -> YearLines {
    let mut facts = YearFacts { year, ..YearFacts::default() };
    for mover in movers {
        let now = mover.now.as_ref().filter(|reviewed| scope.holds(&reviewed.place));
        let before = mover.before.as_ref().filter(|reviewed| scope.holds(&reviewed.place));
        if now.is_none() && before.is_none() {
            continue;
        }
        if let (Some(before), None, Some(_)) = (before, now, &mover.now) {
            facts.elsewhere.push(before.household);
        }
        facts.events.extend(mover.events.iter().cloned());
        // Who lives here brings its past along; of others is known what was decided here.
        let known = mover.earlier.iter().filter(|earlier| {
            scope.holds(&mover.home) || earlier.elsewhere.as_ref().is_some_and(|place| scope.holds(place))
        });
        facts.earlier.extend(known.map(|earlier| (earlier.household, earlier.class.clone())));
        facts.now.extend(now.cloned());
        facts.before.extend(before.cloned());
    }
    facts.lines(scope, rules)
}

fn add_lines<K: Hash + Eq>(sums: &mut HashMap<K, Vec<Sum>>, fates: &LineFates<'_>, key_of: impl Fn(&Line) -> K) {
    let columns: Vec<_> = fates.rules.forms.iter().flat_map(|form| &form.value.columns).collect();
    for (line, fate) in fates.iter() {
        let row = sums.entry(key_of(line)).or_insert_with(|| vec![Sum::default(); columns.len()]);
        for (sum, column) in row.iter_mut().zip(&columns) {
            sum.add(fates.contribution(&column.measure, line, fate));
        }
    }
}

fn add_sums<K: Hash + Eq>(sums: &mut HashMap<K, Vec<Sum>>, key: K, more: &[Sum]) {
    match sums.get_mut(&key) {
        Some(row) => merge_row(row, more),
        None => drop(sums.insert(key, more.to_vec())),
    }
}

fn is_same_commune(one: &Place, other: &Place) -> bool {
    one.units_from == other.units_from
        && one.province == other.province
        && one.district == other.district
        && one.commune == other.commune
}
