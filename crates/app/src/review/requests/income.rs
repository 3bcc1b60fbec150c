//! Income cases: twelve months' income without the State's allowances, posting and recheck of their own.

use domain::access::{Actor, Verb, check};
use domain::review::request::{Request, RequestKind, RequestRefusal, RequestStop, UnderRoute};
use kernel::{Day, RequestId};
use norms::{Calendar, Standard};
use serde_json::{Value, json};
use storage::Work;

use super::REQUEST;
use super::file::income_route;
use crate::registry::area_of;
use crate::{AppError, FieldFault, House};

/// Income as typed, in đồng.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IncomeInput {
    pub total: String,
    pub allowances: String,
}

fn money(field: &str, text: &str) -> Result<i64, FieldFault> {
    if text.trim().is_empty() {
        return if field == "allowances" { Ok(0) } else { Err(FieldFault::at(field, "field-missing")) };
    }
    match kernel::parse_decimal_tenths(text) {
        Ok(tenths) if tenths < 0 => Err(FieldFault::at(field, "field-negative")),
        Ok(tenths) => Ok(tenths / 10),
        Err(fault) => Err(FieldFault::at(field, crate::registry::number_problem(fault))),
    }
}

/// One act on an income case.
async fn act(
    house: &House,
    actor: &Actor,
    (id, version): (RequestId, i64),
    day: Day,
    act: impl FnOnce(Request, UnderRoute<'_>) -> Result<Request, RequestRefusal> + Send,
    (verb, detail): (&str, Value),
) -> Result<Request, AppError> {
    check(actor, Verb::TakeRequest)?;
    let mut work = house.store.write().await?;
    let request = at_version(work.as_mut(), actor, id, version).await?;
    let route = income_route(house, request.kind, day)?;
    let calendar = house.norms.in_force::<Calendar>("review.calendar", day)?.value;
    let under = UnderRoute { route: &route, calendar: &calendar, day, today: house.clock.today() };
    let request = act(request, under)?;
    work.save_request(&request).await?;
    let entry = house.entry(actor, verb, (REQUEST, id.to_string()), Some(request.place.clone()), detail);
    work.record(&entry).await?;
    work.commit().await?;
    Ok(request)
}

pub(super) async fn at_version(
    work: &mut dyn Work,
    actor: &Actor,
    id: RequestId,
    version: i64,
) -> Result<Request, AppError> {
    let request = work.request(&actor.scope, id).await?.ok_or(AppError::Missing("request"))?;
    if request.version == version { Ok(request) } else { Err(AppError::Conflict("request")) }
}

/// Determines the income per person and month and whether it fits.
pub async fn determine(
    house: &House,
    actor: &Actor,
    at: (RequestId, i64),
    day: Day,
    input: &IncomeInput,
) -> Result<Request, AppError> {
    check(actor, Verb::TakeRequest)?;
    let (total, allowances) = (money("total", &input.total), money("allowances", &input.allowances));
    let (total, allowances) = match (total, allowances) {
        (Ok(total), Ok(allowances)) if allowances <= total => (total, allowances),
        (Ok(_), Ok(_)) => return Err(AppError::Form(vec![FieldFault::at("allowances", "field-number-too-large")])),
        (total, allowances) => {
            return Err(AppError::Form(total.err().into_iter().chain(allowances.err()).collect()));
        }
    };
    let mut work = house.store.read().await?;
    let request = work.request(&actor.scope, at.0).await?.ok_or(AppError::Missing("request"))?;
    let household = work.household(&actor.scope, request.household).await?.ok_or(AppError::Missing("household"))?;
    let rules = house.rules(request.year, &request.place.province)?;
    let area = area_of(house, &request.place, &rules).ok_or(AppError::Refused { code: "REG-010" })?;
    let standard = house.norms.in_force::<Standard>("review.standard", day)?.value;
    let persons = if request.kind == RequestKind::LowIncomeWorker { 1 } else { household.size() };
    let listed = is_listed(work.as_mut(), &request, &rules).await?;
    drop(work);
    let persons = u16::try_from(persons).unwrap_or(u16::MAX);
    let detail = json!({"total": total, "allowances": allowances, "persons": persons});
    let decide = move |request: Request, under: UnderRoute<'_>| {
        if listed {
            return Err(RequestStop::ListedHousehold.by(under.route.basis.citation.as_ref()));
        }
        request.determine((total, allowances), persons, (&standard, area), under)
    };
    act(house, actor, at, day, decide, ("income_determined", detail)).await
}

/// Whether the household is poor or near-poor by its newest class.
async fn is_listed(work: &mut dyn Work, request: &Request, rules: &norms::Rulebook) -> Result<bool, AppError> {
    for year in [request.year, request.year - 1] {
        let known = work.assessments_by_household(year, &[request.household]).await?;
        if let Some(class) = known.first().and_then(|s| s.class.as_ref()) {
            return Ok(rules.classes.value.get(class).is_some_and(|c| c.listed));
        }
    }
    Ok(false)
}

pub async fn post(house: &House, actor: &Actor, at: (RequestId, i64), day: Day) -> Result<Request, AppError> {
    act(house, actor, at, day, Request::post, ("income_posted", json!({"day": day}))).await
}

pub async fn object(
    house: &House,
    actor: &Actor,
    at: (RequestId, i64),
    day: Day,
    text: &str,
) -> Result<Request, AppError> {
    let said = text.to_owned();
    let detail = json!({"day": day, "text": text.trim()});
    act(house, actor, at, day, move |r, under| r.object(&said, under), ("income_objected", detail)).await
}

pub async fn answer(
    house: &House,
    actor: &Actor,
    at: (RequestId, i64),
    day: Day,
    (number, text): (u32, &str),
) -> Result<Request, AppError> {
    let said = text.to_owned();
    let detail = json!({"day": day, "number": number, "text": text.trim()});
    act(house, actor, at, day, move |r, under| r.answer(number, &said, under), ("income_answered", detail)).await
}
