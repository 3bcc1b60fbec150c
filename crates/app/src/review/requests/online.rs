//! The household itself, without an account: with its code and the head's birth date it sees where its request stands and
//! files a new one. Wrong pairs are counted and rest, so that nobody tries codes through.

use domain::access::{Actor, Role};
use domain::registry::Household;
use domain::review::request::{Channel, Request, RequestKind};
use domain::units::Scope;
use kernel::{BirthDate, HouseholdId, UserId};
use serde_json::json;
use storage::Work;
use uuid::Uuid;

use super::REQUEST;
use super::file::{FileInput, file_in};
use crate::access::{Failures, province_scope, year_of_work};
use crate::{AppError, FieldFault, House};

/// What a household is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LookUp {
    /// As printed on its papers: the household's code.
    pub code: String,
    /// The head's birth date.
    pub birth: String,
}

/// What a household sees of itself.
#[derive(Debug, Clone)]
pub struct LookedUp {
    pub household: HouseholdId,
    pub head: String,
    pub year: i16,
    /// Its class once somebody has decided it.
    pub decided: Option<(String, String)>,
    pub requests: Vec<Request>,
}

/// The code a household knows itself by: its id without dashes, short enough to be read out over a phone.
pub fn code_of(household: HouseholdId) -> String {
    let hex = household.0.simple().to_string().to_uppercase();
    let tail: String = hex.chars().skip(hex.len().saturating_sub(12)).collect();
    let head: String = hex.chars().take(12).collect();
    format!("{head}-{tail}")
}

fn id_of(code: &str, known: HouseholdId) -> bool {
    let plain =
        |text: &str| -> String { text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase() };
    plain(code) == plain(&code_of(known))
}

async fn proven(house: &House, work: &mut dyn Work, ask: &LookUp) -> Result<(Scope, Household), AppError> {
    let refused = || AppError::Refused { code: "ONL-001" };
    let scope = province_scope(house, work).await?.ok_or_else(refused)?;
    let slot = format!("online:{}", ask.code.trim().to_uppercase().chars().take(32).collect::<String>());
    let now = house.clock.now_ms();
    let failures = work.setting(&slot).await?.as_deref().and_then(Failures::read).unwrap_or_default();
    if failures.is_resting(now) {
        return Err(AppError::Refused { code: "ONL-002" });
    }
    let birth: Option<BirthDate> = ask.birth.trim().parse().ok();
    let found = match (first_half(&ask.code), birth) {
        (Some(prefix), Some(_)) => by_prefix(work, &scope, &prefix).await?,
        _ => None,
    };
    let fits = |h: &Household| {
        id_of(&ask.code, h.id)
            && h.closed.is_none()
            && h.head().and_then(|m| m.person.birth) == birth
            && birth.is_some()
    };
    if let Some(household) = found.filter(fits) {
        return Ok((scope, household));
    }
    let mut counting = house.store.write().await?;
    counting.save_setting(&slot, &failures.after_one_more(now).written()).await?;
    counting.commit().await?;
    Err(refused())
}

/// The first half of a written code, as the beginning of an id.
fn first_half(code: &str) -> Option<(u64, String)> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    if plain.len() != 24 || !plain.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    let head = plain.get(..12)?.to_lowercase();
    Some((u64::from_str_radix(&head, 16).ok()?, plain.get(12..)?.to_lowercase()))
}

/// A household whose id begins and ends like this. The middle of an id of ours is drawn at random and not part of a code,
/// so the register is asked for the range.
async fn by_prefix(
    work: &mut dyn Work,
    scope: &Scope,
    (head, tail): &(u64, String),
) -> Result<Option<Household>, AppError> {
    let tail = u64::from_str_radix(tail, 16).unwrap_or(0);
    let low = Uuid::from_u64_pair(head << 16, tail);
    let high = Uuid::from_u64_pair((head << 16) | 0xffff, tail | 0xffff_0000_0000_0000);
    let ids = work.household_ids_between(scope, HouseholdId(low), HouseholdId(high)).await?;
    let ends = |id: &HouseholdId| id.0.as_u64_pair().1 & 0xffff_ffff_ffff == tail;
    match ids.into_iter().find(ends) {
        Some(id) => Ok(work.household(scope, id).await?),
        None => Ok(None),
    }
}

/// Where a household's requests stand; whoever proves to be it sees its own and nobody else's.
pub async fn look_up(house: &House, ask: &LookUp) -> Result<LookedUp, AppError> {
    let mut work = house.store.read().await?;
    let (scope, household) = proven(house, work.as_mut(), ask).await?;
    let year = year_of_work(house, work.as_mut()).await?;
    let stored = work.assessments(&scope, household.id).await?;
    let decided =
        stored.iter().find_map(|s| s.assessment.decision.as_ref()).map(|d| (d.class.clone(), d.number.clone()));
    let requests = work.requests_of(&scope, household.id).await?;
    Ok(LookedUp { household: household.id, head: household.head_name().to_owned(), year, decided, requests })
}

/// Files a request on line.
pub async fn file_online(house: &House, ask: &LookUp, kind: RequestKind, reason: &str) -> Result<Request, AppError> {
    if kind == RequestKind::LowIncomeWorker {
        return Err(AppError::Form(vec![FieldFault::at("kind", "field-choice")]));
    }
    let mut work = house.store.read().await?;
    let (scope, household) = proven(house, work.as_mut(), ask).await?;
    drop(work);
    let mut work = house.store.write().await?;
    let filed_by = household.head_name().to_owned();
    let input = FileInput {
        kind,
        channel: Channel::Online,
        household: household.id,
        person: None,
        received: house.clock.today(),
        filed_by: filed_by.clone(),
        reason: reason.to_owned(),
    };
    let request = file_in(house, work.as_mut(), &scope, &household, &input).await?;
    // The household acts for itself; it has no account.
    let itself = Actor { id: UserId(household.id.0), name: filed_by, role: Role::Reader, scope };
    let detail = json!({"kind": kind, "channel": Channel::Online, "household": household.id});
    let subject = (REQUEST, request.id.to_string());
    work.record(&house.entry(&itself, "request_filed", subject, Some(household.place.clone()), detail)).await?;
    work.commit().await?;
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_with_and_without_its_dash_and_fits_its_household_alone() {
        let id: HouseholdId = "0191c0de-7abc-7000-8000-00000000002a".parse().unwrap();
        let other: HouseholdId = "0191c0de-7abc-7000-8000-00000000002b".parse().unwrap();
        let code = code_of(id);
        assert_eq!(code, "0191C0DE7ABC-00000000002A");
        assert!(id_of(&code, id) && id_of("0191c0de7abc 00000000002a", id) && !id_of(&code, other));
        assert_eq!(first_half(&code), Some((0x0191_c0de_7abc, "00000000002a".to_owned())));
        assert_eq!(first_half("0191C0DE"), None);
    }
}
