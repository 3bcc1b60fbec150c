//! Adding a household by hand, and correcting what is written about one. A correction is not an event: nothing happened
//! to the household, the paper was wrong.

use domain::access::{Actor, Verb};
use domain::registry::{Household, HouseholdEvent, Member};
use domain::units::Village;
use kernel::text::nfc;
use kernel::{HouseholdId, VillageId};
use norms::Explains;
use serde_json::{Value, json};

use super::change::{Change, Seen, must_be_changeable};
use super::happening::chosen_event;
use super::input::{MemberInput, ReadMember, read_day};
use super::members::{Saved, new_member, paper_warnings, read_members};
use crate::{AppError, FieldFault, House};

/// A household to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundInput {
    pub village: VillageId,
    pub address: String,
    pub members: Vec<MemberInput>,
    /// How it came, where it was not resident before: an arrival event of the norms, and the day as typed.
    pub came: Option<(String, String)>,
}

/// Adds a household.
pub async fn found(house: &House, actor: &Actor, input: &FoundInput) -> Result<Saved, AppError> {
    let mut change = Change::begin(house, actor, Verb::EditRegistry).await?;
    let village = village_of(&mut change, actor, input.village).await?;
    must_be_changeable(change.work.as_mut(), &village.place(), change.year).await?;
    let today = house.clock.today();
    let mut faults = Vec::new();
    let members = read_members(&input.members, today, &change.rules).unwrap_or_else(|found| {
        faults.extend(found);
        Vec::new()
    });
    let events = arrival(input, house, &change).unwrap_or_else(|fault| {
        faults.push(fault);
        Vec::new()
    });
    if !faults.is_empty() {
        return Err(AppError::Form(faults));
    }
    let warnings = paper_warnings(&mut change, actor, None, &members).await?;
    let household = Household {
        id: HouseholdId(house.ids.next()),
        place: village.place(),
        address: optional(&input.address),
        members: head_first(members.iter().map(|read| new_member(house, read)).collect()),
        events,
        closed: None,
        version: 0,
    };
    let detail = json!({"head": household.head_name(), "members": household.size()});
    change.add(house, actor, &household, ("household_founded", detail)).await?;
    change.commit().await?;
    Ok(Saved { household: household.id, warnings })
}

fn arrival(input: &FoundInput, house: &House, change: &Change) -> Result<Vec<HouseholdEvent>, FieldFault> {
    let Some((event, day)) = &input.came else { return Ok(Vec::new()) };
    let kind = chosen_event(event, Explains::Arrival, &change.rules);
    let kind = kind.ok_or_else(|| FieldFault::at("came", "field-choice"))?.id.clone();
    let day = read_day(day, "came_day", house.clock.today())?;
    Ok(vec![HouseholdEvent { day, kind, other: None, note: None }])
}

/// What a person mends about a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectInput {
    pub address: String,
    /// A village of the same commune.
    pub village: VillageId,
    /// All present members; without a person: somebody who was forgotten.
    pub members: Vec<MemberInput>,
}

/// Corrects address, village within the commune, and members' data.
pub async fn correct(house: &House, actor: &Actor, seen: Seen, input: &CorrectInput) -> Result<Saved, AppError> {
    let mut change = Change::begin(house, actor, Verb::EditRegistry).await?;
    let mut household = change.household(actor, seen).await?;
    if let Some(closed) = household.closed {
        return Err(domain::registry::ChangeRefusal::HouseholdClosed { closed }.into());
    }
    let village = village_of(&mut change, actor, input.village).await?;
    if village.commune != household.place.commune {
        return Err(AppError::Form(vec![FieldFault::at("village", "field-choice")]));
    }
    let members = read_members(&input.members, house.clock.today(), &change.rules).map_err(AppError::Form)?;
    let warnings = paper_warnings(&mut change, actor, Some(household.id), &members).await?;
    let before = household.clone();
    household.place = village.place();
    household.address = optional(&input.address);
    for (input, read) in input.members.iter().zip(&members) {
        write_member(house, &mut household, input, read)?;
    }
    if household.present().filter(|member| member.is_head).count() != 1 {
        return Err(AppError::Form(vec![FieldFault::at("members", "field-one-head")]));
    }
    household.members = head_first(household.members);
    let detail = differences(&before, &household);
    change.save(house, actor, &household, ("household_corrected", detail)).await?;
    change.commit().await?;
    Ok(Saved { household: household.id, warnings })
}

fn write_member(
    house: &House,
    household: &mut Household,
    input: &MemberInput,
    read: &ReadMember,
) -> Result<(), AppError> {
    let Some(person) = input.person else {
        household.members.push(new_member(house, read));
        return Ok(());
    };
    let member = household.members.iter_mut().find(|member| member.person.id == person && member.is_present());
    let member = member.ok_or(domain::registry::ChangeRefusal::NotAMember)?;
    member.person = read.person(person);
    member.relation.clone_from(&read.relation);
    member.is_head = read.is_head;
    Ok(())
}

/// What a correction changed, for the trail: the values before and after.
fn differences(before: &Household, after: &Household) -> Value {
    let mut changed = serde_json::Map::new();
    if before.address != after.address {
        changed.insert("address".to_owned(), json!([before.address, after.address]));
    }
    if before.place != after.place {
        changed.insert("village".to_owned(), json!([before.place.village, after.place.village]));
    }
    for member in &after.members {
        let old = before.member(member.person.id);
        if old != Some(member) {
            let key = format!("member {}", member.person.id);
            changed.insert(key, json!([old.map(|m| &m.person), member.person]));
        }
    }
    Value::Object(changed)
}

/// A village of the actor's scope.
pub(crate) async fn village_of(change: &mut Change, actor: &Actor, id: VillageId) -> Result<Village, AppError> {
    let villages = change.work.villages(&actor.scope).await?;
    let village = villages.into_iter().find(|village| village.id == id);
    village.ok_or_else(|| AppError::Form(vec![FieldFault::at("village", "field-choice")]))
}

/// Lists put the head first.
pub(crate) fn head_first(mut members: Vec<Member>) -> Vec<Member> {
    members.sort_by_key(|member| !(member.is_head && member.is_present()));
    members
}

fn optional(text: &str) -> Option<String> {
    Some(nfc(text)).filter(|text| !text.is_empty())
}
