//! Adding, saving and taking away households, with everything that is kept beside them.
//! The text index needs no care here: the database keeps it.

use std::collections::{BTreeMap, HashMap};

use domain::registry::{Household, HouseholdEvent, Member, Person, Sex};
use domain::units::{Place, Scope};
use kernel::{HouseholdId, VillageId, text};
use storage::{StorageError, Stored};
use uuid::Uuid;

use super::count::Counts;
use super::derived::{IDS, refresh_years, words_of};
use super::read::{joined_id, left_id};
use super::spell;
use crate::bulk;
use crate::tx::{Row, Tx, Values};

/// From how many new households on the planner is told about them.
const MANY: usize = 2_000;
const CHANGED: StorageError = StorageError::Conflict { record: "household" };

pub(super) async fn add(tx: &mut Tx, households: &[Household]) -> Stored<()> {
    const INTO: &str = "household (id, units_from, province, district, commune, village, address, closed, size, \
                        head_name, head_folded, head_birth, head_paper, sort_key, words, marked, version)";
    let mut counts = Counts::default();
    for household in households {
        counts.count(&household.place, household.closed.is_some(), 1);
    }
    bulk::insert(tx, "adding households", (INTO, ""), households, |row, household| {
        row.push(household.id.0);
        push_household(row, household);
        row.push(1i64);
    })
    .await?;
    add_members(tx, households).await?;
    add_events(tx, households).await?;
    counts.store(tx).await?;
    spell::keep_words(tx, households).await?;
    if households.len() >= MANY {
        for sql in tx.dialect().after_bulk() {
            tx.query("measuring the tables", *sql).run().await?;
        }
    }
    Ok(())
}

/// From `units_from` to `marked`, in the order of the table.
fn push_household(row: &mut Values, household: &Household) {
    let head = household.head().map(|m| &m.person);
    let name = household.head_name();
    let words = words_of(household);
    row.push(household.place.units_from.iso());
    row.push(household.place.province.as_str());
    row.push(household.place.district.as_str());
    row.push(household.place.commune.as_str());
    row.push(household.place.village.0);
    row.push(household.address.as_deref());
    row.push(household.closed.map(kernel::Day::iso));
    row.push(i64::try_from(household.size()).unwrap_or(i64::MAX));
    row.push(name);
    row.push(text::fold_name(name));
    row.push(head.and_then(|p| p.birth).map(kernel::BirthDate::iso));
    row.push(head.and_then(|p| p.paper.as_deref()));
    row.push(text::person_sort_key(name));
    row.push(words.folded);
    row.push(words.marked);
}

async fn add_members(tx: &mut Tx, households: &[Household]) -> Stored<()> {
    let mut persons: Vec<&Person> = Vec::new();
    let mut at: HashMap<kernel::PersonId, usize> = HashMap::new();
    let mut members: Vec<(Uuid, i64, &Member)> = Vec::new();
    for household in households {
        for (position, member) in (0i64..).zip(&household.members) {
            members.push((household.id.0, position, member));
            // A person who left and came back has two memberships; the later one knows better.
            let known = *at.entry(member.person.id).or_insert(persons.len());
            match persons.get_mut(known) {
                Some(person) => *person = &member.person,
                None => persons.push(&member.person),
            }
        }
    }
    let into = "person (id, name, sex, birth, paper, ethnicity)";
    let then = "ON CONFLICT (id) DO UPDATE SET name = excluded.name, sex = excluded.sex, birth = excluded.birth, \
                paper = excluded.paper, ethnicity = excluded.ethnicity";
    bulk::insert(tx, "saving persons", (into, then), &persons, |row, person| {
        row.push(person.id.0);
        row.push(person.name.as_str());
        row.push(person.sex.map(Sex::id));
        row.push(person.birth.map(kernel::BirthDate::iso));
        row.push(person.paper.as_deref());
        row.push(person.ethnicity.map(i64::from));
    })
    .await?;
    let into = "membership (household, position, person, relation, is_head, joined_on, joined_reason, left_on, \
                left_reason)";
    bulk::insert(tx, "saving members", (into, ""), &members, |row, (household, position, member)| {
        row.push(*household);
        row.push(*position);
        row.push(member.person.id.0);
        row.push(member.relation.as_str());
        row.push(member.is_head);
        row.push(member.joined.map(|(day, _)| day.iso()));
        row.push(member.joined.map(|(_, reason)| joined_id(reason)));
        row.push(member.left.map(|(day, _)| day.iso()));
        row.push(member.left.map(|(_, reason)| left_id(reason)));
    })
    .await
}

async fn add_events(tx: &mut Tx, households: &[Household]) -> Stored<()> {
    let events: Vec<(Uuid, i64, &HouseholdEvent)> = households
        .iter()
        .flat_map(|h| (0i64..).zip(&h.events).map(|(position, event)| (h.id.0, position, event)))
        .collect();
    let into = "household_event (household, position, day, kind, other, note)";
    bulk::insert(tx, "saving events", (into, ""), &events, |row, (household, position, event)| {
        row.push(*household);
        row.push(*position);
        row.push(event.day.iso());
        row.push(event.kind.as_str());
        row.push(event.other.map(|id| id.0));
        row.push(event.note.as_deref());
    })
    .await
}

pub(super) async fn save(tx: &mut Tx, household: &Household) -> Stored<()> {
    const SQL: &str = "UPDATE household SET units_from = $1, province = $2, district = $3, commune = $4, village = $5, \
         address = $6, closed = $7, size = $8, head_name = $9, head_folded = $10, head_birth = $11, head_paper = $12, \
         sort_key = $13, words = $14, marked = $15, version = version + 1 WHERE id = $16 AND version = $17";
    let Some(before) = kept(tx, &[household.id], None).await?.remove(&household.id) else {
        return Err(CHANGED);
    };
    let mut values = Values::new(tx.dialect());
    push_household(&mut values, household);
    values.push(household.id.0);
    values.push(household.version);
    if tx.query("saving a household", SQL).with(values).run().await? == 0 {
        return Err(CHANGED);
    }
    let persons = persons_of(tx, &[household.id]).await?;
    for sql in ["DELETE FROM membership WHERE household = $1", "DELETE FROM household_event WHERE household = $1"] {
        tx.query("saving a household", sql).bind(household.id.0).run().await?;
    }
    add_members(tx, std::slice::from_ref(household)).await?;
    add_events(tx, std::slice::from_ref(household)).await?;
    forget_persons(tx, &persons).await?;
    spell::keep_words(tx, std::slice::from_ref(household)).await?;
    let mut counts = Counts::default();
    counts.count(&before.place, before.is_closed, -1);
    counts.count(&household.place, household.closed.is_some(), 1);
    counts.store(tx).await?;
    refresh_years(tx, &[household.id]).await
}

pub(super) async fn step(tx: &mut Tx, household: &Household) -> Stored<()> {
    const SQL: &str = "UPDATE household SET version = version + 1 WHERE id = $1 AND version = $2";
    let stepped =
        tx.query("marking a household as changed", SQL).bind(household.id.0).bind(household.version).run().await?;
    if stepped == 0 { Err(CHANGED) } else { Ok(()) }
}

/// What the counts know of a stored household.
struct Kept {
    place: Place,
    is_closed: bool,
}

async fn kept(tx: &mut Tx, ids: &[HouseholdId], scope: Option<&Scope>) -> Stored<BTreeMap<HouseholdId, Kept>> {
    const SQL: &str = "SELECT h.id, h.units_from, h.province, h.district, h.commune, h.village, h.closed \
                       FROM household h WHERE h.id";
    let mut query = tx.query("finding households", SQL).push_ids("", ids.iter().map(|id| id.0));
    if let Some(scope) = scope {
        query = query.push(" AND").in_scope("h", scope);
    }
    let rows = query
        .all("household", |row: &mut Row| {
            let id = HouseholdId(row.uuid()?);
            let place = Place {
                units_from: row.day()?,
                province: row.text()?,
                district: row.text()?,
                commune: row.text()?,
                village: VillageId(row.uuid()?),
            };
            Ok((id, Kept { place, is_closed: row.day_if_any()?.is_some() }))
        })
        .await?;
    Ok(rows.into_iter().collect())
}

async fn persons_of(tx: &mut Tx, households: &[HouseholdId]) -> Stored<Vec<Uuid>> {
    tx.query("finding persons", "SELECT DISTINCT m.person FROM membership m WHERE m.household")
        .push_ids("", households.iter().map(|id| id.0))
        .all("membership", Row::uuid)
        .await
}

/// Takes away those of the persons who are in no household any more.
async fn forget_persons(tx: &mut Tx, persons: &[Uuid]) -> Stored<()> {
    const NOWHERE: &str = " AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person = person.id)";
    for some in persons.chunks(IDS) {
        tx.query("forgetting persons", "DELETE FROM person WHERE id")
            .push_ids("", some.iter().copied())
            .push(NOWHERE)
            .run()
            .await?;
    }
    Ok(())
}

pub(super) async fn remove(tx: &mut Tx, scope: &Scope, ids: &[HouseholdId]) -> Stored<()> {
    let mut counts = Counts::default();
    for some in ids.chunks(IDS) {
        let kept = kept(tx, some, Some(scope)).await?;
        for before in kept.values() {
            counts.count(&before.place, before.is_closed, -1);
        }
        let going: Vec<HouseholdId> = kept.into_keys().collect();
        let persons = persons_of(tx, &going).await?;
        for sql in [
            "DELETE FROM household_year WHERE household",
            "DELETE FROM assessment WHERE household",
            "DELETE FROM household_event WHERE household",
            "DELETE FROM handover WHERE household",
            "DELETE FROM membership WHERE household",
            "DELETE FROM household WHERE id",
        ] {
            tx.query("taking households away", sql).push_ids("", going.iter().map(|id| id.0)).run().await?;
        }
        forget_persons(tx, &persons).await?;
    }
    counts.store(tx).await
}
