//! Surveys as they were sent: each token once, nothing overwritten.

use domain::review::round::Route;
use domain::review::survey::SurveyStanding;
use domain::units::Scope;
use kernel::{HouseholdId, Points, SurveyId, UserId};
use storage::{Stored, SurveyRecord};

use super::place;
use crate::tx::{Query, Row, Tx};

const TABLE: &str = "survey";
const COLUMNS: &str = "SELECT s.id, s.token, s.household, s.units_from, s.province, s.district, s.commune, s.village, \
    s.year, s.route, s.attempt, s.standing, s.based_on, s.at_ms, s.saved_ms, s.by_user, s.by_name, s.channel, s.class, \
    s.b1, s.b2, s.content FROM survey s WHERE";
const IDS: usize = 500;

pub(super) async fn add(tx: &mut Tx, survey: &SurveyRecord) -> Stored<bool> {
    const SQL: &str = "INSERT INTO survey (id, token, household, units_from, province, district, commune, village, \
         year, route, attempt, standing, based_on, at_ms, saved_ms, by_user, by_name, channel, class, b1, b2, content) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) \
         ON CONFLICT (token) DO NOTHING";
    let touched = tx
        .query("saving a survey", SQL)
        .bind(survey.id.0)
        .bind(survey.token.as_str())
        .bind(survey.household.0)
        .bind(survey.place.units_from.iso())
        .bind(survey.place.province.as_str())
        .bind(survey.place.district.as_str())
        .bind(survey.place.commune.as_str())
        .bind(survey.place.village.0)
        .bind(i64::from(survey.year))
        .bind(survey.route.id())
        .bind(i64::from(survey.attempt))
        .bind(survey.standing.id())
        .bind(survey.based_on.as_deref())
        .bind(survey.at_ms)
        .bind(survey.saved_ms)
        .bind(survey.by.0)
        .bind(survey.by_name.as_str())
        .bind(survey.channel.as_str())
        .bind(survey.class.as_deref())
        .bind(survey.b1.map(|p| i64::from(p.0)))
        .bind(survey.b2.map(|p| i64::from(p.0)))
        .bind(survey.content.as_str())
        .run()
        .await?;
    Ok(touched > 0)
}

pub(super) async fn by_token(tx: &mut Tx, scope: &Scope, tokens: &[String]) -> Stored<Vec<SurveyRecord>> {
    let mut found = Vec::new();
    for some in tokens.chunks(IDS) {
        let mut query = tx.query("finding surveys", COLUMNS).push(" s.token IN (");
        for (at, token) in some.iter().enumerate() {
            query = query.push_bind(if at == 0 { "" } else { ", " }, token.clone());
        }
        found.extend(query.push(") AND").also_in_scope("s", scope).all(TABLE, survey).await?);
    }
    Ok(found)
}

pub(super) async fn of_households(
    tx: &mut Tx,
    scope: &Scope,
    households: &[HouseholdId],
    (year, route): (i16, Route),
) -> Stored<Vec<SurveyRecord>> {
    let mut found = Vec::new();
    for some in households.chunks(IDS) {
        let query = tx
            .query("finding surveys of households", COLUMNS)
            .push_bind(" s.year = ", i64::from(year))
            .push_bind(" AND s.route = ", route.id())
            .push(" AND")
            .also_in_scope("s", scope)
            .push_ids(" AND s.household", some.iter().map(|id| id.0));
        found.extend(in_order(query).await?);
    }
    Ok(found)
}

pub(super) async fn of_year(tx: &mut Tx, scope: &Scope, year: i16, route: Route) -> Stored<Vec<SurveyRecord>> {
    let query = tx
        .query("listing surveys", COLUMNS)
        .in_scope("s", scope)
        .push_bind(" AND s.year = ", i64::from(year))
        .push_bind(" AND s.route = ", route.id());
    in_order(query).await
}

async fn in_order(query: Query<'_>) -> Stored<Vec<SurveyRecord>> {
    query.push(" ORDER BY s.at_ms, s.id").all(TABLE, survey).await
}

pub(super) async fn set_standing(tx: &mut Tx, id: SurveyId, standing: SurveyStanding) -> Stored<()> {
    tx.query("sorting a survey", "UPDATE survey SET standing = $1 WHERE id = $2")
        .bind(standing.id())
        .bind(id.0)
        .run()
        .await
        .map(drop)
}

fn survey(row: &mut Row) -> Stored<SurveyRecord> {
    Ok(SurveyRecord {
        id: SurveyId(row.uuid()?),
        token: row.text()?,
        household: HouseholdId(row.uuid()?),
        place: place(row)?,
        year: row.number()?,
        route: row.word(Route::from_id)?,
        attempt: row.number()?,
        standing: row.word(SurveyStanding::from_id)?,
        based_on: row.take()?,
        at_ms: row.take()?,
        saved_ms: row.take()?,
        by: UserId(row.uuid()?),
        by_name: row.text()?,
        channel: row.text()?,
        class: row.take()?,
        b1: row.number_if_any()?.map(Points),
        b2: row.number_if_any()?.map(Points),
        content: row.text()?,
    })
}
