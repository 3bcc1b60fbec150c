//! Every household of two frozen years with its class in each. Plain data, read once and kept: start with [`pair_up`].

use std::collections::BTreeMap;

use kernel::{HouseholdId, VillageId};
use snapshots::{Archive, SnapshotFault};

use super::cover::Cover;
use super::dynamics::Transition;

/// One household's year. Words stand in [`Words`], each once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    commune: u16,
    /// `None`: in the snapshot without a class, which is not "in no snapshot".
    class: Option<u16>,
    pub village: VillageId,
    /// Persons.
    pub size: i64,
}

/// One household in both years.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub household: HouseholdId,
    pub before: Option<Stand>,
    pub now: Option<Stand>,
}

/// Codes of communes and ids of classes.
#[derive(Debug, Default)]
pub(super) struct Words {
    communes: Vec<String>,
    classes: Vec<String>,
}

impl Words {
    pub fn commune(&self, of: &Stand) -> &str {
        self.communes.get(usize::from(of.commune)).map(String::as_str).unwrap_or_default()
    }

    /// The empty text for a household in a snapshot without a class; `None` for one in no snapshot.
    pub fn classes_of(&self, pair: &Pair) -> (Option<&str>, Option<&str>) {
        let class = |of: Stand| of.class.and_then(|at| self.classes.get(usize::from(at))).map(String::as_str);
        (pair.before.map(|of| class(of).unwrap_or_default()), pair.now.map(|of| class(of).unwrap_or_default()))
    }
}

/// Everybody of two frozen years, and what that adds up to.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    pub(super) words: Words,
    /// By household.
    pub(super) rows: Vec<Pair>,
    pub(super) transitions: Vec<Transition>,
    /// Households left out: their commune was frozen in one of the years only.
    pub(super) dropped: usize,
}

/// Reads both years. A household is left out where nothing can be known of its other year.
pub(super) fn pair_up(archive: &Archive, before: &Cover, now: &Cover) -> Result<Pairs, SnapshotFault> {
    let mut words = Words::default();
    let then = read(archive, before, &mut words)?;
    let today = read(archive, now, &mut words)?;
    let is_missing = |cover: &Cover, of: &Stand| cover.missing.iter().any(|code| code == words.commune(of));
    let is_known = |pair: &Pair| match (&pair.before, &pair.now) {
        (Some(of), None) => !is_missing(now, of),
        (None, Some(of)) => !is_missing(before, of),
        _ => true,
    };
    let mut rows = join(then, today);
    let all = rows.len();
    rows.retain(is_known);
    let transitions = transitions(&words, &rows);
    Ok(Pairs { dropped: all - rows.len(), words, rows, transitions })
}

/// Every household of the year by its id, each from the snapshot of its commune.
fn read(archive: &Archive, cover: &Cover, words: &mut Words) -> Result<Vec<(HouseholdId, Stand)>, SnapshotFault> {
    let mut found = Vec::new();
    for part in &cover.parts {
        let of_part = archive.open(&part.record.name)?.classes()?;
        let communes: Vec<Option<u16>> = of_part
            .communes
            .iter()
            .map(|code| part.communes.contains(code).then(|| place(&mut words.communes, code)).flatten())
            .collect();
        let classes: Vec<Option<u16>> = of_part.classes.iter().map(|id| place(&mut words.classes, id)).collect();
        let at = |places: &[Option<u16>], at: u16| places.get(usize::from(at)).copied().flatten();
        found.extend(of_part.rows.iter().filter_map(|row| {
            let commune = at(&communes, row.commune)?;
            let class = row.class.and_then(|class| at(&classes, class));
            Some((row.household, Stand { commune, class, village: row.village, size: row.size }))
        }));
    }
    found.sort_unstable_by_key(|(household, _)| *household);
    Ok(found)
}

fn place(words: &mut Vec<String>, word: &str) -> Option<u16> {
    let at = words.iter().position(|known| known == word).unwrap_or_else(|| {
        words.push(word.to_owned());
        words.len() - 1
    });
    u16::try_from(at).ok()
}

/// Two lists by household, side by side.
fn join(before: Vec<(HouseholdId, Stand)>, now: Vec<(HouseholdId, Stand)>) -> Vec<Pair> {
    let mut rows = Vec::with_capacity(before.len().max(now.len()));
    let (mut before, mut now) = (before.into_iter().peekable(), now.into_iter().peekable());
    while let Some(household) = [before.peek(), now.peek()].into_iter().flatten().map(|(id, _)| *id).min() {
        rows.push(Pair {
            household,
            before: before.next_if(|(id, _)| *id == household).map(|(_, of)| of),
            now: now.next_if(|(id, _)| *id == household).map(|(_, of)| of),
        });
    }
    rows
}

fn transitions(words: &Words, rows: &[Pair]) -> Vec<Transition> {
    let mut sums: BTreeMap<(Option<&str>, Option<&str>), Transition> = BTreeMap::new();
    for pair in rows {
        let (from, to) = words.classes_of(pair);
        let sum = sums.entry((from, to)).or_insert_with(|| Transition {
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            households: 0,
            persons_before: 0,
            persons_now: 0,
        });
        sum.households += 1;
        sum.persons_before += pair.before.map_or(0, |of| of.size);
        sum.persons_now += pair.now.map_or(0, |of| of.size);
    }
    sums.into_values().collect()
}
