//! The household itself, without an account: with its code and the head's birth date it sees where its request stands and
//! files a new one. Wrong pairs are counted and rest, so that nobody tries codes through.

use domain::access::{Actor, Role};
use domain::registry::Household;
use domain::review::request::{Channel, Request, RequestKind};
use domain::review::unplaced::UnplacedRequest;
use domain::units::Scope;
use kernel::{BirthDate, HouseholdId, RequestId, UserId};
use serde_json::json;
use storage::Work;
use uuid::Uuid;

use super::REQUEST;
use super::file::{FileInput, file_in};
use super::unplaced::by_number;
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

/// What a code and a birth date open.
#[derive(Debug, Clone)]
pub enum LookedUp {
    Own(OwnView),
    /// A request whose household nobody has found yet, or was not found.
    Unplaced(UnplacedRequest),
}

/// What a household sees of itself.
#[derive(Debug, Clone)]
pub struct OwnView {
    pub household: HouseholdId,
    pub head: String,
    pub year: i16,
    /// Its class once somebody has decided it.
    pub decided: Option<(String, String)>,
    pub requests: Vec<Request>,
}

/// The code a household knows itself by: its id without dashes, short enough to be read out over a phone.
pub fn code_of(household: HouseholdId) -> String {
    code(household.0)
}

/// The number that a request without a household is asked after with, written as codes are.
pub fn number_of(request: RequestId) -> String {
    code(request.0)
}

fn code(id: Uuid) -> String {
    let hex = id.simple().to_string().to_uppercase();
    let tail: String = hex.chars().skip(hex.len().saturating_sub(12)).collect();
    let head: String = hex.chars().take(12).collect();
    format!("{head}-{tail}")
}

/// A code as it is read, whatever stands between its letters: compared so, and counted so.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

pub(super) fn is_code_of(written: &str, id: Uuid) -> bool {
    plain(written) == plain(&code(id))
}

/// Where failures with a code are counted, in a bounded number of places: codes that do not exist are counted too.
fn slot_of(code: &str) -> String {
    let hash = crate::digest::hash_of(plain(code).as_bytes());
    format!("online:{}", hash.get(..4).unwrap_or_default())
}

enum Proven {
    Household(Household),
    Unplaced(UnplacedRequest),
}

async fn proven(house: &House, work: &mut dyn Work, ask: &LookUp) -> Result<(Scope, Proven), AppError> {
    let refused = || AppError::Refused { code: "ONL-001" };
    let scope = province_scope(house, work).await?.ok_or_else(refused)?;
    let slot = slot_of(&ask.code);
    let now = house.clock.now_ms();
    let failures = work.setting(&slot).await?.as_deref().and_then(Failures::read).unwrap_or_default();
    if failures.is_resting(now) {
        return Err(AppError::Refused { code: "ONL-002" });
    }
    let birth: Option<BirthDate> = ask.birth.trim().parse().ok();
    let found = match (range_of(&ask.code), birth) {
        (Some(range), Some(_)) => by_range(work, &scope, range, &ask.code).await?,
        _ => None,
    };
    let fits = |h: &Household| {
        is_code_of(&ask.code, h.id.0)
            && h.closed.is_none()
            && h.head().and_then(|m| m.person.birth) == birth
            && birth.is_some()
    };
    if let Some(household) = found.filter(fits) {
        return Ok((scope, Proven::Household(household)));
    }
    if let Some(request) = by_number(work, &scope, ask).await? {
        return Ok((scope, Proven::Unplaced(request)));
    }
    let mut counting = house.store.write().await?;
    counting.save_setting(&slot, &failures.after_one_more(now).written()).await?;
    counting.commit().await?;
    Err(refused())
}

/// The ids that a written code may stand for: their middle is drawn at random and not part of a code.
pub(super) fn range_of(code: &str) -> Option<(Uuid, Uuid)> {
    let plain = plain(code);
    if plain.len() != 24 || !plain.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    let head = u64::from_str_radix(plain.get(..12)?, 16).ok()?;
    let tail = u64::from_str_radix(plain.get(12..)?, 16).ok()?;
    let low = Uuid::from_u64_pair(head << 16, tail);
    Some((low, Uuid::from_u64_pair((head << 16) | 0xffff, tail | 0xffff_0000_0000_0000)))
}

async fn by_range(
    work: &mut dyn Work,
    scope: &Scope,
    (low, high): (Uuid, Uuid),
    code: &str,
) -> Result<Option<Household>, AppError> {
    let ids = work.household_ids_between(scope, HouseholdId(low), HouseholdId(high)).await?;
    match ids.into_iter().find(|id| is_code_of(code, id.0)) {
        Some(id) => Ok(work.household(scope, id).await?),
        None => Ok(None),
    }
}

/// Where a household's requests stand; whoever proves to be it sees its own and nobody else's.
pub async fn look_up(house: &House, ask: &LookUp) -> Result<LookedUp, AppError> {
    let mut work = house.store.read().await?;
    let (scope, household) = match proven(house, work.as_mut(), ask).await? {
        (scope, Proven::Household(household)) => (scope, household),
        (_, Proven::Unplaced(request)) => return Ok(LookedUp::Unplaced(request)),
    };
    let year = year_of_work(house, work.as_mut()).await?;
    let stored = work.assessments(&scope, household.id).await?;
    let decided =
        stored.iter().find_map(|s| s.assessment.decision.as_ref()).map(|d| (d.class.clone(), d.number.clone()));
    let requests = work.requests_of(&scope, household.id).await?;
    let head = household.head_name().to_owned();
    Ok(LookedUp::Own(OwnView { household: household.id, head, year, decided, requests }))
}

/// Files a request on line.
pub async fn file_online(house: &House, ask: &LookUp, kind: RequestKind, reason: &str) -> Result<Request, AppError> {
    if kind == RequestKind::LowIncomeWorker {
        return Err(AppError::Form(vec![FieldFault::at("kind", "field-choice")]));
    }
    let mut work = house.store.read().await?;
    let (scope, Proven::Household(household)) = proven(house, work.as_mut(), ask).await? else {
        return Err(AppError::Refused { code: "ONL-001" });
    };
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
        let is = |written: &str, id: HouseholdId| is_code_of(written, id.0);
        assert!(is(&code, id) && is("0191c0de7abc 00000000002a", id) && !is(&code, other));
        let (low, high) = range_of(&code).unwrap();
        assert!(low <= id.0 && id.0 <= high);
        assert_eq!(range_of("0191C0DE"), None);
    }

    #[test]
    fn a_code_is_counted_once_whatever_stands_between_its_letters() {
        let slot = slot_of("0191C0DE7ABC-00000000002A");
        for written in ["0191c0de7abc.00000000002a", "0191 C0DE 7ABC 0000 0000 002A", "0191C0DE7ABC--00000000002A"] {
            assert_eq!(slot_of(written), slot, "{written}");
        }
        assert_ne!(slot_of("0191C0DE7ABC-00000000002B"), slot);
    }
}
