//! What became of duties, and the files that show it; a file's bytes are kept once, by their hash.

use async_trait::async_trait;
use domain::units::Scope;
use kernel::{Day, EvidenceId, UserId};
use storage::{DutyRecord, DutyStore, EvidenceRecord, StorageError, Stored};

use crate::scope::{level_from, level_id};
use crate::tx::Row;
use crate::work::SqlWork;

const CHANGED: StorageError = StorageError::Conflict { record: "duty" };
const EVIDENCE: &str = "SELECT e.id, e.units_from, e.level, e.code, e.year, e.subject, e.subject_id, e.file_name, \
                        e.media_type, e.size, e.hash, e.by_user, e.by_name, e.at_ms";

#[async_trait]
impl DutyStore for SqlWork {
    async fn duties(&mut self, scope: &Scope, year: i16) -> Stored<Vec<DutyRecord>> {
        const SQL: &str = "SELECT d.units_from, d.level, d.code, d.year, d.duty, d.due, d.done, d.note, d.by_name, \
                           d.version FROM duty d WHERE";
        self.tx
            .query("listing duties", SQL)
            .unit_in_scope("d", scope)
            .push_bind(" AND d.year = ", i64::from(year))
            .push(" ORDER BY d.duty, d.due")
            .all("duty", |row| {
                let unit = unit(row)?;
                let (year, duty, due) = (row.number()?, row.text()?, row.text()?);
                Ok(DutyRecord {
                    unit,
                    year,
                    duty,
                    due: Day::from_iso(&due),
                    done: row.day_if_any()?,
                    note: row.text()?,
                    by_name: row.text()?,
                    version: row.take()?,
                })
            })
            .await
    }

    async fn save_duty(&mut self, duty: &DutyRecord) -> Stored<()> {
        const INSERT: &str = "INSERT INTO duty (done, note, by_name, units_from, level, code, year, duty, due, version) \
                              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10 + 1) ON CONFLICT DO NOTHING";
        const UPDATE: &str = "UPDATE duty SET done = $1, note = $2, by_name = $3, version = version + 1 \
                              WHERE units_from = $4 AND level = $5 AND code = $6 AND year = $7 AND duty = $8 \
                              AND due = $9 AND version = $10";
        let sql = if duty.version == 0 { INSERT } else { UPDATE };
        let touched = self
            .tx
            .query("saving a duty", sql)
            .bind(duty.done.map(Day::iso))
            .bind(duty.note.as_str())
            .bind(duty.by_name.as_str())
            .bind(duty.unit.units_from.iso())
            .bind(level_id(duty.unit.level))
            .bind(duty.unit.code.as_str())
            .bind(i64::from(duty.year))
            .bind(duty.duty.as_str())
            .bind(duty.due.map(Day::iso).unwrap_or_default())
            .bind(duty.version)
            .run()
            .await?;
        if touched == 0 { Err(CHANGED) } else { Ok(()) }
    }

    async fn evidence(&mut self, scope: &Scope, subject: (&str, &str), year: i16) -> Stored<Vec<EvidenceRecord>> {
        let sql = format!("{EVIDENCE} FROM evidence e WHERE");
        self.tx
            .query("listing evidence", sql)
            .unit_in_scope("e", scope)
            .push_bind(" AND e.subject = ", subject.0.to_owned())
            .push_bind(" AND e.subject_id = ", subject.1.to_owned())
            .push_bind(" AND e.year = ", i64::from(year))
            .push(" ORDER BY e.at_ms DESC, e.id")
            .all("evidence", evidence)
            .await
    }

    async fn evidence_sums(&mut self, scope: &Scope, subject: &str, year: i16) -> Stored<Vec<(String, i64)>> {
        self.tx
            .query("counting evidence", "SELECT e.subject_id, COUNT(*) FROM evidence e WHERE")
            .unit_in_scope("e", scope)
            .push_bind(" AND e.subject = ", subject.to_owned())
            .push_bind(" AND e.year = ", i64::from(year))
            .push(" GROUP BY e.subject_id ORDER BY e.subject_id")
            .all("evidence", |row| Ok((row.text()?, row.take()?)))
            .await
    }

    async fn add_evidence(&mut self, evidence: &EvidenceRecord, content: &[u8]) -> Stored<()> {
        const FILE: &str = "INSERT INTO evidence_file (hash, content) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        const SQL: &str = "INSERT INTO evidence (id, units_from, level, code, year, subject, subject_id, file_name, \
                           media_type, size, hash, by_user, by_name, at_ms) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
        self.tx.query("keeping a file", FILE).bind(evidence.hash.as_str()).bind(content.to_vec()).run().await?;
        self.tx
            .query("adding evidence", SQL)
            .bind(evidence.id.0)
            .bind(evidence.unit.units_from.iso())
            .bind(level_id(evidence.unit.level))
            .bind(evidence.unit.code.as_str())
            .bind(i64::from(evidence.year))
            .bind(evidence.subject.as_str())
            .bind(evidence.subject_id.as_str())
            .bind(evidence.file_name.as_str())
            .bind(evidence.media_type.as_str())
            .bind(evidence.size)
            .bind(evidence.hash.as_str())
            .bind(evidence.by.0)
            .bind(evidence.by_name.as_str())
            .bind(evidence.at_ms)
            .run()
            .await?;
        Ok(())
    }

    async fn evidence_file(&mut self, scope: &Scope, id: EvidenceId) -> Stored<Option<(EvidenceRecord, Vec<u8>)>> {
        let sql = format!(
            "{EVIDENCE}, x.content FROM evidence e JOIN evidence_file x ON x.hash = e.hash WHERE e.id = $1 AND"
        );
        self.tx
            .query("finding a file", sql)
            .bind(id.0)
            .unit_in_scope("e", scope)
            .first("evidence", |row| Ok((evidence(row)?, row.take()?)))
            .await
    }
}

fn unit(row: &mut Row) -> Stored<Scope> {
    let units_from = row.day()?;
    let level = row.word(level_from)?;
    Ok(Scope::new(units_from, level, row.text()?))
}

fn evidence(row: &mut Row) -> Stored<EvidenceRecord> {
    Ok(EvidenceRecord {
        id: EvidenceId(row.uuid()?),
        unit: unit(row)?,
        year: row.number()?,
        subject: row.text()?,
        subject_id: row.text()?,
        file_name: row.text()?,
        media_type: row.text()?,
        size: row.take()?,
        hash: row.text()?,
        by: UserId(row.uuid()?),
        by_name: row.text()?,
        at_ms: row.take()?,
    })
}
