//! The households behind one number of a form.

use app::AppError;
use app::review::forms::behind;
use app::review::people::{PersonRow, people};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::review::form::Contribution;
use kernel::{HouseholdId, Page, PageOf};
use serde::Deserialize;

use super::table::row_of;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::units::by_units::By;
use crate::handlers::words::{class_tag, gap, label, number, pager};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::review::{Figure, FigureRow};
use crate::visitor::Signed;

const FIGURE_PAGE: u32 = 200;

#[derive(Deserialize)]
pub(super) struct FigureQuery {
    row: String,
    column: String,
    page: Option<u32>,
    #[serde(flatten)]
    by: By,
}

/// The households behind one number.
pub(super) async fn figure(
    signed: Signed,
    State(web): State<Web>,
    Path((_, form_number)): Path<(i16, String)>,
    Query(query): Query<FigureQuery>,
) -> Result<Response, Fail> {
    let (l, house, unit) = (signed.l(), &web.house, signed.scope.address() + &query.by.tail());
    let key = row_of(&query.row).ok_or(AppError::Missing("row"))?;
    let scope = Some(&signed.scope);
    let asked = (query.column.as_str(), &key, query.by.units());
    let found = behind(house, &signed.actor, (scope, signed.year), &form_number, asked).await?;
    let page = page_of(&found, query.page);
    let ids: Vec<HouseholdId> = page.rows.iter().map(|(id, _)| *id).collect();
    let persons = people(house, &signed.actor, scope, signed.year, &ids).await?;
    let rules = house.rules(signed.year, &house.province_of(&signed.scope)).map_err(AppError::from)?;
    let rows = page.rows.iter().zip(&persons).map(|((_, adds), person)| figure_row(l, &rules, person, *adds)).collect();
    let total: i64 = found.iter().map(|(_, c)| if let Contribution::Count(n) = c { *n } else { 0 }).sum();
    let base = format!("/review/{}/forms/{form_number}", signed.year);
    let layout = rules.forms.iter().find(|f| f.value.number == form_number).map(|f| &f.value);
    let column = layout.and_then(|f| f.column(&query.column)).map(|c| label(l, &c.label)).unwrap_or_default();
    let here = format!("{base}/rows?unit={unit}&row={}&column={}", query.row, query.column);
    Ok(shown(&Figure {
        l,
        frame: signed.frame(Section::Forms),
        title: l.tv("figure-title", &[("form", form_number.clone()), ("column", column)]),
        total: number(total),
        rows,
        pager: pager(&page, |n| format!("{here}&page={n}")),
        form_href: format!("{base}?unit={unit}"),
    }))
}

fn page_of(found: &[(HouseholdId, Contribution)], page: Option<u32>) -> PageOf<(HouseholdId, Contribution)> {
    let page = Page::new(page.unwrap_or(1), FIGURE_PAGE);
    let skip = usize::try_from(page.offset()).unwrap_or(usize::MAX);
    let rows = found.iter().skip(skip).take(page.size as usize).copied().collect();
    PageOf { rows, total: i64::try_from(found.len()).unwrap_or(i64::MAX), capped: false, page }
}

fn figure_row(l: Lang, rules: &norms::Rulebook, person: &PersonRow, adds: Contribution) -> FigureRow {
    FigureRow {
        href: format!("/registry/households/{}", person.household),
        head: person.head.clone(),
        place: person.place.clone(),
        before: class_tag(l, rules, person.before.as_deref()),
        now: class_tag(l, rules, person.now.as_deref()),
        movement: String::new(),
        adds: match adds {
            Contribution::Count(n) => number(n),
            Contribution::Gap(found) => gap(l, found),
        },
    }
}
