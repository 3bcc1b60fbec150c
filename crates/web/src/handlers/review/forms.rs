//! Forms 7.1 … 7.11 on screen and as XLSX, their checks, and the households behind each number.

use app::AppError;
use app::reporting::standing;
use app::review::forms::{FormView, behind, forms_by, workbook};
use app::review::papers::form_paper;
use app::review::people::{PersonRow, people};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use documents::official::{Format, PaperKind};
use domain::access::Verb;
use domain::review::form::{
    self, CheckResult, Contribution, Mismatch, NOT_LISTED, Outcome, RowKey, UNPLACED, UNRESOLVED,
};
use kernel::{HouseholdId, Page, PageOf, group_thousands};
use norms::{Area, Column, FormLayout};
use serde::Deserialize;

use super::lists::xlsx;
use super::papers::{formats, links, sent_as};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::units::by_units::{By, choice, choice_words};
use crate::handlers::words::{basis, class_tag, gap, label, number, pager};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Basis, ByUnitsChoice, Link, Verdict};
use crate::pages::review::{
    Cell, CheckRow, FailedPlace, Figure, FigureRow, FormLink, FormPage, FormRow, Forms, Heading,
};
use crate::visitor::Signed;

const FIGURE_PAGE: u32 = 200;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/review/forms", get(of_this_year))
        .route("/review/{year}/forms", get(index))
        .route("/review/{year}/forms.xlsx", get(all_as_workbook))
        .route("/review/{year}/forms/{number}", get(one))
        .route("/review/{year}/forms/{number}/rows", get(figure))
}

async fn of_this_year(signed: Signed) -> Response {
    crate::visitor::see(&format!("/review/{}/forms?unit={}", signed.year, signed.scope.address()))
}

fn numbers(web: &Web, signed: &Signed) -> Result<Vec<String>, Fail> {
    let rules = web.house.rules(signed.year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
    Ok(rules.forms.iter().map(|f| f.value.number.clone()).collect())
}

async fn views(web: &Web, signed: &Signed, wanted: &[String], by: &By) -> Result<Vec<FormView>, Fail> {
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    Ok(forms_by(&web.house, &signed.actor, Some(&signed.scope), signed.year, &wanted, by.units()).await?)
}

async fn index(signed: Signed, State(web): State<Web>, Query(by): Query<By>) -> Result<Response, Fail> {
    let (l, year, unit) = (signed.l(), signed.year, signed.scope.address() + &by.tail());
    let views = views(&web, &signed, &numbers(&web, &signed)?, &by).await?;
    let official = standing(&web.house, &signed.actor, &signed.scope, year).await?.official;
    let rows = views
        .iter()
        .map(|view| {
            let layout = &view.form.layout.value;
            FormLink {
                number: layout.number.clone(),
                title: label(l, &layout.title),
                href: format!("/review/{year}/forms/{}?unit={unit}", layout.number),
                files: files(&format!("/review/{year}/forms/{}", layout.number), &unit),
                verdict: verdict_of(view),
                checks: checks_words(l, &view.checks),
                is_unconfirmed: !view.unconfirmed.is_empty(),
            }
        })
        .collect();
    Ok(shown(&Forms {
        l,
        frame: signed.frame(Section::Forms),
        rows,
        report: links(
            l,
            "paper-report",
            &format!("/review/{year}/papers"),
            PaperKind::CoveringReport,
            &format!("unit={}", signed.scope.address()),
        ),
        all_xlsx_href: format!("/review/{year}/forms.xlsx?unit={unit}"),
        official: official.map(|r| l.t2("official-on", "day", r.day, "by", &r.by_name)).unwrap_or_default(),
        may_mark: signed.actor.may(Verb::MarkOfficial) && views.iter().all(|view| view.may_be_official),
        official_action: format!("/review/{year}/official"),
        snapshots_href: format!("/reporting/snapshots?unit={unit}&year={year}"),
        unit: signed.scope.address(),
        empty: String::new(),
        by: choice(&web, &signed, &by, format!("/review/{year}/forms")).await?,
        counts_href: format!("/units/counts?unit={unit}&year={year}"),
    }))
}

/// A form as a workbook and as a paper.
fn files(address: &str, unit: &str) -> Vec<Link> {
    let mut files = vec![Link::new("XLSX", format!("{address}.xlsx?unit={unit}"))];
    files.extend(formats(address, &format!("unit={unit}")));
    files
}

fn verdict_of(view: &FormView) -> Verdict {
    let any = |wanted: fn(&Outcome) -> bool| view.checks.iter().any(|c| wanted(&c.outcome));
    if any(|o| matches!(o, Outcome::Failed(_))) {
        Verdict::Bad
    } else if !view.form.gaps.is_empty() || any(|o| matches!(o, Outcome::NotEnough(_))) {
        Verdict::Open
    } else {
        Verdict::Good
    }
}

fn checks_words(l: Lang, checks: &[CheckResult]) -> String {
    let count = |wanted: fn(&Outcome) -> bool| checks.iter().filter(|c| wanted(&c.outcome)).count();
    let parts = [
        ("checks-met", count(|o| *o == Outcome::Passed)),
        ("checks-failed", count(|o| matches!(o, Outcome::Failed(_)))),
        ("checks-open", count(|o| matches!(o, Outcome::NotEnough(_)))),
    ];
    // keys: checks-*
    parts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| l.t1(key, "n", n)).collect::<Vec<_>>().join(", ")
}

async fn all_as_workbook(signed: Signed, State(web): State<Web>, Query(by): Query<By>) -> Result<Response, Fail> {
    let numbers = numbers(&web, &signed)?;
    as_workbook(&web, &signed, &numbers, &format!("bieu-7-{}-{}.xlsx", signed.year, signed.scope.code), &by).await
}

async fn as_workbook(web: &Web, signed: &Signed, wanted: &[String], name: &str, by: &By) -> Result<Response, Fail> {
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let scope = Some(&signed.scope);
    let file = workbook(&web.house, &signed.actor, scope, signed.year, &wanted, by.units()).await?;
    Ok(xlsx(name, file))
}

async fn one(
    signed: Signed,
    State(web): State<Web>,
    Path((_, number)): Path<(i16, String)>,
    Query(by): Query<By>,
) -> Result<Response, Fail> {
    if let Some(number) = number.strip_suffix(".xlsx") {
        let name = format!("bieu-{}-{}-{}.xlsx", number.replace('.', "-"), signed.year, signed.scope.code);
        return as_workbook(&web, &signed, &[number.to_owned()], &name, &by).await;
    }
    if let Some((form, format)) = number.rsplit_once('.').and_then(|(n, end)| Some((n, Format::from_extension(end)?))) {
        let (scope, year) = (Some(&signed.scope), signed.year);
        let paper = form_paper(&web.house, &signed.actor, (scope, year), (form, by.units()), format).await?;
        return Ok(sent_as(&format!("bieu-{}-{year}", form.replace('.', "-")), format, paper));
    }
    let views = views(&web, &signed, &[number], &by).await?;
    let view = views.first().ok_or(AppError::Missing("form"))?;
    let heads = heads_of_failed(&web, &signed, view).await?;
    let action = format!("/review/{}/forms/{}", signed.year, view.form.layout.value.number);
    let choice = choice(&web, &signed, &by, action).await?;
    Ok(shown(&form_page(&web, &signed, (view, &heads), (&by, choice))))
}

/// So many places where a check fails are named; the rest are counted.
const NAMED: usize = 5;

/// The households that failed checks name, with their heads, for who may open them.
async fn heads_of_failed(web: &Web, signed: &Signed, view: &FormView) -> Result<Vec<PersonRow>, Fail> {
    if !signed.actor.may(Verb::ReadRegistry) {
        return Ok(Vec::new());
    }
    let failed = |result: &CheckResult| match &result.outcome {
        Outcome::Failed(mismatches) => mismatches.iter().take(NAMED).filter_map(|m| m.household).collect(),
        Outcome::Passed | Outcome::NotEnough(_) => Vec::new(),
    };
    let ids: Vec<HouseholdId> = view.checks.iter().flat_map(failed).collect();
    Ok(people(&web.house, &signed.actor, Some(&signed.scope), signed.year, &ids).await?)
}

fn form_page(
    web: &Web,
    signed: &Signed,
    (view, heads): (&FormView, &[PersonRow]),
    (by, choice): (&By, ByUnitsChoice),
) -> FormPage {
    let (l, year, unit) = (signed.l(), signed.year, signed.scope.address() + &by.tail());
    let layout = &view.form.layout.value;
    let name = web.house.scope_name(&signed.scope);
    let base = format!("/review/{year}/forms/{}", layout.number);
    FormPage {
        l,
        frame: signed.frame(Section::Forms),
        number: layout.number.clone(),
        title: label(l, &layout.title),
        subtitle: l.tv("form-subtitle", &[("unit", name.clone()), ("year", year.to_string())]) + &by_words(l, by),
        headings: headings(l, layout),
        columns: printed(layout).map(|(_, column)| label(l, &column.label)).collect(),
        rows: rows(l, view, &format!("{base}/rows?unit={unit}"), signed.actor.may(Verb::ReadRegistry)),
        checks: view.checks.iter().map(|c| check_row(signed, view, c, heads)).chain(conserved_row(l, view)).collect(),
        by: choice,
        missing: missing(signed, view),
        may_be_official: view.may_be_official,
        unconfirmed: view.unconfirmed.iter().map(|b| named(l, b, view)).collect(),
        bases: view.bases.iter().filter(|b| b.item.is_none()).map(|b| basis(b, &view.unconfirmed)).collect(),
        signatures: layout.signatures.iter().map(|s| label(l, s)).collect(),
        issuer: l.t1("paper-issuer", "unit", name.split(',').next().unwrap_or_default().to_uppercase()),
        superior: name
            .split(',')
            .nth(1)
            .map(|s| l.t1("paper-issuer", "unit", s.trim().to_uppercase()))
            .unwrap_or_default(),
        place_and_day: l.t1("paper-place-day", "place", &signed.frame.province),
        xlsx_href: format!("{base}.xlsx?unit={unit}"),
        papers: links_of_form(l, &base, &format!("unit={unit}")),
        forms_href: format!("/review/{year}/forms?unit={unit}"),
    }
}

/// A form as a paper, in each format.
fn links_of_form(l: Lang, base: &str, query: &str) -> Vec<Link> {
    let mut links = formats(base, query);
    if let Some(first) = links.first_mut() {
        first.text = format!("{} ({})", l.t("paper-form"), first.text);
    }
    links
}

/// ` · Theo đơn vị ngày 01/07/2025 · Xã, phường`, where the form is told by other units than its own.
fn by_words(l: Lang, by: &By) -> String {
    by.units().map(|by| format!(" · {}", choice_words(l, by.level, by.on))).unwrap_or_default()
}

/// That the rows by other units add up to the form by its own.
fn conserved_row(l: Lang, view: &FormView) -> Option<CheckRow> {
    let holds = view.is_conserved?;
    let verdict = if holds { Verdict::Good } else { Verdict::Bad };
    Some(CheckRow { label: l.t("conserved-check"), verdict, detail: String::new(), places: Vec::new() })
}

/// Rows of a form for what lies in no unit of the day it is told by.
fn left_over_words(l: Lang, key: &str) -> Option<String> {
    match key {
        UNPLACED => Some(l.t("restate-unplaced")),
        UNRESOLVED => Some(l.t("restate-unresolved")),
        NOT_LISTED => Some(l.t("restate-not-listed")),
        _ => None,
    }
}

/// A value that waits for the province, by its own name.
fn named(l: Lang, open: &norms::Basis, view: &FormView) -> Basis {
    Basis { id: label(l, &open.label), ..basis(open, &view.unconfirmed) }
}

/// The columns that are printed; some are only counted, for checks and sums.
fn printed(layout: &FormLayout) -> impl Iterator<Item = (usize, &Column)> {
    layout.columns.iter().enumerate().filter(|(_, column)| !column.hidden)
}

fn headings(l: Lang, layout: &FormLayout) -> Vec<Heading> {
    let mut headings: Vec<(Option<&norms::Label>, usize)> = Vec::new();
    for (_, column) in printed(layout) {
        match headings.last_mut() {
            Some((heading, span)) if heading.is_some() && *heading == column.heading.as_ref() => *span += 1,
            _ => headings.push((column.heading.as_ref(), 1)),
        }
    }
    if headings.iter().all(|(heading, _)| heading.is_none()) {
        return Vec::new();
    }
    let words = |heading: Option<&norms::Label>| heading.map(|h| label(l, h)).unwrap_or_default();
    headings.into_iter().map(|(heading, span)| Heading { text: words(heading), span }).collect()
}

fn rows(l: Lang, view: &FormView, base: &str, may_open: bool) -> Vec<FormRow> {
    let layout = &view.form.layout.value;
    let mut within = 0usize;
    view.form
        .rows
        .iter()
        .map(|row| {
            let (number, name) = match &row.key {
                RowKey::Area(area) => {
                    within = 0;
                    (if *area == Area::Urban { "I" } else { "II" }.to_owned(), area_words(l, *area))
                }
                RowKey::Total => ("III".to_owned(), l.t("total")),
                RowKey::Unit { key, .. } => {
                    let left_over = left_over_words(l, key);
                    within += usize::from(left_over.is_none());
                    let number = if left_over.is_none() { within.to_string() } else { String::new() };
                    (number, left_over.unwrap_or_else(|| row.label.clone()))
                }
            };
            let cells = printed(layout)
                .map(|(at, column)| {
                    let cell = row.cells.get(at).copied().unwrap_or(form::Cell::Rate(None));
                    let href = may_open.then(|| format!("{base}&row={}&column={}", row_id(&row.key), column.id));
                    cell_words(l, cell, href)
                })
                .collect();
            FormRow { number, name, is_sum: !matches!(row.key, RowKey::Unit { .. }), cells }
        })
        .collect()
}

fn cell_words(l: Lang, cell: form::Cell, href: Option<String>) -> Cell {
    match cell {
        form::Cell::Count(n) => Cell { text: group_thousands(n), href: href.filter(|_| n != 0), is_gap: false },
        form::Cell::Rate(Some(rate)) => Cell { text: rate.percent(), href: None, is_gap: false },
        form::Cell::Rate(None) => Cell { text: "–".to_owned(), href: None, is_gap: false },
        form::Cell::Gap(_) => Cell { text: l.t("not-enough-data"), href: None, is_gap: true },
    }
}

fn area_words(l: Lang, area: Area) -> String {
    // keys: area-*
    l.t(&format!("area-{}", area.id()))
}

/// `total`, `urban`, `rural:444` in an address.
fn row_id(key: &RowKey) -> String {
    match key {
        RowKey::Total => "total".to_owned(),
        RowKey::Area(area) => area.id().to_owned(),
        RowKey::Unit { area, key } => format!("{}:{key}", area.id()),
    }
}

fn row_of(id: &str) -> Option<RowKey> {
    match id.split_once(':') {
        None if id == "total" => Some(RowKey::Total),
        None => Area::from_id(id).map(RowKey::Area),
        Some((area, key)) => Area::from_id(area).map(|area| RowKey::Unit { area, key: key.to_owned() }),
    }
}

fn check_row(signed: &Signed, view: &FormView, result: &CheckResult, heads: &[PersonRow]) -> CheckRow {
    let l = signed.l();
    let mut places = Vec::new();
    let (verdict, detail) = match &result.outcome {
        Outcome::Passed => (Verdict::Good, String::new()),
        Outcome::NotEnough(gaps) => (Verdict::Open, gaps.iter().map(|g| gap(l, *g)).collect::<Vec<_>>().join("; ")),
        Outcome::Failed(mismatches) => {
            places.extend(mismatches.iter().take(NAMED).map(|m| mismatch(signed, view, m, heads)));
            let more = mismatches.len().saturating_sub(NAMED);
            let tail = if more > 0 { l.t1("check-more", "n", number(more)) } else { String::new() };
            (Verdict::Bad, tail)
        }
    };
    CheckRow { label: label(l, &result.check.label), verdict, places, detail }
}

/// One place where a check fails: the row, or the household with the way to it.
fn mismatch(signed: &Signed, view: &FormView, found: &Mismatch, heads: &[PersonRow]) -> FailedPlace {
    let l = signed.l();
    let person = found.household.and_then(|id| heads.iter().find(|person| person.household == id));
    let household = person.map(|person| {
        let head = if person.head.is_empty() { l.t("household-elsewhere") } else { person.head.clone() };
        Link::new(head, format!("/registry/households/{}?year={}", person.household, signed.year))
    });
    let place = found.row.as_ref().map(|row| row_words(l, view, row)).unwrap_or_default();
    let values = [("place", place), ("expected", label(l, &found.expected)), ("found", label(l, &found.found))];
    FailedPlace { household, words: l.tv("check-mismatch", &values) }
}

fn row_words(l: Lang, view: &FormView, key: &RowKey) -> String {
    match key {
        RowKey::Total => l.t("total"),
        RowKey::Area(area) => area_words(l, *area),
        RowKey::Unit { key: unit, .. } => left_over_words(l, unit).unwrap_or_else(|| {
            view.form.rows.iter().find(|r| r.key == *key).map(|r| r.label.clone()).unwrap_or_default()
        }),
    }
}

/// What is missing, each with the place where it can be entered.
fn missing(signed: &Signed, view: &FormView) -> Vec<Link> {
    let (l, period) = (signed.l(), signed.period());
    let place = |g: form::Gap| match g {
        form::Gap::Population { .. } => format!("/units/villages?{period}"),
        form::Gap::PreviousList => {
            format!("/review/intake?unit={}&year={}", signed.scope.address(), signed.year - 1)
        }
        form::Gap::Vanished { .. } | form::Gap::NoMovement { .. } => {
            format!("/review/{}/changes?unit={}&movement=vanished", signed.year, signed.scope.address())
        }
        form::Gap::Area => "/norms/review.areas".to_owned(),
        form::Gap::Unclassified { .. } => format!("/registry/households?{period}&class=none"),
        form::Gap::Marks { .. } | form::Gap::Ages { .. } => format!("/registry/households?{period}"),
    };
    view.form.gaps.iter().map(|g| Link::new(gap(l, *g), place(*g))).collect()
}

#[derive(Deserialize)]
struct FigureQuery {
    row: String,
    column: String,
    page: Option<u32>,
    #[serde(flatten)]
    by: By,
}

/// The households behind one number.
async fn figure(
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
