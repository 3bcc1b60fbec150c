//! Signing in, and the roles of sample mode that anybody may try.
//! A wrong login and a wrong password are told apart neither by the answer nor by the time it takes.

use domain::access::{Actor, Role};
use kernel::UserId;
use kernel::text::nfc;
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{UserRecord, Work};

use super::password::verify_password;
use super::setup::{actor_of, is_sample, province_scope};
use crate::digest::hash_of;
use crate::{AppError, House};

/// After so many wrong passwords in a row a login rests.
const TRIES: u32 = 10;
/// How long it rests.
const REST_MS: i64 = 15 * 60 * 1000;

const WRONG: AppError = AppError::Refused { code: "ACC-010" };

/// Who signs in with this login and password.
pub async fn sign_in(house: &House, login: &str, password: &str) -> Result<Actor, AppError> {
    let login = folded_login(login);
    let slot = slot_of(&login);
    let mut work = house.store.read().await?;
    must_not_rest(house, work.as_mut(), &slot).await?;
    let user = work.user_by_login(&login).await?.filter(|user| user.is_active);
    drop(work);
    let hash = user.as_ref().map(|user| user.password_hash.clone()).filter(|hash| !hash.is_empty());
    let is_right = verify_password(password, hash).await;
    let mut work = house.store.write().await?;
    let Some(user) = user.clone().filter(|_| is_right) else {
        count_failure(house, work.as_mut(), (&slot, user.as_ref())).await?;
        work.commit().await?;
        return Err(WRONG);
    };
    work.save_setting(&slot, "").await?;
    let actor = actor_of(&user);
    let subject = ("user", user.id.to_string());
    work.record(&house.entry(&actor, "signed_in", subject, None, json!({}))).await?;
    work.commit().await?;
    Ok(actor)
}

/// Whether the login rests after too many wrong passwords.
pub(super) async fn must_not_rest(house: &House, work: &mut dyn Work, slot: &str) -> Result<(), AppError> {
    if failures(work, slot).await?.is_resting(house.clock.now_ms()) {
        return Err(AppError::Refused { code: "ACC-011" });
    }
    Ok(())
}

/// One more wrong password of a login.
pub(super) async fn count_failure(
    house: &House,
    work: &mut dyn Work,
    (slot, user): (&str, Option<&UserRecord>),
) -> Result<(), AppError> {
    let failed = failures(work, slot).await?.after_one_more(house.clock.now_ms());
    work.save_setting(slot, &failed.written()).await?;
    record_failure(house, work, user, failed).await
}

/// A wrong password at an account that exists is told in the trail, at most [`TRIES`] times before the login rests. Names
/// that belong to nobody are only counted: anybody could fill the trail with them.
async fn record_failure(
    house: &House,
    work: &mut dyn Work,
    user: Option<&UserRecord>,
    failed: Failures,
) -> Result<(), AppError> {
    let Some(user) = user else { return Ok(()) };
    let verb = if failed.count >= TRIES { "sign_in_rests" } else { "sign_in_failed" };
    let subject = ("user", user.id.to_string());
    let entry = house.entry(&actor_of(user), verb, subject, None, json!({"in_a_row": failed.count}));
    work.record(&entry).await?;
    Ok(())
}

/// Wrong passwords in a row, and when the last was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Failures {
    count: u32,
    last_ms: i64,
}

impl Failures {
    pub(crate) fn is_resting(self, now: i64) -> bool {
        self.count >= TRIES && now - self.last_ms < REST_MS
    }

    pub(crate) fn after_one_more(self, now: i64) -> Self {
        let rested = now - self.last_ms >= REST_MS;
        Self { count: if rested { 1 } else { self.count + 1 }, last_ms: now }
    }

    pub(crate) fn written(self) -> String {
        format!("{}@{}", self.count, self.last_ms)
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        let (count, last_ms) = text.split_once('@')?;
        Some(Self { count: count.parse().ok()?, last_ms: last_ms.parse().ok()? })
    }
}

async fn failures(work: &mut dyn Work, slot: &str) -> Result<Failures, AppError> {
    Ok(work.setting(slot).await?.as_deref().and_then(Failures::read).unwrap_or_default())
}

/// Where failures of a login are counted. Logins that do not exist are counted too, in a bounded number of slots.
pub(super) fn slot_of(login: &str) -> String {
    format!("sign_in:{}", beginning(login, 4))
}

/// So many letters of a text's hash.
fn beginning(text: &str, letters: usize) -> String {
    hash_of(text.as_bytes()).chars().take(letters).collect()
}

/// Logins are compared in lower case.
pub(crate) fn folded_login(login: &str) -> String {
    nfc(login).to_lowercase()
}

/// What a session keeps of who signed in. A new password ends every session that was begun with the old one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    user: UserId,
    /// The password as it was then, told from another and known from nothing.
    password: String,
}

impl Holder {
    fn of(user: &UserRecord) -> Self {
        Self { user: user.id, password: beginning(&user.password_hash, 16) }
    }
}

/// Who begins a session now.
pub async fn holder(house: &House, id: UserId) -> Result<Holder, AppError> {
    let mut work = house.store.read().await?;
    Ok(Holder::of(&work.user(id).await?.ok_or(AppError::Missing("user"))?))
}

/// The actor of a session; gone when the account was closed or has another password.
pub async fn actor(house: &House, holder: &Holder) -> Result<Actor, AppError> {
    let mut work = house.store.read().await?;
    let user = work.user(holder.user).await?.filter(|user| user.is_active && Holder::of(user) == *holder);
    Ok(actor_of(&user.ok_or(AppError::Missing("user"))?))
}

/// The accounts of the bar "Thử với vai": they have no password and exist in sample mode only.
pub async fn sample_actors(house: &House) -> Result<Vec<Actor>, AppError> {
    let mut work = house.store.read().await?;
    if !is_sample(work.as_mut()).await? {
        return Err(AppError::Refused { code: "ACC-013" });
    }
    let Some(province) = province_scope(house, work.as_mut()).await? else { return Ok(Vec::new()) };
    let mut users = work.users(&province).await?;
    users.retain(|user| user.is_active && user.password_hash.is_empty());
    let place = |role| Role::ALL.iter().position(|known| *known == role);
    users.sort_by(|a, b| place(a.role).cmp(&place(b.role)).then_with(|| a.login.cmp(&b.login)));
    Ok(users.iter().map(actor_of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_rests_after_ten_wrong_passwords_and_wakes_after_a_quarter_of_an_hour() {
        let mut failures = Failures::default();
        for minute in 0..10 {
            assert!(!failures.is_resting(minute * 60_000), "minute {minute}");
            failures = failures.after_one_more(minute * 60_000);
        }
        let last = 9 * 60_000;
        assert!(failures.is_resting(last + REST_MS - 1));
        assert!(!failures.is_resting(last + REST_MS));
        assert_eq!(failures.after_one_more(last + REST_MS).count, 1);
        assert_eq!(Failures::read(&failures.written()), Some(failures));
    }

    #[test]
    fn logins_that_do_not_exist_are_counted_in_a_bounded_number_of_slots() {
        assert_eq!(slot_of("xa.huong").len(), "sign_in:".len() + 4);
        assert_eq!(slot_of(&folded_login(" XA.Huong ")), slot_of("xa.huong"));
    }
}
