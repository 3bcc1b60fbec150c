//! Search by names and paper numbers: every typed word must begin a word of the household, marks left aside; when marks
//! were typed, households that have them come first. A small place is walked through; in a large one the text index
//! finds the candidates, and when there are too many of those, so many that a page fills at once, the walk serves again.

use kernel::{HouseholdId, Page, PageOf, text};
use storage::{HouseholdFilter, HouseholdRow, Stored};

use super::derived::{marked_words, scope_word};
use super::list::{Walk, rows};
use super::count;
use crate::tx::{Query, Tx};

/// A person reads a thousand results at most; beyond, the count is capped.
const CAP: usize = 1_001;
/// So many households are walked through sooner than the index is asked.
const SMALL: i64 = 3_000;
/// So many candidates are sorted; with more, the walk fills a page sooner.
const CANDIDATES: usize = 4_000;

/// What was typed.
struct Typed {
    folded: Vec<String>,
    /// Lower case with marks; empty when no marks were typed.
    marked: Vec<String>,
}

impl Typed {
    fn read(written: &str) -> Self {
        let marked = marked_words(written);
        let has_marks = marked.iter().any(|w| !w.is_ascii());
        Self { folded: text::words(written), marked: if has_marks { marked } else { Vec::new() } }
    }
}

/// Which spelling must fit.
#[derive(Clone, Copy, PartialEq)]
enum Fit {
    Folded,
    Marked,
    /// Fits only with the marks left aside.
    FoldedOnly,
}

pub(super) async fn page(
    tx: &mut Tx,
    filter: &HouseholdFilter,
    written: &str,
    page: Page,
) -> Stored<PageOf<HouseholdRow>> {
    let typed = Typed::read(written);
    if typed.folded.is_empty() {
        return Ok(PageOf { rows: Vec::new(), total: 0, capped: false, page });
    }
    let is_small = filter.village.is_some() || count::households(tx, filter).await? <= SMALL;
    let all = if is_small { Some(walk_all(tx, filter, &typed).await?) } else { candidates(tx, filter, &typed, Fit::Folded).await? };
    match all {
        Some(ids) => whole(tx, filter, &ids, page).await,
        None => broad(tx, filter, &typed, page).await,
    }
}

/// One page of ids that are all known.
async fn whole(tx: &mut Tx, filter: &HouseholdFilter, ids: &[HouseholdId], page: Page) -> Stored<PageOf<HouseholdRow>> {
    let (offset, size) = bounds(page);
    let shown: Vec<HouseholdId> = ids.iter().take(CAP).skip(offset).take(size).copied().collect();
    let total = i64::try_from(ids.len().min(CAP)).unwrap_or(i64::MAX);
    Ok(PageOf { rows: rows(tx, filter.year, &shown).await?, total, capped: ids.len() >= CAP, page })
}

/// One page of more households than are worth sorting: those with the typed marks, then the others.
async fn broad(tx: &mut Tx, filter: &HouseholdFilter, typed: &Typed, page: Page) -> Stored<PageOf<HouseholdRow>> {
    let (offset, size) = bounds(page);
    let exact = if typed.marked.is_empty() { Some(Vec::new()) } else { candidates(tx, filter, typed, Fit::Marked).await? };
    let shown = match exact {
        None => walk(tx, filter, typed, Fit::Marked, (offset, size)).await?,
        Some(exact) => {
            let mut shown: Vec<HouseholdId> = exact.iter().skip(offset).take(size).copied().collect();
            let fit = if typed.marked.is_empty() { Fit::Folded } else { Fit::FoldedOnly };
            let missing = size - shown.len();
            if missing > 0 {
                let from = offset.saturating_sub(exact.len());
                shown.extend(walk(tx, filter, typed, fit, (from, missing)).await?);
            }
            shown
        }
    };
    let is_last = shown.len() < size;
    let total = if is_last { offset + shown.len() } else { CAP };
    let total = i64::try_from(total).unwrap_or(i64::MAX);
    Ok(PageOf { rows: rows(tx, filter.year, &shown).await?, total, capped: !is_last, page })
}

fn bounds(page: Page) -> (usize, usize) {
    (usize::try_from(page.offset()).unwrap_or(usize::MAX), usize::try_from(page.size).unwrap_or(usize::MAX))
}

/// Every household of a small place that fits, best first.
async fn walk_all(tx: &mut Tx, filter: &HouseholdFilter, typed: &Typed) -> Stored<Vec<HouseholdId>> {
    let query = Walk::of(filter).begin(tx, filter, "words");
    let query = fitting(query, "words", &typed.folded);
    best_first(query, typed).push_bind(" LIMIT ", number(CAP)).all("household", |row| row.uuid().map(HouseholdId)).await
}

/// The next households that fit, in the order of their heads.
async fn walk(
    tx: &mut Tx,
    filter: &HouseholdFilter,
    typed: &Typed,
    fit: Fit,
    (offset, size): (usize, usize),
) -> Stored<Vec<HouseholdId>> {
    let walk = Walk::of(filter);
    let query = walk.begin(tx, filter, "words");
    let query = match fit {
        Fit::Folded => fitting(query, "words", &typed.folded),
        Fit::Marked => fitting(query, "marked", &typed.marked),
        Fit::FoldedOnly => {
            let query = fitting(query, "words", &typed.folded).push(" AND NOT (1 = 1");
            fitting(query, "marked", &typed.marked).push(")")
        }
    };
    query
        .push(walk.order())
        .push_bind(" LIMIT ", number(size))
        .push_bind(" OFFSET ", number(offset))
        .all("household", |row| row.uuid().map(HouseholdId))
        .await
}

/// Every household that fits, best first, by way of the text index; `None` when there are too many to sort.
async fn candidates(
    tx: &mut Tx,
    filter: &HouseholdFilter,
    typed: &Typed,
    fit: Fit,
) -> Stored<Option<Vec<HouseholdId>>> {
    let dialect = tx.dialect();
    let words = if fit == Fit::Marked { &typed.marked } else { &typed.folded };
    let (hits, join) = dialect.text_hits(CANDIDATES + 1);
    let sql = format!(
        "WITH hit AS MATERIALIZED ({hits}) \
         SELECT n.hits, f.id FROM (SELECT count(*) AS hits FROM hit) n LEFT JOIN \
         (SELECT h.id, h.sort_key, {} AS unlike FROM hit JOIN household h ON {join} WHERE",
        unlike(typed, 2, dialect)
    );
    let mut query = tx.query("searching households", sql).bind(dialect.text_query(&[scope_word(&filter.scope)], words));
    for word in &typed.marked {
        query = query.bind(format!(" {word}"));
    }
    query = query.in_scope("h", &filter.scope);
    if !filter.with_closed {
        query = query.push(" AND h.closed IS NULL");
    }
    if let Walk::Year = Walk::of(filter) {
        query = query
            .push(" AND EXISTS (SELECT 1 FROM household_year y WHERE y.household = h.id")
            .push_bind(" AND y.year = ", i64::from(filter.year));
        if let Some(class) = &filter.class {
            query = query.push_bind(" AND y.class = ", class.clone());
        }
        query = query.push(")");
    }
    let rows = query
        .push(") f ON 1 = 1 ORDER BY f.unlike, f.sort_key, f.id")
        .all("household", |row| Ok((row.take::<i64>()?, row.take::<Option<uuid::Uuid>>()?)))
        .await?;
    let is_broad = rows.first().is_some_and(|(hits, _)| *hits > number(CANDIDATES));
    if is_broad {
        return Ok(None);
    }
    Ok(Some(rows.into_iter().filter_map(|(_, id)| id.map(HouseholdId)).collect()))
}

/// ` AND contains(h.<column>, ' word')` for each word.
fn fitting<'t>(mut query: Query<'t>, column: &str, words: &[String]) -> Query<'t> {
    let dialect = query.dialect();
    for word in words {
        let placeholder = query.next_placeholder();
        let test = dialect.contains(&format!("h.{column}"), &placeholder);
        query = query.push(" AND ").push(&test).bind(format!(" {word}"));
    }
    query
}

/// Zero for a household that has all the typed marks, else one; the words are bound from placeholder `from` on.
fn unlike(typed: &Typed, from: usize, dialect: crate::dialect::Dialect) -> String {
    if typed.marked.is_empty() {
        return "0".to_owned();
    }
    let tests = (from..).take(typed.marked.len()).map(|n| dialect.contains("h.marked", &format!("${n}")));
    format!("CASE WHEN {} THEN 0 ELSE 1 END", tests.collect::<Vec<_>>().join(" AND "))
}

fn best_first<'t>(mut query: Query<'t>, typed: &Typed) -> Query<'t> {
    if typed.marked.is_empty() {
        return query.push(" ORDER BY h.sort_key, h.id");
    }
    let test = unlike(typed, query.bound() + 1, query.dialect());
    for word in &typed.marked {
        query = query.bind(format!(" {word}"));
    }
    query.push(&format!(" ORDER BY {test}, h.sort_key, h.id"))
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
