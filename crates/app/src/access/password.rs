//! Passwords as Argon2 hashes. Hashing takes a tenth of a second on purpose, so it runs beside the other work.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::{AppError, House};

/// Shorter passwords are refused.
pub(crate) const MIN_PASSWORD_CHARS: usize = 10;

/// The hash to be stored; the salt is drawn from the house's ids.
pub(crate) async fn hash_password(house: &House, password: &str) -> Result<String, AppError> {
    let salt = *house.ids.next().as_bytes();
    let password = password.to_owned();
    let hash = tokio::task::spawn_blocking(move || hashed(&password, &salt)).await;
    hash.ok().flatten().ok_or(AppError::Refused { code: "ACC-019" })
}

fn hashed(password: &str, salt: &[u8]) -> Option<String> {
    let hash: PasswordHash = Argon2::default().hash_password_with_salt(password.as_bytes(), salt).ok()?;
    Some(hash.to_string())
}

/// Whether the password is the one of the hash. Without a hash the same work is done and the answer is no, so that
/// nobody learns from the time it takes whether a login exists.
pub(crate) async fn verify_password(password: &str, hash: Option<String>) -> bool {
    let password = password.to_owned();
    let verified = tokio::task::spawn_blocking(move || {
        if let Some(Ok(hash)) = hash.as_deref().map(PasswordHash::new) {
            return Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
        }
        hashed(&password, b"nobody has this one");
        false
    });
    verified.await.unwrap_or(false)
}
