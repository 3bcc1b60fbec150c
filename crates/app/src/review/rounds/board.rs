//! How far reviews have come: one village with its households, a commune with its villages, a district or province with
//! its communes; late ones first. Only reads.

use std::collections::{BTreeMap, HashMap};

use domain::access::{Actor, Verb, check};
use domain::review::round::{CommuneRound, CommuneStep, Outcome, Route, Step, VillageRound};
use domain::review::survey::SurveyStanding;
use domain::units::{Scope, ScopeLevel, Village};
use kernel::{Day, HouseholdId, VillageId};
use storage::{CommuneMark, SurveyRecord, VillageMark, Work};

use super::law::Law;
use super::open::commune_scope;
use super::surveyed::counted;
use crate::{AppError, House};

/// One household under review as pages list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdLine {
    pub id: HouseholdId,
    pub head: String,
    pub size: usize,
    pub before: Option<String>,
    pub requested: bool,
    /// The counted survey of this attempt.
    pub surveyed: Option<Outcome>,
    /// Two officers sent versions that did not know of each other.
    pub undecided: bool,
    /// What the meeting agreed or a recheck found.
    pub outcome: Option<Outcome>,
}

/// One village's round with everything a page needs.
#[derive(Debug, Clone)]
pub struct VillageView {
    pub round: VillageRound,
    pub village: Village,
    /// Heads in Vietnamese order.
    pub lines: Vec<HouseholdLine>,
    /// Objecting households that are not on the list, by name.
    pub others: BTreeMap<HouseholdId, String>,
    pub law: Law,
    pub late_days: i64,
}

/// One village in its commune's board.
#[derive(Debug, Clone)]
pub struct VillageRow {
    pub village: Village,
    /// `None`: no round was opened for it.
    pub round: Option<VillageRound>,
    pub surveyed: usize,
    pub undecided: usize,
    pub late_days: i64,
}

/// A commune's board.
#[derive(Debug, Clone)]
pub struct CommuneView {
    pub scope: Scope,
    pub name: String,
    pub round: Option<CommuneRound>,
    /// Late ones first.
    pub villages: Vec<VillageRow>,
    /// The process in force today, or on the last day of a window that is over.
    pub law: Law,
    pub late_days: i64,
    /// What the commune waits for; `None`: no round was opened.
    pub step: Option<CommuneStep>,
    /// The last day of the review with the days left until it (negative: since), when it is near or gone by and something
    /// is still open.
    pub closing: Option<(Day, i64)>,
    /// Heads of the households of the decision or of a return.
    pub heads: HashMap<HouseholdId, String>,
}

/// The last day of a review is told of so many days ahead; the law does not say, the house does.
const AHEAD: i64 = 14;

/// The day whose process a year is shown under: today, but no later than the last day of the year's window.
fn law_day(house: &House, year: i16) -> Result<Day, AppError> {
    let today = house.clock.today();
    let law = Law::on(house, Day::last_of(year).min(today))?;
    Ok(law.process.value.closes.of(year).map_or(today, |closes| closes.min(today)))
}

fn late(due: Option<Day>, today: Day) -> i64 {
    due.map_or(0, |due| due.days_until(today).max(0))
}

pub async fn village_view(
    house: &House,
    actor: &Actor,
    village: VillageId,
    (year, route): (i16, Route),
) -> Result<VillageView, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    let round = work.village_round(&actor.scope, village, year, route).await?.ok_or(AppError::Missing("round"))?;
    let scope = super::steps::commune_of(&round);
    let scope = house.narrow(actor, Some(&scope))?;
    let village = work.villages(&scope).await?.into_iter().find(|v| v.id == village);
    let village = village.ok_or(AppError::Missing("village"))?;
    let (lines, others) = lines(work.as_mut(), &scope, &round).await?;
    let late_days = late(round.due(), house.clock.today());
    Ok(VillageView { law: Law::on(house, law_day(house, year)?)?, round, village, lines, others, late_days })
}

async fn lines(
    work: &mut dyn Work,
    scope: &Scope,
    round: &VillageRound,
) -> Result<(Vec<HouseholdLine>, BTreeMap<HouseholdId, String>), AppError> {
    let mut ids: Vec<HouseholdId> = round.households.iter().map(|h| h.household).collect();
    ids.extend(round.objections.iter().map(|o| o.household));
    ids.sort_unstable();
    ids.dedup();
    let households = work.households_by_id(scope, &ids).await?;
    let records = work.surveys_of(scope, &ids, (round.year, round.route)).await?;
    let known = counted(&records, round.attempt);
    let heads: HashMap<HouseholdId, (String, usize)> =
        households.iter().map(|h| (h.id, (h.head_name().to_owned(), h.size()))).collect();
    let mut lines: Vec<HouseholdLine> = round
        .households
        .iter()
        .map(|to_review| {
            let id = to_review.household;
            let (head, size) = heads.get(&id).cloned().unwrap_or_default();
            HouseholdLine {
                id,
                head,
                size,
                before: to_review.before.clone(),
                requested: matches!(to_review.reason, domain::review::round::Reason::Requested { .. }),
                surveyed: known.get(&id).cloned(),
                undecided: is_undecided(&records, id, round.attempt),
                outcome: to_review.outcome.clone(),
            }
        })
        .collect();
    lines.sort_by_cached_key(|line| kernel::text::person_sort_key(&line.head));
    let on_list = |id: &HouseholdId| round.reviews(*id).is_some();
    let others = heads.into_iter().filter(|(id, _)| !on_list(id)).map(|(id, (head, _))| (id, head)).collect();
    Ok((lines, others))
}

fn is_undecided(records: &[SurveyRecord], id: HouseholdId, attempt: u16) -> bool {
    let aside = |r: &&SurveyRecord| r.standing == SurveyStanding::Aside && r.attempt == attempt;
    records.iter().filter(aside).any(|r| r.household == id)
}

pub async fn commune_view(
    house: &House,
    actor: &Actor,
    commune: &Scope,
    (year, route): (i16, Route),
) -> Result<CommuneView, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = commune_scope(house, actor, commune)?;
    let mut work = house.store.read().await?;
    let round = work.commune_round(&scope, year, route).await?;
    let rounds = work.village_rounds(&scope, year, route).await?;
    let records = work.surveys(&scope, year, route).await?;
    let (today, law) = (house.clock.today(), Law::on(house, law_day(house, year)?)?);
    let step = round.as_ref().map(|round| round.step_among(rounds.iter()));
    let ends = round.as_ref().and_then(|round| round.ends);
    let mut rounds: HashMap<VillageId, VillageRound> = rounds.into_iter().map(|r| (r.place.village, r)).collect();
    let mut villages = Vec::new();
    for village in work.villages(&scope).await? {
        let round = rounds.remove(&village.id);
        if round.is_none() && route != Route::Yearly {
            continue;
        }
        villages.push(village_row(village, round, &records, (ends, today)));
    }
    villages.sort_by_key(|row| (std::cmp::Reverse(row.late_days), row.round.as_ref().and_then(VillageRound::due)));
    let heads = heads_of(work.as_mut(), &scope, round.as_ref(), &villages).await?;
    let is_open = step.is_some_and(|step| step != CommuneStep::Recognised);
    let late_days = if is_open { late(round.as_ref().and_then(CommuneRound::due), today) } else { 0 };
    let closing = ends.filter(|_| is_open).map(|ends| (ends, today.days_until(ends)));
    let closing = closing.filter(|(_, left)| *left <= AHEAD);
    Ok(CommuneView { name: house.scope_name(&scope), scope, round, villages, law, late_days, step, closing, heads })
}

fn village_row(
    village: Village,
    round: Option<VillageRound>,
    records: &[SurveyRecord],
    (ends, today): (Option<Day>, Day),
) -> VillageRow {
    let Some(round) = round else {
        return VillageRow { village, round: None, surveyed: 0, undecided: 0, late_days: late(ends, today) };
    };
    let of_village: Vec<SurveyRecord> = records.iter().filter(|r| r.place.village == village.id).cloned().collect();
    let known = counted(&of_village, round.attempt);
    let surveyed = round.households.iter().filter(|h| known.contains_key(&h.household)).count();
    let undecided = round.households.iter().filter(|h| is_undecided(&of_village, h.household, round.attempt)).count();
    let late_days = late(round.due(), today);
    VillageRow { village, round: Some(round), surveyed, undecided, late_days }
}

async fn heads_of(
    work: &mut dyn Work,
    scope: &Scope,
    round: Option<&CommuneRound>,
    villages: &[VillageRow],
) -> Result<HashMap<HouseholdId, String>, AppError> {
    let asked = round.is_some_and(|r| r.step() >= CommuneStep::Opinion || !r.asked.is_empty());
    if !asked && round.is_none_or(|r| r.recognition.is_none()) {
        return Ok(HashMap::new());
    }
    let rounds = villages.iter().filter_map(|row| row.round.as_ref());
    let ids: Vec<HouseholdId> = rounds.flat_map(|r| r.households.iter().map(|h| h.household)).collect();
    let found = work.households_by_id(scope, &ids).await?;
    Ok(found.into_iter().map(|h| (h.id, h.head_name().to_owned())).collect())
}

/// One unit below in the progress of a district or a province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub scope: Scope,
    pub name: String,
    pub above: String,
    /// Villages by step.
    pub villages: BTreeMap<Step, usize>,
    pub households: i64,
    /// `None`: nobody opened a round.
    pub step: Option<CommuneStep>,
    pub late_days: i64,
}

/// The communes of an area, late ones first, then in the order of the units.
pub async fn progress(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    (year, route): (i16, Route),
) -> Result<Vec<Progress>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let (marks, communes) = {
        let mut work = house.store.read().await?;
        (work.village_marks(&scope, year, route).await?, work.commune_marks(&scope, year, route).await?)
    };
    let today = house.clock.today();
    let units = house.units(&scope);
    let mut rows: Vec<Progress> = units
        .communes_below(scope.level.into(), &scope.code)
        .into_iter()
        .map(|unit| {
            let above = units.parent(unit).map(norms::Unit::full_name).unwrap_or_default();
            let own = Scope::new(scope.units_from, ScopeLevel::Commune, unit.code.clone());
            of_commune(own, unit.full_name(), above, (&marks, &communes), today)
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.late_days));
    Ok(rows)
}

fn of_commune(
    scope: Scope,
    name: String,
    above: String,
    (marks, communes): (&[VillageMark], &[CommuneMark]),
    today: Day,
) -> Progress {
    let own = || marks.iter().filter(|m| m.place.commune == scope.code);
    let mut villages = BTreeMap::new();
    for mark in own() {
        *villages.entry(mark.step).or_insert(0) += 1;
    }
    let commune = communes.iter().find(|c| c.commune == scope.code);
    let latest = own().map(|m| late(m.due, today)).max().unwrap_or(0);
    Progress {
        households: own().map(|m| m.households).sum(),
        late_days: latest.max(late(commune.and_then(|c| c.due), today)),
        step: commune.map(|c| c.step),
        villages,
        scope,
        name,
        above,
    }
}

/// How far the villages of the actor's area have come.
pub async fn marks_of(house: &House, actor: &Actor, year: i16, route: Route) -> Result<Vec<VillageMark>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    Ok(work.village_marks(&actor.scope, year, route).await?)
}

/// The reviews of a year that were opened in a scope.
pub async fn years_routes(house: &House, actor: &Actor, wished: &Scope, year: i16) -> Result<Vec<Route>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, Some(wished))?;
    let mut work = house.store.read().await?;
    Ok(work.routes(&scope, year).await?)
}
