//! Sessions of people who are signed in, for the web layer to keep its own data in. Expired ones are gone.

use storage::SessionRecord;

use crate::{AppError, House};

/// The data of a session and when it ends, unless it has.
pub async fn load(house: &House, id: &str) -> Result<Option<(String, i64)>, AppError> {
    let mut work = house.store.read().await?;
    let found = work.session(id).await?.filter(|session| session.expires_ms > house.clock.now_ms());
    Ok(found.map(|session| (session.data, session.expires_ms)))
}

/// Keeps a session's data until it ends.
pub async fn save(house: &House, id: &str, data: &str, expires_ms: i64) -> Result<(), AppError> {
    let mut work = house.store.write().await?;
    work.delete_expired_sessions(house.clock.now_ms()).await?;
    work.save_session(&SessionRecord { id: id.to_owned(), data: data.to_owned(), expires_ms }).await?;
    work.commit().await?;
    Ok(())
}

/// Ends a session.
pub async fn delete(house: &House, id: &str) -> Result<(), AppError> {
    let mut work = house.store.write().await?;
    work.delete_session(id).await?;
    work.commit().await?;
    Ok(())
}
