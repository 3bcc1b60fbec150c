//! Households whole, and the heads that incoming lists are compared with.

use std::collections::HashMap;

use domain::registry::{Household, HouseholdEvent, JoinReason, LeaveReason, Member, Person, Sex};
use domain::units::{Place, Scope};
use kernel::{HouseholdId, PersonId, VillageId};
use storage::{HeadRecord, Stored};
use uuid::Uuid;

use super::derived::IDS;
use crate::tx::{Row, Tx};

pub(super) async fn by_id(tx: &mut Tx, scope: &Scope, ids: &[HouseholdId]) -> Stored<Vec<Household>> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS) {
        found.extend(some_by_id(tx, scope, some).await?);
    }
    Ok(found)
}

async fn some_by_id(tx: &mut Tx, scope: &Scope, ids: &[HouseholdId]) -> Stored<Vec<Household>> {
    const SQL: &str = "SELECT h.id, h.units_from, h.province, h.district, h.commune, h.village, h.address, h.closed, \
                       h.version FROM household h WHERE h.id";
    let mut households = tx
        .query("finding households", SQL)
        .push_ids("", ids.iter().map(|id| id.0))
        .push(" AND")
        .in_scope("h", scope)
        .all("household", household)
        .await?;
    let at: HashMap<HouseholdId, usize> = households.iter().enumerate().map(|(at, h)| (h.id, at)).collect();
    for (id, member) in members(tx, &households).await? {
        if let Some(household) = at.get(&id).and_then(|at| households.get_mut(*at)) {
            household.members.push(member);
        }
    }
    for (id, event) in events(tx, &households).await? {
        if let Some(household) = at.get(&id).and_then(|at| households.get_mut(*at)) {
            household.events.push(event);
        }
    }
    Ok(households)
}

/// More than this begin alike only when somebody made ids by the million in one millisecond.
const BETWEEN: i64 = 4_096;

pub(super) async fn ids_between(
    tx: &mut Tx,
    scope: &Scope,
    low: HouseholdId,
    high: HouseholdId,
) -> Stored<Vec<HouseholdId>> {
    tx.query("finding households by code", "SELECT h.id FROM household h WHERE")
        .push_bind(" h.id >= ", low.0)
        .push_bind(" AND h.id <= ", high.0)
        .push(" AND")
        .also_in_scope("h", scope)
        .push_bind(" ORDER BY h.id LIMIT ", BETWEEN)
        .all("household", |row| row.uuid().map(HouseholdId))
        .await
}

async fn members(tx: &mut Tx, of: &[Household]) -> Stored<Vec<(HouseholdId, Member)>> {
    const SQL: &str = "SELECT m.household, p.id, p.name, p.sex, p.birth, p.paper, p.ethnicity, m.relation, m.is_head, \
                       m.joined_on, m.joined_reason, m.left_on, m.left_reason \
                       FROM membership m JOIN person p ON p.id = m.person WHERE m.household";
    tx.query("finding members", SQL)
        .push_ids("", of.iter().map(|h| h.id.0))
        .push(" ORDER BY m.household, m.position")
        .all("membership", member)
        .await
}

async fn events(tx: &mut Tx, of: &[Household]) -> Stored<Vec<(HouseholdId, HouseholdEvent)>> {
    const SQL: &str = "SELECT e.household, e.day, e.kind, e.other, e.note FROM household_event e WHERE e.household";
    tx.query("finding events", SQL)
        .push_ids("", of.iter().map(|h| h.id.0))
        .push(" ORDER BY e.household, e.position")
        .all("household_event", event)
        .await
}

fn household(row: &mut Row) -> Stored<Household> {
    Ok(Household {
        id: HouseholdId(row.uuid()?),
        place: Place {
            units_from: row.day()?,
            province: row.text()?,
            district: row.text()?,
            commune: row.text()?,
            village: VillageId(row.uuid()?),
        },
        address: row.take()?,
        members: Vec::new(),
        events: Vec::new(),
        closed: row.day_if_any()?,
        version: row.take()?,
    })
}

fn member(row: &mut Row) -> Stored<(HouseholdId, Member)> {
    let household = HouseholdId(row.uuid()?);
    let id = PersonId(row.uuid()?);
    let name = row.text()?;
    let sex: Option<String> = row.take()?;
    let sex = sex.map(|s| Sex::from_id(&s).ok_or_else(|| row.unreadable(format!("`{s}` is no sex")))).transpose()?;
    let (birth, paper, ethnicity) = (row.birth_if_any()?, row.take()?, row.number_if_any()?);
    let person = Person { id, name, sex, birth, paper, ethnicity };
    let (relation, is_head) = (row.text()?, row.take()?);
    let joined = row.day_if_any()?.zip(row.take::<Option<String>>()?.as_deref().and_then(joined_from));
    let left = row.day_if_any()?.zip(row.take::<Option<String>>()?.as_deref().and_then(left_from));
    Ok((household, Member { person, relation, is_head, joined, left }))
}

/// `household, day, kind, other, note`.
pub(crate) fn event(row: &mut Row) -> Stored<(HouseholdId, HouseholdEvent)> {
    let household = HouseholdId(row.uuid()?);
    let (day, kind) = (row.day()?, row.text()?);
    let other: Option<Uuid> = row.take()?;
    Ok((household, HouseholdEvent { day, kind, other: other.map(HouseholdId), note: row.take()? }))
}

pub(super) fn joined_id(reason: JoinReason) -> &'static str {
    match reason {
        JoinReason::Born => "born",
        JoinReason::MovedIn => "moved_in",
        JoinReason::Rearranged => "rearranged",
        JoinReason::OnList => "on_list",
    }
}

fn joined_from(id: &str) -> Option<JoinReason> {
    [JoinReason::Born, JoinReason::MovedIn, JoinReason::Rearranged, JoinReason::OnList]
        .into_iter()
        .find(|reason| joined_id(*reason) == id)
}

pub(super) fn left_id(reason: LeaveReason) -> &'static str {
    match reason {
        LeaveReason::Died => "died",
        LeaveReason::MovedAway => "moved_away",
        LeaveReason::Rearranged => "rearranged",
        LeaveReason::OffList => "off_list",
    }
}

fn left_from(id: &str) -> Option<LeaveReason> {
    [LeaveReason::Died, LeaveReason::MovedAway, LeaveReason::Rearranged, LeaveReason::OffList]
        .into_iter()
        .find(|reason| left_id(*reason) == id)
}

pub(super) async fn heads(tx: &mut Tx, scope: &Scope) -> Stored<Vec<HeadRecord>> {
    const SQL: &str = "SELECT h.id, h.commune, h.village, h.head_folded, h.head_birth, h.head_paper, h.version \
                       FROM household h WHERE h.closed IS NULL AND";
    tx.query("listing heads", SQL)
        .in_scope("h", scope)
        .all("household", |row| {
            Ok(HeadRecord {
                household: HouseholdId(row.uuid()?),
                commune: row.text()?,
                village: VillageId(row.uuid()?),
                folded_name: row.text()?,
                birth: row.birth_if_any()?,
                paper: row.take()?,
                version: row.take()?,
            })
        })
        .await
}
