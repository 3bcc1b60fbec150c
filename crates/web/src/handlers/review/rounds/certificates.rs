//! All certificates of a unit in one run: begun from a page, left and come back to, its files taken one by one.

use app::review::papers::{CertificateFile, certificate_file, certificate_run, print_certificates};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::access::Actor;
use domain::units::Scope;
use serde::Deserialize;

use super::words::with_notice;
use crate::fail::{Fail, sentences, shown};
use crate::handlers::words::number;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Notice};
use crate::pages::review::rounds::{CertificateRow, CertificatesPage};
use crate::visitor::{Signed, leave_for, see};
use crate::{Step, Web};

/// The last percent is the cleaning up.
const MOST: usize = 99;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/review/{year}/certificates", get(page).post(begin))
        .route("/review/{year}/certificates/progress", get(progress))
        .route("/review/{year}/certificates/files/{name}", get(file))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// Code of what ended the last run.
    failed: Option<String>,
}

fn address(year: i16, scope: &Scope) -> String {
    format!("/review/{year}/certificates?unit={}", scope.address())
}

/// Under this key the run's progress is kept.
fn key(year: i16, scope: &Scope) -> String {
    format!("certificates-{year}-{}", scope.address())
}

fn percent(web: &Web, year: i16, scope: &Scope) -> Option<u8> {
    match web.progress.get(&key(year, scope)) {
        Some(Step::Running { percent }) => Some(percent),
        _ => None,
    }
}

async fn page(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let l = signed.l();
    let failed = asked.failed.filter(|code| l.has(&format!("refusal-{code}")));
    let notice = failed.map(|code| {
        let (what, next) = sentences(l, &code, &[]);
        Notice { tone: "v-notice--bad", text: format!("{what} {next}") }
    });
    Ok(shown(&certificates_page(&signed, &web, notice).await?))
}

async fn certificates_page(signed: &Signed, web: &Web, notice: Option<Notice>) -> Result<CertificatesPage, Fail> {
    let (l, year, scope) = (signed.l(), signed.year, &signed.scope);
    let run = certificate_run(&web.house, &signed.actor, Some(scope), year).await?;
    let unit = scope.address();
    let row = |file: &CertificateFile| CertificateRow {
        file: Link::new(&file.name, format!("/review/{year}/certificates/files/{}?unit={unit}", file.name)),
        commune: file.commune.clone(),
        size: l.t1("size-kb", "n", number(file.bytes.div_ceil(1024))),
    };
    Ok(CertificatesPage {
        l,
        frame: with_notice(signed.frame(Section::Review), notice),
        back: Link::new(l.t("round-board"), format!("/review/{year}/round?unit={unit}")),
        title: l.t1("certificates-title-year", "year", year),
        unit_name: web.house.scope_name(scope),
        summary: vec![
            (l.t("certificates-communes"), number(run.communes)),
            (l.t("certificates-count"), number(run.certificates)),
            (l.t("certificates-files"), number(run.files.len())),
        ],
        running: percent(web, year, scope),
        may_begin: run.certificates > 0,
        rows: run.files.iter().map(row).collect(),
        action: address(year, scope),
        progress_href: format!("/review/{year}/certificates/progress?unit={unit}"),
    })
}

async fn begin(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let (year, scope) = (signed.year, signed.scope);
    let there = address(year, &scope);
    if percent(&web, year, &scope).is_none() {
        // Refused here, where the person can read it, and not in the task.
        certificate_run(&web.house, &signed.actor, Some(&scope), year).await?;
        web.progress.set(&key(year, &scope), Step::Running { percent: 0 });
        tokio::spawn(run(web, signed.actor, scope, year));
    }
    Ok(see(&there))
}

/// Prints in a task of its own, so that even a panic ends in a sentence.
async fn run(web: Web, actor: Actor, scope: Scope, year: i16) {
    let key = key(year, &scope);
    let (told, progress) = (key.clone(), web.progress.clone());
    let house = web.house.clone();
    let printing = tokio::spawn(async move {
        let tell = move |done: usize, of: usize| {
            let percent = u8::try_from(done.saturating_mul(MOST) / of.max(1)).unwrap_or(0);
            progress.set(&told, Step::Running { percent });
        };
        print_certificates(&house, &actor, (Some(&scope), year), tell).await
    });
    let step = match printing.await {
        Ok(Ok(_)) => Step::Done,
        Ok(Err(error)) => {
            tracing::error!(%error, run = key, "certificates could not be printed");
            Step::Failed { code: error.code().to_owned() }
        }
        Err(broken) => {
            tracing::error!(%broken, run = key, "a run of certificates broke off");
            Step::Failed { code: "FLT-001".to_owned() }
        }
    };
    web.progress.set(&key, step);
}

async fn progress(signed: Signed, State(web): State<Web>, headers: HeaderMap) -> Result<Response, Fail> {
    let (year, scope) = (signed.year, &signed.scope);
    match web.progress.get(&key(year, scope)) {
        Some(Step::Running { .. }) => Ok(shown(&certificates_page(&signed, &web, None).await?)),
        Some(Step::Failed { code }) => Ok(leave_for(&headers, &format!("{}&failed={code}", address(year, scope)))),
        Some(Step::Done) | None => Ok(leave_for(&headers, &address(year, scope))),
    }
}

async fn file(
    signed: Signed,
    State(web): State<Web>,
    Path((year, name)): Path<(i16, String)>,
) -> Result<Response, Fail> {
    let bytes = certificate_file(&web.house, &signed.actor, (Some(&signed.scope), year), &name).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
