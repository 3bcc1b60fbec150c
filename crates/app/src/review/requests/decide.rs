//! The chairman's answer to a request: granted by income, or refused in writing with reasons.

use domain::access::{Actor, Verb, check};
use domain::review::request::{Request, RequestDecision, RequestKind, UnderRoute};
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, RequestId};
use norms::Calendar;
use serde_json::json;

use super::REQUEST;
use super::file::{citation, income_route};
use super::income::at_version;
use crate::{AppError, House};

/// A decision as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DecideInput {
    pub number: String,
    pub signer: String,
    pub reasons: String,
}

impl DecideInput {
    fn decision(&self, day: Day, class: Option<String>) -> RequestDecision {
        RequestDecision {
            day,
            number: self.number.trim().to_owned(),
            signer: kernel::text::nfc(&self.signer),
            granted: class.is_some(),
            class,
            reasons: kernel::text::nfc(&self.reasons),
        }
    }
}

/// Grants an income case.
pub async fn grant(
    house: &House,
    actor: &Actor,
    (id, version): (RequestId, i64),
    day: Day,
    input: &DecideInput,
) -> Result<Request, AppError> {
    check(actor, Verb::Recognise)?;
    let mut work = house.store.write().await?;
    let request = at_version(work.as_mut(), actor, id, version).await?;
    let route = income_route(house, request.kind, day)?;
    let calendar = house.norms.in_force::<Calendar>("review.calendar", day)?.value;
    let under = UnderRoute { route: &route, calendar: &calendar, day, today: house.clock.today() };
    let class = match request.kind {
        RequestKind::AverageLiving => "average_living",
        _ => "low_income_worker",
    };
    let request = request.grant(input.decision(day, Some(class.to_owned())), under)?;
    finish(house, actor, work, request, "request_granted").await
}

/// Refuses in writing, with reasons.
pub async fn refuse(
    house: &House,
    actor: &Actor,
    (id, version): (RequestId, i64),
    day: Day,
    input: &DecideInput,
) -> Result<Request, AppError> {
    check(actor, Verb::Recognise)?;
    let mut work = house.store.write().await?;
    let request = at_version(work.as_mut(), actor, id, version).await?;
    let law = citation(house, request.kind, day);
    let request = request.refuse(input.decision(day, None), (day, house.clock.today()), law.as_ref())?;
    finish(house, actor, work, request, "request_refused").await
}

async fn finish(
    house: &House,
    actor: &Actor,
    mut work: Box<dyn storage::Work>,
    request: Request,
    verb: &str,
) -> Result<Request, AppError> {
    if let Some(decision) = &request.decision {
        // A number that is typed here is not drawn by a round at the same moment.
        let commune = Scope::new(request.place.units_from, ScopeLevel::Commune, request.place.commune.clone());
        work.hold_paper_series(&commune, decision.day.year()).await?;
    }
    work.save_request(&request).await?;
    let detail = json!({"decision": request.decision});
    let subject = (REQUEST, request.id.to_string());
    work.record(&house.entry(actor, verb, subject, Some(request.place.clone()), detail)).await?;
    work.commit().await?;
    Ok(request)
}
