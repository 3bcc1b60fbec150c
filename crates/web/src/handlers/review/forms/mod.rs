//! Forms 7.1 … 7.11 on screen, as XLSX and as papers. Tables stand in `table`, checks in `checks`, what is behind a
//! number in `figure`.

mod checks;
pub(crate) mod definition;
mod figure;
mod table;

use app::AppError;
use app::reporting::standing;
use app::review::forms::{FormView, forms_by, workbook};
use app::review::papers::form_paper;
use app::review::people::PersonRow;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use documents::official::{Format, PaperKind};
use domain::access::Verb;
use domain::review::form::{CheckResult, Outcome};

use self::checks::{absent, check_row, conserved_row, heads_of_failed, missing};
use self::figure::figure;
use self::table::{headings, printed, rows};
use super::lists::xlsx;
use super::papers::{formats, links, sent_as};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::units::by_units::{By, choice, choice_words};
use crate::handlers::words::{basis, label};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Basis, ByUnitsChoice, Link, PaperLinks, Verdict};
use crate::pages::review::{FormLink, FormPage, Forms};
use crate::visitor::Signed;

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
        report: vec![links(
            l,
            "paper-report",
            &format!("/review/{year}/papers"),
            PaperKind::CoveringReport,
            &format!("unit={}", signed.scope.address()),
        )],
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
        absent: absent(web, signed, view),
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
        papers: vec![PaperLinks::new(&l.t("paper-form"), formats(&base, &format!("unit={unit}")))],
        forms_href: format!("/review/{year}/forms?unit={unit}"),
    }
}

/// ` · Theo đơn vị ngày 01/07/2025 · Xã, phường`, where the form is told by other units than its own.
fn by_words(l: Lang, by: &By) -> String {
    by.units().map(|by| format!(" · {}", choice_words(l, by.level, by.on))).unwrap_or_default()
}

/// A value that waits for the province, by its own name.
fn named(l: Lang, open: &norms::Basis, view: &FormView) -> Basis {
    Basis { id: label(l, &open.label), ..basis(open, &view.unconfirmed) }
}
