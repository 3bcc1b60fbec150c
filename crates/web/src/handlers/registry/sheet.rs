//! The score sheet of one household in a year: shown with what is known, saved and scored.
//! Which questions there are stands in the norms and in the score pack; see [`super::survey`].

use app::AppError;
use app::law::packs;
use app::registry::{HouseholdView, assess};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use norms::{Basis, ScorePack};

use super::posted::{Assesses, At, Filled, OnHousehold, Posted, address, again, subject};
use super::reasons::class_sentence;
use super::survey::{Survey, input, written};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::{basis, class_tag, label};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::parts::{Choice, Notice};
use crate::pages::review::Sheet;
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/review/{year}/households/{id}", get(sheet).post(save))
}

async fn sheet(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Assesses>,
) -> Result<Response, Fail> {
    let form = written(&view);
    sheet_page(&web, &signed, &view, Filled::fresh(&signed, form), of_register(&view)).await
}

/// Where the form goes, and what it carries unseen.
type Sent = (String, Vec<(String, String)>);

fn of_register(view: &HouseholdView) -> Sent {
    (format!("/review/{}/households/{}", view.year, view.household.id), Vec::new())
}

/// The sheet of a household: for the register, or as a survey of a round.
pub(crate) async fn sheet_page(
    web: &Web,
    signed: &Signed,
    view: &HouseholdView,
    filled: Filled,
    sent: Sent,
) -> Result<Response, Fail> {
    Ok(page(signed, view, &unsigned(web).await?, filled, sent))
}

/// The bases of the packs that nobody of the province has signed off.
async fn unsigned(web: &Web) -> Result<Vec<Basis>, AppError> {
    let packs = packs(&web.house).await?.into_iter().filter(|pack| pack.signed.is_none());
    Ok(packs.map(|pack| pack.pack.basis()).collect())
}

fn page(signed: &Signed, view: &HouseholdView, unsigned: &[Basis], filled: Filled, (action, hidden): Sent) -> Response {
    let l = signed.l();
    let survey = Survey::of(l, view);
    let pack = view.b1.as_ref().map(|b1| &b1.pack);
    let page = Sheet {
        l,
        frame: filled.frame,
        form: filled.form,
        subject: subject(view),
        action,
        hidden,
        household: survey.household,
        persons: survey.persons,
        marks: survey.marks,
        pack: pack.map(|pack| pack_words(l, pack)).unwrap_or_default(),
        pack_basis: pack.map(|pack| basis(&pack.basis(), unsigned)),
        items: survey.items,
        causes: causes(l, view),
        groups: groups(l, view),
        result: result(l, view),
    };
    answer(filled.status, &page)
}

fn pack_words(l: Lang, pack: &ScorePack) -> String {
    format!("{} ({})", label(l, &pack.title), pack.version)
}

fn causes(l: Lang, view: &HouseholdView) -> Vec<Choice> {
    let causes = view.rules.causes.value.causes.iter();
    causes.map(|cause| Choice::new(cause.code.to_string(), label(l, &cause.label))).collect()
}

/// The groups that a person enters; the others are read from the head.
fn groups(l: Lang, view: &HouseholdView) -> Vec<Choice> {
    let groups = view.rules.groups.value.groups.iter().filter(|group| group.computed.is_none());
    groups.map(|group| Choice::new(group.id.clone(), label(l, &group.label))).collect()
}

/// Class and scores as they stand.
fn result(l: Lang, view: &HouseholdView) -> Option<Notice> {
    let stored = view.assessment.as_ref()?;
    let class = class_tag(l, &view.rules, stored.class.as_deref()).label;
    let text = format!("{class}. {}", class_sentence(l, view, stored));
    Some(if view.verdict.is_some() { Notice::good(text) } else { Notice::warn(text) })
}

async fn save(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Assesses>,
    posted: Posted,
) -> Result<Response, Fail> {
    match store(&web, &signed, &view, &posted).await {
        Ok(()) => {
            signed.say("notice-household-assessed").await;
            Ok(see(&format!("{}?year={}", address(view.household.id), view.year)))
        }
        Err(error) => {
            let survey = Survey::of(signed.l(), &view);
            let filled = again(&signed, Some(&view), &posted, error, |field| at(&survey, field))?;
            sheet_page(&web, &signed, &view, filled, of_register(&view)).await
        }
    }
}

async fn store(web: &Web, signed: &Signed, view: &HouseholdView, posted: &Posted) -> Result<(), AppError> {
    let seen = posted.seen(view.household.id);
    assess(&web.house, &signed.actor, seen, view.year, &input(view, posted)).await?;
    Ok(())
}

/// Facts are called as the norms call them; causes and groups are boxes of one name.
pub(crate) fn at(survey: &Survey, field: &str) -> At {
    match field {
        "causes" => ("cause".to_owned(), None),
        "groups" => ("group".to_owned(), None),
        _ => (field.to_owned(), survey.label_of(field)),
    }
}
