//! Communes' lists on their way up.

use domain::review::{ListState, Submission};
use domain::units::Scope;
use kernel::{SubmissionId, UserId};
use storage::{StorageError, Stored};
use uuid::Uuid;

use crate::tx::{Row, Tx};

const CHANGED: StorageError = StorageError::Conflict { record: "list" };

pub(super) async fn of_year(tx: &mut Tx, scope: &Scope, year: i16) -> Stored<Vec<Submission>> {
    const SQL: &str = "SELECT s.id, s.units_from, s.province, s.district, s.commune, s.year, s.state, s.day, s.by_user, \
                       s.by_name, s.remark, s.households, s.version FROM submission s WHERE";
    // A list is of a whole commune; how far it has come is no secret to its villages.
    let scope = scope.clone().in_village(None);
    tx.query("listing lists", SQL)
        .in_scope("s", &scope)
        .push_bind(" AND s.year = ", i64::from(year))
        .push(" ORDER BY s.commune")
        .all("submission", submission)
        .await
}

pub(super) async fn save(tx: &mut Tx, submission: &Submission) -> Stored<()> {
    const INSERT: &str = "INSERT INTO submission (units_from, province, district, commune, year, state, day, by_user, \
         by_name, remark, households, id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 + 1) \
         ON CONFLICT DO NOTHING";
    const UPDATE: &str = "UPDATE submission SET units_from = $1, province = $2, district = $3, commune = $4, year = $5, \
         state = $6, day = $7, by_user = $8, by_name = $9, remark = $10, households = $11, version = version + 1 \
         WHERE id = $12 AND version = $13";
    let sql = if submission.version == 0 { INSERT } else { UPDATE };
    let touched = tx
        .query("saving a list", sql)
        .bind(submission.units_from.iso())
        .bind(submission.province.as_str())
        .bind(submission.district.as_str())
        .bind(submission.commune.as_str())
        .bind(i64::from(submission.year))
        .bind(submission.state.id())
        .bind(submission.day.map(kernel::Day::iso))
        .bind(submission.by.map(|id| id.0))
        .bind(submission.by_name.as_str())
        .bind(submission.remark.as_deref())
        .bind(submission.households)
        .bind(submission.id.0)
        .bind(submission.version)
        .run()
        .await?;
    if touched == 0 { Err(CHANGED) } else { Ok(()) }
}

fn submission(row: &mut Row) -> Stored<Submission> {
    Ok(Submission {
        id: SubmissionId(row.uuid()?),
        units_from: row.day()?,
        province: row.text()?,
        district: row.text()?,
        commune: row.text()?,
        year: row.number()?,
        state: row.word(ListState::from_id)?,
        day: row.day_if_any()?,
        by: row.take::<Option<Uuid>>()?.map(UserId),
        by_name: row.text()?,
        remark: row.take()?,
        households: row.take()?,
        version: row.take()?,
    })
}
