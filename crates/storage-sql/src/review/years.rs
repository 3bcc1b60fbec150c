//! Questions across years: classes before, events between two days, counts by class.

use domain::registry::HouseholdEvent;
use domain::units::Scope;
use kernel::{Day, HouseholdId};
use storage::{Stored, YearClass};

use crate::registry::event;
use crate::tx::{Row, Tx};

/// Of households that live in the scope now, wherever they lived then, and of those that lived there then.
pub(super) async fn classes_before(tx: &mut Tx, scope: &Scope, year: i16) -> Stored<Vec<YearClass>> {
    const NOW: &str = "SELECT y.household, y.year, y.class FROM household_year y WHERE";
    const THEN: &str = " UNION SELECT a.household, a.year, a.class FROM assessment a WHERE";
    tx.query("listing earlier classes", NOW)
        .in_scope("y", scope)
        .push_bind(" AND y.year < ", i64::from(year))
        .push(THEN)
        .in_scope("a", scope)
        .push_bind(" AND a.year < ", i64::from(year))
        .push(" ORDER BY 1, 2")
        .all("assessment", |row| {
            Ok(YearClass { household: HouseholdId(row.uuid()?), year: row.number()?, class: row.take()? })
        })
        .await
}

/// Of households that live in the scope, or were assessed there in the year before the first day or later.
pub(super) async fn events_between(
    tx: &mut Tx,
    scope: &Scope,
    first: Day,
    last: Day,
) -> Stored<Vec<(HouseholdId, HouseholdEvent)>> {
    const SQL: &str = "SELECT e.household, e.day, e.kind, e.other, e.note FROM household_event e WHERE e.day >= $1 \
                       AND e.day <= $2 AND (EXISTS (SELECT 1 FROM household h WHERE h.id = e.household AND";
    tx.query("listing events", SQL)
        .bind(first.iso())
        .bind(last.iso())
        .also_in_scope("h", scope)
        .push(") OR EXISTS (SELECT 1 FROM assessment a WHERE a.household = e.household")
        .push_bind(" AND a.year >= ", i64::from(first.year()) - 1)
        .push(" AND")
        .also_in_scope("a", scope)
        .push(")) ORDER BY e.household, e.position")
        .all("household_event", event)
        .await
}

pub(super) async fn class_counts(tx: &mut Tx, scope: &Scope, year: i16) -> Stored<Vec<(Option<String>, i64)>> {
    tx.query("counting classes", "SELECT a.class, count(*) FROM assessment a WHERE")
        .in_scope("a", scope)
        .push_bind(" AND a.year = ", i64::from(year))
        .push(" GROUP BY a.class ORDER BY a.class")
        .all("assessment", |row| Ok((row.take()?, row.take()?)))
        .await
}

pub(super) async fn years(tx: &mut Tx, scope: &Scope) -> Stored<Vec<i16>> {
    tx.query("listing years", "SELECT DISTINCT a.year FROM assessment a WHERE")
        .in_scope("a", scope)
        .push(" ORDER BY a.year DESC")
        .all("assessment", Row::number)
        .await
}
