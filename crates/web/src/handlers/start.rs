//! The first minutes: sample data, or an empty register with its administrator.

use app::access::{NewAdministrator, sample_actors, setup, start_empty, start_sample};
use axum::Form as Posted;
use axum::Router;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use norms::Level;
use serde::Deserialize;
use tower_sessions::Session;

use super::words::with_faults;
use crate::fail::{Fail, shown};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::Choice;
use crate::pages::start::{Choose, Empty, Loading};
use crate::visitor::{hand_to, language_of, leave_for, see};
use crate::{Step, Web};

/// Under this name the progress of loading the samples is asked for.
const SAMPLES: &str = "samples";

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/start", get(choose))
        .route("/start/sample", post(load_samples))
        .route("/start/loading", get(loading))
        .route("/start/empty", get(empty).post(begin))
}

/// Language of somebody who comes before the program is set up.
struct Newcomer(Lang);

impl<S: Sync> axum::extract::FromRequestParts<S> for Newcomer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(language_of(parts)))
    }
}

async fn choose(Newcomer(l): Newcomer, State(web): State<Web>) -> Result<Response, Fail> {
    if setup(&web.house).await?.is_some() {
        return Ok(see("/"));
    }
    Ok(shown(&Choose { l, frame: Frame::outside(l) }))
}

/// Loads the samples in the background; the next page tells how far it has come.
async fn load_samples(State(web): State<Web>) -> Result<Response, Fail> {
    if setup(&web.house).await?.is_none() && !matches!(web.progress.get(SAMPLES), Some(Step::Running { .. })) {
        web.progress.set(SAMPLES, Step::Running { percent: 0 });
        tokio::spawn(async move {
            let progress = web.progress.clone();
            let tell = move |percent: u8| progress.set(SAMPLES, Step::Running { percent });
            let step = match start_sample(&web.house, tell).await {
                Ok(()) => Step::Done,
                Err(error) => {
                    tracing::error!(%error, "the samples could not be loaded");
                    Step::Failed { code: error.code().to_owned() }
                }
            };
            web.progress.set(SAMPLES, step);
        });
    }
    Ok(see("/start/loading"))
}

async fn loading(
    Newcomer(l): Newcomer,
    State(web): State<Web>,
    session: Session,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    match web.progress.get(SAMPLES) {
        Some(Step::Running { percent }) => Ok(shown(&Loading { l, frame: Frame::outside(l), percent, failed: None })),
        Some(Step::Failed { code }) => {
            Ok(shown(&Loading { l, frame: Frame::outside(l), percent: 0, failed: Some(code) }))
        }
        Some(Step::Done) | None => {
            if setup(&web.house).await?.is_none() {
                return Ok(leave_for(&headers, "/start"));
            }
            if let Some(first) = sample_actors(&web.house).await?.first() {
                hand_to(&web.house, &session, first.id).await?;
            }
            Ok(leave_for(&headers, "/"))
        }
    }
}

async fn empty(Newcomer(l): Newcomer, State(web): State<Web>) -> Result<Response, Fail> {
    if setup(&web.house).await?.is_some() {
        return Ok(see("/"));
    }
    let year = web.house.clock.today().year();
    let form = Form::new([("province", "42".to_owned()), ("year", year.to_string())]);
    Ok(shown(&empty_page(&web, l, form)))
}

fn empty_page(web: &Web, l: Lang, form: Form) -> Empty {
    let units = web.house.norms.units_on(web.house.clock.today());
    let provinces = units.iter().filter(|u| u.level == Level::Province);
    let this_year = web.house.clock.today().year();
    Empty {
        l,
        frame: Frame::outside(l),
        form,
        provinces: provinces.map(|u| Choice::new(u.code.clone(), u.full_name())).collect(),
        years: (2022..=this_year).rev().map(|y| Choice::new(y.to_string(), y.to_string())).collect(),
    }
}

#[derive(Deserialize)]
struct Begin {
    #[serde(default)]
    province: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    password_again: String,
}

async fn begin(
    Newcomer(l): Newcomer,
    State(web): State<Web>,
    session: Session,
    Posted(posted): Posted<Begin>,
) -> Result<Response, Fail> {
    let again = |faults: &[app::FieldFault]| {
        let form = Form::new([
            ("province", posted.province.clone()),
            ("year", posted.year.clone()),
            ("name", posted.name.clone()),
            ("login", posted.login.clone()),
        ]);
        answer(StatusCode::UNPROCESSABLE_ENTITY, &empty_page(&web, l, with_faults(form, faults)))
    };
    if posted.password != posted.password_again {
        return Ok(again(&[app::FieldFault::at("password_again", "field-password-differs")]));
    }
    let administrator =
        NewAdministrator { name: posted.name.clone(), login: posted.login.clone(), password: posted.password.clone() };
    // A review is held with the units of its own year; a province that begins with 2023 needs those of 2023.
    let today = web.house.clock.today();
    let Some(year) = posted.year.parse().ok().filter(|year| *year <= today.year()) else {
        return Ok(again(&[app::FieldFault::at("year", "field-choice")]));
    };
    web.house.rules(year, &posted.province).map_err(app::AppError::from)?;
    let units_from = Some(kernel::Day::last_of(year).min(today));
    match start_empty(&web.house, &posted.province, units_from, &administrator).await {
        Ok(actor) => {
            app::access::change_year(&web.house, &actor, year).await?;
            hand_to(&web.house, &session, actor.id).await?;
            Ok(see("/"))
        }
        Err(app::AppError::Form(faults)) => Ok(again(&faults)),
        Err(other) => Err(other.into()),
    }
}
