//! What an import would do, household by household: new, changed, unchanged, or a question for a person.
//! A household is recognised by its commune and its head's sound, unique paper, else by commune, village, folded name
//! and birth date. Several candidates are asked about, never chosen.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::review::list::{ListHousehold, ReadList};
use domain::units::{Scope, Village};
use kernel::text::fold_name;
use kernel::{HouseholdId, VillageId};
use norms::Rulebook;
use storage::{HeadRecord, ListWork, StoredAssessment};

use super::build::{self, Existing};
use super::content::Choice;
use crate::AppError;

/// One thing that would differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Key of the word in `locales/`: `change-b1`, `change-member-added` …
    pub what: &'static str,
    pub before: String,
    pub after: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    New,
    Changed {
        household: HouseholdId,
        changes: Vec<Change>,
    },
    Unchanged {
        household: HouseholdId,
    },
    /// It may be any of these; nothing is done until somebody says which.
    Ask {
        candidates: Vec<HouseholdId>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct PlanItem {
    /// 1-based sheet and first row.
    pub at: (usize, usize),
    pub head_name: String,
    pub village: String,
    pub outcome: Outcome,
}

/// The whole import before it happens.
#[derive(Debug, Default)]
pub struct Plan {
    pub items: Vec<PlanItem>,
    pub aside: usize,
    /// What the matched households are now.
    pub(super) existing: HashMap<HouseholdId, Existing>,
    /// Villages of the scope by commune and folded name.
    pub(super) villages: HashMap<(String, String), Village>,
}

impl Plan {
    pub fn count(&self, wanted: impl Fn(&Outcome) -> bool) -> usize {
        self.items.iter().filter(|item| wanted(&item.outcome)).count()
    }
}

/// Compares a list with the registry.
pub async fn make_plan(
    work: &mut (impl ListWork + ?Sized),
    scope: &Scope,
    (read, choices): (&ReadList, &BTreeMap<(usize, usize), Choice>),
    rules: &Rulebook,
    year: i16,
) -> Result<Plan, AppError> {
    let villages = villages_by_name(work.villages(scope).await?);
    let heads = work.heads(scope).await?;
    let index = HeadIndex::new(&heads, &villages);
    let wanted: Vec<&ListHousehold> = read.stored().chain(escaped_of(read)).collect();
    let papers = PaperCount::of(&wanted);
    let matches = decide_matches(&wanted, &index, &papers, choices);

    let ids: Vec<HouseholdId> = matches.iter().filter_map(Match::household).collect();
    let existing = load_existing(work, scope, year, &ids).await?;
    let items = wanted
        .iter()
        .zip(&matches)
        .map(|(household, found)| {
            let strangers = Choice::has_strangers(choices.get(&(household.sheet, household.row)));
            item(household, found, &existing, &villages, (rules, year, strangers))
        })
        .collect();
    let aside = read.aside().count() + read.escaped.iter().filter(|e| e.household.rejected).count();
    Ok(Plan { items, aside, existing, villages })
}

/// Heads that left a class, unless they stand on the list too: the list then says what they are.
fn escaped_of(read: &ReadList) -> impl Iterator<Item = &ListHousehold> {
    let listed: HashSet<&str> =
        read.households.iter().filter_map(|h| h.head()).filter_map(|m| m.paper.as_deref()).collect();
    read.escaped.iter().map(|e| &e.household).filter(move |household| {
        let paper = household.head().and_then(|m| m.paper.as_deref());
        !household.rejected && !paper.is_some_and(|p| listed.contains(p))
    })
}

fn villages_by_name(villages: Vec<Village>) -> HashMap<(String, String), Village> {
    villages.into_iter().map(|v| ((v.commune.clone(), fold_name(&v.name)), v)).collect()
}

/// How often each paper stands on the list; one that stands twice recognises nobody.
struct PaperCount<'a>(HashMap<&'a str, usize>);

impl<'a> PaperCount<'a> {
    fn of(households: &[&'a ListHousehold]) -> Self {
        let mut count = HashMap::new();
        for paper in households.iter().flat_map(|h| &h.members).filter_map(|m| m.paper.as_deref()) {
            *count.entry(paper).or_insert(0) += 1;
        }
        Self(count)
    }
}

type NameKey = (String, VillageId, String, String);

struct HeadIndex<'a> {
    by_paper: HashMap<(&'a str, &'a str), Vec<&'a HeadRecord>>,
    by_name: HashMap<NameKey, Vec<&'a HeadRecord>>,
    villages: &'a HashMap<(String, String), Village>,
}

impl<'a> HeadIndex<'a> {
    fn new(heads: &'a [HeadRecord], villages: &'a HashMap<(String, String), Village>) -> Self {
        let mut by_paper: HashMap<_, Vec<_>> = HashMap::new();
        let mut by_name: HashMap<_, Vec<_>> = HashMap::new();
        for head in heads {
            if let Some(paper) = &head.paper {
                by_paper.entry((head.commune.as_str(), paper.as_str())).or_default().push(head);
            }
            let birth = head.birth.map(kernel::BirthDate::iso).unwrap_or_default();
            let key = (head.commune.clone(), head.village, head.folded_name.clone(), birth);
            by_name.entry(key).or_default().push(head);
        }
        Self { by_paper, by_name, villages }
    }

    fn candidates(&self, household: &ListHousehold, papers: &PaperCount<'_>) -> Vec<&'a HeadRecord> {
        let (Some(head), Some(place)) = (household.head(), &household.place) else { return Vec::new() };
        let sound = head.paper.as_deref().filter(|p| head.paper_is_sound && papers.0.get(p) == Some(&1));
        if let Some(paper) = sound
            && let Some(found) = self.by_paper.get(&(place.commune.as_str(), paper))
        {
            return found.clone();
        }
        let village = build::village_name(&household.village);
        let Some(village) = self.villages.get(&(place.commune.clone(), fold_name(village))) else { return Vec::new() };
        let birth = head.birth.map(kernel::BirthDate::iso).unwrap_or_default();
        let key = (place.commune.clone(), village.id, fold_name(&head.name), birth);
        self.by_name.get(&key).cloned().unwrap_or_default()
    }
}

enum Match {
    New,
    Found(HouseholdId),
    Ask(Vec<HouseholdId>),
}

impl Match {
    fn household(&self) -> Option<HouseholdId> {
        if let Self::Found(id) = self { Some(*id) } else { None }
    }
}

fn decide_matches(
    wanted: &[&ListHousehold],
    index: &HeadIndex<'_>,
    papers: &PaperCount<'_>,
    choices: &BTreeMap<(usize, usize), Choice>,
) -> Vec<Match> {
    let candidates: Vec<Vec<HouseholdId>> = wanted
        .iter()
        .map(|household| index.candidates(household, papers).iter().map(|head| head.household).collect())
        .collect();
    let mut claims: HashMap<HouseholdId, usize> = HashMap::new();
    for id in candidates.iter().flatten() {
        *claims.entry(*id).or_insert(0) += 1;
    }
    // A household that a person gave to one row is no other row's.
    let mut given: HashMap<HouseholdId, usize> = HashMap::new();
    for household in wanted {
        if let Some(id) = choices.get(&(household.sheet, household.row)).and_then(Choice::household) {
            *given.entry(id).or_insert(0) += 1;
        }
    }
    let decide = |(household, candidates): (&&ListHousehold, Vec<HouseholdId>)| {
        match choices.get(&(household.sheet, household.row)) {
            Some(Choice::New) => return Match::New,
            Some(Choice::Existing(id) | Choice::WithStrangers(id)) if given.get(id) == Some(&1) => {
                return Match::Found(*id);
            }
            Some(Choice::Existing(id) | Choice::WithStrangers(id)) => return Match::Ask(vec![*id]),
            None => {}
        }
        match candidates.as_slice() {
            [] => Match::New,
            [only] if claims.get(only) == Some(&1) && !given.contains_key(only) => Match::Found(*only),
            _ => Match::Ask(candidates),
        }
    };
    wanted.iter().zip(candidates).map(decide).collect()
}

async fn load_existing(
    work: &mut (impl ListWork + ?Sized),
    scope: &Scope,
    year: i16,
    ids: &[HouseholdId],
) -> Result<HashMap<HouseholdId, Existing>, AppError> {
    let mut assessments: HashMap<HouseholdId, StoredAssessment> = work
        .assessments_by_household(year, ids)
        .await?
        .into_iter()
        .map(|stored| (stored.assessment.household, stored))
        .collect();
    let households = work.households_by_id(scope, ids).await?;
    Ok(households
        .into_iter()
        .map(|household| (household.id, Existing { assessment: assessments.remove(&household.id), household }))
        .collect())
}

fn item(
    household: &ListHousehold,
    found: &Match,
    existing: &HashMap<HouseholdId, Existing>,
    villages: &HashMap<(String, String), Village>,
    (rules, year, strangers): (&Rulebook, i16, bool),
) -> PlanItem {
    let outcome = match found {
        Match::New => Outcome::New,
        Match::Ask(candidates) => Outcome::Ask { candidates: candidates.clone() },
        Match::Found(id) => match existing.get(id) {
            None => Outcome::New,
            Some(known) => {
                let changes = build::changes(household, known, villages, (rules, year), strangers);
                if changes.is_empty() {
                    Outcome::Unchanged { household: *id }
                } else {
                    Outcome::Changed { household: *id, changes }
                }
            }
        },
    };
    PlanItem {
        at: (household.sheet, household.row),
        head_name: household.head().map(|m| m.name.clone()).unwrap_or_default(),
        village: household.village.clone(),
        outcome,
    }
}
