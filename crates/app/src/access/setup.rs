//! The first minutes: which province, sample data or an empty register, and the administrator's account.
//! What was chosen stands in the settings of the store. Start with [`setup`].

use domain::access::{Actor, Role};
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, UserId};
use norms::Level;
use serde_json::json;
use storage::{UnitPlace, UserRecord, Work};

use super::password::hash_password;
use super::users::{UserInput, read_user};
use crate::{AppError, FieldFault, House, Province};

pub(crate) const MODE: &str = "mode";
pub(crate) const PROVINCE: &str = "province";
pub(crate) const UNITS_FROM: &str = "units_from";
pub(crate) const YEAR: &str = "year";

/// Whether the register is invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Sample,
    Real,
}

impl Mode {
    pub fn id(self) -> &'static str {
        match self {
            Self::Sample => "sample",
            Self::Real => "real",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Sample, Self::Real].into_iter().find(|mode| mode.id() == id)
    }
}

/// What the program was set up for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    pub mode: Mode,
    pub province: Province,
    /// The review year it works on.
    pub year: i16,
}

/// `None`: nobody has set the program up yet.
pub async fn setup(house: &House) -> Result<Option<Setup>, AppError> {
    let mut work = house.store.read().await?;
    setup_of_work(house, work.as_mut()).await
}

async fn setup_of_work(house: &House, work: &mut dyn Work) -> Result<Option<Setup>, AppError> {
    let Some(mode) = work.setting(MODE).await?.as_deref().and_then(Mode::from_id) else { return Ok(None) };
    let code = work.setting(PROVINCE).await?.unwrap_or_default();
    let units_from = work.setting(UNITS_FROM).await?.as_deref().and_then(Day::from_iso);
    let units = house.norms.units_on(units_from.unwrap_or_else(|| house.clock.today()));
    let name = units.get(Level::Province, &code).map(norms::Unit::full_name).unwrap_or_default();
    let province = Province { code, name, units_from: units.from };
    Ok(Some(Setup { mode, province, year: year_of_work(house, work).await? }))
}

/// Whether the register is invented; every page and paper says so then.
pub async fn is_sample(work: &mut dyn Work) -> Result<bool, AppError> {
    Ok(work.setting(MODE).await?.as_deref().and_then(Mode::from_id) == Some(Mode::Sample))
}

/// The province as a scope.
pub(crate) async fn province_scope(house: &House, work: &mut dyn Work) -> Result<Option<Scope>, AppError> {
    let set = setup_of_work(house, work).await?;
    Ok(set.map(|set| Scope::new(set.province.units_from, ScopeLevel::Province, set.province.code)))
}

/// The review year the program works on; before anything is set, the calendar year.
pub(crate) async fn year_of_work(house: &House, work: &mut dyn Work) -> Result<i16, AppError> {
    let stored = work.setting(YEAR).await?;
    Ok(stored.and_then(|year| year.parse().ok()).unwrap_or_else(|| house.clock.today().year()))
}

/// The account that is made first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewAdministrator {
    pub name: String,
    pub login: String,
    pub password: String,
}

/// Begins an empty register of a province. The list of units is that of `units_from`, else today's; the review year is
/// this calendar year.
pub async fn start_empty(
    house: &House,
    province_code: &str,
    units_from: Option<Day>,
    administrator: &NewAdministrator,
) -> Result<Actor, AppError> {
    let today = house.clock.today();
    let units = house.norms.units_on(units_from.unwrap_or(today));
    let scope = Scope::new(units.from, ScopeLevel::Province, province_code);
    if units.get(Level::Province, province_code).is_none() {
        return Err(AppError::Form(vec![FieldFault::at("province", "field-choice")]));
    }
    let input = UserInput {
        login: administrator.login.clone(),
        name: administrator.name.clone(),
        password: administrator.password.clone(),
        role: Role::Administrator.id().to_owned(),
        unit: scope.address(),
        village: String::new(),
    };
    let read = read_user(house, &scope, &input).map_err(AppError::Form)?;
    let password_hash = hash_password(house, &administrator.password).await?;
    let mut work = house.store.write().await?;
    must_be_new(work.as_mut()).await?;
    let user = UserRecord {
        id: UserId(house.ids.next()),
        login: read.login,
        name: read.name,
        password_hash,
        role: read.role,
        scope: read.scope,
        is_active: true,
    };
    work.save_user(&user).await?;
    save_setup(house, work.as_mut(), (Mode::Real, &scope), today.year()).await?;
    let actor = actor_of(&user);
    let detail = json!({"province": province_code, "units_from": scope.units_from, "year": today.year()});
    work.record(&house.entry(&actor, "register_started", ("program", String::new()), None, detail)).await?;
    work.commit().await?;
    Ok(actor)
}

/// Setting up is done once.
pub(crate) async fn must_be_new(work: &mut dyn Work) -> Result<(), AppError> {
    match work.setting(MODE).await? {
        None => Ok(()),
        Some(_) => Err(AppError::Refused { code: "ACC-012" }),
    }
}

/// Says what the program is for, and which units lie in which: without that a province would not see the accounts and
/// imports of a commune that has no village yet.
pub(crate) async fn save_setup(
    house: &House,
    work: &mut dyn Work,
    (mode, province): (Mode, &Scope),
    year: i16,
) -> Result<(), AppError> {
    work.place_units(&places_of(house, province)).await?;
    work.save_setting(PROVINCE, &province.code).await?;
    work.save_setting(UNITS_FROM, &province.units_from.iso()).await?;
    work.save_setting(YEAR, &year.to_string()).await?;
    work.save_setting(MODE, mode.id()).await?;
    Ok(())
}

fn places_of(house: &House, province: &Scope) -> Vec<UnitPlace> {
    let units = house.units(province);
    let place = |unit: &norms::Unit, district: &str| UnitPlace {
        units_from: province.units_from,
        level: unit.level.into(),
        code: unit.code.clone(),
        district: district.to_owned(),
        province: province.code.clone(),
    };
    let districts = units.children(Level::Province, &province.code).filter(|unit| unit.level == Level::District);
    let communes = units.communes_below(Level::Province, &province.code).into_iter().map(|unit| {
        let district = units.parent(unit).filter(|above| above.level == Level::District);
        place(unit, district.map_or("", |above| above.code.as_str()))
    });
    districts.map(|unit| place(unit, &unit.code)).chain(communes).collect()
}

pub(crate) fn actor_of(user: &UserRecord) -> Actor {
    Actor { id: user.id, name: user.name.clone(), role: user.role, scope: user.scope.clone() }
}
