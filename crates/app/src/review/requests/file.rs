//! Filing a request, and the list of them.

use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::review::request::{Channel, Request, RequestKind, RequestStop, monthly_days};
use domain::units::Scope;
use kernel::{Day, HouseholdId, PersonId, RequestId};
use norms::{Calendar, Citation, Dated, IncomeRoute, MonthlyRoute};
use serde_json::json;
use storage::Work;

use super::REQUEST;
use crate::{AppError, FieldFault, House};

/// A request as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInput {
    pub kind: RequestKind,
    pub channel: Channel,
    pub household: HouseholdId,
    pub person: Option<PersonId>,
    pub received: Day,
    pub filed_by: String,
    pub reason: String,
}

/// A request with what a page needs to show it.
#[derive(Debug, Clone)]
pub struct RequestView {
    pub request: Request,
    pub household: Household,
    pub village: String,
    pub late: bool,
}

/// The law of a kind of request on a day.
pub(crate) fn income_route(house: &House, kind: RequestKind, day: Day) -> Result<Dated<IncomeRoute>, AppError> {
    let id = match kind {
        RequestKind::LowIncomeWorker => "review.routes.low_income",
        _ => "review.routes.average_living",
    };
    Ok(house.norms.in_force(id, day)?)
}

pub(crate) fn citation(house: &House, kind: RequestKind, day: Day) -> Option<Citation> {
    if kind.by_income() {
        return income_route(house, kind, day).ok()?.basis.citation;
    }
    house.norms.in_force::<MonthlyRoute>("review.routes.monthly", day).ok()?.basis.citation
}

/// When its review opens and by when it is decided, by the route of its kind.
fn days(house: &House, kind: RequestKind, received: Day) -> Result<(Day, Option<Day>), AppError> {
    let calendar = house.norms.in_force::<Calendar>("review.calendar", received)?.value;
    let law = citation(house, kind, received);
    if kind.by_income() {
        let route = income_route(house, kind, received)?;
        return Ok((domain::review::deadline::opening_day(received, route.value.opens_on_day), None));
    }
    let route = house.norms.in_force::<MonthlyRoute>("review.routes.monthly", received)?;
    let found = monthly_days(&route.value, &calendar, received);
    let (opens, due) = found.map_err(|gap| RequestStop::from(gap).by(law.as_ref()))?;
    Ok((opens, Some(due)))
}

/// Takes a request in: by an officer at the counter or from the post.
pub async fn file(house: &House, actor: &Actor, input: &FileInput) -> Result<Request, AppError> {
    check(actor, Verb::TakeRequest)?;
    let mut work = house.store.write().await?;
    let household = work.household(&actor.scope, input.household).await?.ok_or(AppError::Missing("household"))?;
    let request = file_in(house, work.as_mut(), &actor.scope, &household, input).await?;
    let detail = json!({"kind": input.kind, "channel": input.channel, "household": household.id});
    let subject = (REQUEST, request.id.to_string());
    work.record(&house.entry(actor, "request_filed", subject, Some(household.place.clone()), detail)).await?;
    work.commit().await?;
    Ok(request)
}

pub(super) async fn file_in(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    household: &Household,
    input: &FileInput,
) -> Result<Request, AppError> {
    let law = citation(house, input.kind, input.received);
    if input.received > house.clock.today() {
        return Err(RequestStop::DayInFuture { day: input.received }.by(law.as_ref()).into());
    }
    let reason = kernel::text::nfc(&input.reason);
    if reason.trim().is_empty() {
        return Err(AppError::Form(vec![FieldFault::at("reason", "field-missing")]));
    }
    let person = input.person.filter(|id| household.member(*id).is_some());
    if input.kind == RequestKind::LowIncomeWorker && person.is_none() {
        return Err(AppError::Form(vec![FieldFault::at("person", "field-choice")]));
    }
    let known = work.requests_of(scope, household.id).await?;
    if known.iter().any(|r| r.kind == input.kind && r.person == person && r.decision.is_none()) {
        return Err(RequestStop::OpenBefore.by(law.as_ref()).into());
    }
    let (opens, due) = days(house, input.kind, input.received)?;
    let request = Request {
        id: RequestId(house.ids.next()),
        place: household.place.clone(),
        year: input.received.year(),
        kind: input.kind,
        household: household.id,
        person,
        channel: input.channel,
        received: input.received,
        opens,
        due,
        filed_by: kernel::text::nfc(&input.filed_by),
        reason,
        round: None,
        moves: Vec::new(),
        income: None,
        earlier_incomes: Vec::new(),
        posting: None,
        decision: None,
        version: 0,
    };
    work.save_request(&request).await?;
    Ok(request)
}

/// Requests of a year in the wished unit; open ones first, by the day they are due.
pub async fn requests(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
) -> Result<Vec<RequestView>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let mut found = work.requests(&scope, year).await?;
    found.sort_by_key(|r| (r.decision.is_some(), r.due, std::cmp::Reverse(r.received)));
    let ids: Vec<HouseholdId> = found.iter().map(|r| r.household).collect();
    let households = work.households_by_id(&scope, &ids).await?;
    let villages = work.villages(&scope).await?;
    let today = house.clock.today();
    let view = |request: Request| {
        let household = households.iter().find(|h| h.id == request.household)?.clone();
        let village = villages.iter().find(|v| v.id == request.place.village);
        Some(RequestView {
            late: request.is_late(today),
            village: village.map(|v| v.name.clone()).unwrap_or_default(),
            household,
            request,
        })
    };
    Ok(found.into_iter().filter_map(view).collect())
}

/// One request of the actor's area.
pub async fn request_view(house: &House, actor: &Actor, id: RequestId) -> Result<RequestView, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    let request = work.request(&actor.scope, id).await?.ok_or(AppError::Missing("request"))?;
    let household = work.household(&actor.scope, request.household).await?.ok_or(AppError::Missing("household"))?;
    let village = work.villages(&actor.scope).await?.into_iter().find(|v| v.id == request.place.village);
    let late = request.is_late(house.clock.today());
    Ok(RequestView { request, household, village: village.map(|v| v.name).unwrap_or_default(), late })
}
