//! Search by names and paper numbers: every typed word must begin a word of the household, marks left aside; when marks
//! were typed, households that have them come first. A small place is walked through; in a large one the text index
//! finds the candidates, and when there are too many of those, so many that a page fills at once, the walk serves again.

use kernel::{HouseholdId, Page, PageOf, text};
use storage::{HouseholdFilter, HouseholdRow, Stored};
use uuid::Uuid;

use super::count;
use super::derived::{marked_words, scope_word};
use super::list::{Walk, rows};
use super::spell::{Spelled, spell};
use crate::dialect::{Dialect, Term};
use crate::tx::{Query, Tx};

/// A person reads a thousand results at most; beyond, the count is capped.
const CAP: i64 = 1_001;
/// So many households are walked through sooner than the index is asked.
const SMALL: i64 = 3_000;
/// So many candidates are sorted; with more, the walk fills a page sooner.
const CANDIDATES: i64 = 4_000;

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

/// A stretch of the results, best first, and how many there are up to the cap.
struct Found {
    ids: Vec<HouseholdId>,
    total: i64,
}

/// Where a stretch begins and how long it is.
#[derive(Clone, Copy)]
struct Stretch {
    offset: i64,
    size: i64,
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
    let stretch = Stretch { offset: page.offset(), size: i64::from(page.size) };
    let is_small = filter.village.is_some() || count::households(tx, filter).await? <= SMALL;
    let sorted = if is_small {
        Some(walk_all(tx, filter, &typed, stretch).await?)
    } else {
        candidates(tx, filter, &typed, Fit::Folded, stretch).await?
    };
    let found = match sorted {
        Some(found) => found,
        None => broad(tx, filter, &typed, stretch).await?,
    };
    let rows = rows(tx, filter.year, &found.ids).await?;
    Ok(PageOf { rows, total: found.total, capped: found.total >= CAP, page })
}

/// A stretch of more households than are worth sorting: those with the typed marks, then the others.
async fn broad(tx: &mut Tx, filter: &HouseholdFilter, typed: &Typed, stretch: Stretch) -> Stored<Found> {
    let ids = if typed.marked.is_empty() {
        walk(tx, filter, typed, Fit::Folded, stretch).await?
    } else {
        match candidates(tx, filter, typed, Fit::Marked, stretch).await? {
            None => walk(tx, filter, typed, Fit::Marked, stretch).await?,
            Some(Found { mut ids, total }) => {
                let missing = stretch.size - i64::try_from(ids.len()).unwrap_or(stretch.size);
                if missing > 0 {
                    let rest = Stretch { offset: (stretch.offset - total).max(0), size: missing };
                    ids.extend(walk(tx, filter, typed, Fit::FoldedOnly, rest).await?);
                }
                ids
            }
        }
    };
    let shown = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let total = if shown < stretch.size { stretch.offset + shown } else { CAP };
    Ok(Found { ids, total: total.min(CAP) })
}

/// A stretch of a small place's households that fit, best first.
async fn walk_all(tx: &mut Tx, filter: &HouseholdFilter, typed: &Typed, stretch: Stretch) -> Stored<Found> {
    let unlike = unlike(typed, 1, tx.dialect());
    let query = Walk::of(filter).begin_with(
        tx,
        filter,
        &format!("WITH hit AS MATERIALIZED (SELECT h.id, h.sort_key, {unlike} AS unlike"),
        &marks(typed),
    );
    let query = fitting(query, "words", &typed.folded).push(")");
    stretch_of_hits(query, stretch).await
}

/// ` word` for each word typed with marks, as the test [`unlike`] takes them.
fn marks(typed: &Typed) -> Vec<String> {
    typed.marked.iter().map(|word| format!(" {word}")).collect()
}

/// The next households that fit, in the order of their heads.
async fn walk(
    tx: &mut Tx,
    filter: &HouseholdFilter,
    typed: &Typed,
    fit: Fit,
    stretch: Stretch,
) -> Stored<Vec<HouseholdId>> {
    let walk = Walk::of(filter);
    let query = walk.begin_with(tx, filter, "SELECT h.id", &[]);
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
        .push_bind(" LIMIT ", stretch.size)
        .push_bind(" OFFSET ", stretch.offset)
        .all("household", |row| row.uuid().map(HouseholdId))
        .await
}

/// A stretch of the households that fit, best first, by way of the text index; `None` when there are too many to sort.
async fn candidates(
    tx: &mut Tx,
    filter: &HouseholdFilter,
    typed: &Typed,
    fit: Fit,
    stretch: Stretch,
) -> Stored<Option<Found>> {
    let (words, column) = match fit {
        Fit::Marked => (&typed.marked, "marked"),
        Fit::Folded | Fit::FoldedOnly => (&typed.folded, "words"),
    };
    let mut terms = match spell(tx, words).await? {
        Spelled::Nothing => return Ok(Some(Found { ids: Vec::new(), total: 0 })),
        Spelled::Terms(terms) if terms.is_empty() => return Ok(None),
        Spelled::Terms(terms) => terms,
    };
    if !count::is_most_of_all(tx, &filter.scope).await? {
        terms.push(Term::AnyOf(vec![scope_word(&filter.scope)]));
    }
    // The candidates lead (CROSS JOIN keeps SQLite to that order); the scope is tested on each, not looked up.
    let dialect = tx.dialect();
    let (found, join) = dialect.text_hits(CANDIDATES + 1);
    let sql = format!(
        "WITH found AS MATERIALIZED ({found}), hit AS MATERIALIZED (SELECT h.id, h.sort_key, {} AS unlike \
         FROM found CROSS JOIN household h WHERE {join} AND (SELECT count(*) FROM found) <= {CANDIDATES} AND",
        unlike(typed, 2, dialect)
    );
    let mut query = tx.query("searching households", sql).bind(dialect.text_query(&terms));
    for word in marks(typed) {
        query = query.bind(word);
    }
    query = fitting(query.also_in_scope("h", &filter.scope), column, words);
    if !filter.with_closed {
        query = query.push(" AND h.closed IS NULL");
    }
    if let Walk::Year = Walk::of(filter) {
        query = query
            .push(" AND EXISTS (SELECT 1 FROM household_year y WHERE y.household = h.id")
            .push_bind(" AND y.year = ", i64::from(filter.year));
        match filter.class.as_deref() {
            None => {}
            Some("") => query = query.push(" AND y.class IS NULL"),
            Some(class) => query = query.push_bind(" AND y.class = ", class.to_owned()),
        }
        query = query.push(")");
    }
    let query =
        query.push(&format!(" UNION ALL SELECT NULL, NULL, NULL WHERE (SELECT count(*) FROM found) > {CANDIDATES})"));
    let found = stretch_of_hits(query, stretch).await?;
    let is_broad = found.total < 0;
    Ok((!is_broad).then_some(found))
}

/// Ends a statement that began with `hit (id, sort_key, unlike)`. A hit without an id says that there were too many; the
/// total is then -1.
async fn stretch_of_hits(query: Query<'_>, stretch: Stretch) -> Stored<Found> {
    let rows = query
        .push(" SELECT n.total, f.id FROM (SELECT CASE WHEN count(*) = count(id) THEN count(*) ELSE -1 END AS total FROM hit) n")
        .push_bind(" LEFT JOIN (SELECT id, sort_key, unlike FROM hit ORDER BY unlike, sort_key, id LIMIT ", stretch.size)
        .push_bind(" OFFSET ", stretch.offset)
        .push(") f ON 1 = 1 ORDER BY f.unlike, f.sort_key, f.id")
        .all("household", |row| Ok((row.take::<i64>()?, row.take::<Option<Uuid>>()?)))
        .await?;
    let total = rows.first().map_or(0, |(total, _)| (*total).min(CAP));
    Ok(Found { ids: rows.into_iter().filter_map(|(_, id)| id.map(HouseholdId)).collect(), total })
}

/// ` AND contains(h.<column>, ' word')` for each word.
fn fitting<'t>(mut query: Query<'t>, column: &str, words: &[String]) -> Query<'t> {
    let dialect = query.dialect();
    for word in words {
        let test = dialect.contains(&format!("h.{column}"), &query.next_placeholder());
        query = query.push(" AND ").push(&test).bind(format!(" {word}"));
    }
    query
}

/// Zero for a household that has all the typed marks, else one; the words are bound from placeholder `from` on.
fn unlike(typed: &Typed, from: usize, dialect: Dialect) -> String {
    if typed.marked.is_empty() {
        return "0".to_owned();
    }
    let tests = (from..).take(typed.marked.len()).map(|n| dialect.contains("h.marked", &format!("${n}")));
    format!("CASE WHEN {} THEN 0 ELSE 1 END", tests.collect::<Vec<_>>().join(" AND "))
}
