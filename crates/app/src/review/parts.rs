//! The forms of a province or a district from parts that are kept commune by commune as long as nothing there changed; of a
//! commune that changed, only the heaps of the changed households are read and counted again. Bounded, in memory, and nothing
//! but derived: [`FormData`] counts the same anew. Start with [`counted`].

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::review::form::{Around, CheckResult, Form, HomeFacts, Merged, Part};
use domain::units::{Absent, Scope, ScopeLevel};
use kernel::HouseholdId;
use norms::{Basis, CheckRule, Rulebook};
use storage::{FactChanges, SheetKey, Work};

use super::forms::FormData;
use crate::kept::Kept;
use crate::reporting::approved_forms;
use crate::{AppError, House};

/// Households that are counted together: so many are read again when one of them changes.
const HEAP: usize = 200;
/// What one commune's households add to a year's forms.
#[derive(Debug)]
pub(crate) struct OfCommune {
    heaps: Vec<Heap>,
    whole: Arc<Part>,
}

#[derive(Debug, Clone, Default)]
struct Heap {
    households: BTreeSet<HouseholdId>,
    part: Arc<Part>,
}

/// The rules' year, the list's year and the commune.
type PartKey = (i16, i16, SheetKey);

pub(crate) type KeptParts = Kept<PartKey, OfCommune>;

/// The wanted forms of a unit with their checks, what the B1 totals in them stand on, and the communes they say nothing of.
pub(crate) struct Counted {
    pub forms: Vec<(Form, Vec<CheckResult>)>,
    pub pack_bases: Vec<Basis>,
    pub absent: Absent,
}

/// Counts the wanted forms: from parts above the commune, of one commune from its lists.
pub(crate) async fn counted(
    house: &House,
    work: &mut dyn Work,
    (scope, year): (&Scope, i16),
    (rules, wanted): (&Rulebook, &[&str]),
) -> Result<Counted, AppError> {
    let asked = Asked { house, scope, rules: (year, rules) };
    let merged = if scope.level == ScopeLevel::Commune { None } else { asked.merged(work, year).await? };
    let Some(merged) = merged else {
        let data = FormData::load(house, work, scope, year, false).await?;
        return Ok(Counted {
            forms: data.forms(rules, wanted),
            pack_bases: data.pack_bases().to_vec(),
            absent: data.absent().clone(),
        });
    };
    let mut approved = Vec::new();
    if let Ok(rules) = house.rules(year - 1, &house.province_of(scope)) {
        approved = approved_forms(house, work, scope, (year - 1, &rules)).await?;
    }
    let mut last = None;
    if merged.has_previous() && wanted.iter().any(|number| is_held_against_a_count(rules, number, &approved)) {
        last = asked.merged(work, year - 1).await?;
    }
    let totals = work.commune_totals(scope, year).await?;
    let around = Around { units: house.units(scope), totals: &totals, approved: &approved, last: last.as_ref() };
    let (forms, absent) = merged.forms(scope, rules, around, wanted);
    let pack_bases = crate::law::pack_bases(house, work, merged.packs()).await?;
    Ok(Counted { forms, pack_bases, absent })
}

/// Counts what changed in the forms of the year before anybody asks.
pub(crate) async fn count_ahead(house: &House, scope: &Scope, year: i16) -> Result<(), AppError> {
    let rules = house.rules(year, &house.province_of(scope))?;
    let numbers: Vec<&str> = rules.forms.iter().map(|form| form.value.number.as_str()).collect();
    let mut work = house.store.read().await?;
    counted(house, work.as_mut(), (scope, year), (&rules, &numbers)).await?;
    Ok(())
}

/// Last year's form is counted again where none of it was approved.
fn is_held_against_a_count(rules: &Rulebook, number: &str, approved: &[Form]) -> bool {
    let layout = rules.forms.iter().map(|form| &form.value).find(|layout| layout.number == number);
    let checks = layout.map(|layout| layout.checks.as_slice()).unwrap_or_default();
    checks.iter().any(|check| matches!(check.rule, CheckRule::PreviousYear { .. }))
        && !approved.iter().any(|last| last.layout.value.number == number)
}

/// Whose forms, by the rules of which year.
#[derive(Clone, Copy)]
struct Asked<'a> {
    house: &'a House,
    scope: &'a Scope,
    rules: (i16, &'a Rulebook),
}

impl Asked<'_> {
    /// Puts the parts of one year's list together; `None` where reading what lies outside the unit would cost more than
    /// counting the unit anew.
    async fn merged(&self, work: &mut dyn Work, year: i16) -> Result<Option<Merged>, AppError> {
        let mut versions = Vec::new();
        // Who is on a list here may live anywhere.
        for province in work.fact_provinces().await? {
            versions.extend(work.fact_versions(&province).await?);
        }
        versions.retain(|(key, _)| !key.commune.is_empty());
        let unknown = versions.iter().filter(|(key, _)| self.house.parts.newest(&self.of(year, key)).is_none());
        let (inside, outside): (Vec<_>, Vec<_>) = unknown.partition(|(key, _)| self.scope.holds(&key.place()));
        if outside.len() > inside.len() {
            return Ok(None);
        }
        let mut parts = Vec::with_capacity(versions.len());
        for (key, version) in versions {
            parts.push((key.place(), self.part(work, year, key, version).await?));
        }
        Ok(Some(Merged::of(self.scope, year, self.rules.1, &parts)))
    }

    fn of(&self, year: i16, key: &SheetKey) -> PartKey {
        (self.rules.0, year, key.clone())
    }

    async fn part(&self, work: &mut dyn Work, year: i16, key: SheetKey, version: i64) -> Result<Arc<Part>, AppError> {
        let of = self.of(year, &key);
        let heaps = match self.house.parts.newest(&of) {
            Some((at, known)) if at == version => return Ok(Arc::clone(&known.whole)),
            Some((at, known)) => match work.fact_changes(&key, at).await? {
                FactChanges::Households(changed) => self.renewed(work, year, &key, (&known.heaps, changed)).await?,
                FactChanges::Everything => self.anew(work, year, &key).await?,
            },
            None => self.anew(work, year, &key).await?,
        };
        let whole = Arc::new(Part::together(heaps.iter().map(|heap| heap.part.as_ref())));
        self.house.parts.keep(of, version, &Arc::new(OfCommune { heaps, whole: Arc::clone(&whole) }));
        Ok(whole)
    }

    async fn anew(&self, work: &mut dyn Work, year: i16, key: &SheetKey) -> Result<Vec<Heap>, AppError> {
        let facts = work.home_facts(key, year, None).await?;
        let heaps = facts.listed().len().div_ceil(HEAP).max(1);
        Ok(facts.heaped(heaps, |household| heap_of(household, heaps)).into_iter().map(|f| self.heap(f)).collect())
    }

    /// The heaps with those of the changed households read again.
    async fn renewed(
        &self,
        work: &mut dyn Work,
        year: i16,
        key: &SheetKey,
        (heaps, changed): (&[Heap], Vec<HouseholdId>),
    ) -> Result<Vec<Heap>, AppError> {
        let touched: BTreeSet<usize> = changed.iter().map(|household| heap_of(*household, heaps.len())).collect();
        if touched.len() * 2 > heaps.len() + 1 {
            return self.anew(work, year, key).await;
        }
        let mut again: BTreeSet<HouseholdId> = changed.into_iter().collect();
        for at in &touched {
            again.extend(heaps.get(*at).iter().flat_map(|heap| &heap.households));
        }
        if again.is_empty() {
            return Ok(heaps.to_vec());
        }
        let again: Vec<HouseholdId> = again.into_iter().collect();
        let facts = work.home_facts(key, year, Some(&again)).await?;
        let fresh = facts.heaped(heaps.len(), |household| heap_of(household, heaps.len()));
        let or_fresh = |(at, (old, fresh)): (usize, (&Heap, HomeFacts))| {
            if touched.contains(&at) { self.heap(fresh) } else { old.clone() }
        };
        Ok(heaps.iter().zip(fresh).enumerate().map(or_fresh).collect())
    }

    fn heap(&self, facts: HomeFacts) -> Heap {
        Heap { households: facts.listed(), part: Arc::new(facts.part(self.rules.1)) }
    }
}

fn heap_of(household: HouseholdId, heaps: usize) -> usize {
    let heaps = u128::try_from(heaps.max(1)).unwrap_or(1);
    usize::try_from(household.0.as_u128() % heaps).unwrap_or(0)
}
