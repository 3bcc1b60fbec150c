//! Needs: one of a kind for each person or household in a year.

use domain::programme::work::{Need, Who};
use domain::units::Scope;
use kernel::{Day, IntakeId, NeedId, Page, PageOf};
use storage::{NamedWho, Stored};
use uuid::Uuid;

use super::{activity::who, found, place, push_place};
use crate::facts::touch_who;
use crate::registry::IDS;
use crate::tx::{Query, Row, Tx};

const TABLE: &str = "need";
const COLUMNS: &str = "SELECT n.id, n.kind, n.subject, n.who, n.units_from, n.province, n.district, n.commune, n.day, \
                       n.note, n.intake FROM need n WHERE";

pub(super) async fn page(
    tx: &mut Tx,
    scope: &Scope,
    of: (i16, Option<&str>),
    page: Page,
) -> Stored<PageOf<(Need, NamedWho)>> {
    fn filtered<'t>(query: Query<'t>, scope: &Scope, (year, kind): (i16, Option<&str>)) -> Query<'t> {
        let query = query.in_scope("n", scope).push_bind(" AND n.year = ", i64::from(year));
        match kind {
            Some(kind) => query.push_bind(" AND n.kind = ", kind.to_owned()),
            None => query,
        }
    }
    let total =
        filtered(tx.query("counting needs", "SELECT COUNT(*) FROM need n WHERE"), scope, of).number(TABLE).await?;
    let needs = filtered(tx.query("listing needs", COLUMNS), scope, of)
        .push(" ORDER BY n.day DESC, n.id DESC")
        .push_bind(" LIMIT ", i64::from(page.size))
        .push_bind(" OFFSET ", page.offset())
        .all(TABLE, need)
        .await?;
    let who: Vec<Who> = needs.iter().map(|need| need.who).collect();
    let names = found::names(tx, scope, &who).await?;
    let name_of = |who: Who| {
        names.iter().find(|n| n.who == who).cloned().unwrap_or(NamedWho {
            who,
            name: String::new(),
            detail: String::new(),
            household: None,
            commune: String::new(),
            village: String::new(),
        })
    };
    let rows = needs.into_iter().map(|need| (need.clone(), name_of(need.who))).collect();
    Ok(PageOf { rows, total, capped: false, page })
}

pub(super) async fn sums(tx: &mut Tx, scope: &Scope, year: i16) -> Stored<Vec<(String, i64)>> {
    tx.query("counting needs", "SELECT n.kind, COUNT(*) FROM need n WHERE")
        .in_scope("n", scope)
        .push_bind(" AND n.year = ", i64::from(year))
        .push(" GROUP BY n.kind ORDER BY n.kind")
        .all(TABLE, |row| Ok((row.text()?, row.take()?)))
        .await
}

pub(super) async fn add(tx: &mut Tx, needs: &[Need]) -> Stored<()> {
    const SQL: &str = "INSERT INTO need (id, kind, subject, who, units_from, province, district, commune, year, day, \
                       note, intake) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    for need in needs {
        let mut values = crate::tx::Values::new(tx.dialect());
        values.push(need.id.0);
        values.push(need.kind.as_str());
        values.push(need.who.subject().id());
        values.push(need.who.id());
        push_place(&mut values, &need.place);
        values.push(i64::from(need.day.year()));
        values.push(need.day.iso());
        values.push(need.note.as_str());
        values.push(need.intake.map(|id| id.0));
        tx.query("adding a need", SQL).with(values).run_unless_taken(TABLE).await?;
    }
    touch(tx, needs).await
}

pub(super) async fn one(tx: &mut Tx, scope: &Scope, id: NeedId) -> Stored<Option<Need>> {
    let sql = format!("{COLUMNS} n.id = $1 AND");
    tx.query("finding a need", sql).bind(id.0).in_scope("n", scope).first(TABLE, need).await
}

pub(super) async fn remove(tx: &mut Tx, scope: &Scope, id: NeedId) -> Stored<()> {
    let Some(need) = one(tx, scope, id).await? else { return Ok(()) };
    touch(tx, &[need]).await?;
    tx.query("taking a need away", "DELETE FROM need WHERE id = $1").bind(id.0).run().await?;
    Ok(())
}

pub(super) async fn have(tx: &mut Tx, kind: &str, year: i16, listed: &[Who]) -> Stored<Vec<Who>> {
    const SQL: &str = "SELECT n.subject, n.who FROM need n WHERE n.kind = $1 AND n.day >= $2 AND n.day <= $3 AND n.who";
    let mut found = Vec::new();
    for some in listed.chunks(IDS) {
        found.extend(
            tx.query("finding needs of people", SQL)
                .bind(kind.to_owned())
                .bind(Day::first_of(year).iso())
                .bind(Day::last_of(year).iso())
                .push_ids("", some.iter().map(|who| who.id()))
                .all(TABLE, who)
                .await?,
        );
    }
    Ok(found)
}

async fn touch(tx: &mut Tx, needs: &[Need]) -> Stored<()> {
    let who: Vec<Who> = needs.iter().map(|n| n.who).collect();
    touch_who(tx, &who).await
}

fn need(row: &mut Row) -> Stored<Need> {
    Ok(Need {
        id: NeedId(row.uuid()?),
        kind: row.text()?,
        who: who(row)?,
        place: place(row)?,
        day: row.day()?,
        note: row.text()?,
        intake: row.take::<Option<Uuid>>()?.map(IntakeId),
    })
}
