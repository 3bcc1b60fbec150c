//! Frozen results by unit: the page, the workbook and the paper of those who work here, and the page anybody may read.

use app::AppError;
use app::review::frozen::{FrozenTable, PublicTable, frozen_paper, frozen_table, frozen_workbook, public_tables};
use app::review::papers::{frozen_form_paper, frozen_forms_workbook, frozen_numbers, frozen_report};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use documents::official::context::ResultsLine;
use documents::official::{Format, PaperKind};
use domain::review::results::Results;
use kernel::ResultsId;
use serde::Deserialize;

use super::results::steps;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::review::papers::{formats, links, sent_as};
use crate::handlers::words::{class_tag, number};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, PaperLinks};
use crate::pages::review::rounds::{FrozenPart, FrozenResults, FrozenRow};
use crate::visitor::{Signed, Visitor};

/// Stands where a count is not shown.
const HIDDEN: &str = "***";
/// The forms of a version as one workbook.
const FORMS: &str = "forms";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/published/results", get(public))
        .route("/review/{year}/results/{act}/{file}", get(paper_of_version))
}

/// `…/results/{id}` is the page, `…/results/{id}.xlsx` the workbook, `…/results/{id}.pdf` the paper.
pub async fn frozen(signed: &Signed, web: &Web, year: i16, name: &str) -> Result<Response, Fail> {
    let (id, ending) = name.split_once('.').unwrap_or((name, ""));
    let id: ResultsId = id.parse().map_err(|_| AppError::Missing("results"))?;
    if ending.is_empty() {
        return Ok(shown(&page(signed, web, year, id).await?));
    }
    if ending == "xlsx" {
        return Ok(workbook(&format!("results-{year}"), frozen_workbook(&web.house, &signed.actor, id).await?));
    }
    let format = Format::from_extension(ending).ok_or(AppError::Missing("paper"))?;
    let paper = frozen_paper(&web.house, &signed.actor, id, format).await?;
    Ok(sent_as(&format!("results-{year}"), format, paper))
}

fn workbook(name: &str, book: Vec<u8>) -> Response {
    let place = format!("attachment; filename=\"{name}.xlsx\"");
    let headers = [(header::CONTENT_TYPE, XLSX.to_owned()), (header::CONTENT_DISPOSITION, place)];
    (headers, book).into_response()
}

/// What goes with a version: `…/{id}/forms.xlsx`, `…/{id}/7.1.pdf`, `…/{id}/covering_report.docx`.
async fn paper_of_version(
    signed: Signed,
    State(web): State<Web>,
    Path((year, id, file)): Path<(i16, ResultsId, String)>,
) -> Result<Response, Fail> {
    let (house, actor) = (&web.house, &signed.actor);
    let (name, ending) = file.rsplit_once('.').ok_or(AppError::Missing("paper"))?;
    if (name, ending) == (FORMS, "xlsx") {
        return Ok(workbook(&format!("bieu-7-{year}"), frozen_forms_workbook(house, actor, id).await?));
    }
    let format = Format::from_extension(ending).ok_or(AppError::Missing("paper"))?;
    let paper = match PaperKind::from_id(name) {
        Some(PaperKind::CoveringReport) => frozen_report(house, actor, id, format).await?,
        _ => frozen_form_paper(house, actor, (id, name), format).await?,
    };
    Ok(sent_as(&format!("{name}-{year}"), format, paper))
}

/// The report and the forms of a version.
type PapersOfVersion = (Vec<PaperLinks>, Vec<PaperLinks>);

/// What was frozen with the version; nothing with one from before that was kept.
async fn papers_of_version(signed: &Signed, web: &Web, id: ResultsId, base: &str) -> Result<PapersOfVersion, Fail> {
    let l = signed.l();
    let numbers = frozen_numbers(&web.house, &signed.actor, id).await?;
    if numbers.is_empty() {
        return Ok(PapersOfVersion::default());
    }
    let all = Link::new("XLSX", format!("{base}/{FORMS}.xlsx"));
    let whole = vec![
        links(l, "results-report", base, PaperKind::CoveringReport, ""),
        PaperLinks::new(&l.t("results-forms"), vec![all]),
    ];
    let form = |number: &String| {
        PaperLinks::new(&l.t1("results-form", "number", number), formats(&format!("{base}/{number}"), ""))
    };
    Ok((whole, numbers.iter().map(form).collect()))
}

async fn page(signed: &Signed, web: &Web, year: i16, id: ResultsId) -> Result<FrozenResults, Fail> {
    let l = signed.l();
    let table = frozen_table(&web.house, &signed.actor, id).await?;
    let address = format!("/review/{year}/results/{id}");
    let mut files = formats(&address, "");
    files.insert(1, Link::new("XLSX", format!("{address}.xlsx")));
    let mut papers = vec![PaperLinks::new(&l.t("results-table"), files)];
    let (whole, forms) = papers_of_version(signed, web, id, &address).await?;
    papers.extend(whole);
    let says = steps(l, &table.results).into_iter().chain([l.t1("results-hash", "hash", short(&table.results))]);
    let back = format!("/review/{year}/results?unit={}", signed.scope.address());
    Ok(FrozenResults {
        l,
        frame: signed.frame(Section::Review),
        back: Some(Link::new(l.t("results-title"), back)),
        title: title(l, &table),
        is_sample: table.is_sample,
        tables: vec![FrozenPart { forms, ..part(web, l, &table, (says.collect(), papers), &[])? }],
    })
}

fn short(results: &Results) -> String {
    results.hash.chars().take(16).collect()
}

fn title(l: Lang, table: &FrozenTable) -> String {
    l.t2("results-of-unit", "unit", &table.unit, "year", table.results.year)
}

fn part(
    web: &Web,
    l: Lang,
    table: &FrozenTable,
    (says, papers): (Vec<String>, Vec<PaperLinks>),
    hidden: &[bool],
) -> Result<FrozenPart, Fail> {
    let results = &table.results;
    let rules = web.house.rules(results.year, &web.house.province_of(&results.unit)).map_err(AppError::from)?;
    let mut heads = Vec::new();
    for (id, _) in &table.classes {
        let class = class_tag(l, &rules, Some(id)).label;
        heads.extend([l.t1("results-households", "class", &class), l.t1("results-persons", "class", &class)]);
    }
    heads.push(l.t("class-none-yet"));
    let row = |line: &ResultsLine, is_total: bool, is_hidden: bool| {
        let word = |count: i64| if is_hidden { HIDDEN.to_owned() } else { number(count) };
        let mut cells: Vec<String> =
            line.counts.iter().flat_map(|count| [word(count.households), word(count.persons)]).collect();
        cells.push(word(line.open));
        FrozenRow { unit: if is_total { l.t("results-total") } else { line.unit.clone() }, is_total, cells }
    };
    let lines = table.lines.iter().enumerate();
    let mut rows: Vec<FrozenRow> =
        lines.map(|(place, line)| row(line, false, hidden.get(place) == Some(&true))).collect();
    rows.push(row(&table.total, true, false));
    Ok(FrozenPart {
        // keys: results-kind-*
        name: l.t(&format!("results-kind-{}", results.kind.id())),
        says,
        papers,
        forms: Vec::new(),
        heads,
        rows,
    })
}

#[derive(Deserialize)]
struct Asked {
    year: Option<i16>,
}

/// The newest published results of each kind, without signing in.
async fn public(visitor: Visitor, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let l = visitor.frame.l;
    let found = public_tables(&web.house, asked.year).await?;
    let title = found.first().map_or_else(|| l.t("results-public"), |first| title(l, &first.table));
    let tables: Result<Vec<FrozenPart>, Fail> = found.iter().map(|public| public_part(&web, l, public)).collect();
    Ok(shown(&FrozenResults {
        l,
        frame: visitor.frame.clone(),
        back: None,
        title,
        is_sample: found.iter().any(|public| public.table.is_sample),
        tables: tables?,
    }))
}

fn public_part(web: &Web, l: Lang, public: &PublicTable) -> Result<FrozenPart, Fail> {
    let mut says: Vec<String> =
        public.table.results.published.iter().map(|stamp| l.t1("results-public-day", "day", stamp.day)).collect();
    if public.hidden.contains(&true) {
        says.push(l.t2("published-hidden", "mark", HIDDEN, "least", public.least));
    }
    if public.replaces > 0 {
        says.push(l.t1("published-replaces", "least", public.least));
    }
    part(web, l, &public.table, (says, Vec::new()), &public.hidden)
}
