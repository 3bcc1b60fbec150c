//! Results as they were frozen: the table by unit, on a page, as a workbook and as a paper; who may read whose; and what of
//! them anybody may read once they are published. Never counts the register again.

use std::collections::{BTreeSet, HashSet};

use documents::official::context::{ClassCount, ReportStage, ResultsLine, ResultsTable};
use documents::official::{Format, Standing};
use documents::write::{TableCell, TablePaper, write_table};
use domain::access::{Actor, Verb, check};
use domain::review::results::{Results, ResultsKind, UnitLine, hidden_beside, hidden_lines};
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, ResultsId};
use norms::{Publication, Rulebook};
use storage::Work;

use super::papers::{Office, drawn, for_committee};
use crate::{AppError, House};

/// The table of one compilation.
#[derive(Debug, Clone)]
pub struct FrozenTable {
    pub results: Results,
    pub unit: String,
    /// Classes in the order of the columns: id and word.
    pub classes: Vec<(String, String)>,
    pub lines: Vec<ResultsLine>,
    pub total: ResultsLine,
    pub is_sample: bool,
}

/// Units above one, nearest first.
pub(super) fn above(house: &House, scope: &Scope) -> Vec<Scope> {
    let units = house.units(scope);
    let own = units.get(scope.level.into(), &scope.code);
    std::iter::successors(own.and_then(|unit| units.parent(unit)), |unit| units.parent(unit))
        .map(|unit| Scope::new(scope.units_from, ScopeLevel::from(unit.level), unit.code.clone()))
        .collect()
}

/// Of the actor's area; from above it once published.
pub(super) async fn readable(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    id: ResultsId,
) -> Result<Results, AppError> {
    let found = work.results_by_id(id).await?.ok_or(AppError::Missing("results"))?;
    if house.narrow(actor, Some(&found.unit)).is_ok() {
        return Ok(found);
    }
    let is_from_above = above(house, &actor.scope).contains(&found.unit);
    Some(found).filter(|found| is_from_above && found.published.is_some()).ok_or(AppError::Missing("results"))
}

pub async fn frozen_table(house: &House, actor: &Actor, id: ResultsId) -> Result<FrozenTable, AppError> {
    check(actor, Verb::ReadForms)?;
    let mut work = house.store.read().await?;
    let results = readable(house, work.as_mut(), actor, id).await?;
    let is_sample = crate::access::is_sample(work.as_mut()).await?;
    table_of(house, results, is_sample)
}

fn table_of(house: &House, results: Results, is_sample: bool) -> Result<FrozenTable, AppError> {
    let rules = house.rules(results.year, &house.province_of(&results.unit))?;
    let classes = classes(&rules);
    let lines: Vec<ResultsLine> = results.lines.iter().map(|line| line_of(line, &classes)).collect();
    let total = total(&lines, classes.len());
    Ok(FrozenTable { unit: house.scope_name(&results.unit), classes, lines, total, results, is_sample })
}

fn classes(rules: &Rulebook) -> Vec<(String, String)> {
    rules.classes.value.classes.iter().map(|class| (class.id.clone(), class.label.vi.clone())).collect()
}

fn line_of(line: &UnitLine, classes: &[(String, String)]) -> ResultsLine {
    let count = |(id, _): &(String, String)| {
        let known = line.classes.iter().find(|(class, ..)| class == id);
        known
            .map(|(_, households, persons)| ClassCount { households: *households, persons: *persons })
            .unwrap_or_default()
    };
    ResultsLine {
        unit: line.name.clone(),
        counts: classes.iter().map(count).collect(),
        open: line.unclassified,
        recognised: line.recognised,
    }
}

fn total(lines: &[ResultsLine], classes: usize) -> ResultsLine {
    let sum = |place: usize| {
        let counts = || lines.iter().filter_map(move |line| line.counts.get(place));
        ClassCount {
            households: counts().map(|count| count.households).sum(),
            persons: counts().map(|count| count.persons).sum(),
        }
    };
    ResultsLine {
        unit: "Tổng cộng".to_owned(),
        counts: (0..classes).map(sum).collect(),
        open: lines.iter().map(|line| line.open).sum(),
        recognised: lines.iter().all(|line| line.recognised),
    }
}

/// The table as a workbook of one sheet.
pub async fn frozen_workbook(house: &House, actor: &Actor, id: ResultsId) -> Result<Vec<u8>, AppError> {
    let table = frozen_table(house, actor, id).await?;
    let mut heads = vec!["Đơn vị".to_owned()];
    for (_, class) in &table.classes {
        heads.extend([format!("{class} (hộ)"), format!("{class} (khẩu)")]);
    }
    heads.push("Chưa phân loại (hộ)".to_owned());
    let row = |line: &ResultsLine| {
        let mut cells = vec![TableCell::Text(line.unit.clone())];
        cells.extend(line.counts.iter().flat_map(|c| [TableCell::Number(c.households), TableCell::Number(c.persons)]));
        cells.push(TableCell::Number(line.open));
        cells
    };
    let paper = TablePaper {
        title: format!("{} năm {}, {}", kind_word(table.results.kind), table.results.year, table.unit),
        notes: vec![
            format!("Tổng hợp ngày {}", table.results.compiled.day),
            format!("Mã kiểm tra: {}", table.results.hash),
        ],
        is_sample: table.is_sample,
        heads,
        rows: table.lines.iter().chain([&table.total]).map(row).collect(),
    };
    let mut out = std::io::Cursor::new(Vec::new());
    write_table(&paper, &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    Ok(out.into_inner())
}

pub(super) fn kind_word(kind: ResultsKind) -> &'static str {
    match kind {
        ResultsKind::Preliminary => "Kết quả sơ bộ",
        ResultsKind::Official => "Kết quả chính thức",
    }
}

/// The table as a paper: the same numbers however often and however late it is printed.
pub async fn frozen_paper(house: &House, actor: &Actor, id: ResultsId, format: Format) -> Result<Vec<u8>, AppError> {
    let table = frozen_table(house, actor, id).await?;
    let mut work = house.store.read().await?;
    let office = Office::of_unit(house, work.as_mut(), &table.results.unit).await?;
    drop(work);
    let results = &table.results;
    let day = results.approved.as_ref().map_or(results.compiled.day, |stamp| stamp.day);
    let paper = ResultsTable {
        standing: Standing { sample: table.is_sample, unconfirmed: Vec::new() },
        head: office.head_of_day(day),
        stage: match results.kind {
            ResultsKind::Preliminary => ReportStage::Preliminary,
            ResultsKind::Official => ReportStage::Official,
        },
        year: results.year,
        unit: office.unit.clone(),
        compiled_on: results.compiled.day,
        approved_number: results.approved.as_ref().map(|stamp| stamp.number.clone()),
        approved_on: results.approved.as_ref().map(|stamp| stamp.day),
        classes: table.classes.iter().map(|(_, word)| word.clone()).collect(),
        hash: results.hash.chars().take(16).collect(),
        lines: table.lines,
        total: table.total,
        signer: for_committee(""),
        recipients: vec!["Lưu: VT".to_owned()],
    };
    drawn(house, paper, format).await
}

/// A published table as anybody may read it.
#[derive(Debug, Clone)]
pub struct PublicTable {
    pub table: FrozenTable,
    /// Lines whose numbers are not shown: small ones, and what would give them away.
    pub hidden: Vec<bool>,
    pub least: u64,
    /// Tables of the kind and year that were published before this one.
    pub replaces: usize,
}

/// The newest published results of each kind in a year, the official ones first; `None` asks for the newest year there is.
pub async fn public_tables(house: &House, year: Option<i16>) -> Result<Vec<PublicTable>, AppError> {
    let mut work = house.store.read().await?;
    let Some(province) = crate::access::province_scope(house, work.as_mut()).await? else { return Ok(Vec::new()) };
    let newest = crate::access::year_of_work(house, work.as_mut()).await?;
    let years = year.map_or_else(|| (newest - 5..=newest).rev().collect::<Vec<_>>(), |year| vec![year]);
    let is_sample = crate::access::is_sample(work.as_mut()).await?;
    for year in years {
        let found = work.results(&province, year).await?;
        let versions = |kind| found.iter().filter(move |r| r.kind == kind && r.published.is_some()).cloned().collect();
        let kinds = [ResultsKind::Official, ResultsKind::Preliminary].map(versions);
        let kinds = kinds.into_iter().filter(|versions: &Vec<Results>| !versions.is_empty());
        let tables: Result<Vec<PublicTable>, AppError> =
            kinds.map(|versions| public_table(house, versions, is_sample)).collect();
        let tables = tables?;
        if !tables.is_empty() {
            return Ok(tables);
        }
    }
    Ok(Vec::new())
}

/// The newest of the versions that were published, as it may be shown beside the older ones: what these hid stays hidden, and a
/// line that changed by a few since any of them is hidden too.
fn public_table(house: &House, mut versions: Vec<Results>, is_sample: bool) -> Result<PublicTable, AppError> {
    // They come newest first: the oldest first, those of one day in the order they were made.
    versions.reverse();
    versions.sort_by_key(|results| results.published.as_ref().map(|stamp| stamp.day));
    let newest = versions.last().cloned().ok_or(AppError::Missing("results"))?;
    let rule = house.norms.in_force::<Publication>("review.publication", Day::last_of(newest.year))?;
    let least = rule.value.least_shown;
    let small = i64::try_from(least).unwrap_or(i64::MAX);
    let all = versions.iter().flat_map(|results| &results.lines).flat_map(|line| &line.classes);
    let classes: BTreeSet<&String> = all.map(|(class, ..)| class).collect();
    let mut was_hidden: HashSet<&String> = HashSet::new();
    let mut hidden = Vec::new();
    for (at, results) in versions.iter().enumerate() {
        let counts: Vec<Vec<i64>> = results.lines.iter().map(|line| households_of(line, &classes)).collect();
        hidden = hidden_lines(&counts, small);
        for older in versions.iter().take(at) {
            let then = |line: &UnitLine| older.lines.iter().find(|known| known.code == line.code).cloned();
            let then = |line| households_of(&then(line).unwrap_or_else(|| line.clone()), &classes);
            let then: Vec<Vec<i64>> = results.lines.iter().map(then).collect();
            for (line, hidden) in results.lines.iter().zip(&mut hidden) {
                *hidden |= was_hidden.contains(&line.code);
            }
            hidden = hidden_beside(&counts, (&then, &hidden), small);
        }
        was_hidden.extend(results.lines.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(line, _)| &line.code));
    }
    Ok(PublicTable { table: table_of(house, newest, is_sample)?, hidden, least, replaces: versions.len() - 1 })
}

fn households_of(line: &UnitLine, classes: &BTreeSet<&String>) -> Vec<i64> {
    let count = |class: &&String| {
        line.classes.iter().find(|(known, ..)| known == *class).map_or(0, |(_, households, _)| *households)
    };
    classes.iter().map(count).collect()
}
