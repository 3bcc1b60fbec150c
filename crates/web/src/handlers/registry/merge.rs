//! A household joins another one, which a person looks for and chooses; nobody is merged by a likeness of names.

use app::AppError;
use app::registry::{HouseholdView, Seen, Wanted, merge, search};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use kernel::{HouseholdId, Page};
use serde::Deserialize;

use super::posted::{Edits, Filled, OnHousehold, Posted, address, again, opened, same, subject};
use crate::Web;
use crate::fail::Fail;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::registry::{Merge, MergeCandidate};
use crate::visitor::{Signed, see};

/// As many as a person compares at a glance; more need another word.
const CANDIDATES: u32 = 20;

pub fn routes() -> Router<Web> {
    Router::new().route("/registry/households/{id}/merge", get(look).post(save))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

async fn look(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Edits>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let candidates = candidates(&web, &signed, view.household.id, &asked.q).await?;
    Ok(page(&signed, &view, Filled::fresh(&signed, Form::new([("q", asked.q)])), candidates))
}

fn page(signed: &Signed, view: &HouseholdView, filled: Filled, candidates: Vec<MergeCandidate>) -> Response {
    let subject = subject(view);
    let page = Merge { l: signed.l(), frame: filled.frame, form: filled.form, subject, candidates };
    answer(filled.status, &page)
}

/// Open households that fit the words, but for the one that goes.
async fn candidates(web: &Web, signed: &Signed, own: HouseholdId, q: &str) -> Result<Vec<MergeCandidate>, Fail> {
    if q.trim().is_empty() {
        return Ok(Vec::new());
    }
    let wanted = Wanted { text: q.trim().to_owned(), ..Wanted::default() };
    let found = search(&web.house, &signed.actor, &wanted, Page::new(1, CANDIDATES)).await?;
    let others = found.rows.rows.into_iter().filter(|row| row.id != own && !row.is_closed);
    Ok(others
        .map(|row| {
            let birth = row.head_birth.map(|birth| birth.to_string());
            let size = usize::try_from(row.size).unwrap_or_default();
            MergeCandidate {
                id: row.id.to_string(),
                head: row.head_name,
                detail: detail(signed, &row.village_name, size, birth),
            }
        })
        .collect())
}

/// Enough to tell two of the same name apart.
fn detail(signed: &Signed, village: &str, size: usize, birth: Option<String>) -> String {
    let l = signed.l();
    let birth = birth.map(|birth| l.t1("born", "day", birth));
    let parts = [Some(village.to_owned()), Some(l.t1("of-size", "n", size)), birth];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

async fn save(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Edits>,
    posted: Posted,
) -> Result<Response, Fail> {
    let into = match posted.get("into") {
        Some(into) if !into.is_empty() => Some(opened(&web, &signed, into, None).await?),
        _ => None,
    };
    match store(&web, &signed, &view, into.as_ref(), &posted).await {
        Ok(grown) => {
            signed.say("notice-household-merged").await;
            Ok(see(&address(grown)))
        }
        Err(error) => {
            let filled = again(&signed, Some(&view), &posted, error, same)?;
            Ok(page(&signed, &view, filled, into.iter().map(|into| chosen(&signed, into)).collect()))
        }
    }
}

async fn store(
    web: &Web,
    signed: &Signed,
    from: &HouseholdView,
    into: Option<&HouseholdView>,
    posted: &Posted,
) -> Result<HouseholdId, AppError> {
    let Some(into) = into else {
        return Err(AppError::Form(vec![app::FieldFault::at("into", "field-missing")]));
    };
    let grows = Seen { household: into.household.id, version: into.household.version };
    let closes = posted.seen(from.household.id);
    merge(&web.house, &signed.actor, grows, closes, &posted.text("day")).await
}

/// The household that was chosen, to be chosen again.
fn chosen(signed: &Signed, into: &HouseholdView) -> MergeCandidate {
    let birth = into.household.head().and_then(|head| head.person.birth).map(|birth| birth.to_string());
    MergeCandidate {
        id: into.household.id.to_string(),
        head: into.household.head_name().to_owned(),
        detail: detail(signed, &into.names.village, into.household.size(), birth),
    }
}
