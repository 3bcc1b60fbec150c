//! A file or pasted cells come in; nothing of them is in the register yet.

use std::io::Cursor;

use app::review::forms::marks;
use app::review::intake::{Upload as Sent, stage};
use app::{AppError, FieldFault};
use axum::extract::{Multipart, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use documents::write::{ExportList, write_list};
use domain::access::{Verb, check};
use domain::units::Scope;

use super::{address, frame};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::with_faults;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::parts::Choice;
use crate::pages::review::intake::Upload;
use crate::visitor::{Signed, see};

/// How many years back a list may be brought in from this page.
const YEARS_BACK: i16 = 6;

pub async fn page(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    check(&signed.actor, Verb::ImportList)?;
    let form = Form::new([("year", signed.year.to_string())]);
    Ok(shown(&build(&signed, &web, form, &signed.scope.address(), None)))
}

fn build(signed: &Signed, web: &Web, form: Form, unit: &str, refused: Option<&AppError>) -> Upload {
    let this_year = web.house.clock.today().year();
    let province = web.house.province_of(&signed.scope);
    let has_rules = |year: &i16| web.house.rules(*year, &province).is_ok();
    let years = (this_year - YEARS_BACK..=this_year).rev().filter(has_rules);
    Upload {
        l: signed.l(),
        frame: frame(signed, refused),
        form,
        unit: unit.to_owned(),
        years: years.map(|y| Choice::new(y.to_string(), y.to_string())).collect(),
        layout_href: format!("/review/intake/layout.xlsx?{}", signed.period()),
    }
}

/// What the browser sent.
#[derive(Default)]
struct Posted {
    unit: String,
    year: String,
    paste: String,
    file_name: String,
    bytes: Vec<u8>,
}

/// `None` when the body breaks off or is too large.
async fn read(mut body: Multipart) -> Option<Posted> {
    let mut posted = Posted::default();
    while let Some(field) = body.next_field().await.ok()? {
        match field.name().unwrap_or_default() {
            "unit" => posted.unit = field.text().await.ok()?,
            "year" => posted.year = field.text().await.ok()?,
            "paste" => posted.paste = field.text().await.ok()?,
            "file" => {
                field.file_name().unwrap_or_default().clone_into(&mut posted.file_name);
                posted.bytes = field.bytes().await.ok()?.to_vec();
            }
            _ => {}
        }
    }
    Some(posted)
}

pub async fn take(signed: Signed, State(web): State<Web>, body: Multipart) -> Result<Response, Fail> {
    let again = |form: Form, unit: &str, refused: Option<&AppError>| {
        answer(StatusCode::UNPROCESSABLE_ENTITY, &build(&signed, &web, form, unit, refused))
    };
    let Some(posted) = read(body).await else {
        let form = Form::new([("year", signed.year.to_string())]).with_fault("file", "field-file-too-large");
        return Ok(again(form, &signed.scope.address(), None));
    };
    let form = Form::new([("year", posted.year.clone()), ("paste", posted.paste.clone())]);
    let Ok(year) = posted.year.trim().parse::<i16>() else {
        return Ok(again(with_faults(form, &[FieldFault::at("year", "field-choice")]), &posted.unit, None));
    };
    let upload = if !posted.bytes.is_empty() {
        Sent::File { name: posted.file_name, bytes: posted.bytes }
    } else if posted.file_name.is_empty() && !posted.paste.trim().is_empty() {
        Sent::Paste { text: posted.paste }
    } else if !posted.file_name.is_empty() {
        Sent::File { name: posted.file_name, bytes: Vec::new() }
    } else {
        return Ok(again(form.with_fault("file", "field-file-or-paste"), &posted.unit, None));
    };
    let wished = Scope::from_address(&posted.unit, signed.actor.scope.units_from);
    match stage(&web.house, &signed.actor, wished.as_ref(), year, upload).await {
        Ok(id) => Ok(see(&format!("{}/rows?first=yes", address(id)))),
        Err(refused @ (AppError::File(_) | AppError::ListFile(_) | AppError::Gap(_))) => {
            Ok(again(form, &posted.unit, Some(&refused)))
        }
        Err(other) => Err(other.into()),
    }
}

/// The layout of the law with its headers and no household.
pub async fn layout(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let rules = web.house.rules(signed.year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
    let marks = marks(&web.house, &signed.scope, signed.year, signed.frame.is_sample, &[]);
    let export = ExportList { rules: &rules, marks: &marks, listed: Vec::new(), escaped: Vec::new() };
    let mut out = Cursor::new(Vec::new());
    write_list(&export, &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    Ok(spreadsheet(out.into_inner(), "danh-sach-trong.xlsx"))
}

/// A spreadsheet to keep.
pub fn spreadsheet(bytes: Vec<u8>, name: &str) -> Response {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
