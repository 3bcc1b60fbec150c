//! A person of the province vouches for a value, by name and office, today.

use app::AppError;
use app::law::confirm;
use axum::Form as Posted;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::{Verb, check};
use serde::Deserialize;

use super::value_text;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::with_faults;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::norms::Confirm;
use crate::visitor::{Signed, see};

#[derive(Debug, Deserialize)]
pub struct Vouching {
    #[serde(default)]
    key: String,
    #[serde(default)]
    signed: String,
}

fn build(signed: &Signed, web: &Web, key: &str, form: Form) -> Result<Confirm, AppError> {
    let l = signed.l();
    let waiting = web.house.norms.unconfirmed();
    let basis = waiting.iter().find(|basis| basis.key() == key).ok_or(AppError::Missing("norm"))?;
    Ok(Confirm {
        l,
        frame: signed.frame(Section::Admin),
        form,
        key: key.to_owned(),
        label: basis.label.of(l.code()).to_owned(),
        value: value_text(l, &web.house.norms, basis),
        back_href: format!("/norms/{}", basis.norm),
    })
}

pub async fn page(signed: Signed, State(web): State<Web>, Query(asked): Query<Vouching>) -> Result<Response, Fail> {
    check(&signed.actor, Verb::ConfirmNorm)?;
    Ok(shown(&build(&signed, &web, &asked.key, Form::default())?))
}

pub async fn save(signed: Signed, State(web): State<Web>, Posted(posted): Posted<Vouching>) -> Result<Response, Fail> {
    match confirm(&web.house, &signed.actor, &posted.key, &posted.signed).await {
        Ok(()) => {
            signed.say("notice-norm-confirmed").await;
            Ok(see("/norms?only=unconfirmed"))
        }
        Err(AppError::Form(faults)) => {
            let form = with_faults(Form::new([("signed", posted.signed)]), &faults);
            let page = build(&signed, &web, &posted.key, form)?;
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}
