//! Paper: blank sheets with a number before each answer, and quick entry of those numbers at a desk, keyboard only. What the
//! numbers stand for is said in `codes`.

use app::AppError;
use app::review::survey::{SentSurvey, SurveyHousehold, SurveySheet, survey_sheet};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::review::round::Route;
use domain::review::survey::SurveyStanding;
use kernel::{HouseholdId, VillageId};
use serde::Deserialize;

use super::codes::{Coded, decode, encode, questions, width_of};
use super::form::new_token;
use super::phone_data::input_of;
use crate::Web;
use crate::fail::{Fail, said, shown};
use crate::handlers::registry::posted::Posted;
use crate::handlers::review::papers::formats;
use crate::handlers::words::with_faults;
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Notice};
use crate::pages::survey::{BlankGroup, BlankPage, BlankSheet, CodeField, CodeGroup, PaperPage};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/survey/{year}/{village}/paper", get(page).post(save))
        .route("/survey/{year}/{village}/blank", get(blank))
}

#[derive(Deserialize)]
struct Wanted {
    route: Option<String>,
    household: Option<HouseholdId>,
}

impl Wanted {
    fn route(&self) -> Route {
        self.route.as_deref().and_then(Route::from_id).unwrap_or(Route::Yearly)
    }
}

async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path((year, village)): Path<(i16, VillageId)>,
    Query(asked): Query<Wanted>,
) -> Result<Response, Fail> {
    let sheet = survey_sheet(&web.house, &signed.actor, village, (year, asked.route())).await?;
    let wanted = |h: &&SurveyHousehold| match asked.household {
        Some(id) => h.household.id == id,
        None => h.counted.is_none(),
    };
    let found = sheet.households.iter().find(wanted).or(sheet.households.first());
    let Some(found) = found else { return Err(AppError::Missing("household").into()) };
    let form = first_form(&web, signed.l(), &sheet, found);
    Ok(shown(&paper_page(&signed, &sheet, found, form, None)))
}

/// A recheck begins from what is known; a first survey begins blank, so that nothing old is taken for an answer.
fn first_form(web: &Web, l: Lang, sheet: &SurveySheet, found: &SurveyHousehold) -> Form {
    let input = input_of(found, &sheet.rules);
    let groups = questions(l, sheet, found);
    let known = groups.iter().flat_map(|(_, questions)| questions).filter(|_| found.counted.is_some());
    let mut values: Vec<(String, String)> = known.map(|q| (q.field.clone(), encode(q, &input))).collect();
    values.push(("token".to_owned(), new_token(web)));
    values.push(("based_on".to_owned(), found.counted.as_ref().map(|c| c.token.clone()).unwrap_or_default()));
    Form::new(values)
}

fn paper_page(
    signed: &Signed,
    sheet: &SurveySheet,
    found: &SurveyHousehold,
    form: Form,
    notice: Option<Notice>,
) -> PaperPage {
    let l = signed.l();
    let (year, village, route) = (sheet.round.year, sheet.round.place.village, sheet.round.route.id());
    let groups = questions(l, sheet, found);
    let group = |(title, questions): &(String, Vec<Coded<'_>>)| CodeGroup {
        title: title.clone(),
        fields: questions
            .iter()
            .map(|q| CodeField {
                name: q.field.clone(),
                label: q.label.clone(),
                codes: q.codes.iter().map(|(code, word)| format!("{code} {word}")).collect::<Vec<_>>().join(" · "),
                width: width_of(q),
            })
            .collect(),
    };
    let done = sheet.households.iter().filter(|h| h.counted.is_some()).count();
    PaperPage {
        l,
        frame: super::super::review::rounds::with_notice(signed.frame(Section::Review), notice),
        form,
        back: Link::new(sheet.village.clone(), format!("/review/{year}/round/{village}?route={route}")),
        head: found.household.head_name().to_owned(),
        progress: l.t2("paper-progress", "done", done, "n", sheet.households.len()),
        action: format!("/survey/{year}/{village}/paper?route={route}&household={}", found.household.id),
        groups: groups.iter().map(group).collect(),
        others: sheet
            .households
            .iter()
            .map(|h| {
                let mark = if h.counted.is_some() { "✓ " } else { "" };
                let href = format!("/survey/{year}/{village}/paper?route={route}&household={}", h.household.id);
                Link::new(format!("{mark}{}", h.household.head_name()), href)
            })
            .collect(),
    }
}

async fn save(
    signed: Signed,
    State(web): State<Web>,
    Path((year, village)): Path<(i16, VillageId)>,
    Query(asked): Query<Wanted>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let sheet = survey_sheet(&web.house, &signed.actor, village, (year, asked.route())).await?;
    let found = sheet.households.iter().find(|h| Some(h.household.id) == asked.household);
    let found = found.ok_or(AppError::Missing("household"))?;
    let next = format!("/survey/{year}/{village}/paper?route={}", asked.route().id());
    match store(&signed, &web, &sheet, found, &posted).await {
        Ok(SurveyStanding::Aside) => {
            signed.say("notice-survey-aside").await;
            Ok(see(&next))
        }
        Ok(_) => {
            signed.say_text(&signed.l().t1("notice-survey-of", "head", found.household.head_name())).await;
            Ok(see(&next))
        }
        Err(AppError::Form(faults)) => {
            let form = with_faults(Form::new(posted.0.clone()), &faults);
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &paper_page(&signed, &sheet, found, form, None)))
        }
        Err(error @ (AppError::Round(_) | AppError::List(_))) => {
            let notice = Notice { tone: "v-notice--bad", text: said(signed.l(), &error) };
            let form = Form::new(posted.0.clone());
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &paper_page(&signed, &sheet, found, form, Some(notice))))
        }
        Err(other) => Err(other.into()),
    }
}

async fn store(
    signed: &Signed,
    web: &Web,
    sheet: &SurveySheet,
    found: &SurveyHousehold,
    posted: &Posted,
) -> Result<SurveyStanding, AppError> {
    let mut input = decode(&questions(signed.l(), sheet, found), posted).map_err(AppError::Form)?;
    // What the sheet does not ask for stays as it is known.
    let known = input_of(found, &sheet.rules);
    input.groups = known.groups;
    let sent = SentSurvey {
        token: posted.text("token"),
        household: found.household.id,
        year: sheet.round.year,
        route: sheet.round.route,
        based_on: Some(posted.text("based_on")).filter(|t| !t.is_empty()),
        saved_ms: web.house.clock.now_ms(),
        channel: "paper".to_owned(),
        input,
        note: String::new(),
        view: String::new(),
        confirmed_by: String::new(),
        photos: Vec::new(),
    };
    Ok(web.house.surveys.take(&web.house, &signed.actor, sent).await?.standing)
}

/// Blank sheets of a village, one household a page, with the same numbers as the entry.
async fn blank(
    signed: Signed,
    State(web): State<Web>,
    Path((year, village)): Path<(i16, VillageId)>,
    Query(asked): Query<Wanted>,
) -> Result<Response, Fail> {
    let l = signed.l();
    let sheet = survey_sheet(&web.house, &signed.actor, village, (year, asked.route())).await?;
    let group = |(title, questions): (String, Vec<Coded<'_>>)| BlankGroup {
        title,
        questions: questions
            .into_iter()
            .map(|q| {
                let codes = q.codes.iter().map(|(code, word)| format!("{code} {word}")).collect::<Vec<_>>();
                (q.label, codes.join(" · "))
            })
            .collect(),
    };
    let of_household = |h: &SurveyHousehold| BlankSheet {
        head: h.household.head_name().to_owned(),
        address: h.household.address.clone().unwrap_or_default(),
        code: app::review::requests::code_of(h.household.id),
        groups: questions(l, &sheet, h).into_iter().map(group).collect(),
        papers: formats(
            &format!("/review/{year}/round/{village}/papers/survey_sheet"),
            &format!("route={}&household={}", asked.route().id(), h.household.id),
        ),
    };
    Ok(shown(&BlankPage {
        l,
        frame: signed.frame(Section::Review),
        village: sheet.village.clone(),
        year: year.to_string(),
        sheets: sheet.households.iter().map(of_household).collect(),
        back: Link::new(sheet.village.clone(), format!("/review/{year}/round/{village}?route={}", asked.route().id())),
        is_unconfirmed: sheet.pack.is_some(),
    }))
}
