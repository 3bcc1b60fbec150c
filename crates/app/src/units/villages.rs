//! The villages of an area.

use domain::access::{Actor, Verb, check};
use domain::units::{Scope, ScopeLevel, Village};
use kernel::VillageId;
use kernel::text::{fold_name, nfc};
use norms::Level;
use serde_json::json;

use crate::{AppError, FieldFault, House};

/// Villages of the wished unit inside the actor's scope, by commune and name.
pub async fn villages(house: &House, actor: &Actor, wished: Option<&Scope>) -> Result<Vec<Village>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    Ok(work.villages(&scope).await?)
}

/// Names of communes by their codes, as the list of units of a scope has them.
pub fn commune_names<'a>(house: &House, scope: &Scope, codes: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let units = house.units(scope);
    let name = |code: &String| units.commune(code).map_or_else(|| code.clone(), norms::Unit::full_name);
    codes.into_iter().map(name).collect()
}

/// Adds a village to a commune of the actor's scope; their own commune when none is wished.
pub async fn add_village(
    house: &House,
    actor: &Actor,
    commune: Option<&Scope>,
    name: &str,
) -> Result<Village, AppError> {
    check(actor, Verb::EditRegistry)?;
    let scope = house.narrow(actor, commune)?;
    let name = nfc(name);
    if name.is_empty() {
        return Err(AppError::Form(vec![FieldFault::at("name", "field-missing")]));
    }
    let village = village_in(house, &scope, name)?;
    let mut work = house.store.write().await?;
    let known = work.villages(&scope).await?;
    if known.iter().any(|other| fold_name(&other.name) == fold_name(&village.name)) {
        return Err(AppError::Form(vec![FieldFault::at("name", "field-village-exists")]));
    }
    work.add_villages(std::slice::from_ref(&village)).await?;
    let subject = ("village", village.id.to_string());
    let entry = house.entry(actor, "village_added", subject, Some(village.place()), json!({"name": village.name}));
    work.record(&entry).await?;
    work.commit().await?;
    Ok(village)
}

/// A new village of a commune.
pub(crate) fn village_in(house: &House, commune: &Scope, name: String) -> Result<Village, AppError> {
    let units = house.units(commune);
    let unit = units.commune(&commune.code).filter(|_| commune.level == ScopeLevel::Commune);
    let unit = unit.ok_or(AppError::Missing("unit"))?;
    let district = units.parent(unit).filter(|above| above.level == Level::District);
    Ok(Village {
        id: VillageId(house.ids.next()),
        units_from: commune.units_from,
        province: house.province_of(commune),
        district: district.map(|above| above.code.clone()).unwrap_or_default(),
        commune: unit.code.clone(),
        name,
    })
}
