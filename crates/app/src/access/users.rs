//! The accounts of a province: made and changed by its administrator. A role works at one level of unit.

use domain::access::{Actor, Role, Verb, check};
use domain::units::Scope;
use kernel::UserId;
use kernel::text::{fold_name, nfc};
use serde_json::json;
use storage::{UserRecord, Work};

use super::password::{MIN_PASSWORD_CHARS, hash_password, verify_password};
use super::sign_in::{count_failure, folded_login, must_not_rest, slot_of};
use crate::{AppError, FieldFault, House};

/// Accounts of the actor's area, by name.
pub async fn users(house: &House, actor: &Actor) -> Result<Vec<UserRecord>, AppError> {
    check(actor, Verb::ManageUsers)?;
    let mut work = house.store.read().await?;
    Ok(work.users(&actor.scope).await?)
}

/// An account to be made; every field as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserInput {
    pub login: String,
    pub name: String,
    pub password: String,
    /// Role id.
    pub role: String,
    /// `commune:18073`, in the actor's list of units.
    pub unit: String,
    /// Name of the village, for a village head.
    pub village: String,
}

/// A change to an account; the login stays, a blank password too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserChange {
    pub name: String,
    pub new_password: String,
    pub role: String,
    pub unit: String,
    pub village: String,
    pub is_active: bool,
}

pub(crate) struct ReadUser {
    pub login: String,
    pub name: String,
    pub role: Role,
    pub scope: Scope,
}

/// Reads an account's fields; the unit has to lie in the area and be of the role's level.
pub(crate) fn read_user(house: &House, area: &Scope, input: &UserInput) -> Result<ReadUser, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let login = folded_login(&input.login);
    if login.is_empty() || login.contains(char::is_whitespace) {
        faults.push(FieldFault::at("login", "field-login"));
    }
    let name = nfc(&input.name);
    if name.is_empty() {
        faults.push(FieldFault::at("name", "field-missing"));
    }
    if input.password.chars().count() < MIN_PASSWORD_CHARS {
        faults.push(FieldFault::at("password", "field-password-short"));
    }
    match (read_role(house, area, &input.role, &input.unit), faults.is_empty()) {
        (Ok((role, scope)), true) => Ok(ReadUser { login, name, role, scope }),
        (Ok(_), false) => Err(faults),
        (Err(fault), _) => {
            faults.push(fault);
            Err(faults)
        }
    }
}

fn read_role(house: &House, area: &Scope, role: &str, unit: &str) -> Result<(Role, Scope), FieldFault> {
    let role = Role::from_id(role).ok_or_else(|| FieldFault::at("role", "field-choice"))?;
    let scope = Scope::from_address(unit, area.units_from).ok_or_else(|| FieldFault::at("unit", "field-choice"))?;
    if !house.lies_in(&scope, area) {
        return Err(FieldFault::at("unit", "field-choice"));
    }
    match role.works_at() {
        Some(level) if level != scope.level => Err(FieldFault::at("unit", "field-unit-level")),
        _ => Ok((role, scope)),
    }
}

/// A village head answers for one village of the commune; everybody else for the whole unit.
async fn narrowed(work: &mut dyn Work, role: Role, scope: Scope, village: &str) -> Result<Scope, AppError> {
    if role != Role::VillageHead {
        return Ok(scope);
    }
    let wanted = fold_name(village);
    let known = work.villages(&scope).await?.into_iter().find(|v| fold_name(&v.name) == wanted);
    let known = known.ok_or_else(|| AppError::Form(vec![FieldFault::at("village", "field-village-unknown")]))?;
    Ok(scope.in_village(Some(known.id)))
}

/// Makes an account.
pub async fn add_user(house: &House, actor: &Actor, input: &UserInput) -> Result<UserId, AppError> {
    check(actor, Verb::ManageUsers)?;
    let read = read_user(house, &actor.scope, input).map_err(AppError::Form)?;
    let password_hash = hash_password(house, &input.password).await?;
    let mut work = house.store.write().await?;
    if work.user_by_login(&read.login).await?.is_some() {
        return Err(AppError::Form(vec![FieldFault::at("login", "field-login-taken")]));
    }
    let scope = narrowed(work.as_mut(), read.role, read.scope, &input.village).await?;
    let user = UserRecord {
        id: UserId(house.ids.next()),
        login: read.login,
        name: read.name,
        password_hash,
        role: read.role,
        scope,
        is_active: true,
    };
    save(house, actor, work.as_mut(), &user, "user_added").await?;
    work.commit().await?;
    Ok(user.id)
}

/// Changes an account of the actor's area. Nobody closes or demotes the account they are working with.
pub async fn change_user(house: &House, actor: &Actor, id: UserId, change: &UserChange) -> Result<(), AppError> {
    check(actor, Verb::ManageUsers)?;
    let mut faults = Vec::new();
    let name = nfc(&change.name);
    if name.is_empty() {
        faults.push(FieldFault::at("name", "field-missing"));
    }
    let new_password = Some(change.new_password.as_str()).filter(|password| !password.is_empty());
    if new_password.is_some_and(|password| password.chars().count() < MIN_PASSWORD_CHARS) {
        faults.push(FieldFault::at("password", "field-password-short"));
    }
    let role = read_role(house, &actor.scope, &change.role, &change.unit);
    if let Err(fault) = &role {
        faults.push(fault.clone());
    }
    let Ok((role, scope)) = role else { return Err(AppError::Form(faults)) };
    if !faults.is_empty() {
        return Err(AppError::Form(faults));
    }
    if id == actor.id && (role != actor.role || !change.is_active) {
        return Err(AppError::Refused { code: "ACC-014" });
    }
    let hash = match new_password {
        Some(password) => Some(hash_password(house, password).await?),
        None => None,
    };
    let mut work = house.store.write().await?;
    let mut user = user_of(house, actor, work.as_mut(), id).await?;
    user.name = name;
    user.role = role;
    user.scope = narrowed(work.as_mut(), role, scope, &change.village).await?;
    user.is_active = change.is_active;
    user.password_hash = hash.unwrap_or(user.password_hash);
    save(house, actor, work.as_mut(), &user, "user_changed").await?;
    work.commit().await?;
    Ok(())
}

/// An account of the actor's area; others are not to be known of.
async fn user_of(house: &House, actor: &Actor, work: &mut dyn Work, id: UserId) -> Result<UserRecord, AppError> {
    let user = work.user(id).await?.filter(|user| house.lies_in(&user.scope, &actor.scope));
    user.ok_or(AppError::Missing("user"))
}

/// Somebody changes their own password and proves it with the old one; wrong ones are counted as they are at the door. An account
/// of the bar "Thử với vai" has none.
pub async fn change_password(house: &House, actor: &Actor, old: &str, new: &str) -> Result<(), AppError> {
    if new.chars().count() < MIN_PASSWORD_CHARS {
        return Err(AppError::Form(vec![FieldFault::at("new_password", "field-password-short")]));
    }
    let mut work = house.store.read().await?;
    let user = work.user(actor.id).await?.ok_or(AppError::Missing("user"))?;
    let slot = slot_of(&user.login);
    must_not_rest(house, work.as_mut(), &slot).await?;
    drop(work);
    if user.password_hash.is_empty() {
        return Err(AppError::Refused { code: "ACC-015" });
    }
    if !verify_password(old, Some(user.password_hash.clone())).await {
        let mut work = house.store.write().await?;
        count_failure(house, work.as_mut(), (&slot, Some(&user))).await?;
        work.commit().await?;
        return Err(AppError::Form(vec![FieldFault::at("old_password", "field-password-wrong")]));
    }
    let password_hash = hash_password(house, new).await?;
    let mut work = house.store.write().await?;
    let user = work.user(actor.id).await?.ok_or(AppError::Missing("user"))?;
    save(house, actor, work.as_mut(), &UserRecord { password_hash, ..user }, "password_changed").await?;
    work.commit().await?;
    Ok(())
}

async fn save(
    house: &House,
    actor: &Actor,
    work: &mut dyn Work,
    user: &UserRecord,
    verb: &str,
) -> Result<(), AppError> {
    work.save_user(user).await?;
    let detail = json!({
        "login": user.login,
        "role": user.role,
        "unit": user.scope.address(),
        "active": user.is_active,
    });
    work.record(&house.entry(actor, verb, ("user", user.id.to_string()), None, detail)).await?;
    Ok(())
}
