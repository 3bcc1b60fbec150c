//! A household without a code asks on line: it says who it is and where it lives. An officer of the commune finds it in the
//! register, and its request then runs from the day it came in; or answers what to do instead. Nothing is made by itself.

use domain::access::{Actor, Role, Verb, check};
use domain::registry::Household;
use domain::review::request::{Channel, Request, RequestKind};
use domain::review::unplaced::{Placed, UnplacedRequest};
use domain::units::{Place, Scope, ScopeLevel, Village};
use kernel::{BirthDate, HouseholdId, RequestId, UserId, VillageId};
use norms::Level;
use serde_json::json;
use storage::{HeadRecord, Work};

use super::file::{FileInput, file_in};
use super::online::{LookUp, range_of};
use crate::access::province_scope;
use crate::{AppError, FieldFault, House};

/// The subject under which they stand in the trail.
const UNPLACED: &str = "unplaced_request";
/// More in one commune that nobody has looked at are no households.
const MOST_OPEN: usize = 500;
/// What is written in one field, in letters.
const LONGEST: usize = 1000;
/// Households offered for one request.
const MOST_CANDIDATES: usize = 10;

/// What a household says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AskInput {
    pub kind: Option<RequestKind>,
    pub village: Option<VillageId>,
    pub head: String,
    pub birth: String,
    pub phone: String,
    pub reason: String,
}

/// A request with the households it may be of, the likeliest first.
#[derive(Debug, Clone)]
pub struct UnplacedView {
    pub request: UnplacedRequest,
    pub village: String,
    pub candidates: Vec<Household>,
}

/// The communes that a household may live in: code and full name, with the district's.
pub async fn communes_to_ask(house: &House) -> Result<Vec<(String, String)>, AppError> {
    let mut work = house.store.read().await?;
    let Some(scope) = province_scope(house, work.as_mut()).await? else { return Ok(Vec::new()) };
    let units = house.units(&scope);
    let named = |unit: &norms::Unit| {
        let above = units.parent(unit).map(|above| format!(", {}", above.full_name())).unwrap_or_default();
        (unit.code.clone(), format!("{}{above}", unit.full_name()))
    };
    let mut communes: Vec<_> = units.communes_below(Level::Province, &scope.code).into_iter().map(named).collect();
    communes.sort_by_cached_key(|(_, name)| kernel::text::sort_key(name));
    Ok(communes)
}

/// The villages of a commune, for whoever says where they live.
pub async fn villages_to_ask(house: &House, commune: &str) -> Result<Vec<Village>, AppError> {
    let mut work = house.store.read().await?;
    let scope = commune_of(house, work.as_mut(), commune).await?;
    let mut villages = work.villages(&scope).await?;
    villages.sort_by_cached_key(|village| kernel::text::sort_key(&village.name));
    Ok(villages)
}

async fn commune_of(house: &House, work: &mut dyn Work, code: &str) -> Result<Scope, AppError> {
    let province = province_scope(house, work).await?.ok_or(AppError::Missing("unit"))?;
    let unit = house.units(&province).commune(code).ok_or(AppError::Missing("unit"))?;
    let scope = Scope::new(province.units_from, ScopeLevel::Commune, unit.code.clone());
    if house.province_of(&scope) == province.code { Ok(scope) } else { Err(AppError::Missing("unit")) }
}

fn read(input: &AskInput) -> Result<(RequestKind, VillageId), AppError> {
    let kinds = [RequestKind::Enter, RequestKind::AverageLiving];
    let kind = input.kind.filter(|kind| kinds.contains(kind));
    let mut faults = Vec::new();
    for (field, text) in [("head", &input.head), ("birth", &input.birth), ("reason", &input.reason)] {
        if text.trim().is_empty() {
            faults.push(FieldFault::at(field, "field-missing"));
        }
    }
    for (field, text) in [("head", &input.head), ("phone", &input.phone), ("reason", &input.reason)] {
        if text.chars().count() > LONGEST {
            faults.push(FieldFault::at(field, "field-text-long"));
        }
    }
    if !input.birth.trim().is_empty() && input.birth.trim().parse::<BirthDate>().is_err() {
        faults.push(FieldFault::at("birth", "field-date"));
    }
    if kind.is_none() {
        faults.push(FieldFault::at("kind", "field-choice"));
    }
    if input.village.is_none() {
        faults.push(FieldFault::at("village", "field-choice"));
    }
    match (kind, input.village) {
        (Some(kind), Some(village)) if faults.is_empty() => Ok((kind, village)),
        _ => Err(AppError::Form(faults)),
    }
}

/// Takes a request in without an account. The register is not changed, and nothing of it is told.
pub async fn ask_without_code(house: &House, commune: &str, input: &AskInput) -> Result<UnplacedRequest, AppError> {
    let (kind, village) = read(input)?;
    let mut work = house.store.write().await?;
    let scope = commune_of(house, work.as_mut(), commune).await?;
    let village = work.villages(&scope).await?.into_iter().find(|v| v.id == village);
    let place = village.ok_or(AppError::Missing("village"))?.place();
    if work.unplaced_requests(&scope).await?.len() >= MOST_OPEN {
        return Err(AppError::Refused { code: "ONL-004" });
    }
    let written = |text: &str| kernel::text::nfc(text.trim());
    let request = UnplacedRequest {
        id: RequestId(house.ids.next()),
        place: place.clone(),
        kind,
        head: written(&input.head),
        birth: written(&input.birth),
        phone: written(&input.phone),
        reason: written(&input.reason),
        received: house.clock.today(),
        placed: None,
        version: 0,
    };
    work.save_unplaced(&request).await?;
    let itself = nobody(&request, scope);
    let detail = json!({"kind": kind, "channel": Channel::Online});
    record(house, work.as_mut(), &itself, ("unplaced_request_filed", detail), &request).await?;
    work.commit().await?;
    Ok(request)
}

/// Whoever asks has no account.
fn nobody(request: &UnplacedRequest, scope: Scope) -> Actor {
    Actor { id: UserId(request.id.0), name: request.head.clone(), role: Role::Reader, scope }
}

async fn record(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    (verb, detail): (&str, serde_json::Value),
    request: &UnplacedRequest,
) -> Result<(), AppError> {
    let subject = (UNPLACED, request.id.to_string());
    let place: Place = request.place.clone();
    Ok(work.record(&house.entry(actor, verb, subject, Some(place), detail)).await?)
}

/// What waits in a commune, oldest first.
pub async fn unplaced(house: &House, actor: &Actor, commune: &Scope) -> Result<Vec<UnplacedView>, AppError> {
    check(actor, Verb::TakeRequest)?;
    let scope = crate::review::rounds::commune_scope(house, actor, commune)?;
    let mut work = house.store.read().await?;
    let open = work.unplaced_requests(&scope).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let heads = work.heads(&scope).await?;
    let villages = work.villages(&scope).await?;
    let mut views = Vec::with_capacity(open.len());
    for request in open {
        let ids = likely(&request, &heads);
        let mut candidates = work.households_by_id(&scope, &ids).await?;
        candidates.sort_by_key(|household| ids.iter().position(|id| *id == household.id));
        let village = villages.iter().find(|v| v.id == request.place.village).map(|v| v.name.clone());
        views.push(UnplacedView { request, village: village.unwrap_or_default(), candidates });
    }
    Ok(views)
}

/// Households whose head has the name or the birth date, those with both and of the village first.
fn likely(request: &UnplacedRequest, heads: &[HeadRecord]) -> Vec<HouseholdId> {
    let name = kernel::text::fold_name(&request.head);
    let birth: Option<BirthDate> = request.birth.parse().ok();
    let mut found: Vec<(usize, HouseholdId)> = heads
        .iter()
        .filter_map(|head| {
            let same_name = head.folded_name == name;
            let same_birth = birth.is_some() && head.birth == birth;
            let here = usize::from(head.village == request.place.village);
            let fits = 4 * usize::from(same_name) + 2 * usize::from(same_birth);
            (fits > 0).then_some((fits + here, head.household))
        })
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().take(MOST_CANDIDATES).map(|(_, household)| household).collect()
}

/// The officer found the household: the request becomes one of it, received on the day it came in.
pub async fn place_request(
    house: &House,
    actor: &Actor,
    (id, version): (RequestId, i64),
    household: HouseholdId,
) -> Result<Request, AppError> {
    let (mut work, unplaced) = open(house, actor, (id, version)).await?;
    let household = work.household(&actor.scope, household).await?.ok_or(AppError::Missing("household"))?;
    let input = FileInput {
        kind: unplaced.kind,
        channel: Channel::Online,
        household: household.id,
        person: None,
        received: unplaced.received,
        filed_by: unplaced.head.clone(),
        reason: unplaced.reason.clone(),
    };
    let request = file_in(house, work.as_mut(), &actor.scope, &household, &input).await?;
    let placed = Placed::Household { household: household.id, request: request.id };
    let detail = json!({"household": household.id, "request": request.id});
    close(house, work, actor, unplaced, (placed, detail)).await?;
    Ok(request)
}

/// The household is not in the register: the officer says what to do.
pub async fn answer_unplaced(
    house: &House,
    actor: &Actor,
    (id, version): (RequestId, i64),
    answer: &str,
) -> Result<(), AppError> {
    let answer = kernel::text::nfc(answer.trim());
    if answer.is_empty() {
        return Err(AppError::Form(vec![FieldFault::at("reply", "field-missing")]));
    }
    let (work, unplaced) = open(house, actor, (id, version)).await?;
    let detail = json!({"answer": answer});
    close(house, work, actor, unplaced, (Placed::NotFound { answer }, detail)).await
}

async fn open(
    house: &House,
    actor: &Actor,
    (id, version): (RequestId, i64),
) -> Result<(Box<dyn Work>, UnplacedRequest), AppError> {
    check(actor, Verb::TakeRequest)?;
    let mut work = house.store.write().await?;
    let found = work.unplaced_request(&actor.scope, id).await?.ok_or(AppError::Missing("request"))?;
    if found.version != version || found.placed.is_some() {
        return Err(AppError::Conflict("request"));
    }
    Ok((work, found))
}

async fn close(
    house: &House,
    mut work: Box<dyn Work>,
    actor: &Actor,
    mut unplaced: UnplacedRequest,
    (placed, detail): (Placed, serde_json::Value),
) -> Result<(), AppError> {
    unplaced.placed = Some((house.clock.today(), actor.name.clone(), placed));
    work.save_unplaced(&unplaced).await?;
    record(house, work.as_mut(), actor, ("unplaced_request_closed", detail), &unplaced).await?;
    work.commit().await?;
    Ok(())
}

/// Where a request without a household stands, by the number it was given and the birth date it named.
pub(super) async fn by_number(
    work: &mut dyn Work,
    scope: &Scope,
    ask: &LookUp,
) -> Result<Option<UnplacedRequest>, AppError> {
    let Some((low, high)) = range_of(&ask.code) else { return Ok(None) };
    let birth: Option<BirthDate> = ask.birth.trim().parse().ok();
    let found = work.unplaced_between(scope, (RequestId(low), RequestId(high))).await?;
    let fits = |r: &UnplacedRequest| {
        super::online::is_code_of(&ask.code, r.id.0) && birth.is_some() && r.birth.parse().ok() == birth
    };
    Ok(found.into_iter().find(fits))
}
