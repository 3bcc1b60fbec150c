//! Values that were only remembered or invented, and who of the province vouched for them, by name and day.

use std::collections::HashSet;
use std::hash::BuildHasher;

use domain::access::{Actor, Verb, check};
use kernel::text::nfc;
use norms::Basis;
use serde_json::json;
use storage::{Confirmation, Work};

use crate::{AppError, FieldFault, House};

/// One value that needs somebody's word, and the word if it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub basis: Basis,
    pub confirmation: Option<Confirmation>,
}

/// Every value that needs confirmation, with what was confirmed by whom and when.
pub async fn standing(house: &House) -> Result<Vec<Standing>, AppError> {
    let mut work = house.store.read().await?;
    let confirmations = work.confirmations().await?;
    let of = |basis: &Basis| confirmations.iter().find(|c| c.key == basis.key()).cloned();
    let bases = house.norms.unconfirmed();
    Ok(bases.into_iter().map(|basis| Standing { confirmation: of(&basis), basis }).collect())
}

/// A person of the province vouches for a value; `signed` is who answers for it, name and office.
pub async fn confirm(house: &House, actor: &Actor, key: &str, signed: &str) -> Result<(), AppError> {
    check(actor, Verb::ConfirmNorm)?;
    let is_known = house.norms.unconfirmed().iter().any(|basis| basis.key() == key);
    if !is_known {
        return Err(AppError::Missing("norm"));
    }
    let mut work = house.store.write().await?;
    vouch(house, actor, work.as_mut(), key, signed).await?;
    work.commit().await?;
    Ok(())
}

/// Saves a confirmation and its trail in a unit of work.
pub(super) async fn vouch(
    house: &House,
    actor: &Actor,
    work: &mut dyn Work,
    key: &str,
    signed: &str,
) -> Result<(), AppError> {
    let signed = nfc(signed);
    if signed.is_empty() {
        return Err(AppError::Form(vec![FieldFault::at("signed", "field-missing")]));
    }
    let detail = json!({"signed": signed});
    let confirmation = Confirmation {
        key: key.to_owned(),
        by: actor.id,
        by_name: actor.name.clone(),
        signed,
        day: house.clock.today(),
    };
    work.save_confirmation(&confirmation).await?;
    work.record(&house.entry(actor, "norm_confirmed", ("norm", key.to_owned()), None, detail)).await?;
    Ok(())
}

/// The keys of everything the province has vouched for.
pub async fn confirmed_keys(work: &mut dyn Work) -> Result<HashSet<String>, AppError> {
    Ok(work.confirmations().await?.into_iter().map(|confirmation| confirmation.key).collect())
}

/// Of what a figure stands on, what the province has not vouched for by now.
pub async fn unconfirmed_of(house: &House, bases: &[Basis]) -> Result<Vec<Basis>, AppError> {
    let mut work = house.store.read().await?;
    Ok(unconfirmed(&confirmed_keys(work.as_mut()).await?, bases))
}

/// Of what a result stands on, the values nobody has vouched for yet. A score pack always needs a signature.
pub fn unconfirmed<S: BuildHasher>(confirmed: &HashSet<String, S>, bases: &[Basis]) -> Vec<Basis> {
    let mut seen = HashSet::new();
    let open = |basis: &&Basis| {
        let key = basis.key();
        let needed = basis.mark.needs_confirmation() || basis.norm.starts_with("packs.");
        needed && !confirmed.contains(&key) && seen.insert(key)
    };
    bases.iter().filter(open).cloned().collect()
}
