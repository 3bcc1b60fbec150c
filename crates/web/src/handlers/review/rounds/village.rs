//! The acts of a village: each one form, each back to the village's page.

use app::AppError;
use app::review::files::{Upload, keep};
use app::review::rounds::{
    At, MeetingInput, add_household, add_waiting, answer_objection, attach_minutes, close_list, close_survey,
    end_posting, hold_meeting, object, post as hang_out, village_view,
};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::review::round::VillageRound;
use kernel::{HouseholdId, RequestId, VillageId};

use super::board::Asked;
use super::village_page::village_page;
use super::words::{act_day, at_in, refused, unprocessable};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::registry::posted::Posted;
use crate::pages::review::rounds::VillagePage;
use crate::visitor::{Signed, see};

type Fields = Received<Vec<(String, String)>>;
type Place = Path<(i16, VillageId)>;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/review/{year}/round/{village}", get(page))
        .route("/review/{year}/round/{village}/{act}", post(act))
        .route("/review/{year}/round/{village}/minutes", post(minutes))
        .route("/files/{hash}", get(file))
}

async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path((_, village)): Place,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    Ok(shown(&village_page(&signed, &web, village, asked.route()).await?))
}

async fn act(
    signed: Signed,
    State(web): State<Web>,
    Path((year, village, act)): Path<(i16, VillageId, String)>,
    Received(posted): Fields,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let at = at_in(&posted, village, year);
    let done = take(&signed, &web, &act, &at, &posted).await;
    after(&signed, &web, &at, &posted, done).await
}

async fn take(signed: &Signed, web: &Web, act: &str, at: &At, posted: &Posted) -> Result<(), AppError> {
    let (house, actor) = (&web.house, &signed.actor);
    match act {
        "add" => return add(signed, web, at, posted).await,
        "add-all" => {
            add_waiting(house, actor, at).await?;
            signed.say("notice-round-added").await;
            return Ok(());
        }
        _ => {}
    }
    let day = act_day(house, posted)?;
    let done: VillageRound = match act {
        "close-list" => close_list(house, actor, at, day).await?,
        "close-survey" => close_survey(house, actor, at, day).await?,
        "meeting" => hold_meeting(house, actor, at, day, &meeting(posted)).await?,
        "post" => hang_out(house, actor, at, day).await?,
        "object" => {
            let household: HouseholdId = posted.chosen("household").map_err(|f| AppError::Form(vec![f]))?;
            let (by, text) = (posted.text("by"), posted.text("text"));
            object(house, actor, at, day, (household, &by, &text)).await?
        }
        "answer" => {
            let number: u32 = posted.chosen("number").map_err(|f| AppError::Form(vec![f]))?;
            answer_objection(house, actor, at, day, (number, &posted.text("text"))).await?
        }
        "end" => end_posting(house, actor, at, day).await?,
        _ => return Err(AppError::Missing("page")),
    };
    signed.say(&format!("notice-step-{}", done.step.id())).await;
    // keys: notice-step-*
    Ok(())
}

async fn add(signed: &Signed, web: &Web, at: &At, posted: &Posted) -> Result<(), AppError> {
    let request: RequestId = posted.chosen("request").map_err(|f| AppError::Form(vec![f]))?;
    add_household(&web.house, &signed.actor, at, request).await?;
    signed.say("notice-round-added").await;
    Ok(())
}

fn meeting(posted: &Posted) -> MeetingInput {
    MeetingInput {
        chair: posted.text("chair"),
        secretary: posted.text("secretary"),
        representatives: posted.text("representatives"),
        front: posted.text("front"),
        present: posted.text("present"),
        agree: posted.text("agree"),
        disagree: posted.text("disagree"),
        discussion: posted.text("discussion"),
    }
}

async fn after(
    signed: &Signed,
    web: &Web,
    at: &At,
    posted: &Posted,
    done: Result<(), AppError>,
) -> Result<Response, Fail> {
    match done {
        Ok(()) => Ok(see(&format!("/review/{}/round/{}?route={}", at.year, at.village, at.route.id()))),
        Err(error) => {
            let again = village_page(signed, web, at.village, at.route).await?;
            refused(signed.l(), error, posted, |form, notice| {
                let frame = super::words::with_notice(again.frame.clone(), notice);
                Ok(unprocessable(&VillagePage { frame, form, ..again }))
            })
        }
    }
}

/// The scanned minutes: kept by their hash, then named in the round.
async fn minutes(
    signed: Signed,
    State(web): State<Web>,
    Path((year, village)): Place,
    mut form: Multipart,
) -> Result<Response, Fail> {
    let (mut fields, mut upload) = (Vec::new(), Upload { name: String::new(), content: Vec::new() });
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            upload.name = field.file_name().unwrap_or_default().to_owned();
            upload.content = field.bytes().await.map(|b| b.to_vec()).unwrap_or_default();
        } else {
            fields.push((name, field.text().await.unwrap_or_default()));
        }
    }
    let posted = Posted(fields);
    let at = at_in(&posted, village, year);
    let done = attach(&signed, &web, &at, upload).await;
    after(&signed, &web, &at, &posted, done).await
}

async fn attach(signed: &Signed, web: &Web, at: &At, upload: Upload) -> Result<(), AppError> {
    let view = village_view(&web.house, &signed.actor, at.village, (at.year, at.route)).await?;
    let hash = keep(&web.house, &signed.actor, &view.round.place, upload).await?;
    attach_minutes(&web.house, &signed.actor, at, &hash).await?;
    signed.say("notice-minutes-attached").await;
    Ok(())
}

/// A kept file, as a download: never shown as a page of this program.
async fn file(signed: Signed, State(web): State<Web>, Path(hash): Path<String>) -> Result<Response, Fail> {
    let file = app::review::files::open(&web.house, &signed.actor, &hash).await?;
    let ending = match file.media_type.as_str() {
        "application/pdf" => "pdf",
        "image/png" => "png",
        _ => "jpg",
    };
    let name = file.hash.get(..12).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, file.media_type.clone()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}.{ending}\"")),
        (header::CONTENT_SECURITY_POLICY, "sandbox".to_owned()),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned()),
    ];
    Ok((headers, file.content).into_response())
}
