//! A form on its way through the server: what was posted, the household it is about, and the same form again when it was
//! not saved. Nothing a person typed is lost, not even when somebody else saved in between. Start with [`OnHousehold`].

use std::collections::HashMap;
use std::marker::PhantomData;

use app::registry::{HouseholdView, Saved, Seen, open};
use app::{AppError, FieldFault};
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::access::{Verb, check};
use kernel::HouseholdId;

use crate::Web;
use crate::fail::{Fail, said};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Link, Notice};
use crate::pages::registry::Subject;
use crate::visitor::{Signed, see};

/// The fields of a form in the order they were sent; names may repeat.
#[derive(Debug, Clone)]
pub struct Posted(pub Vec<(String, String)>);

impl Posted {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// A field's value; nothing when it was not sent.
    pub fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// A choice that has to be made and be one of those offered.
    pub fn chosen<T: std::str::FromStr>(&self, name: &str) -> Result<T, FieldFault> {
        let value = self.get(name).unwrap_or_default();
        let problem = if value.is_empty() { "field-missing" } else { "field-choice" };
        value.parse().map_err(|_| FieldFault::at(name, problem))
    }

    /// The household as the form was opened on it.
    pub fn seen(&self, household: HouseholdId) -> Seen {
        Seen { household, version: self.chosen("version").unwrap_or_default() }
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let form = axum::Form::<Vec<(String, String)>>::from_request(request, state).await;
        form.map(|axum::Form(fields)| Self(fields)).map_err(IntoResponse::into_response)
    }
}

/// What a page about a household is for.
pub trait Purpose {
    const VERB: Verb;
}

#[derive(Debug)]
pub enum Edits {}
#[derive(Debug)]
pub enum Moves {}
#[derive(Debug)]
pub enum Assesses {}
#[derive(Debug)]
pub enum Decides {}

impl Purpose for Edits {
    const VERB: Verb = Verb::EditRegistry;
}
impl Purpose for Moves {
    const VERB: Verb = Verb::MoveHousehold;
}
impl Purpose for Assesses {
    const VERB: Verb = Verb::AssessHousehold;
}
impl Purpose for Decides {
    const VERB: Verb = Verb::RecordDecision;
}

/// The household of an address (`{id}`, and `{year}` where it names one), opened for who may do what the page is for.
#[derive(Debug)]
pub struct OnHousehold<P> {
    pub signed: Signed,
    pub view: HouseholdView,
    pub purpose: PhantomData<P>,
}

impl<P: Purpose> FromRequestParts<Web> for OnHousehold<P> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Self::Rejection> {
        let signed = Signed::from_request_parts(parts, web).await?;
        let Path(named) = Path::<HashMap<String, String>>::from_request_parts(parts, web)
            .await
            .map_err(IntoResponse::into_response)?;
        let id = named.get("id").map(String::as_str).unwrap_or_default();
        let year = named.get("year").and_then(|year| year.parse().ok());
        let found = async {
            check(&signed.actor, P::VERB)?;
            opened(web, &signed, id, year).await
        };
        let view = found.await.map_err(IntoResponse::into_response)?;
        Ok(Self { signed, view, purpose: PhantomData })
    }
}

/// The household of an address, in a year or in the program's.
pub async fn opened(web: &Web, signed: &Signed, id: &str, year: Option<i16>) -> Result<HouseholdView, Fail> {
    let id: HouseholdId = id.parse().map_err(|_| AppError::Missing("household"))?;
    Ok(open(&web.house, &signed.actor, id, year).await?)
}

pub fn address(id: HouseholdId) -> String {
    format!("/registry/households/{id}")
}

/// The household a form is about, at the version that stands now.
pub fn subject(view: &HouseholdView) -> Subject {
    let places = [view.names.village.as_str(), view.names.commune.as_str()];
    let place = places.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
    Subject {
        href: address(view.household.id),
        head: view.household.head_name().to_owned(),
        place,
        version: view.household.version.to_string(),
    }
}

/// A form as it is shown: its values and faults, the frame with what is to be said above it.
pub struct Filled {
    pub form: Form,
    pub frame: Frame,
    pub status: StatusCode,
}

impl Filled {
    pub fn fresh(signed: &Signed, form: Form) -> Self {
        Self { form, frame: signed.frame(Section::Registry), status: StatusCode::OK }
    }
}

/// Where a fault of a use case stands on the page: the field, and how it is called where `label-…` does not say it.
pub type At = (String, Option<String>);

/// Faults stand at the fields of the same name.
pub fn same(field: &str) -> At {
    (field.to_owned(), None)
}

/// The form again after it was refused, with what was typed and why. Errors that no form can mend pass on.
pub fn again(
    signed: &Signed,
    view: Option<&HouseholdView>,
    posted: &Posted,
    error: AppError,
    at: impl Fn(&str) -> At,
) -> Result<Filled, Fail> {
    let mut filled = Filled::fresh(signed, Form::new(posted.0.clone()));
    filled.status = StatusCode::UNPROCESSABLE_ENTITY;
    match (error, view) {
        (AppError::Form(faults), _) => {
            filled.form = faults.iter().fold(filled.form, |form, fault| match at(&fault.field) {
                (field, Some(label)) => form.with_named_fault(field, fault.problem, label),
                (field, None) => form.with_fault(field, fault.problem),
            });
        }
        (AppError::Conflict(_), Some(view)) => {
            filled.status = StatusCode::CONFLICT;
            filled.frame.notice = Some(Notice::warn(stands_now(signed, view)));
            filled.frame.notice_link = Some(Link::new(signed.l().t("conflict-open"), address(view.household.id)));
        }
        (refusal @ (AppError::Change(_) | AppError::List(_) | AppError::Refused { .. }), _) => {
            filled.frame.notice = Some(Notice { tone: "v-notice--bad", text: said(signed.l(), &refusal) });
        }
        (other, _) => return Err(Fail(other)),
    }
    Ok(filled)
}

/// What somebody else left the household as, in one paragraph.
fn stands_now(signed: &Signed, view: &HouseholdView) -> String {
    let members: Vec<&str> = view.household.present().map(|member| member.person.name.as_str()).collect();
    let values = [
        ("head", view.household.head_name().to_owned()),
        ("village", view.names.village.clone()),
        ("address", view.household.address.clone().unwrap_or_else(|| signed.l().t("none-entered"))),
        ("members", members.join(", ")),
    ];
    signed.l().tv("conflict-stands-now", &values)
}

/// After something was stored: back to the household, with what a person should look at again.
pub async fn done(signed: &Signed, saved: &Saved, key: &str) -> Response {
    let l = signed.l();
    let mut text = l.t(key);
    for warning in &saved.warnings {
        let field = warning.field.rsplit('.').next().unwrap_or_default();
        text = format!("{text} {}: {}", l.t(&format!("label-{field}")), l.t(warning.problem));
    }
    signed.say_text(&text).await;
    see(&address(saved.household))
}
