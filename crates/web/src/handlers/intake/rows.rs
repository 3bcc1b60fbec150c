//! Faulty rows: each with what is wrong and what to do, mended in place, or its household set aside.

use app::AppError;
use app::review::intake::{Mend, mend, set_aside, view};
use axum::Form as Posted;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::review::list::FaultLevel;
use kernel::IntakeId;

use super::faults::{About, by_row, kinds, page_rows};
use super::{Asked, address, frame, page_of, ready, subject};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::number;
use crate::pages::form::Form;
use crate::pages::review::intake::Rows;
use crate::visitor::{Signed, see};

const PAGE: usize = 50;

pub async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<IntakeId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let view = match ready(&signed, &web, id).await? {
        Ok(view) => view,
        Err(there) => return Ok(there),
    };
    let Ok(read) = &view.read else { return Ok(see(&address(id))) };
    let has_rejects = read.faults.iter().any(|f| f.level() == FaultLevel::Reject);
    if asked.first == "yes" && !has_rejects {
        return Ok(see(&address(id)));
    }
    let rules =
        web.house.rules(view.record.year, &web.house.province_of(&view.record.scope)).map_err(AppError::from)?;
    let about = About { l: signed.l(), view: &view, read, rules: &rules };
    Ok(shown(&build(&signed, &web, &about, asked.page)))
}

fn build(signed: &Signed, web: &Web, about: &About<'_>, page: Option<u32>) -> Rows {
    let (l, view, read) = (about.l, about.view, about.read);
    let href = address(view.record.id);
    let all = by_row(read);
    let (wanted, pager) = page_of(&all, page, PAGE, &format!("{href}/rows"));
    let rows: Vec<_> = wanted.iter().filter_map(|at| all.get(*at).cloned()).collect();
    let escaped_aside = read.escaped.iter().filter(|e| e.household.rejected).count();
    Rows {
        l,
        frame: frame(signed, None),
        form: Form::default(),
        subject: subject(web, l, &view.record),
        rows: page_rows(about, &rows),
        kinds: kinds(l, read),
        aside_households: number(read.aside().count() + escaped_aside),
        pager,
        aside_xlsx_href: format!("{href}/aside.xlsx"),
    }
}

/// `cell.1.14.birth_date`
fn mend_of(name: &str, value: &str) -> Option<Mend> {
    let mut parts = name.strip_prefix("cell.")?.splitn(3, '.');
    let (sheet, row, field) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Mend {
        sheet: sheet.parse().ok()?,
        row: row.parse().ok()?,
        field: field.parse().ok()?,
        value: value.to_owned(),
    })
}

/// `1.14`
pub fn place_of(text: &str) -> Option<(usize, usize)> {
    let (sheet, row) = text.split_once('.')?;
    Some((sheet.parse().ok()?, row.parse().ok()?))
}

pub async fn save(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<IntakeId>,
    Posted(posted): Posted<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let view = view(&web.house, &signed.actor, id).await?;
    if view.read.is_err() {
        return Err(AppError::Missing("column").into());
    }
    let values = |name: &str| -> Vec<(usize, usize)> {
        posted.iter().filter(|(n, _)| n == name).filter_map(|(_, value)| place_of(value)).collect()
    };
    let chosen = values("aside");
    for at in values("shown") {
        let wished = chosen.contains(&at);
        if wished != view.staged.aside.contains(&at) {
            set_aside(&web.house, &signed.actor, id, at, wished).await?;
        }
    }
    let mends: Vec<Mend> = posted.iter().filter_map(|(name, value)| mend_of(name, value)).collect();
    if !mends.is_empty() {
        mend(&web.house, &signed.actor, id, mends).await?;
    }
    signed.say("notice-rows-saved").await;
    Ok(see(&format!("{}/rows", address(id))))
}
