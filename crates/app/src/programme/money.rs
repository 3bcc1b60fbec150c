//! The programme's money: each source of the plan with what was assigned, moved, paid and is left, from entries with their
//! documents. An entry is added or taken back, never rewritten.

use std::collections::BTreeMap;

use domain::access::{Actor, Verb, check};
use domain::programme::money::{MoneyEntry, MoneyMove, MoneyRefusal, MoneySums, SpendingTerm, check_entry};
use domain::units::Scope;
use kernel::{Day, MoneyId, Page, PageOf};
use serde_json::json;
use storage::{MoneyFilter, MoneySum, Work};

use super::aims::{Aimed, Aims, aims};
use crate::{AppError, FieldFault, House};

const MONEY: &str = "money";

/// An entry as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MoneyInput {
    pub source: String,
    pub capital: String,
    pub project: String,
    pub what: String,
    pub day: String,
    pub amount: String,
    pub document: String,
}

/// The ledger of a unit and a year, added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    pub aims: Aims,
    sums: Vec<MoneySum>,
}

impl Ledger {
    fn adding(&self, counts: impl Fn(&MoneySum) -> bool) -> MoneySums {
        let of = self.sums.iter().filter(|sum| counts(sum));
        of.fold(MoneySums::default(), |sums, sum| sums.with(sum.what, sum.amount))
    }

    pub fn of_source(&self, source: &str) -> MoneySums {
        self.adding(|sum| sum.source == source)
    }

    pub fn of_capital(&self, capital: &str) -> MoneySums {
        self.adding(|sum| sum.capital == capital)
    }

    /// Of a project with its sub-projects: `P3` holds `P3.1`.
    pub fn of_project(&self, project: &str) -> MoneySums {
        self.adding(|sum| is_within(&sum.project, project))
    }

    pub fn all(&self) -> MoneySums {
        self.adding(|_| true)
    }

    /// Money that names no source of the plan any more stays in sight.
    pub fn strays(&self) -> BTreeMap<&str, MoneySums> {
        let known = |id: &str| self.aims.sources.iter().any(|source| source.id == id);
        let stray = self.sums.iter().map(|sum| sum.source.as_str()).filter(|id| !known(id));
        stray.map(|id| (id, self.of_source(id))).collect()
    }
}

/// Whether something belongs to a project or to a sub-project of it.
pub(super) fn is_within(own: &str, project: &str) -> bool {
    own.strip_prefix(project).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

pub async fn ledger(house: &House, actor: &Actor, wished: Option<&Scope>, year: i16) -> Result<Ledger, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let aims = aims(house, work.as_mut(), &scope, year).await?;
    let sums = work.money_sums(&MoneyFilter::new(scope, year)).await?;
    Ok(Ledger { aims, sums })
}

/// Entries of a unit and a year, newest first.
pub async fn entries(
    house: &House,
    actor: &Actor,
    filter: &MoneyFilter,
    page: Page,
) -> Result<PageOf<MoneyEntry>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let scope = house.narrow(actor, Some(&filter.scope))?;
    let filter = MoneyFilter { scope, ..filter.clone() };
    Ok(house.store.read().await?.money_entries(&filter, page).await?)
}

/// Enters what was assigned to a unit, moved or paid by it.
pub async fn enter(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    (year, input): (i16, &MoneyInput),
) -> Result<MoneyId, AppError> {
    check(actor, Verb::RecordWork)?;
    let unit = house.narrow(actor, wished)?;
    let place = house.place_of(&unit).ok_or(AppError::Missing("unit"))?;
    let mut work = house.store.write().await?;
    let aims = aims(house, work.as_mut(), &unit, year).await?;
    let read = read(&aims, input)?;
    let unknown = || MoneyRefusal::UnknownSource { source_id: input.source.clone(), year };
    let source = aims.sources.iter().find(|source| source.id == input.source).ok_or_else(unknown)?;
    let entry = MoneyEntry {
        id: MoneyId(house.ids.next()),
        year,
        place,
        source: source.id.clone(),
        capital: input.capital.clone(),
        project: input.project.clone(),
        what: read.what,
        day: read.day,
        amount: read.amount,
        document: kernel::text::nfc(&input.document),
    };
    let before = before(work.as_mut(), &unit, &entry).await?;
    let term = SpendingTerm { until: source.spend_by, basis: source.basis.as_deref().unwrap_or_default() };
    check_entry(&entry, before, term, house.clock.today())?;
    work.add_money(&entry).await?;
    record(house, work.as_mut(), actor, &entry, "money_entered").await?;
    work.commit().await?;
    Ok(entry.id)
}

/// Takes an entry back; one that others stand on stays.
pub async fn take_back(house: &House, actor: &Actor, id: MoneyId) -> Result<(), AppError> {
    check(actor, Verb::RecordWork)?;
    let mut work = house.store.write().await?;
    let entry = work.money(&actor.scope, id).await?.ok_or(AppError::Missing(MONEY))?;
    let now = before(work.as_mut(), &entry.place.unit(), &entry).await?;
    let without = now.with(entry.what, -entry.amount);
    if without.left() < 0 {
        return Err(MoneyRefusal::NotEnough { left: now.left(), asked: entry.amount }.into());
    }
    work.remove_money(&actor.scope, id).await?;
    record(house, work.as_mut(), actor, &entry, "money_taken_back").await?;
    work.commit().await?;
    Ok(())
}

/// What the unit itself holds of the same source and kind of capital.
async fn before(work: &mut dyn Work, unit: &Scope, entry: &MoneyEntry) -> Result<MoneySums, AppError> {
    let mut filter = MoneyFilter::new(unit.clone(), entry.year);
    filter.source = Some(entry.source.clone());
    filter.capital = Some(entry.capital.clone());
    let sums = work.money_sums(&filter).await?;
    Ok(sums.iter().fold(MoneySums::default(), |sums, sum| sums.with(sum.what, sum.amount)))
}

struct Read {
    what: MoneyMove,
    day: Day,
    amount: i64,
}

/// Reads the typed fields; those that cannot be read are told all at once.
fn read(aims: &Aims, input: &MoneyInput) -> Result<Read, AppError> {
    let mut faults = Vec::new();
    let is_one = |of: &[Aimed], id: &str| id.is_empty() || of.iter().any(|known| known.id == id);
    for (field, of, id) in [("capital", &aims.capitals, &input.capital), ("project", &aims.projects, &input.project)] {
        if !is_one(of, id) {
            faults.push(FieldFault::at(field, "field-choice"));
        }
    }
    let what = MoneyMove::from_id(&input.what);
    if what.is_none() {
        faults.push(FieldFault::at("what", "field-choice"));
    }
    let day = input.day.parse::<Day>().ok();
    if day.is_none() {
        faults.push(FieldFault::at("day", if input.day.is_empty() { "field-missing" } else { "field-date" }));
    }
    let typed = input.amount.trim();
    let amount = match typed.strip_prefix('-') {
        Some(below) => kernel::parse_count(below.trim()).ok().map(|amount| -amount),
        None => kernel::parse_count(typed).ok(),
    };
    if amount.is_none() {
        faults.push(FieldFault::at("amount", if typed.is_empty() { "field-missing" } else { "field-number" }));
    }
    match (what, day, amount) {
        (Some(what), Some(day), Some(amount)) if faults.is_empty() => Ok(Read { what, day, amount }),
        _ => Err(AppError::Form(faults)),
    }
}

async fn record(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    entry: &MoneyEntry,
    verb: &str,
) -> Result<(), AppError> {
    let detail = json!({
        "source": entry.source,
        "what": entry.what.id(),
        "amount": entry.amount,
        "document": entry.document,
    });
    let subject = (MONEY, entry.id.to_string());
    work.record(&house.entry(actor, verb, subject, Some(entry.place.clone()), detail)).await?;
    Ok(())
}
