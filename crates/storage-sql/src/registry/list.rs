//! One page of households in the order of their heads. A page is a walk along an index; the rows are fetched for the
//! page's ids alone, so that a late page costs no more than its place in the index.

use std::collections::HashMap;

use domain::review::Marks;
use kernel::{HouseholdId, Page, PageOf, Points, VillageId};
use storage::{HouseholdFilter, HouseholdRow, Stored};

use super::count;
use crate::tx::{Query, Row, Tx};

pub(super) async fn page(tx: &mut Tx, filter: &HouseholdFilter, page: Page) -> Stored<PageOf<HouseholdRow>> {
    let total = total(tx, filter).await?;
    let ids = Walk::of(filter)
        .ids(tx, filter)
        .push_bind(" LIMIT ", i64::from(page.size))
        .push_bind(" OFFSET ", page.offset())
        .all("household", |row| row.uuid().map(HouseholdId))
        .await?;
    Ok(PageOf { rows: rows(tx, filter.year, &ids).await?, total, capped: false, page })
}

async fn total(tx: &mut Tx, filter: &HouseholdFilter) -> Stored<i64> {
    match Walk::of(filter) {
        Walk::Register => count::households(tx, filter).await,
        Walk::Year => Walk::Year.count(tx, filter).number("household_year").await,
    }
}

/// Which table is walked: all households, or those of a year's list.
#[derive(Clone, Copy)]
pub(super) enum Walk {
    Register,
    Year,
}

impl Walk {
    pub(super) fn of(filter: &HouseholdFilter) -> Self {
        if filter.class.is_some() || filter.assessed_only { Self::Year } else { Self::Register }
    }

    fn alias(self) -> &'static str {
        match self {
            Self::Register => "h",
            Self::Year => "y",
        }
    }

    pub(super) fn order(self) -> &'static str {
        match self {
            Self::Register => " ORDER BY h.sort_key, h.id",
            Self::Year => " ORDER BY y.sort_key, y.household",
        }
    }

    /// The walk up to its conditions, with the household itself in reach as `h`; `bound` are the values of `select`.
    pub(super) fn begin_with<'t>(
        self,
        tx: &'t mut Tx,
        filter: &HouseholdFilter,
        select: &str,
        bound: &[String],
    ) -> Query<'t> {
        let from = match self {
            Self::Register => "household h",
            Self::Year => "household_year y JOIN household h ON h.id = y.household",
        };
        let mut query = tx.query("listing households", format!("{select} FROM {from} WHERE"));
        for value in bound {
            query = query.bind(value.as_str());
        }
        self.restrict(query, filter)
    }

    /// Ids in the order of the heads, from the index alone.
    fn ids<'t>(self, tx: &'t mut Tx, filter: &HouseholdFilter) -> Query<'t> {
        let sql = match self {
            Self::Register => "SELECT h.id FROM household h WHERE",
            Self::Year => "SELECT y.household FROM household_year y WHERE",
        };
        self.restrict(tx.query("listing households", sql), filter).push(self.order())
    }

    fn count<'t>(self, tx: &'t mut Tx, filter: &HouseholdFilter) -> Query<'t> {
        let sql = match self {
            Self::Register => "SELECT count(*) FROM household h WHERE",
            Self::Year => "SELECT count(*) FROM household_year y WHERE",
        };
        self.restrict(tx.query("counting households", sql), filter)
    }

    /// Everything of the filter but its text.
    fn restrict<'t>(self, query: Query<'t>, filter: &HouseholdFilter) -> Query<'t> {
        let alias = self.alias();
        let mut query = match (self, filter.village) {
            // A village is smaller than any scope: its index is the one to walk.
            (Self::Register, Some(village)) => {
                query.push_bind(" h.village = ", village.0).push(" AND").also_in_scope("h", &filter.scope)
            }
            _ => query.in_scope(alias, &filter.scope),
        };
        if let Self::Year = self {
            query = query.push_bind(" AND y.year = ", i64::from(filter.year));
            if let Some(village) = filter.village {
                query = query.push_bind(" AND y.village = ", village.0);
            }
        }
        match filter.class.as_deref() {
            None => {}
            Some("") => query = query.push(" AND y.class IS NULL"),
            Some(class) => query = query.push_bind(" AND y.class = ", class.to_owned()),
        }
        if filter.with_closed { query } else { query.push(&format!(" AND {alias}.closed IS NULL")) }
    }
}

/// The rows of these households, in the order of the ids.
pub(super) async fn rows(tx: &mut Tx, year: i16, ids: &[HouseholdId]) -> Stored<Vec<HouseholdRow>> {
    const SQL: &str = "SELECT h.id, h.head_name, h.head_birth, h.district, h.commune, h.village, v.name, h.size, \
         h.closed, a.class, a.b1_computed, a.b1_entered, a.b2_entered, a.entered_known, a.entered_set, \
         a.computed_known, a.computed_set FROM household h JOIN village v ON v.id = h.village \
         LEFT JOIN assessment a ON a.household = h.id AND a.year = $1 WHERE h.id";
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = tx
        .query("reading a page of households", SQL)
        .bind(i64::from(year))
        .push_ids("", ids.iter().map(|id| id.0))
        .all("household", household_row)
        .await?;
    let mut by_id: HashMap<HouseholdId, HouseholdRow> = found.into_iter().map(|row| (row.id, row)).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

fn household_row(row: &mut Row) -> Stored<HouseholdRow> {
    let id = HouseholdId(row.uuid()?);
    let (head_name, head_birth) = (row.text()?, row.birth_if_any()?);
    let (district, commune) = (row.text()?, row.text()?);
    let (village, village_name) = (VillageId(row.uuid()?), row.text()?);
    let size = row.take()?;
    let is_closed = row.day_if_any()?.is_some();
    let class = row.take()?;
    let b1_computed: Option<i32> = row.number_if_any()?;
    let b1_entered = row.number_if_any()?;
    let b2 = row.number_if_any()?;
    let mut bits = || -> Stored<u32> { Ok(row.number_if_any()?.unwrap_or(0)) };
    let entered = Marks::from_bits(bits()?, bits()?);
    let marks = Marks::from_bits(bits()?, bits()?).or(entered);
    Ok(HouseholdRow {
        id,
        head_name,
        head_birth,
        district,
        commune,
        village,
        village_name,
        size,
        class,
        b1: b1_computed.or(b1_entered).map(Points),
        b2: b2.map(Points),
        marks_known: marks.known_bits(),
        marks_set: marks.set_bits(),
        is_closed,
    })
}
