//! Who moved between two frozen years of a unit: into a class, out of it, stayed; every pair of classes with both numbers,
//! opening onto its households. Reads snapshots only; names alone come from the register.

use std::collections::{BTreeMap, HashMap};

use domain::access::{Actor, Verb, check};
use domain::units::Scope;
use kernel::HouseholdId;
use snapshots::ClassOf;
use storage::Work;

use super::cover::{Cover, cover};
use super::freeze::on_thread;
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
    let mut sums: BTreeMap<(Option<String>, Option<String>), Transition> = BTreeMap::new();
    for pair in pairs.values() {
        let (from, to) = pair.classes();
        let sum = sums.entry((from.clone(), to.clone())).or_insert(Transition {
            from,
            to,
            households: 0,
            persons_before: 0,
            persons_now: 0,
        });
        sum.households += 1;
        sum.persons_before += pair.before.as_ref().map_or(0, |of| of.size);
        sum.persons_now += pair.now.as_ref().map_or(0, |of| of.size);
    }
    Ok(Dynamics { scope, year, before, now, transitions: sums.into_values().collect() })
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
    let mut found: Vec<(HouseholdId, Pair)> = pairs
        .into_iter()
        .filter(|(_, pair)| pair.classes() == (from.map(str::to_owned), to.map(str::to_owned)))
        .collect();
    found.sort_by_key(|(household, _)| *household);
    let all = found.len();
    found.truncate(most);
    Ok((named(house, work.as_mut(), actor, found).await?, all))
}

async fn named(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    found: Vec<(HouseholdId, Pair)>,
) -> Result<Vec<Moved>, AppError> {
    let ids: Vec<HouseholdId> = found.iter().map(|(household, _)| *household).collect();
    let households: HashMap<HouseholdId, _> =
        work.households_by_id(&actor.scope, &ids).await?.into_iter().map(|known| (known.id, known)).collect();
    let villages: HashMap<_, _> =
        work.villages(&actor.scope).await?.into_iter().map(|village| (village.id, village.name)).collect();
    let row = |(household, pair): (HouseholdId, Pair)| {
        let place = pair.now.as_ref().or(pair.before.as_ref()).map(|of| &of.place);
        let commune = place.and_then(|p| house.norms.units_on(p.units_from).commune(&p.commune));
        Moved {
            household,
            head: households.get(&household).map(|known| known.head_name().to_owned()).unwrap_or_default(),
            commune: commune.map(norms::Unit::full_name).unwrap_or_default(),
            village: place.and_then(|place| villages.get(&place.village)).cloned().unwrap_or_default(),
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

/// One household's class in both years.
#[derive(Debug, Default)]
struct Pair {
    before: Option<ClassOf>,
    now: Option<ClassOf>,
}

impl Pair {
    /// A household in a snapshot without a class has the class of the empty text, which is not "in no snapshot".
    fn classes(&self) -> (Option<String>, Option<String>) {
        let class = |side: &Option<ClassOf>| side.as_ref().map(|of| of.class.clone().unwrap_or_default());
        (class(&self.before), class(&self.now))
    }
}

type Pairs = HashMap<HouseholdId, Pair>;

async fn pairs(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    year: i16,
) -> Result<(Cover, Cover, Pairs), AppError> {
    let before = cover(house, work, scope, year - 1).await?;
    let now = cover(house, work, scope, year).await?;
    let archive = house.archive()?.clone();
    let (of_before, of_now) = (before.clone(), now.clone());
    let pairs = on_thread(move || {
        let mut pairs = Pairs::new();
        for of in of_before.classes(&archive)? {
            let household = of.household;
            pairs.entry(household).or_default().before = Some(of);
        }
        for of in of_now.classes(&archive)? {
            let household = of.household;
            pairs.entry(household).or_default().now = Some(of);
        }
        Ok(pairs)
    })
    .await?;
    Ok((before, now, pairs))
}
