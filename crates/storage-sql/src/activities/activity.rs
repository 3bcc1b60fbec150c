//! Activities with those they reached.

use domain::programme::work::{Activity, Who};
use domain::units::Scope;
use kernel::{ActivityId, Day, IntakeId, Page, PageOf};
use norms::Subject;
use storage::{ActivityFilter, ActivityRow, StorageError, Stored};
use uuid::Uuid;

use super::{place, push_place};
use crate::bulk;
use crate::facts::touch_who;
use crate::tx::{Query, Row, Tx, to_json};

const TABLE: &str = "activity";
const COLUMNS: &str = "SELECT a.id, a.kind, a.day, a.units_from, a.province, a.district, a.commune, a.content, \
                       a.agency, a.money, a.fields, a.intake, a.version";
const CHANGED: StorageError = StorageError::Conflict { record: "activity" };

pub(super) async fn one(tx: &mut Tx, scope: &Scope, id: ActivityId) -> Stored<Option<Activity>> {
    let sql = format!("{COLUMNS} FROM activity a WHERE a.id = $1 AND");
    let found = tx.query("finding an activity", sql).bind(id.0).in_scope("a", scope).first(TABLE, activity).await?;
    let Some(mut activity) = found else { return Ok(None) };
    activity.participants = participants(tx, id).await?;
    Ok(Some(activity))
}

async fn participants(tx: &mut Tx, id: ActivityId) -> Stored<Vec<Who>> {
    const SQL: &str = "SELECT p.subject, p.who FROM activity_participant p WHERE p.activity = $1 ORDER BY p.position";
    tx.query("listing participants", SQL).bind(id.0).all("activity_participant", who).await
}

pub(super) fn who(row: &mut Row) -> Stored<Who> {
    let subject = row.word(Subject::from_id)?;
    Ok(Who::of(subject, row.uuid()?))
}

pub(super) async fn page(tx: &mut Tx, filter: &ActivityFilter, page: Page) -> Stored<PageOf<ActivityRow>> {
    let total = filtered(tx.query("counting activities", "SELECT COUNT(*) FROM activity a WHERE"), filter)
        .number(TABLE)
        .await?;
    let sql = format!(
        "{COLUMNS}, (SELECT COUNT(*) FROM activity_participant p WHERE p.activity = a.id) FROM activity a WHERE"
    );
    let rows = filtered(tx.query("listing activities", sql), filter)
        .push(" ORDER BY a.day DESC, a.id DESC")
        .push_bind(" LIMIT ", i64::from(page.size))
        .push_bind(" OFFSET ", page.offset())
        .all(TABLE, |row| Ok(ActivityRow { activity: activity(row)?, participants: row.take()? }))
        .await?;
    Ok(PageOf { rows, total, capped: false, page })
}

fn filtered<'t>(query: Query<'t>, filter: &ActivityFilter) -> Query<'t> {
    let query = query.in_scope("a", &filter.scope).push_bind(" AND a.year = ", i64::from(filter.year));
    match &filter.kinds {
        None => query,
        Some(kinds) => {
            let mut query = query.push(" AND (1 = 0");
            for kind in kinds {
                query = query.push_bind(" OR a.kind = ", kind.clone());
            }
            query.push(")")
        }
    }
}

pub(super) async fn sums(tx: &mut Tx, filter: &ActivityFilter) -> Stored<Vec<(String, i64, i64, i64)>> {
    let mut sums = filtered(
        tx.query("adding up activities", "SELECT a.kind, COUNT(*), CAST(SUM(a.money) AS BIGINT) FROM activity a WHERE"),
        filter,
    )
    .push(" GROUP BY a.kind ORDER BY a.kind")
    .all(TABLE, |row| Ok((row.text()?, row.take::<i64>()?, 0_i64, row.take::<i64>()?)))
    .await?;
    let sql =
        "SELECT a.kind, COUNT(DISTINCT p.who) FROM activity a JOIN activity_participant p ON p.activity = a.id WHERE";
    let people = filtered(tx.query("counting participants", sql), filter)
        .push(" GROUP BY a.kind")
        .all("activity_participant", |row| Ok((row.text()?, row.take::<i64>()?)))
        .await?;
    for (kind, count) in people {
        if let Some(sum) = sums.iter_mut().find(|sum| sum.0 == kind) {
            sum.2 = count;
        }
    }
    Ok(sums)
}

pub(super) async fn total(tx: &mut Tx, filter: &ActivityFilter) -> Stored<(i64, i64, i64)> {
    const SUM: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(a.money), 0) AS BIGINT) FROM activity a WHERE";
    const PEOPLE: &str =
        "SELECT COUNT(DISTINCT p.who) FROM activity a JOIN activity_participant p ON p.activity = a.id WHERE";
    let found = filtered(tx.query("adding up activities", SUM), filter)
        .first(TABLE, |row| Ok((row.take::<i64>()?, row.take::<i64>()?)))
        .await?;
    let people = filtered(tx.query("counting participants", PEOPLE), filter).number("activity_participant").await?;
    let (activities, money) = found.unwrap_or_default();
    Ok((activities, people, money))
}

pub(super) async fn add(tx: &mut Tx, activities: &[Activity]) -> Stored<()> {
    const INTO: &str = "activity (id, kind, year, day, units_from, province, district, commune, content, agency, \
                        money, fields, intake, version)";
    let rows = activities.iter().map(|a| Ok((a, to_json(TABLE, &a.fields)?))).collect::<Stored<Vec<_>>>()?;
    bulk::insert(tx, "adding activities", (INTO, ""), &rows, |row, (a, fields)| {
        row.push(a.id.0);
        row.push(a.kind.as_str());
        row.push(i64::from(a.day.year()));
        row.push(a.day.iso());
        push_place(row, &a.place);
        row.push(a.content.as_str());
        row.push(a.agency.as_str());
        row.push(a.money);
        row.push(fields.as_str());
        row.push(a.intake.map(|id| id.0));
        row.push(1i64);
    })
    .await?;
    add_participants(tx, activities).await?;
    touch(tx, activities).await
}

async fn add_participants(tx: &mut Tx, activities: &[Activity]) -> Stored<()> {
    const INTO: &str = "activity_participant (activity, position, subject, who, year)";
    let rows: Vec<(Uuid, i64, Who, i64)> = activities
        .iter()
        .flat_map(|a| (0i64..).zip(&a.participants).map(|(at, who)| (a.id.0, at, *who, i64::from(a.day.year()))))
        .collect();
    bulk::insert(tx, "adding participants", (INTO, ""), &rows, |row, (activity, at, who, year)| {
        row.push(*activity);
        row.push(*at);
        row.push(who.subject().id());
        row.push(who.id());
        row.push(*year);
    })
    .await
}

/// Facts hang on those reached; the activity's own place holds none.
async fn touch(tx: &mut Tx, activities: &[Activity]) -> Stored<()> {
    let mut who: Vec<Who> = activities.iter().flat_map(|a| a.participants.iter().copied()).collect();
    who.sort_unstable();
    who.dedup();
    touch_who(tx, &who).await
}

pub(super) async fn save(tx: &mut Tx, activity: &Activity) -> Stored<()> {
    const SQL: &str = "UPDATE activity SET kind = $1, year = $2, day = $3, content = $4, agency = $5, money = $6, \
                       fields = $7, version = version + 1 WHERE id = $8 AND version = $9";
    let before = participants(tx, activity.id).await?;
    touch_who(tx, &before).await?;
    let touched = tx
        .query("saving an activity", SQL)
        .bind(activity.kind.as_str())
        .bind(i64::from(activity.day.year()))
        .bind(activity.day.iso())
        .bind(activity.content.as_str())
        .bind(activity.agency.as_str())
        .bind(activity.money)
        .bind(to_json(TABLE, &activity.fields)?)
        .bind(activity.id.0)
        .bind(activity.version)
        .run()
        .await?;
    if touched == 0 {
        return Err(CHANGED);
    }
    tx.query("replacing participants", "DELETE FROM activity_participant WHERE activity = $1")
        .bind(activity.id.0)
        .run()
        .await?;
    add_participants(tx, std::slice::from_ref(activity)).await?;
    touch(tx, std::slice::from_ref(activity)).await
}

pub(super) async fn remove(tx: &mut Tx, scope: &Scope, id: ActivityId) -> Stored<()> {
    let Some(activity) = one(tx, scope, id).await? else { return Ok(()) };
    touch(tx, std::slice::from_ref(&activity)).await?;
    for sql in ["DELETE FROM activity_participant WHERE activity = $1", "DELETE FROM activity WHERE id = $1"] {
        tx.query("taking an activity away", sql).bind(id.0).run().await?;
    }
    Ok(())
}

pub(super) async fn like(tx: &mut Tx, activity: &Activity) -> Stored<Option<ActivityId>> {
    const SQL: &str = "SELECT a.id FROM activity a WHERE a.units_from = $1 AND a.province = $2 AND a.district = $3 \
                       AND a.commune = $4 AND a.year = $5 AND a.day = $6 AND a.kind = $7 AND a.content = $8";
    tx.query("finding the same activity", SQL)
        .bind(activity.place.units_from.iso())
        .bind(activity.place.province.as_str())
        .bind(activity.place.district.as_str())
        .bind(activity.place.commune.as_str())
        .bind(i64::from(activity.day.year()))
        .bind(activity.day.iso())
        .bind(activity.kind.as_str())
        .bind(activity.content.as_str())
        .push(" ORDER BY a.id LIMIT 1")
        .first(TABLE, |row| Ok(ActivityId(row.uuid()?)))
        .await
}

pub(super) async fn import_of(tx: &mut Tx, scope: &Scope, intake: IntakeId) -> Stored<Option<Day>> {
    tx.query("finding an import's work", "SELECT MAX(a.day) FROM activity a WHERE a.intake = $1 AND")
        .bind(intake.0)
        .in_scope("a", scope)
        .first(TABLE, Row::day_if_any)
        .await
        .map(Option::flatten)
}

pub(super) async fn remove_import(tx: &mut Tx, scope: &Scope, intake: IntakeId) -> Stored<i64> {
    let ids = tx
        .query("finding an import's work", "SELECT a.id FROM activity a WHERE a.intake = $1 AND")
        .bind(intake.0)
        .in_scope("a", scope)
        .all(TABLE, |row| Ok(ActivityId(row.uuid()?)))
        .await?;
    let mut removed = i64::try_from(ids.len()).unwrap_or(0);
    for id in ids {
        remove(tx, scope, id).await?;
    }
    let needs = tx
        .query("finding an import's needs", "SELECT n.id FROM need n WHERE n.intake = $1 AND")
        .bind(intake.0)
        .in_scope("n", scope)
        .all("need", |row| Ok(kernel::NeedId(row.uuid()?)))
        .await?;
    removed += i64::try_from(needs.len()).unwrap_or(0);
    for id in needs {
        super::need::remove(tx, scope, id).await?;
    }
    if removed > 0 {
        super::import::forget(tx, intake).await?;
    }
    Ok(removed)
}

fn activity(row: &mut Row) -> Stored<Activity> {
    Ok(Activity {
        id: ActivityId(row.uuid()?),
        kind: row.text()?,
        day: row.day()?,
        place: place(row)?,
        content: row.text()?,
        agency: row.text()?,
        money: row.take()?,
        fields: row.json()?,
        participants: Vec::new(),
        intake: row.take::<Option<Uuid>>()?.map(IntakeId),
        version: row.take()?,
    })
}
