//! Loads the lines between two years' lists of a scope: what forms, comparisons and figures are counted from.

use std::collections::{HashMap, HashSet};

use domain::review::{Line, Standing};
use domain::units::{Place, Scope, ScopeLevel};
use kernel::{Day, HouseholdId};
use norms::{Area, Explains, Rulebook};
use storage::{StoredAssessment, Work};

use crate::AppError;

/// All lines of a scope in a year.
#[derive(Debug)]
pub struct LoadedLines {
    pub lines: Vec<Line>,
    /// Whether there is any list of the year before.
    pub has_previous: bool,
    /// Score packs that gave some B1 of the year.
    pub packs: Vec<String>,
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

/// Loads this year's and last year's assessments and joins them household by household.
pub async fn load_lines(
    work: &mut dyn Work,
    scope: &Scope,
    year: i16,
    rules: &Rulebook,
) -> Result<LoadedLines, AppError> {
    load_lines_by(work, scope, year, rules, None).await
}

/// The same lines, each under the row that `key_of` says: who moved is still told by the units of the list, so that every
/// total stays what it is.
pub async fn load_lines_by(
    work: &mut dyn Work,
    scope: &Scope,
    year: i16,
    rules: &Rulebook,
    key_of: Option<RowKeyOf<'_>>,
) -> Result<LoadedLines, AppError> {
    let now = work.assessments_of_year(scope, year).await?;
    let before = work.assessments_of_year(scope, year - 1).await?;
    let events = work.events_between(scope, Day::first_of(year), Day::last_of(year)).await?;
    let mut earlier: HashMap<HouseholdId, Vec<String>> = HashMap::new();
    for known in work.classes_before(scope, year - 1).await? {
        earlier.entry(known.household).or_default().extend(known.class);
    }
    let explained = |what: Explains| -> HashSet<HouseholdId> {
        let kinds = &rules.events.value.events;
        events
            .iter()
            .filter(|(_, event)| kinds.iter().any(|k| k.id == event.kind && k.explains == what))
            .map(|(household, _)| *household)
            .collect()
    };
    let (arrived, mut departed) = (explained(Explains::Arrival), explained(Explains::Departure));
    departed.extend(gone_elsewhere(work, year, &now, &before).await?);

    let has_previous = !before.is_empty();
    let mut packs: Vec<String> = now.iter().filter_map(|s| s.assessment.pack.clone()).collect();
    packs.sort();
    packs.dedup();
    let joiner = Joiner { scope, arrived, departed, earlier, key_of };
    Ok(LoadedLines { lines: joiner.join(now, before), has_previous, packs })
}

/// Households of last year's list here that are on this year's list of another place.
async fn gone_elsewhere(
    work: &mut dyn Work,
    year: i16,
    now: &[StoredAssessment],
    before: &[StoredAssessment],
) -> Result<Vec<HouseholdId>, AppError> {
    let here: HashSet<HouseholdId> = now.iter().map(|s| s.assessment.household).collect();
    let missing: Vec<HouseholdId> =
        before.iter().map(|s| s.assessment.household).filter(|id| !here.contains(id)).collect();
    let elsewhere = work.assessments_by_household(year, &missing).await?;
    Ok(elsewhere.into_iter().map(|s| s.assessment.household).collect())
}

struct Joiner<'a> {
    scope: &'a Scope,
    arrived: HashSet<HouseholdId>,
    departed: HashSet<HouseholdId>,
    earlier: HashMap<HouseholdId, Vec<String>>,
    key_of: Option<RowKeyOf<'a>>,
}

impl Joiner<'_> {
    fn join(mut self, now: Vec<StoredAssessment>, before: Vec<StoredAssessment>) -> Vec<Line> {
        let mut last: HashMap<HouseholdId, StoredAssessment> =
            before.into_iter().map(|s| (s.assessment.household, s)).collect();
        let mut lines = Vec::with_capacity(now.len() + last.len() / 4);
        for stored in now {
            let id = stored.assessment.household;
            let here = (below(self.scope, &stored.assessment.place), stored.assessment.area);
            let previous = last.remove(&id);
            match previous.map(|p| ((below(self.scope, &p.assessment.place), p.assessment.area), p)) {
                Some((there, previous)) if there != here => {
                    // Moved between two units of the scope: leaves the one, comes to the other.
                    lines.push(self.line(id, there, None, Some(previous), (false, true)));
                    lines.push(self.line(id, here, Some(stored), None, (true, false)));
                }
                previous => {
                    let arrived = self.arrived.contains(&id);
                    lines.push(self.line(id, here, Some(stored), previous.map(|(_, p)| p), (arrived, false)));
                }
            }
        }
        let mut gone: Vec<(HouseholdId, StoredAssessment)> = last.into_iter().collect();
        gone.sort_by_key(|(id, _)| *id);
        for (id, previous) in gone {
            let there = (below(self.scope, &previous.assessment.place), previous.assessment.area);
            let departed = self.departed.contains(&id);
            lines.push(self.line(id, there, None, Some(previous), (false, departed)));
        }
        lines
    }

    fn line(
        &mut self,
        household: HouseholdId,
        (below, area): (String, Area),
        now: Option<StoredAssessment>,
        before: Option<StoredAssessment>,
        (arrived, departed): (bool, bool),
    ) -> Line {
        let place = now.as_ref().or(before.as_ref()).map(|stored| &stored.assessment.place);
        let below = match (self.key_of, place) {
            (Some(key_of), Some(place)) => key_of(place, Some(household)),
            _ => below,
        };
        Line {
            household,
            below,
            area,
            now: now.map(standing),
            before: before.map(standing),
            earlier: self.earlier.get(&household).cloned().unwrap_or_default(),
            arrived,
            departed,
        }
    }
}

fn standing(stored: StoredAssessment) -> Standing {
    let assessment = stored.assessment;
    let marks = assessment.marks();
    Standing {
        class: stored.class,
        computed: stored.class_computed,
        b2_entered: assessment.b2_entered,
        pack: assessment.pack,
        size: i64::from(assessment.size),
        ages: assessment.ages,
        marks,
        causes: assessment.causes,
        groups: assessment.groups,
        ethnicity: assessment.ethnicity,
    }
}
