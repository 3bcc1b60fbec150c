//! One number of a form: what it counts, in which unit, by which article, on which day; and the households, villages or
//! numbers it is made of.

use app::AppError;
use app::review::figure::{Asked, Behind, FigureView, HouseholdAdds, figure as asked_figure};
use app::review::people::{PersonRow, people};
use app::units::TotalRow;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::review::form::{Cell, Contribution, RowKey};
use kernel::{Day, HouseholdId, Page, PageOf};
use norms::{Column, Counted, Measure, Rulebook};
use serde::Deserialize;

use super::definition::{column_words, measure_words, movement_words, row_words, unit_key};
use super::table::row_of;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::units::by_units::By;
use crate::handlers::words::{basis, class_tag, gap, number, pager};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::Pager;
use crate::pages::review::{Figure, FigurePart, FigureRow, FigureVillage, MadeOf};
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

/// What is behind one number.
pub(super) async fn figure(
    signed: Signed,
    State(web): State<Web>,
    Path((_, form)): Path<(i16, String)>,
    Query(query): Query<FigureQuery>,
) -> Result<Response, Fail> {
    let (l, year, unit) = (signed.l(), signed.year, signed.scope.address() + &query.by.tail());
    let row = row_of(&query.row).ok_or(AppError::Missing("row"))?;
    let asked = Asked { form: &form, column: &query.column, row: &row, by: query.by.units() };
    let view = asked_figure(&web.house, &signed.actor, (Some(&signed.scope), year), asked).await?;
    let rules = web.house.rules(year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
    let base = format!("/review/{year}/forms/{form}");
    let here = |column: &str| format!("{base}/rows?unit={unit}&row={}&column={column}", query.row);
    let (made_of, pager) = match &view.behind {
        Behind::Households(all) => {
            let page = page_of(all, query.page);
            let rows = household_rows(&web, &signed, &rules, &page).await?;
            (MadeOf::Households(rows), pager(&page, |n| format!("{}&page={n}", here(&query.column))))
        }
        Behind::Villages(all) => {
            let page = page_of(all, query.page);
            let rows = village_rows(&web, &signed, &view.column, &page.rows);
            (MadeOf::Villages(rows), pager(&page, |n| format!("{}&page={n}", here(&query.column))))
        }
        Behind::Columns(parts) => {
            let part = |(column, cell): &(Column, Cell)| FigurePart {
                label: column_words(l, &view.layout.value, &column.id),
                value: cell_words(l, *cell),
                href: here(&column.id),
            };
            (MadeOf::Parts(parts.iter().map(part).collect()), Pager { total: "0".to_owned(), ..Pager::default() })
        }
    };
    Ok(shown(&page(&signed, &view, (&rules, &row), (made_of, pager), format!("{base}?unit={unit}"), &query.by)))
}

fn page(
    signed: &Signed,
    view: &FigureView,
    (rules, row): (&Rulebook, &RowKey),
    (made_of, pager): (MadeOf, Pager),
    form_href: String,
    by: &By,
) -> Figure {
    let (l, year, layout) = (signed.l(), signed.year, &view.layout.value);
    let column = column_words(l, layout, &view.column.id);
    let title = l.tv(
        "figure-title",
        &[("form", layout.number.clone()), ("column", column), ("row", row_words(l, row, &view.unit_below))],
    );
    // keys: unit-households unit-persons unit-percent
    Figure {
        l,
        frame: signed.frame(Section::Forms),
        title,
        total: cell_words(l, view.cell),
        counted_in: l.t(unit_key(layout, &view.column.measure)),
        definition: measure_words(l, (rules, layout), year, &view.column.measure),
        day: by.units().map_or(Day::last_of(year), |by| by.on).to_string(),
        bases: view.bases.iter().filter(|b| b.item.is_none()).map(|b| basis(b, &view.unconfirmed)).collect(),
        made_of,
        pager,
        form_href,
    }
}

fn cell_words(l: Lang, cell: Cell) -> String {
    match cell {
        Cell::Count(n) => number(n),
        Cell::Rate(Some(rate)) => rate.percent(),
        Cell::Rate(None) => "–".to_owned(),
        Cell::Gap(found) => gap(l, found),
    }
}

fn page_of<T>(found: &[T], page: Option<u32>) -> PageOf<&T> {
    let page = Page::new(page.unwrap_or(1), FIGURE_PAGE);
    let skip = usize::try_from(page.offset()).unwrap_or(usize::MAX);
    let rows = found.iter().skip(skip).take(page.size as usize).collect();
    PageOf { rows, total: i64::try_from(found.len()).unwrap_or(i64::MAX), capped: false, page }
}

async fn household_rows(
    web: &Web,
    signed: &Signed,
    rules: &Rulebook,
    page: &PageOf<&HouseholdAdds>,
) -> Result<Vec<FigureRow>, Fail> {
    let ids: Vec<HouseholdId> = page.rows.iter().map(|adding| adding.household).collect();
    let persons = people(&web.house, &signed.actor, Some(&signed.scope), signed.year, &ids).await?;
    let rows = page.rows.iter().zip(&persons);
    Ok(rows.map(|(adding, person)| figure_row(signed, rules, person, adding)).collect())
}

fn figure_row(signed: &Signed, rules: &Rulebook, person: &PersonRow, adding: &HouseholdAdds) -> FigureRow {
    let l = signed.l();
    FigureRow {
        href: format!("/registry/households/{}?year={}", person.household, signed.year),
        head: if person.head.is_empty() { l.t("household-elsewhere") } else { person.head.clone() },
        place: person.place.clone(),
        before: class_tag(l, rules, person.before.as_deref()),
        now: class_tag(l, rules, person.now.as_deref()),
        movement: adding.movement.as_ref().map_or_else(|| l.t("gap-previous"), |id| movement_words(l, rules, id)),
        adds: match adding.adds {
            Contribution::Count(n) => number(n),
            Contribution::Gap(found) => gap(l, found),
        },
    }
}

/// The totals of villages; one that was not entered says so.
fn village_rows(web: &Web, signed: &Signed, column: &Column, villages: &[&TotalRow]) -> Vec<FigureVillage> {
    let (l, units) = (signed.l(), web.house.units(&signed.scope));
    let persons = matches!(column.measure, Measure::Population { counted: Counted::Persons });
    let adds =
        |row: &TotalRow| row.total.as_ref().map(|total| number(if persons { total.persons } else { total.households }));
    villages
        .iter()
        .map(|row| FigureVillage {
            name: row.village.name.clone(),
            commune: units.commune(&row.village.commune).map(norms::Unit::full_name).unwrap_or_default(),
            href: format!("/units/villages?unit=commune:{}&year={}", row.village.commune, signed.year),
            adds: adds(row).unwrap_or_else(|| l.t("not-enough-data")),
        })
        .collect()
}
