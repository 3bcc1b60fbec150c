//! One household as a page shows it: members, class with the reason for each mark, its rule and article, history, trail.
//! Only reads. Start with [`open`].

use std::sync::Arc;

use domain::access::{Actor, Verb, check};
use domain::registry::{Handover, Household, HouseholdEvent, PaperFault, paper_fault};
use domain::review::{Difference, FactSheet, classify, indicator_bases};
use domain::units::{Place, Village};
use kernel::{HouseholdId, Page, PersonId, Points};
use norms::{Basis, ClassRule, Indicator, Label, Level, Rulebook, ScorePack};
use storage::{Entry, EntryFilter, StoredAssessment, Work};

use super::change::HOUSEHOLD;
use super::reassess::findings;
use super::sheet::b1_view;
use crate::access::year_of_work;
use crate::law::{confirmed_keys, pack_bases, pack_in_use, unconfirmed};
use crate::{AppError, House};

/// The names of a place, from the list of units it was recorded in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceNames {
    pub province: String,
    /// Empty where the list has no district level.
    pub district: String,
    pub commune: String,
    pub village: String,
}

/// The class the rules give, with the rule and its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub class: String,
    pub rule: ClassRule,
    pub basis: Basis,
    pub b1: Option<Points>,
    pub b2: Option<Points>,
}

/// One of the twelve indicators for this household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorView {
    pub indicator: Indicator,
    pub basis: Basis,
    /// What counts: computed where known, else entered.
    pub deprived: Option<bool>,
    pub entered: Option<bool>,
    pub computed: Option<bool>,
    /// The member whose facts decided it.
    pub because_of: Option<String>,
}

/// One item of the B1 arithmetic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct B1Line {
    pub item: Label,
    /// `None`: left out for this household, or not answered yet.
    pub answer: Option<Label>,
    pub points: i32,
    pub is_skipped: bool,
}

/// B1 by the pack in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct B1View {
    pub pack: ScorePack,
    /// The column of points used.
    pub column: Option<Label>,
    pub lines: Vec<B1Line>,
    pub total: Option<Points>,
}

/// What happened to the household as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventView {
    pub event: HouseholdEvent,
    pub label: Label,
    /// Head of the other household of a split or a merge, where it lies in the actor's scope.
    pub other_head: Option<String>,
}

/// One year of the class history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearStanding {
    pub year: i16,
    pub stored: StoredAssessment,
    /// As the year's classes call it; the id where the rules of that year are not known.
    pub class_label: Option<Label>,
}

/// Everything about one household.
#[derive(Debug, Clone)]
pub struct HouseholdView {
    pub household: Household,
    pub names: PlaceNames,
    pub year: i16,
    pub rules: Arc<Rulebook>,
    pub assessment: Option<StoredAssessment>,
    pub verdict: Option<Verdict>,
    pub indicators: Vec<IndicatorView>,
    /// `None`: no pack is in use, entered totals count.
    pub b1: Option<B1View>,
    pub differences: Vec<Difference>,
    /// Newest first.
    pub years: Vec<YearStanding>,
    pub events: Vec<EventView>,
    /// Newest first; empty for who may not read the trail.
    pub trail: Vec<Entry>,
    /// Doubtful papers of present members.
    pub paper_faults: Vec<(PersonId, PaperFault)>,
    /// Values this page stands on that nobody of the province has vouched for.
    pub unconfirmed: Vec<Basis>,
    /// The commune's list of the program's year was sent up: nothing here may be changed now.
    pub is_locked: bool,
    /// Set while the household is on its way to another commune.
    pub handover: Option<Handover>,
}

/// Opens a household of the actor's scope in a year; the program's review year when none is asked for.
pub async fn open(house: &House, actor: &Actor, id: HouseholdId, year: Option<i16>) -> Result<HouseholdView, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    let current = year_of_work(house, work.as_mut()).await?;
    let year = year.unwrap_or(current);
    let household = work.household(&actor.scope, id).await?.ok_or(AppError::Missing(HOUSEHOLD))?;
    let rules = house.rules(year, &household.place.province)?;
    let stored = work.assessments(&actor.scope, id).await?;
    let assessment = stored.iter().find(|s| s.assessment.year == year).cloned();
    let pack = pack_in_use(house, work.as_mut(), year).await?;
    let confirmed = confirmed_keys(work.as_mut()).await?;
    let verdict = assessment.as_ref().and_then(|stored| verdict_of(stored, &rules));
    let mut bases = bases_of(verdict.as_ref(), assessment.as_ref(), &rules);
    let scored_by: Vec<String> = assessment.iter().filter_map(|stored| stored.assessment.pack.clone()).collect();
    bases.extend(pack_bases(house, work.as_mut(), &scored_by).await?);
    Ok(HouseholdView {
        names: names_of(house, work.as_mut(), actor, &household.place).await?,
        verdict,
        indicators: indicators_of(assessment.as_ref(), &household, year, &rules),
        b1: pack.map(|pack| b1_view(house, pack, &household, assessment.as_ref(), year, &rules)),
        differences: assessment.as_ref().map(|stored| stored.assessment.differences(&rules)).unwrap_or_default(),
        years: stored.into_iter().map(|stored| year_standing(house, stored)).collect(),
        events: events_of(work.as_mut(), actor, &household, &rules).await?,
        trail: trail_of(work.as_mut(), actor, id).await?,
        paper_faults: paper_faults(&household, &rules),
        unconfirmed: unconfirmed(&confirmed, &bases),
        handover: work.open_handovers(&actor.scope).await?.into_iter().find(|h| h.household == id),
        is_locked: super::change::must_be_changeable(work.as_mut(), &household.place, current).await.is_err(),
        household,
        year,
        rules,
        assessment,
    })
}

fn verdict_of(stored: &StoredAssessment, rules: &Rulebook) -> Option<Verdict> {
    let assessment = &stored.assessment;
    let (b1, b2) = (assessment.b1(), assessment.b2(rules));
    let found = classify(assessment.area, b1, b2, rules)?;
    Some(Verdict { class: found.class.to_owned(), rule: found.rule.clone(), basis: found.basis.clone(), b1, b2 })
}

/// What the class stands on. Marks count only where B2 was made from them.
fn bases_of(verdict: Option<&Verdict>, stored: Option<&StoredAssessment>, rules: &Rulebook) -> Vec<Basis> {
    let mut bases: Vec<Basis> = verdict.iter().map(|verdict| verdict.basis.clone()).collect();
    let Some(assessment) = stored.map(|stored| &stored.assessment) else { return bases };
    if assessment.b2_computed(rules).is_some() {
        bases.push(rules.indicators.basis.clone());
        bases.extend(indicator_bases(rules));
    }
    bases
}

fn indicators_of(
    stored: Option<&StoredAssessment>,
    household: &Household,
    year: i16,
    rules: &Rulebook,
) -> Vec<IndicatorView> {
    let no_facts = FactSheet::default();
    let facts = stored.map_or(&no_facts, |stored| &stored.assessment.facts);
    let (_, found) = findings(facts, household, year, rules);
    let bases = indicator_bases(rules);
    let view = |(indicator, basis): (&Indicator, Basis)| {
        let number = indicator.number;
        let finding = found.iter().find(|finding| finding.number == number);
        let assessment = stored.map(|stored| &stored.assessment);
        IndicatorView {
            deprived: assessment.and_then(|a| a.marks().get(number)),
            entered: assessment.and_then(|a| a.marks_entered.get(number)),
            computed: assessment.and_then(|a| a.marks_computed.get(number)),
            because_of: finding.and_then(|finding| finding.because_of.clone()),
            indicator: indicator.clone(),
            basis,
        }
    };
    rules.indicators.value.indicators.iter().zip(bases).map(view).collect()
}

fn year_standing(house: &House, stored: StoredAssessment) -> YearStanding {
    let year = stored.assessment.year;
    let day = kernel::Day::last_of(year);
    let classes = house.norms.in_force::<norms::Classes>("review.classes", day).ok();
    let class = stored.class.as_ref();
    let class_label = class.map(|id| {
        let known = classes.as_ref().and_then(|classes| classes.value.get(id));
        known.map_or_else(|| Label { vi: id.clone(), en: id.clone() }, |class| class.label.clone())
    });
    YearStanding { year, stored, class_label }
}

async fn events_of(
    work: &mut dyn Work,
    actor: &Actor,
    household: &Household,
    rules: &Rulebook,
) -> Result<Vec<EventView>, AppError> {
    let mut views = Vec::with_capacity(household.events.len());
    for event in &household.events {
        let known = rules.events.value.events.iter().find(|kind| kind.id == event.kind);
        let label = known.map(|kind| kind.label.clone());
        let other = match event.other {
            Some(other) => work.household(&actor.scope, other).await?,
            None => None,
        };
        views.push(EventView {
            event: event.clone(),
            label: label.unwrap_or_else(|| Label { vi: event.kind.clone(), en: event.kind.clone() }),
            other_head: other.map(|other| other.head_name().to_owned()),
        });
    }
    Ok(views)
}

async fn trail_of(work: &mut dyn Work, actor: &Actor, id: HouseholdId) -> Result<Vec<Entry>, AppError> {
    if !actor.may(Verb::ReadTrail) {
        return Ok(Vec::new());
    }
    let about = Some((HOUSEHOLD.to_owned(), id.to_string()));
    let filter = EntryFilter { scope: actor.scope.clone(), about };
    Ok(work.entries(&filter, Page::new(1, 50)).await?.rows)
}

fn paper_faults(household: &Household, rules: &Rulebook) -> Vec<(PersonId, PaperFault)> {
    let fault = |member: &domain::registry::Member| {
        let person = &member.person;
        let paper = person.paper.as_deref()?;
        paper_fault(paper, person.sex, person.birth, &rules.papers.value).map(|fault| (person.id, fault))
    };
    household.present().filter_map(fault).collect()
}

async fn names_of(house: &House, work: &mut dyn Work, actor: &Actor, place: &Place) -> Result<PlaceNames, AppError> {
    let commune = domain::units::Scope::new(place.units_from, Level::Commune, place.commune.clone());
    let scope = house.narrow(actor, Some(&commune)).unwrap_or_else(|_| actor.scope.clone());
    let villages = work.villages(&scope).await?;
    Ok(place_names(house, place, villages.iter().find(|village| village.id == place.village)))
}

/// The names of a place; the village's where it is given.
pub fn place_names(house: &House, place: &Place, village: Option<&Village>) -> PlaceNames {
    let units = house.norms.units_on(place.units_from);
    let name = |level, code: &str| units.get(level, code).map(norms::Unit::full_name).unwrap_or_default();
    PlaceNames {
        province: name(Level::Province, &place.province),
        district: name(Level::District, &place.district),
        commune: name(Level::Commune, &place.commune),
        village: village.map(|village| village.name.clone()).unwrap_or_default(),
    }
}
