//! Sessions of tower-sessions, kept in the program's own store through `app`.

use app::House;
use async_trait::async_trait;
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// Where tower-sessions keeps its records.
#[derive(Clone, Debug)]
pub struct Sessions {
    house: House,
}

impl Sessions {
    pub fn new(house: House) -> Self {
        Self { house }
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while app::session::load(&self.house, &record.id.to_string()).await.map_err(failed)?.is_some() {
            record.id = Id::default();
        }
        self.save(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let data = serde_json::to_string(&record.data).map_err(|e| Error::Encode(e.to_string()))?;
        let expires = record.expiry_date.unix_timestamp().saturating_mul(1000);
        app::session::save(&self.house, &record.id.to_string(), &data, expires).await.map_err(failed)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = app::session::load(&self.house, &id.to_string()).await.map_err(failed)?;
        let Some((data, expires_ms)) = found else { return Ok(None) };
        let data = serde_json::from_str(&data).map_err(|e| Error::Decode(e.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(expires_ms / 1000).map_err(failed)?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        app::session::delete(&self.house, &id.to_string()).await.map_err(failed)
    }
}
