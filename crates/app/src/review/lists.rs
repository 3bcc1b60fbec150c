//! A commune's list on its way: sent up, returned with a remark; and who has sent. A sent list is not changed, and the
//! facts it was sent with are frozen.

use std::collections::{BTreeSet, HashMap};

use domain::access::{Actor, Verb, check};
use domain::review::{ListRefusal, ListState, Submission};
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, SubmissionId};
use norms::Level;
use serde_json::json;
use snapshots::Act;
use storage::{IntakeChange, ListWork, Work};

use super::classes::classes_in;
use super::intake::{Outcome, Plan};
use crate::reporting::{Occasion, freeze_in};
use crate::{AppError, House};

/// One commune on the board of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardRow {
    pub scope: Scope,
    pub name: String,
    pub district_name: String,
    pub state: ListState,
    pub day: Option<Day>,
    pub by_name: String,
    pub remark: Option<String>,
    /// By class id, and those without a class.
    pub counts: Vec<ClassTally>,
}

/// The households of one class on a list, and their members.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClassTally {
    /// `None`: without a class yet.
    pub class: Option<String>,
    pub households: i64,
    pub persons: i64,
}

impl BoardRow {
    /// Households on the list.
    pub fn households(&self) -> i64 {
        self.counts.iter().map(|tally| tally.households).sum()
    }

    pub fn persons(&self) -> i64 {
        self.counts.iter().map(|tally| tally.persons).sum()
    }

    /// Households that have no class yet.
    pub fn unclassified(&self) -> i64 {
        self.counts.iter().filter(|tally| tally.class.is_none()).map(|tally| tally.households).sum()
    }
}

/// The state of one commune's list; open when nobody has sent it.
pub async fn list_state(house: &House, actor: &Actor, commune: &Scope, year: i16) -> Result<Submission, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, Some(commune))?;
    let mut work = house.store.read().await?;
    Ok(work.submission(&scope, year).await?.unwrap_or(new_submission(house, &scope, year)))
}

/// Who has sent, who was returned, who has not begun; communes in the order of the units.
pub async fn board(house: &House, actor: &Actor, wished: Option<&Scope>, year: i16) -> Result<Vec<BoardRow>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let units = house.units(&scope);
    let mut work = house.store.read().await?;
    let mut known: HashMap<String, Submission> =
        work.submissions(&scope, year).await?.into_iter().map(|s| (s.commune.clone(), s)).collect();
    let mut counts: HashMap<String, Vec<ClassTally>> = HashMap::new();
    for (key, of_villages) in classes_in(house, work.as_mut(), &scope, year).await? {
        let of_commune = counts.entry(key.commune).or_default();
        for count in of_villages.iter() {
            match of_commune.iter_mut().find(|tally| tally.class == count.class) {
                Some(tally) => {
                    tally.households += count.households;
                    tally.persons += count.persons;
                }
                None => of_commune.push(ClassTally {
                    class: count.class.clone(),
                    households: count.households,
                    persons: count.persons,
                }),
            }
        }
    }
    let communes = units.communes_below(scope.level.into(), &scope.code);
    Ok(communes
        .into_iter()
        .map(|unit| {
            let commune = Scope::new(scope.units_from, ScopeLevel::Commune, unit.code.clone());
            let submission = known.remove(&unit.code).unwrap_or_else(|| new_submission(house, &commune, year));
            BoardRow {
                name: unit.full_name(),
                district_name: units.parent(unit).map(norms::Unit::full_name).unwrap_or_default(),
                state: submission.state,
                day: submission.day,
                by_name: submission.by_name,
                remark: submission.remark,
                counts: counts.remove(&unit.code).unwrap_or_default(),
                scope: commune,
            }
        })
        .collect())
}

pub(crate) fn new_submission(house: &House, commune: &Scope, year: i16) -> Submission {
    let units = house.units(commune);
    let unit = units.commune(&commune.code);
    let district = unit.and_then(|u| units.parent(u)).filter(|u| u.level == Level::District);
    Submission {
        id: SubmissionId(house.ids.next()),
        units_from: commune.units_from,
        province: house.province_of(commune),
        district: district.map(|u| u.code.clone()).unwrap_or_default(),
        commune: commune.code.clone(),
        year,
        state: ListState::Open,
        day: None,
        by: None,
        by_name: String::new(),
        remark: None,
        households: 0,
        version: 0,
    }
}

/// Sends a commune's list up.
pub async fn send(house: &House, actor: &Actor, commune: &Scope, year: i16) -> Result<(), AppError> {
    check(actor, Verb::SendList)?;
    let scope = commune_scope(house, actor, commune)?;
    let mut work = house.store.write().await?;
    super::rounds::must_have_no_round(work.as_mut(), &scope, year).await?;
    let submission = work.submission(&scope, year).await?.unwrap_or_else(|| new_submission(house, &scope, year));
    let counts = work.class_counts(&scope, year).await?;
    let households = counts.iter().map(|(_, n)| n).sum();
    let unclassified = counts.iter().filter(|(class, _)| class.is_none()).map(|(_, n)| n).sum();
    let sent = submission.send((actor.id, &actor.name), households, unclassified, house.clock.today())?;
    freeze_in(house, work.as_mut(), actor, Occasion { act: Act::ListSent, scope: &scope, year }).await?;
    save(house, actor, work, &sent, "list_sent", json!({ "year": year, "households": households })).await
}

/// Returns a commune's list with a remark.
pub async fn return_list(
    house: &House,
    actor: &Actor,
    commune: &Scope,
    year: i16,
    remark: &str,
) -> Result<(), AppError> {
    check(actor, Verb::ReturnList)?;
    let scope = commune_scope(house, actor, commune)?;
    let mut work = house.store.write().await?;
    let submission = work.submission(&scope, year).await?.ok_or(ListRefusal::NotSent)?;
    let returned = submission.return_with((actor.id, &actor.name), remark, house.clock.today())?;
    save(house, actor, work, &returned, "list_returned", json!({ "year": year, "remark": remark })).await
}

fn commune_scope(house: &House, actor: &Actor, commune: &Scope) -> Result<Scope, AppError> {
    if commune.level != ScopeLevel::Commune {
        return Err(AppError::Missing("commune"));
    }
    house.narrow(actor, Some(commune))
}

async fn save(
    house: &House,
    actor: &Actor,
    mut work: Box<dyn Work>,
    submission: &Submission,
    verb: &str,
    detail: serde_json::Value,
) -> Result<(), AppError> {
    work.save_submission(submission).await?;
    let commune = Scope::new(submission.units_from, ScopeLevel::Commune, submission.commune.clone());
    let subject = ("list", format!("{}/{}", submission.year, submission.commune));
    work.record(&house.entry(actor, verb, subject, house.place_of(&commune), detail)).await?;
    work.commit().await?;
    Ok(())
}

/// Refuses an import that would change a list which is with the level above.
pub async fn must_be_open(
    work: &mut (impl ListWork + ?Sized),
    scope: &Scope,
    year: i16,
    plan: &Plan,
    lists: &super::intake::ListsByPlace<'_>,
) -> Result<(), AppError> {
    let changing = plan.items.iter().filter(|i| matches!(i.outcome, Outcome::New | Outcome::Changed { .. }));
    let communes: BTreeSet<&str> = changing
        .filter_map(|item| lists.get(&item.at))
        .filter_map(|list| list.place.as_ref())
        .map(|place| place.commune.as_str())
        .collect();
    refuse_sent(work, scope, year, &communes).await
}

/// Refuses to undo an import into a list that was sent since.
pub async fn must_not_be_sent(
    work: &mut dyn Work,
    scope: &Scope,
    year: i16,
    changes: &[IntakeChange],
) -> Result<(), AppError> {
    let ids: Vec<_> = changes.iter().map(|c| c.household).collect();
    let households = work.households_by_id(scope, &ids).await?;
    let communes: BTreeSet<&str> = households.iter().map(|h| h.place.commune.as_str()).collect();
    refuse_sent(work, scope, year, &communes).await
}

async fn refuse_sent(
    work: &mut (impl ListWork + ?Sized),
    scope: &Scope,
    year: i16,
    communes: &BTreeSet<&str>,
) -> Result<(), AppError> {
    for submission in work.submissions(scope, year).await? {
        if communes.contains(submission.commune.as_str()) {
            submission.may_change()?;
        }
    }
    Ok(())
}
