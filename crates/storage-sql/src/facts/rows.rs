//! Everything one unit's sheet is made of, in a handful of statements.

use domain::programme::target::{
    FactAssessment, FactHousehold, FactPerson, FactRows, FactStaff, ListCount, Lists, Named, UnitTotals,
};
use domain::registry::Sex;
use domain::review::Marks;
use domain::units::Scope;
use kernel::{HouseholdId, PersonId};
use storage::{SheetKey, Stored};

use crate::activities::{models_at, staff_at};
use crate::tx::{Query, Row, Tx};

pub(super) async fn of_unit(
    tx: &mut Tx,
    key: &SheetKey,
    (lists, lists_before): (Lists, u8),
    only: Option<&[HouseholdId]>,
) -> Stored<FactRows> {
    let scope = key.place().unit();
    let staff = staff_at(tx, key).await?.into_iter().map(|staff| FactStaff { staff }).collect();
    let mut rows = FactRows { staff, models: models_at(tx, key).await?, ..FactRows::default() };
    let of_staff = format!("staff f JOIN activity_participant p ON p.who = f.id AND p.year = {}", lists.year);
    rows.received = received(tx, &of_staff, "", (&scope, None)).await?;
    if key.commune.is_empty() {
        return Ok(rows);
    }
    (rows.households, rows.persons) = people(tx, (&scope, only)).await?;
    rows.assessments = assessments(tx, (&scope, only), lists, lists_before).await?;
    for (needed, reached) in [
        ("household f JOIN need p ON p.who = f.id", "household f JOIN activity_participant p ON p.who = f.id"),
        (
            "household f JOIN membership m ON m.household = f.id JOIN need p ON p.who = m.person",
            "household f JOIN membership m ON m.household = f.id JOIN activity_participant p ON p.who = m.person",
        ),
    ] {
        let living = if needed.contains("membership") { " AND m.left_on IS NULL" } else { "" };
        let of_year = format!("{living} AND p.year = {}", lists.year);
        rows.needs.extend(needs(tx, needed, &of_year, (&scope, only)).await?);
        rows.received.extend(received(tx, reached, &of_year, (&scope, only)).await?);
    }
    rows.commune = Some(key.commune.clone());
    for year in [lists.in_force, lists.in_force - 1] {
        rows.list_counts.extend(list_counts(tx, &scope, year).await?);
        rows.totals.insert(year, totals(tx, &scope, year).await?);
    }
    Ok(rows)
}

/// The households of a scope, all or some.
type Chosen<'a> = (&'a Scope, Option<&'a [HouseholdId]>);

impl Query<'_> {
    fn of_some(self, alias: &str, (scope, only): Chosen<'_>) -> Self {
        let query = self.in_scope(alias, scope);
        match only {
            None => query,
            Some(ids) => query.push_ids(&format!(" AND {alias}.id"), ids.iter().map(|id| id.0)),
        }
    }
}

/// Open households with their present members; the head tells the household's ethnicity.
async fn people(tx: &mut Tx, of: Chosen<'_>) -> Stored<(Vec<FactHousehold>, Vec<FactPerson>)> {
    const SQL: &str = "SELECT h.id, h.commune, m.is_head, p.id, p.sex, p.birth, p.ethnicity FROM household h \
                       JOIN membership m ON m.household = h.id JOIN person p ON p.id = m.person \
                       WHERE h.closed IS NULL AND m.left_on IS NULL AND";
    let members = tx
        .query("reading members", SQL)
        .of_some("h", of)
        .push(" ORDER BY h.id, m.position")
        .all("membership", member)
        .await?;
    let (mut households, mut persons): (Vec<FactHousehold>, Vec<FactPerson>) = (Vec::new(), Vec::new());
    for (commune, is_head, person) in members {
        if households.last().map(|h| h.id) != Some(person.household) {
            households.push(FactHousehold { id: person.household, commune, ethnicity: person.ethnicity });
        }
        if is_head && let Some(household) = households.last_mut() {
            household.ethnicity = person.ethnicity;
        }
        persons.push(person);
    }
    Ok((households, persons))
}

fn member(row: &mut Row) -> Stored<(String, bool, FactPerson)> {
    let (household, commune, is_head) = (HouseholdId(row.uuid()?), row.text()?, row.take()?);
    let id = PersonId(row.uuid()?);
    let sex: Option<String> = row.take()?;
    let person = FactPerson {
        id,
        household,
        sex: sex.as_deref().and_then(Sex::from_id),
        birth: row.birth_if_any()?,
        ethnicity: row.number_if_any()?,
    };
    Ok((commune, is_head, person))
}

async fn assessments(tx: &mut Tx, of: Chosen<'_>, lists: Lists, before: u8) -> Stored<Vec<FactAssessment>> {
    let sql = format!(
        "SELECT a.household, a.year, a.class, a.computed_known, a.computed_set, a.entered_known, a.entered_set, \
         a.target_groups, CASE WHEN a.year = {} THEN a.facts END FROM household h \
         JOIN assessment a ON a.household = h.id WHERE h.closed IS NULL AND a.year <= {} AND a.year >= {} AND",
        lists.in_force,
        lists.in_force,
        lists.in_force - i16::from(before)
    );
    tx.query("reading assessments", sql)
        .of_some("h", of)
        .all("assessment", |row| {
            let (household, year, class) = (HouseholdId(row.uuid()?), row.number()?, row.take()?);
            let computed = Marks::from_bits(row.number()?, row.number()?);
            let entered = Marks::from_bits(row.number()?, row.number()?);
            let groups = row.number()?;
            Ok(FactAssessment {
                household,
                year,
                class,
                marks: computed.or(entered),
                groups,
                facts: row.json_if_any()?,
            })
        })
        .await
}

async fn needs(tx: &mut Tx, from: &str, and: &str, of: Chosen<'_>) -> Stored<Vec<Named>> {
    let sql = format!("SELECT p.who, p.kind, p.day FROM {from} WHERE 1 = 1{and} AND");
    tx.query("reading needs", sql).of_some("f", of).all("need", named).await
}

async fn received(tx: &mut Tx, from: &str, and: &str, of: Chosen<'_>) -> Stored<Vec<Named>> {
    let sql =
        format!("SELECT p.who, a.kind, a.day FROM {from} JOIN activity a ON a.id = p.activity WHERE 1 = 1{and} AND");
    tx.query("reading who was reached", sql).of_some("f", of).all("activity_participant", named).await
}

fn named(row: &mut Row) -> Stored<Named> {
    Ok(Named { id: row.uuid()?, kind: row.text()?, day: row.day()? })
}

async fn list_counts(tx: &mut Tx, scope: &Scope, year: i16) -> Stored<Vec<ListCount>> {
    // The same households as the forms count: with a class or without, escaped ones too.
    const SQL: &str = "SELECT COALESCE(a.class, ''), COUNT(*) FROM assessment a WHERE";
    tx.query("counting a list", SQL)
        .in_scope("a", scope)
        .push_bind(" AND a.year = ", i64::from(year))
        .push(" GROUP BY a.class")
        .all("assessment", |row| Ok(ListCount { year, class: row.text()?, households: row.take()? }))
        .await
}

async fn totals(tx: &mut Tx, scope: &Scope, year: i16) -> Stored<UnitTotals> {
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(t.households), 0) AS BIGINT), COUNT(*), COUNT(*) - COUNT(t.village) FROM village v \
         LEFT JOIN village_total t ON t.village = v.id AND t.year = {year} WHERE"
    );
    let found = tx.query("adding up households", sql).in_scope("v", scope).first("village_total", |row| {
        Ok(UnitTotals { households: row.take()?, villages: row.take()?, missing_villages: row.take()? })
    });
    Ok(found.await?.unwrap_or_default())
}
