//! Confirming: the import runs on its own, all of it or nothing, while the page asks how far it has come.

use app::AppError;
use app::review::intake::{Outcome, apply, view};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::access::Actor;
use kernel::IntakeId;

use super::{address, frame, subject};
use crate::fail::{Fail, shown};
use crate::pages::review::intake::Progress;
use crate::visitor::{Signed, leave_for, see};
use crate::{Step, Web};

/// The last percent is the commit.
const MOST: usize = 99;

pub async fn begin(signed: Signed, State(web): State<Web>, Path(id): Path<IntakeId>) -> Result<Response, Fail> {
    let key = id.to_string();
    let there = format!("{}/progress", address(id));
    if matches!(web.progress.get(&key), Some(Step::Running { .. })) {
        return Ok(see(&there));
    }
    let view = view(&web.house, &signed.actor, id).await?;
    let Some(plan) = &view.plan else { return Ok(see(&address(id))) };
    if plan.count(|o| matches!(o, Outcome::Ask { .. })) > 0 {
        return Ok(see(&format!("{}/candidates", address(id))));
    }
    web.progress.set(&key, Step::Running { percent: 0 });
    tokio::spawn(run(web, signed.actor, id));
    Ok(see(&there))
}

/// Applies in a task of its own, so that even a panic ends in a sentence.
async fn run(web: Web, actor: Actor, id: IntakeId) {
    let key = id.to_string();
    let (progress, house, told) = (web.progress.clone(), web.house.clone(), key.clone());
    let work = tokio::spawn(async move {
        let tell = |done: usize, of: usize| {
            let percent = u8::try_from(done.saturating_mul(MOST) / of.max(1)).unwrap_or(0);
            progress.set(&told, Step::Running { percent });
        };
        apply(&house, &actor, id, &tell).await
    });
    let step = match work.await {
        Ok(Ok(_)) => Step::Done,
        Ok(Err(error)) => {
            if error.code() == "FLT-001" {
                tracing::error!(%error, intake = key, "an import could not be applied");
            }
            Step::Failed { code: error.code().to_owned() }
        }
        Err(broken) => {
            tracing::error!(%broken, intake = key, "an import broke off");
            Step::Failed { code: "FLT-001".to_owned() }
        }
    };
    web.progress.set(&key, step);
}

pub async fn progress(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<IntakeId>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let there = match web.progress.get(&id.to_string()) {
        Some(Step::Running { percent }) => return running(&signed, &web, id, percent).await,
        Some(Step::Failed { code }) => format!("{}?failed={code}", address(id)),
        Some(Step::Done) | None => address(id),
    };
    // A fragment cannot be redirected; the whole page goes on instead.
    Ok(leave_for(&headers, &there))
}

async fn running(signed: &Signed, web: &Web, id: IntakeId, percent: u8) -> Result<Response, Fail> {
    let l = signed.l();
    let known = app::review::intake::intakes(&web.house, &signed.actor).await?;
    let record = known.iter().find(|r| r.id == id).ok_or(AppError::Missing("intake"))?;
    Ok(shown(&Progress {
        l,
        frame: frame(signed, None),
        subject: subject(web, l, record),
        stage: l.t(if percent == 0 { "progress-reading" } else { "progress-storing" }),
        done: u64::from(percent),
        of: 100,
        words: format!("{percent} %"),
    }))
}
