//! Score packs: the illustrative one that ships, those the province loads, and the one in use.
//! A pack in use that nobody signed off makes everything it scored say so.

use domain::access::{Actor, Verb, check};
use kernel::Day;
use norms::{Basis, ScorePack};
use serde_json::json;
use storage::{Confirmation, LoadedPack, Work};

use super::confirm::vouch;
use crate::registry::pack_name;
use crate::{AppError, House};

/// The setting that holds the name of the pack in use.
pub(crate) const PACK_SETTING: &str = "pack";

/// A pack as the page of packs shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackView {
    /// `<id>@<version>`.
    pub name: String,
    pub pack: ScorePack,
    /// Shipped with the program rather than loaded by the province.
    pub ships: bool,
    pub loaded: Option<(Day, String)>,
    pub signed: Option<Confirmation>,
    pub in_use: bool,
}

/// Every pack there is.
pub async fn packs(house: &House) -> Result<Vec<PackView>, AppError> {
    let mut work = house.store.read().await?;
    let confirmations = work.confirmations().await?;
    let in_use = work.setting(PACK_SETTING).await?.unwrap_or_default();
    let mut views = Vec::new();
    for (pack, loaded) in all_packs(house, work.as_mut()).await? {
        let name = pack_name(&pack);
        views.push(PackView {
            signed: confirmations.iter().find(|c| c.key == pack.basis().key()).cloned(),
            in_use: name == in_use,
            ships: loaded.is_none(),
            loaded,
            name,
            pack,
        });
    }
    Ok(views)
}

type PackAndOrigin = (ScorePack, Option<(Day, String)>);

async fn all_packs(house: &House, work: &mut dyn Work) -> Result<Vec<PackAndOrigin>, AppError> {
    let mut found: Vec<PackAndOrigin> = house.norms.packs().iter().map(|pack| (pack.clone(), None)).collect();
    for loaded in work.packs().await? {
        let pack = ScorePack::from_yaml(&loaded.yaml).map_err(AppError::Pack)?;
        found.push((pack, Some((loaded.loaded_on, loaded.by_name))));
    }
    Ok(found)
}

/// Every pack, shipped or loaded.
pub(crate) async fn known_packs(house: &House, work: &mut dyn Work) -> Result<Vec<ScorePack>, AppError> {
    Ok(all_packs(house, work).await?.into_iter().map(|(pack, _)| pack).collect())
}

/// Loads a pack of the province; a pack that could not score every household is refused with all its faults.
pub async fn load_pack(house: &House, actor: &Actor, yaml: &str) -> Result<String, AppError> {
    check(actor, Verb::LoadPack)?;
    let pack = ScorePack::from_yaml(yaml).map_err(AppError::Pack)?;
    let name = pack_name(&pack);
    let mut work = house.store.write().await?;
    let known = all_packs(house, work.as_mut()).await?;
    if known.iter().any(|(known, _)| pack_name(known) == name) {
        return Err(AppError::Refused { code: "LAW-001" });
    }
    let loaded = LoadedPack {
        id: pack.id.clone(),
        version: pack.version.clone(),
        yaml: yaml.to_owned(),
        loaded_on: house.clock.today(),
        by_name: actor.name.clone(),
    };
    work.save_pack(&loaded).await?;
    let detail = json!({"items": pack.items.len(), "mark": pack.mark});
    work.record(&house.entry(actor, "pack_loaded", ("pack", name.clone()), None, detail)).await?;
    work.commit().await?;
    Ok(name)
}

/// A person of the province signs a pack off, by name and office.
pub async fn sign_off(house: &House, actor: &Actor, name: &str, signed: &str) -> Result<(), AppError> {
    check(actor, Verb::ConfirmNorm)?;
    let mut work = house.store.write().await?;
    let pack = named(house, work.as_mut(), name).await?.ok_or(AppError::Missing("pack"))?;
    vouch(house, actor, work.as_mut(), &pack.basis().key(), signed).await?;
    work.commit().await?;
    Ok(())
}

/// Puts a pack to use, or none: then only entered totals count.
pub async fn use_pack(house: &House, actor: &Actor, name: Option<&str>) -> Result<(), AppError> {
    check(actor, Verb::LoadPack)?;
    let mut work = house.store.write().await?;
    let name = name.unwrap_or_default();
    if !name.is_empty() && named(house, work.as_mut(), name).await?.is_none() {
        return Err(AppError::Missing("pack"));
    }
    work.save_setting(PACK_SETTING, name).await?;
    work.record(&house.entry(actor, "pack_chosen", ("pack", name.to_owned()), None, json!({}))).await?;
    work.commit().await?;
    Ok(())
}

/// The pack in use, whatever year it is for.
pub async fn active_pack(house: &House) -> Result<Option<ScorePack>, AppError> {
    let mut work = house.store.read().await?;
    chosen_pack(house, work.as_mut()).await
}

/// The pack in use, when it may score the lists of the year.
pub(crate) async fn pack_in_use(house: &House, work: &mut dyn Work, year: i16) -> Result<Option<ScorePack>, AppError> {
    Ok(chosen_pack(house, work).await?.filter(|pack| pack.holds_on(Day::last_of(year))))
}

async fn chosen_pack(house: &House, work: &mut dyn Work) -> Result<Option<ScorePack>, AppError> {
    match work.setting(PACK_SETTING).await? {
        Some(name) if !name.is_empty() => named(house, work, &name).await,
        _ => Ok(None),
    }
}

/// A pack by its name `<id>@<version>`.
async fn named(house: &House, work: &mut dyn Work, name: &str) -> Result<Option<ScorePack>, AppError> {
    let known = all_packs(house, work).await?;
    Ok(known.into_iter().map(|(pack, _)| pack).find(|pack| pack_name(pack) == name))
}

/// What the B1 totals by these packs stand on.
pub async fn pack_bases(house: &House, work: &mut dyn Work, names: &[String]) -> Result<Vec<Basis>, AppError> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let known = all_packs(house, work).await?;
    Ok(known.iter().filter(|(pack, _)| names.contains(&pack_name(pack))).map(|(pack, _)| pack.basis()).collect())
}
