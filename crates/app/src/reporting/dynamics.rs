//! Who moved between two frozen years of a unit: into a class, out of it, stayed; every pair of classes with both numbers,
//! opening onto its households. Reads snapshots only; names alone come from the register.

use std::collections::HashMap;
use std::sync::Arc;

use domain::access::{Actor, Verb, check};
use domain::units::Scope;
use kernel::HouseholdId;
use storage::Work;

use super::cover::{Cover, cover};
use super::freeze::on_thread;
use super::pairs::{Pair, Pairs, Words, pair_up};
use crate::{AppError, House};

/// Households that went from one class to another, or stayed. `None`: in no snapshot of that year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    pub from: Option<String>,
    pub to: Option<String>,
    pub households: i64,
    /// Persons as they were counted in the one year and in the other.
    pub persons_before: i64,
    pub persons_now: i64,
}

/// Two frozen years of a unit side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dynamics {
    pub scope: Scope,
    pub year: i16,
    pub before: Cover,
    pub now: Cover,
    /// Households of communes that only one of the years was frozen of: nothing is known of their other year, so they
    /// stand in no transition.
    pub dropped: usize,
    pub transitions: Vec<Transition>,
}

/// One household between the two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub household: HouseholdId,
    /// Head and village as the register has them today; empty when the household is no longer in the actor's area.
    pub head: String,
    pub commune: String,
    pub village: String,
    pub size_before: Option<i64>,
    pub size_now: Option<i64>,
}

/// What moved between the year before and the year.
pub async fn dynamics(house: &House, actor: &Actor, wished: Option<&Scope>, year: i16) -> Result<Dynamics, AppError> {
    check(actor, Verb::ReadForms)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let (before, now, pairs) = pairs(house, work.as_mut(), &scope, year).await?;
    let dropped = pairs.dropped;
    Ok(Dynamics { scope, year, before, now, dropped, transitions: pairs.transitions.clone() })
}

/// The households behind one pair of classes, at most `most`, and how many there are.
pub async fn moved(
    house: &House,
    actor: &Actor,
    (wished, year): (Option<&Scope>, i16),
    (from, to): (Option<&str>, Option<&str>),
    most: usize,
) -> Result<(Vec<Moved>, usize), AppError> {
    check(actor, Verb::ReadForms)?;
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let (_, _, pairs) = pairs(house, work.as_mut(), &scope, year).await?;
    let behind = || pairs.rows.iter().filter(|pair| pairs.words.classes_of(pair) == (from, to));
    let found: Vec<Pair> = behind().take(most).copied().collect();
    let all = behind().count();
    Ok((named(house, work.as_mut(), actor, (&scope, &pairs.words), found).await?, all))
}

async fn named(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    (scope, words): (&Scope, &Words),
    found: Vec<Pair>,
) -> Result<Vec<Moved>, AppError> {
    let ids: Vec<HouseholdId> = found.iter().map(|pair| pair.household).collect();
    let households: HashMap<HouseholdId, _> =
        work.households_by_id(&actor.scope, &ids).await?.into_iter().map(|known| (known.id, known)).collect();
    let villages: HashMap<_, _> =
        work.villages(&actor.scope).await?.into_iter().map(|village| (village.id, village.name)).collect();
    let units = house.units(scope);
    let row = |pair: Pair| {
        let lived = pair.now.or(pair.before);
        let commune = lived.and_then(|of| units.commune(words.commune(&of)));
        Moved {
            household: pair.household,
            head: households.get(&pair.household).map(|known| known.head_name().to_owned()).unwrap_or_default(),
            commune: commune.map(norms::Unit::full_name).unwrap_or_default(),
            village: lived.and_then(|of| villages.get(&of.village)).cloned().unwrap_or_default(),
            size_before: pair.before.map(|of| of.size),
            size_now: pair.now.map(|of| of.size),
        }
    };
    let mut rows: Vec<Moved> = found.into_iter().map(row).collect();
    rows.sort_by_cached_key(|moved| {
        (moved.commune.clone(), kernel::text::person_sort_key(&moved.head), moved.household)
    });
    Ok(rows)
}

/// Pairs by the snapshots, with their communes, that they were read from.
pub(crate) type KnownPairs = Vec<(PairKey, Arc<Pairs>)>;

/// The two covers; a snapshot never changes, so neither does what two of them say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PairKey(Scope, Cover, Cover);

/// Pages, files and drill-downs of one unit ask for the same pairs one after the other; a province's take 30 MB.
const KEPT: usize = 4;

async fn pairs(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    year: i16,
) -> Result<(Cover, Cover, Arc<Pairs>), AppError> {
    let before = cover(house, work, scope, year - 1).await?;
    let now = cover(house, work, scope, year).await?;
    let key = PairKey(scope.clone(), before.clone(), now.clone());
    let known = house.dynamics.lock().ok();
    let known = known.and_then(|known| known.iter().find(|(of, _)| *of == key).map(|(_, pairs)| Arc::clone(pairs)));
    if let Some(pairs) = known {
        return Ok((before, now, pairs));
    }
    let archive = house.archive()?.clone();
    let (of_before, of_now) = (before.clone(), now.clone());
    let pairs = Arc::new(on_thread(move || pair_up(&archive, &of_before, &of_now)).await?);
    if let Ok(mut known) = house.dynamics.lock() {
        known.insert(0, (key, Arc::clone(&pairs)));
        known.truncate(KEPT);
    }
    Ok((before, now, pairs))
}
