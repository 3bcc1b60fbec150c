//! Who may sign in. Never sees a password, only its hash.

use domain::access::Role;
use domain::units::Scope;
use kernel::{UserId, VillageId, text};
use storage::{Stored, UserRecord};

use crate::scope::{level_from, level_id};
use crate::tx::{Row, Tx};

const COLUMNS: &str = "SELECT a.id, a.login, a.name, a.password_hash, a.role, a.units_from, a.level, a.code, \
                       a.is_active, a.village FROM account a WHERE";

pub(super) async fn by_id(tx: &mut Tx, id: UserId) -> Stored<Option<UserRecord>> {
    tx.query("finding a user", COLUMNS).push_bind(" a.id = ", id.0).first("account", user).await
}

pub(super) async fn by_login(tx: &mut Tx, login: &str) -> Stored<Option<UserRecord>> {
    tx.query("finding a user", COLUMNS).push_bind(" a.login = ", login.to_lowercase()).first("account", user).await
}

pub(super) async fn in_scope(tx: &mut Tx, scope: &Scope) -> Stored<Vec<UserRecord>> {
    tx.query("listing users", COLUMNS)
        .unit_in_scope("a", scope)
        .push(" ORDER BY a.sort_key, a.login")
        .all("account", user)
        .await
}

pub(super) async fn save(tx: &mut Tx, user: &UserRecord) -> Stored<()> {
    const SQL: &str = "INSERT INTO account \
         (id, login, name, sort_key, password_hash, role, units_from, level, code, is_active, village) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = excluded.name, sort_key = excluded.sort_key, \
         password_hash = excluded.password_hash, role = excluded.role, units_from = excluded.units_from, \
         level = excluded.level, code = excluded.code, is_active = excluded.is_active, village = excluded.village";
    tx.query("saving a user", SQL)
        .bind(user.id.0)
        .bind(user.login.to_lowercase())
        .bind(user.name.as_str())
        .bind(text::person_sort_key(&user.name))
        .bind(user.password_hash.as_str())
        .bind(user.role.id())
        .bind(user.scope.units_from.iso())
        .bind(level_id(user.scope.level))
        .bind(user.scope.code.as_str())
        .bind(user.is_active)
        .bind(user.scope.village.map(|village| village.0))
        .run_unless_taken("user")
        .await
        .map(drop)
}

fn user(row: &mut Row) -> Stored<UserRecord> {
    let mut user = UserRecord {
        id: UserId(row.uuid()?),
        login: row.text()?,
        name: row.text()?,
        password_hash: row.text()?,
        role: row.word(Role::from_id)?,
        scope: Scope { units_from: row.day()?, level: row.word(level_from)?, code: row.text()?, village: None },
        is_active: row.take()?,
    };
    user.scope.village = row.take::<Option<uuid::Uuid>>()?.map(VillageId);
    Ok(user)
}
