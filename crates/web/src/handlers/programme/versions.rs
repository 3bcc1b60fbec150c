//! Every version of every year's plan, and a new one as a file.

use app::programme::{PlanFile, import_plan, plans};
use app::{AppError, PlanRecord};
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Verb;

use crate::Web;
use crate::fail::{Fail, said, shown};
use crate::handlers::words::moment;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::Notice;
use crate::pages::programme::{VersionRow, Versions};
use crate::visitor::{Signed, see};

pub async fn page(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    Ok(shown(&build(&signed, &web, Form::default(), None).await?))
}

async fn build(signed: &Signed, web: &Web, form: Form, refused: Option<&AppError>) -> Result<Versions, AppError> {
    let records = plans(&web.house, &signed.actor).await?;
    let mut frame = signed.frame(Section::Plan);
    if let Some(error) = refused {
        frame.notice = Some(Notice::warn(said(signed.l(), error)));
    }
    let is_newest =
        |record: &PlanRecord| records.iter().find(|r| r.year == record.year).is_some_and(|r| r.id == record.id);
    Ok(Versions {
        l: signed.l(),
        frame,
        form,
        rows: records.iter().map(|record| row(signed, record, is_newest(record))).collect(),
        period: signed.period(),
        may_import: signed.actor.may(Verb::ImportPlan),
        back_href: format!("/programme/plan?{}", signed.period()),
    })
}

fn row(signed: &Signed, record: &PlanRecord, is_newest: bool) -> VersionRow {
    let version = if is_newest { String::new() } else { format!("&plan={}", record.id) };
    VersionRow {
        title: record.title.clone(),
        href: format!("/programme/plan?unit={}&year={}{version}", signed.scope.address(), record.year),
        year: record.year.to_string(),
        number: record.number.to_string(),
        file: record.file_name.clone(),
        brought: format!("{} · {}", moment(record.at_ms), record.by_name),
        is_newest,
    }
}

/// `None` when the body breaks off or is too large, or holds no file.
async fn read(mut body: Multipart) -> Option<PlanFile> {
    while let Some(field) = body.next_field().await.ok()? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.ok()?.to_vec();
            return (!name.is_empty()).then_some(PlanFile { name, bytes });
        }
    }
    None
}

pub async fn take(signed: Signed, State(web): State<Web>, body: Multipart) -> Result<Response, Fail> {
    let Some(file) = read(body).await else {
        let page = build(&signed, &web, Form::default().with_fault("file", "field-plan-file"), None).await?;
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    match import_plan(&web.house, &signed.actor, signed.year, &file).await {
        Ok(id) => {
            let records = plans(&web.house, &signed.actor).await?;
            let year = records.iter().find(|record| record.id == id).map_or(signed.year, |record| record.year);
            signed.say("notice-plan-imported").await;
            Ok(see(&format!("/programme/plan/bindings?unit={}&year={year}", signed.scope.address())))
        }
        Err(refused @ (AppError::File(_) | AppError::Plan(_) | AppError::Refused { .. })) => {
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &build(&signed, &web, Form::default(), Some(&refused)).await?))
        }
        Err(other) => Err(other.into()),
    }
}
