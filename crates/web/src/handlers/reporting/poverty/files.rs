//! The page's table as a workbook, as CSV and as Parquet: every group with its counts and all its figures at the cut-off.

use std::io::Cursor;
use std::sync::Arc;

use app::AppError;
use app::reporting::poverty::{GroupOf, Poverty as Found};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use documents::write::{TableCell, TablePaper, write_table};
use measures::poverty::Counts;
use measures::sheet::{Sheet, Values};

use super::asked::{Asked, Read};
use super::words;
use super::{asked, by_what, missing, sources};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::review::xlsx;
use crate::language::Lang;
use crate::visitor::Signed;

/// One line of the table.
struct Line {
    name: String,
    and: String,
    key: String,
    counts: Counts,
}

fn lines(l: Lang, found: &Found, cutoff: usize) -> Vec<Line> {
    let name = |of: &GroupOf| words::group(l, &found.rules, of);
    let mut lines: Vec<Line> = found
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| Line {
            name: name(&group.of),
            and: group.and.as_ref().map(name).unwrap_or_default(),
            key: [Some(&group.of), group.and.as_ref()]
                .into_iter()
                .flatten()
                .map(GroupOf::key)
                .collect::<Vec<_>>()
                .join("/"),
            counts: found.of(at, cutoff),
        })
        .collect();
    let counts = found.all(cutoff);
    lines.push(Line { name: l.t("total"), and: String::new(), key: "total".to_owned(), counts });
    lines
}

/// The figures of a line in the order of [`figure_names`].
fn figures(found: &Found, counts: &Counts) -> Vec<Option<f64>> {
    let plan = &found.plan;
    let mut figures = vec![counts.headcount(), counts.intensity(plan), counts.adjusted(plan)];
    for j in 0..plan.indicators.len() {
        figures.extend([counts.uncensored_headcount(j), counts.censored_headcount(j), counts.contribution(plan, j)]);
    }
    figures
}

fn figure_names(found: &Found) -> Vec<String> {
    let by_indicator = found.plan.indicators.iter().flat_map(|id| ["hd", "hdk", "pctb"].map(|of| format!("{of}_{id}")));
    ["H", "A", "M0"].map(str::to_owned).into_iter().chain(by_indicator).collect()
}

/// Columns a program reads: keys beside the names, shares as fractions, empty where there is no figure.
fn sheet(l: Lang, read: Read, found: &Found, is_sample: bool) -> Sheet {
    let lines = lines(l, found, read.cutoff());
    let text = |of: &dyn Fn(&Line) -> String| Values::Text(lines.iter().map(|line| Arc::from(of(line))).collect());
    let whole = |of: &dyn Fn(&Line) -> u64| {
        Values::Whole(lines.iter().map(|line| i64::try_from(of(line)).unwrap_or(i64::MAX)).collect())
    };
    let mut columns = vec![
        ("key".to_owned(), text(&|line| line.key.clone())),
        ("group".to_owned(), text(&|line| line.name.clone())),
        ("and".to_owned(), text(&|line| line.and.clone())),
        ("k".to_owned(), whole(&|_| u64::from(read.k))),
        (read.question.weigh.id().to_owned(), whole(&|line| line.counts.all)),
        ("poor".to_owned(), whole(&|line| line.counts.poor)),
    ];
    let rows: Vec<Vec<Option<f64>>> = lines.iter().map(|line| figures(found, &line.counts)).collect();
    for (at, name) in figure_names(found).into_iter().enumerate() {
        let column = rows.iter().map(|row| row.get(at).copied().flatten().unwrap_or(f64::NAN)).collect();
        columns.push((name, Values::Real(column)));
    }
    if found.working.is_some() {
        columns.push(("working".to_owned(), text(&|_| l.t("poverty-working-mark"))));
    }
    if is_sample {
        columns.push(("sample".to_owned(), text(&|_| l.t("sample-mark"))));
    }
    Sheet { columns }
}

pub async fn as_workbook(signed: Signed, State(web): State<Web>, Query(wish): Query<Asked>) -> Result<Response, Fail> {
    let (read, found) = asked(&signed, &web, &wish).await?;
    let l = signed.l();
    let count = |n: u64| TableCell::Number(i64::try_from(n).unwrap_or(i64::MAX));
    let row = |line: Line| {
        let names =
            [TableCell::Text(line.name), TableCell::Text(line.and), count(line.counts.all), count(line.counts.poor)];
        names.into_iter().chain(figures(&found, &line.counts).into_iter().map(TableCell::Real)).collect()
    };
    let what = by_what(l, read, &words::split(l, read.question.split));
    let mut notes = vec![
        web.house.scope_name(&signed.scope),
        what,
        format!("k = {} · {}", read.k, words::weigh(l, read.question.weigh)),
    ];
    notes.extend(sources(&web, &signed, &found).into_iter().map(|source| source.text));
    notes.extend(missing(l, &found));
    let cross = read.question.cross.map(|cross| words::split(l, cross)).unwrap_or_default();
    let heads = [words::split(l, read.question.split), cross, l.t("poverty-all"), l.t("poverty-poor")];
    let paper = TablePaper {
        title: l.t1("poverty-title-year", "year", signed.year),
        notes,
        is_sample: signed.frame.is_sample,
        heads: heads.into_iter().chain(figure_names(&found)).collect(),
        rows: lines(l, &found, read.cutoff()).into_iter().map(row).collect(),
    };
    let mut out = Cursor::new(Vec::new());
    write_table(&paper, &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    Ok(xlsx(&name(&signed, "xlsx"), out.into_inner()))
}

pub async fn as_csv(signed: Signed, State(web): State<Web>, Query(wish): Query<Asked>) -> Result<Response, Fail> {
    let (read, found) = asked(&signed, &web, &wish).await?;
    let bytes = sheet(signed.l(), read, &found, signed.frame.is_sample).to_csv();
    let bytes = bytes.map_err(|fault| AppError::Paper(fault.to_string()))?;
    Ok(file("text/csv; charset=utf-8", &name(&signed, "csv"), bytes))
}

pub async fn as_parquet(signed: Signed, State(web): State<Web>, Query(wish): Query<Asked>) -> Result<Response, Fail> {
    let (read, found) = asked(&signed, &web, &wish).await?;
    let bytes = sheet(signed.l(), read, &found, signed.frame.is_sample).to_parquet();
    let bytes = bytes.map_err(|fault| AppError::Paper(fault.to_string()))?;
    Ok(file("application/vnd.apache.parquet", &name(&signed, "parquet"), bytes))
}

fn name(signed: &Signed, ending: &str) -> String {
    format!("ngheo-da-chieu-{}-{}.{ending}", signed.year, signed.scope.code)
}

fn file(kind: &str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
