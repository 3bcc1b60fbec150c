//! The year of work: the review year in which every page opens.

use app::access::{change_year, setup, years_of_work};
use app::{AppError, FieldFault};
use axum::Form as Posted;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::with_faults;
use crate::pages::access::WorkYear;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::Choice;
use crate::visitor::{Signed, see};

#[derive(Deserialize)]
pub(super) struct Year {
    #[serde(default)]
    year: String,
}

pub(super) async fn page(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let now = setup(&web.house).await?.map(|setup| setup.year.to_string()).unwrap_or_default();
    Ok(shown(&page_of(&signed, &web, Form::new([("year", now)]))?))
}

fn page_of(signed: &Signed, web: &Web, form: Form) -> Result<WorkYear, Fail> {
    let l = signed.l();
    let open = years_of_work(&web.house, &signed.actor)?;
    let gap = open.gap.map(|gap| l.pick(&gap.says().vi, &gap.says().en).to_owned()).unwrap_or_default();
    let years = open.years.iter().map(|year| Choice::new(year.to_string(), year.to_string())).collect();
    Ok(WorkYear { l, frame: signed.frame(Section::Admin), form, years, gap })
}

pub(super) async fn save(
    signed: Signed,
    State(web): State<Web>,
    Posted(posted): Posted<Year>,
) -> Result<Response, Fail> {
    let done = match posted.year.trim().parse() {
        Ok(year) => change_year(&web.house, &signed.actor, year).await,
        Err(_) => Err(AppError::Form(vec![FieldFault::at("year", "field-choice")])),
    };
    match done {
        Ok(()) => {
            let text = signed.l().t1("notice-year-changed", "year", posted.year.trim());
            signed.say_text(&text).await;
            Ok(see("/access/year"))
        }
        Err(AppError::Form(faults)) => {
            let form = with_faults(Form::new([("year", posted.year)]), &faults);
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page_of(&signed, &web, form)?))
        }
        Err(other) => Err(other.into()),
    }
}
