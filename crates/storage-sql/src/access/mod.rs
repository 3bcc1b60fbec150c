//! Users, sessions, settings, confirmations, packs and the trail. Start with `trail`.

mod trail;
mod users;

use async_trait::async_trait;
use domain::units::Scope;
use kernel::{EntryId, Page, PageOf, UserId};
use storage::{
    AccessStore, Confirmation, Entry, EntryFilter, LoadedPack, SessionRecord, Stored, TrailMark, TrailVerdict,
    UserRecord,
};

use crate::tx::Row;
use crate::work::SqlWork;

#[async_trait]
impl AccessStore for SqlWork {
    async fn user(&mut self, id: UserId) -> Stored<Option<UserRecord>> {
        users::by_id(&mut self.tx, id).await
    }

    async fn user_by_login(&mut self, login: &str) -> Stored<Option<UserRecord>> {
        users::by_login(&mut self.tx, login).await
    }

    async fn users(&mut self, scope: &Scope) -> Stored<Vec<UserRecord>> {
        users::in_scope(&mut self.tx, scope).await
    }

    async fn save_user(&mut self, user: &UserRecord) -> Stored<()> {
        users::save(&mut self.tx, user).await
    }

    async fn session(&mut self, id: &str) -> Stored<Option<SessionRecord>> {
        self.tx
            .query("finding a session", "SELECT id, data, expires_ms FROM session WHERE id = $1")
            .bind(id)
            .first("session", |row| Ok(SessionRecord { id: row.text()?, data: row.text()?, expires_ms: row.take()? }))
            .await
    }

    async fn save_session(&mut self, session: &SessionRecord) -> Stored<()> {
        const SQL: &str = "INSERT INTO session (id, data, expires_ms) VALUES ($1, $2, $3) \
                           ON CONFLICT (id) DO UPDATE SET data = excluded.data, expires_ms = excluded.expires_ms";
        let query = self.tx.query("saving a session", SQL);
        query.bind(session.id.as_str()).bind(session.data.as_str()).bind(session.expires_ms).run().await.map(drop)
    }

    async fn delete_session(&mut self, id: &str) -> Stored<()> {
        self.tx.query("ending a session", "DELETE FROM session WHERE id = $1").bind(id).run().await.map(drop)
    }

    async fn delete_expired_sessions(&mut self, now_ms: i64) -> Stored<()> {
        const SQL: &str = "DELETE FROM session WHERE expires_ms <= $1";
        self.tx.query("ending old sessions", SQL).bind(now_ms).run().await.map(drop)
    }

    async fn setting(&mut self, key: &str) -> Stored<Option<String>> {
        self.tx
            .query("reading a setting", "SELECT value FROM setting WHERE key = $1")
            .bind(key)
            .first("setting", Row::text)
            .await
    }

    async fn save_setting(&mut self, key: &str, value: &str) -> Stored<()> {
        const SQL: &str = "INSERT INTO setting (key, value) VALUES ($1, $2) \
                           ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.tx.query("saving a setting", SQL).bind(key).bind(value).run().await.map(drop)
    }

    async fn confirmations(&mut self) -> Stored<Vec<Confirmation>> {
        const SQL: &str = "SELECT key, by_user, by_name, signed, day FROM confirmation ORDER BY key";
        self.tx
            .query("listing confirmations", SQL)
            .all("confirmation", |row| {
                Ok(Confirmation {
                    key: row.text()?,
                    by: UserId(row.uuid()?),
                    by_name: row.text()?,
                    signed: row.text()?,
                    day: row.day()?,
                })
            })
            .await
    }

    async fn save_confirmation(&mut self, confirmation: &Confirmation) -> Stored<()> {
        const SQL: &str = "INSERT INTO confirmation (key, by_user, by_name, signed, day) VALUES ($1, $2, $3, $4, $5) \
                           ON CONFLICT (key) DO UPDATE SET by_user = excluded.by_user, by_name = excluded.by_name, \
                           signed = excluded.signed, day = excluded.day";
        self.tx
            .query("saving a confirmation", SQL)
            .bind(confirmation.key.as_str())
            .bind(confirmation.by.0)
            .bind(confirmation.by_name.as_str())
            .bind(confirmation.signed.as_str())
            .bind(confirmation.day.iso())
            .run()
            .await
            .map(drop)
    }

    async fn packs(&mut self) -> Stored<Vec<LoadedPack>> {
        const SQL: &str = "SELECT id, version, yaml, loaded_on, by_name FROM pack ORDER BY id, version";
        self.tx
            .query("listing packs", SQL)
            .all("pack", |row| {
                Ok(LoadedPack {
                    id: row.text()?,
                    version: row.text()?,
                    yaml: row.text()?,
                    loaded_on: row.day()?,
                    by_name: row.text()?,
                })
            })
            .await
    }

    async fn save_pack(&mut self, pack: &LoadedPack) -> Stored<()> {
        const SQL: &str = "INSERT INTO pack (id, version, yaml, loaded_on, by_name) VALUES ($1, $2, $3, $4, $5) \
                           ON CONFLICT (id, version) DO UPDATE SET yaml = excluded.yaml, \
                           loaded_on = excluded.loaded_on, by_name = excluded.by_name";
        self.tx
            .query("saving a pack", SQL)
            .bind(pack.id.as_str())
            .bind(pack.version.as_str())
            .bind(pack.yaml.as_str())
            .bind(pack.loaded_on.iso())
            .bind(pack.by_name.as_str())
            .run()
            .await
            .map(drop)
    }

    async fn record(&mut self, entry: &Entry) -> Stored<()> {
        trail::record(&mut self.tx, entry).await
    }

    async fn entries(&mut self, filter: &EntryFilter, page: Page) -> Stored<PageOf<Entry>> {
        trail::entries(&mut self.tx, filter, page).await
    }

    async fn verify_entries(&mut self) -> Stored<TrailVerdict> {
        trail::verify(&mut self.tx).await
    }

    async fn entries_fit(&mut self, ids: &[EntryId]) -> Stored<Option<EntryId>> {
        trail::fit(&mut self.tx, ids).await
    }

    async fn trail_holds(&mut self, mark: &TrailMark) -> Stored<bool> {
        trail::holds(&mut self.tx, mark).await
    }
}
