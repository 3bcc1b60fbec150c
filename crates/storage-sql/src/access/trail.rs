//! Who did what, as a chain: each entry carries the hash of the one before it, so a changed or missing row shows.
//! Never changes an entry.

use domain::units::{Place, Scope, ScopeLevel};
use kernel::{EntryId, Page, PageOf, UserId, VillageId};
use sha2::{Digest, Sha256};
use storage::{Entry, EntryFilter, Stored, TrailMark, TrailVerdict};
use uuid::Uuid;

use crate::tx::{Query, Row, Tx, to_json};

const TABLE: &str = "trail";
const COLUMNS: &str = "SELECT t.id, t.at_ms, t.actor, t.actor_name, t.verb, t.subject, t.subject_id, t.units_from, \
                       t.province, t.district, t.commune, t.village, t.detail";
/// What ties an entry to the one before it.
const CHAIN: &str = "t.position, t.prev_hash, t.hash";
/// Entries read at once while the chain is recomputed.
const STRETCH: i64 = 5_000;

pub(super) async fn record(tx: &mut Tx, entry: &Entry) -> Stored<()> {
    const SQL: &str = "INSERT INTO trail (position, id, at_ms, actor, actor_name, verb, subject, subject_id, \
         units_from, province, district, commune, village, detail, prev_hash, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    if let Some(lock) = tx.dialect().chain_lock() {
        tx.query("waiting for the trail", lock).run().await?;
    }
    let last = tx
        .query("finding the trail's end", "SELECT position, hash FROM trail ORDER BY position DESC LIMIT 1")
        .first(TABLE, |row| Ok((row.take::<i64>()?, row.take::<Vec<u8>>()?)))
        .await?;
    let (position, before) = last.unwrap_or((0, Vec::new()));
    let hash = hash_of(&before, entry)?;
    let place = entry.place.as_ref();
    tx.query("recording in the trail", SQL)
        .bind(position + 1)
        .bind(entry.id.0)
        .bind(entry.at_ms)
        .bind(entry.actor.0)
        .bind(entry.actor_name.as_str())
        .bind(entry.verb.as_str())
        .bind(entry.subject.as_str())
        .bind(entry.subject_id.as_str())
        .bind(place.map(|p| p.units_from.iso()))
        .bind(place.map(|p| p.province.as_str()))
        .bind(place.map(|p| p.district.as_str()))
        .bind(place.map(|p| p.commune.as_str()))
        .bind(place.map(|p| p.village.0))
        .bind(to_json(TABLE, &entry.detail)?)
        .bind(before)
        .bind(hash)
        .run()
        .await
        .map(drop)
}

pub(super) async fn entries(tx: &mut Tx, filter: &EntryFilter, page: Page) -> Stored<PageOf<Entry>> {
    let query = tx.query("counting entries", "SELECT count(*) FROM trail t WHERE");
    let total = wanted(query, filter).number(TABLE).await?;
    let query = tx.query("listing entries", format!("{COLUMNS} FROM trail t WHERE"));
    let rows = wanted(query, filter)
        .push_bind(" ORDER BY t.position DESC LIMIT ", i64::from(page.size))
        .push_bind(" OFFSET ", page.offset())
        .all(TABLE, entry)
        .await?;
    Ok(PageOf { rows, total, capped: false, page })
}

/// What belongs to no place is shown at the level of the province.
fn wanted<'t>(query: Query<'t>, filter: &EntryFilter) -> Query<'t> {
    let Scope { level, .. } = filter.scope;
    let query = query.push(" ((").in_scope("t", &filter.scope).push(")");
    let query = if level == ScopeLevel::Province { query.push(" OR t.units_from IS NULL)") } else { query.push(")") };
    match &filter.about {
        None => query,
        Some((subject, id)) => {
            query.push_bind(" AND t.subject = ", subject.clone()).push_bind(" AND t.subject_id = ", id.clone())
        }
    }
}

pub(super) async fn verify(tx: &mut Tx) -> Stored<TrailVerdict> {
    let mut before = Vec::new();
    let mut position = 0i64;
    let mark = |position: i64, hash: &[u8]| (position > 0).then(|| TrailMark { position, hash: hex(hash) });
    loop {
        let sql = format!("{COLUMNS}, {CHAIN} FROM trail t WHERE t.position > $1 ORDER BY t.position LIMIT $2");
        let stretch = tx.query("verifying the trail", sql).bind(position).bind(STRETCH).all(TABLE, link).await?;
        if stretch.is_empty() {
            return Ok(TrailVerdict { broken_at: None, whole_until: mark(position, &before) });
        }
        for link in stretch {
            if link.position != position + 1 || link.before != before || !link.fits_itself()? {
                return Ok(TrailVerdict { broken_at: Some(link.entry.id), whole_until: mark(position, &before) });
            }
            position = link.position;
            before = link.hash;
        }
    }
}

pub(super) async fn fit(tx: &mut Tx, ids: &[EntryId]) -> Stored<Option<EntryId>> {
    if ids.is_empty() {
        return Ok(None);
    }
    let sql = format!(
        "{COLUMNS}, {CHAIN}, (SELECT b.hash FROM trail b WHERE b.position = t.position - 1) FROM trail t WHERE t.id"
    );
    let found = tx
        .query("verifying some entries", sql)
        .push_ids("", ids.iter().map(|id| id.0))
        .push(" ORDER BY t.position")
        .all(TABLE, |row| Ok((link(row)?, row.take::<Option<Vec<u8>>>()?)))
        .await?;
    for (link, of_last) in found {
        if link.before != of_last.unwrap_or_default() || !link.fits_itself()? {
            return Ok(Some(link.entry.id));
        }
    }
    Ok(None)
}

pub(super) async fn holds(tx: &mut Tx, mark: &TrailMark) -> Stored<bool> {
    let hash = tx
        .query("finding an entry by its place", "SELECT hash FROM trail WHERE position = $1")
        .bind(mark.position)
        .first(TABLE, Row::take::<Vec<u8>>)
        .await?;
    Ok(hash.is_some_and(|hash| hex(&hash) == mark.hash))
}

/// An entry with its place in the chain.
struct Link {
    entry: Entry,
    position: i64,
    before: Vec<u8>,
    hash: Vec<u8>,
}

impl Link {
    fn fits_itself(&self) -> Stored<bool> {
        Ok(self.hash == hash_of(&self.before, &self.entry)?)
    }
}

fn link(row: &mut Row) -> Stored<Link> {
    Ok(Link { entry: entry(row)?, position: row.take()?, before: row.take()?, hash: row.take()? })
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// SHA-256 over the hash before and every field, as one JSON array; objects inside are sorted by key.
fn hash_of(before: &[u8], entry: &Entry) -> Stored<Vec<u8>> {
    let Entry { id, at_ms, actor, actor_name, verb, subject, subject_id, place, detail } = entry;
    let content = to_json(TABLE, &(id, at_ms, actor, actor_name, verb, subject, subject_id, place, detail))?;
    Ok(Sha256::new().chain_update(before).chain_update(content.as_bytes()).finalize().to_vec())
}

fn entry(row: &mut Row) -> Stored<Entry> {
    Ok(Entry {
        id: EntryId(row.uuid()?),
        at_ms: row.take()?,
        actor: UserId(row.uuid()?),
        actor_name: row.text()?,
        verb: row.text()?,
        subject: row.text()?,
        subject_id: row.text()?,
        place: place(row)?,
        detail: row.json()?,
    })
}

fn place(row: &mut Row) -> Stored<Option<Place>> {
    let units_from = row.day_if_any()?;
    let province: Option<String> = row.take()?;
    let district: Option<String> = row.take()?;
    let commune: Option<String> = row.take()?;
    let village: Option<Uuid> = row.take()?;
    Ok(match (units_from, province, district, commune, village) {
        (Some(units_from), Some(province), Some(district), Some(commune), Some(village)) => {
            Some(Place { units_from, province, district, commune, village: VillageId(village) })
        }
        _ => None,
    })
}
