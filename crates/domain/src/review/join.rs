//! Joins two years' lists of a unit household by household: the lines that forms, comparisons and dynamics are counted from.
//! Never fetches: what the lists hold comes in as [`YearFacts`], from the store or from a snapshot alike.

use std::collections::{BTreeSet, HashMap, HashSet};

use kernel::{Day, HouseholdId};
use norms::{Area, Explains, Rulebook};

use super::assessment::Assessment;
use super::line::{Line, Standing};
use crate::units::{Place, Scope, ScopeLevel};

/// Where a household stood in a year, and where it lived then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    pub household: HouseholdId,
    pub place: Place,
    pub area: Area,
    pub standing: Standing,
}

impl Reviewed {
    /// An assessment with the class that counts and the class the scores give.
    pub fn of(assessment: &Assessment, class: Option<&str>, computed: Option<&str>) -> Self {
        let standing = Standing {
            class: class.map(str::to_owned),
            computed: computed.map(str::to_owned),
            b2_entered: assessment.b2_entered,
            pack: assessment.pack.clone(),
            size: i64::from(assessment.size),
            ages: assessment.ages.clone(),
            marks: assessment.marks(),
            causes: assessment.causes,
            groups: assessment.groups,
            ethnicity: assessment.ethnicity,
        };
        let place = assessment.place.clone();
        Self { household: assessment.household, place, area: assessment.area, standing }
    }
}

/// Everything the lines of a unit's year are joined from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct YearFacts {
    pub year: i16,
    /// This year's list and last year's.
    pub now: Vec<Reviewed>,
    pub before: Vec<Reviewed>,
    /// Events of the unit's households, by kind; those of other years do not count.
    pub events: Vec<(HouseholdId, Day, String)>,
    /// Classes of the years before last year.
    pub earlier: Vec<(HouseholdId, String)>,
    /// Households of last year's list here that stand on this year's list of another unit.
    pub elsewhere: Vec<HouseholdId>,
}

/// All lines of a unit in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearLines {
    pub lines: Vec<Line>,
    /// Whether there is any list of the year before.
    pub has_previous: bool,
    pub listed: Listed,
    /// Score packs that gave some B1 of the year.
    pub packs: Vec<String>,
}

/// Codes of the communes that a year's list speaks of, and the list before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    pub now: BTreeSet<String>,
    pub before: BTreeSet<String>,
}

impl Listed {
    pub(super) fn add(&mut self, more: &Self) {
        self.now.extend(more.now.iter().cloned());
        self.before.extend(more.before.iter().cloned());
    }
}

/// Key of the row that a household of a place stands under, where rows are not the units below the scope.
pub type RowKeyOf<'a> = &'a (dyn Fn(&Place, Option<HouseholdId>) -> String + Sync);

/// The key of the unit below the scope that a place belongs to: a district, a commune or a village.
pub fn below(scope: &Scope, place: &Place) -> String {
    match scope.level {
        ScopeLevel::Province if !place.district.is_empty() => place.district.clone(),
        ScopeLevel::Province | ScopeLevel::District => place.commune.clone(),
        ScopeLevel::Commune => place.village.to_string(),
    }
}

impl YearFacts {
    /// Joins this year's list with last year's.
    pub fn lines(self, scope: &Scope, rules: &Rulebook) -> YearLines {
        self.lines_by(scope, rules, None)
    }

    /// The same lines, each under the row that `key_of` says: who moved is still told by the units of the list, so that
    /// every total stays what it is.
    pub fn lines_by(self, scope: &Scope, rules: &Rulebook, key_of: Option<RowKeyOf<'_>>) -> YearLines {
        let arrived = self.explained(Explains::Arrival, rules);
        let mut departed = self.explained(Explains::Departure, rules);
        departed.extend(&self.elsewhere);
        let mut earlier: HashMap<HouseholdId, Vec<String>> = HashMap::new();
        for (household, class) in self.earlier {
            earlier.entry(household).or_default().push(class);
        }
        let has_previous = !self.before.is_empty();
        let listed = Listed { now: communes_of(&self.now), before: communes_of(&self.before) };
        let mut packs: Vec<String> = self.now.iter().filter_map(|r| r.standing.pack.clone()).collect();
        packs.sort();
        packs.dedup();
        let joiner = Joiner { scope, arrived, departed, earlier, key_of };
        YearLines { lines: joiner.join(self.now, self.before), has_previous, listed, packs }
    }

    /// Households with an event of the year that explains that they came, or left.
    fn explained(&self, what: Explains, rules: &Rulebook) -> HashSet<HouseholdId> {
        let year = Day::first_of(self.year)..=Day::last_of(self.year);
        let kinds = &rules.events.value.events;
        let explains = |kind: &str| kinds.iter().any(|known| known.id == kind && known.explains == what);
        let of_year = self.events.iter().filter(|(_, day, kind)| year.contains(day) && explains(kind));
        of_year.map(|(household, ..)| *household).collect()
    }
}

fn communes_of(list: &[Reviewed]) -> BTreeSet<String> {
    let codes: BTreeSet<&str> = list.iter().map(|reviewed| reviewed.place.commune.as_str()).collect();
    codes.into_iter().map(str::to_owned).collect()
}

struct Joiner<'a> {
    scope: &'a Scope,
    arrived: HashSet<HouseholdId>,
    departed: HashSet<HouseholdId>,
    earlier: HashMap<HouseholdId, Vec<String>>,
    key_of: Option<RowKeyOf<'a>>,
}

/// Where a household stood: the unit of the list, its area, and the row its line stands under.
struct Stood {
    unit: (String, Area),
    row: String,
}

impl Joiner<'_> {
    fn join(mut self, now: Vec<Reviewed>, before: Vec<Reviewed>) -> Vec<Line> {
        let mut last: HashMap<HouseholdId, Reviewed> = before.into_iter().map(|r| (r.household, r)).collect();
        let mut lines = Vec::with_capacity(now.len() + last.len() / 4);
        for reviewed in now {
            let id = reviewed.household;
            let here = self.stood(&reviewed);
            let previous = last.remove(&id);
            match previous.map(|p| (self.stood(&p), p.standing)) {
                Some((there, previous)) if there.unit != here.unit => {
                    // Moved between two units of the scope: leaves the one, comes to the other.
                    lines.push(self.line(id, there, None, Some(previous), (false, true)));
                    lines.push(self.line(id, here, Some(reviewed.standing), None, (true, false)));
                }
                previous => {
                    let arrived = self.arrived.contains(&id);
                    let previous = previous.map(|(_, standing)| standing);
                    lines.push(self.line(id, here, Some(reviewed.standing), previous, (arrived, false)));
                }
            }
        }
        let mut gone: Vec<Reviewed> = last.into_values().collect();
        gone.sort_by_key(|reviewed| reviewed.household);
        for previous in gone {
            let there = self.stood(&previous);
            let departed = self.departed.contains(&previous.household);
            lines.push(self.line(previous.household, there, None, Some(previous.standing), (false, departed)));
        }
        lines
    }

    fn stood(&self, reviewed: &Reviewed) -> Stood {
        let below = below(self.scope, &reviewed.place);
        let row = self.key_of.map_or_else(|| below.clone(), |key_of| key_of(&reviewed.place, Some(reviewed.household)));
        Stood { unit: (below, reviewed.area), row }
    }

    fn line(
        &mut self,
        household: HouseholdId,
        Stood { unit: (_, area), row: below }: Stood,
        now: Option<Standing>,
        before: Option<Standing>,
        (arrived, departed): (bool, bool),
    ) -> Line {
        let earlier = self.earlier.get(&household).cloned().unwrap_or_default();
        Line { household, below, area, now, before, earlier, arrived, departed }
    }
}
