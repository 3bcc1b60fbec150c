//! The same question to two years, of the communes that are known in both: figures of other communes would be compared with
//! nothing. Start with [`compared`].

use domain::access::{Actor, Verb, check};
use domain::units::Scope;

use super::{Poverty, Question, family};
use crate::{AppError, House};

/// Two years of the same communes.
#[derive(Debug, Clone)]
pub struct Compared {
    pub before: Poverty,
    pub now: Poverty,
    /// Communes known in one of the years only, which stand in neither side.
    pub left_out: usize,
}

/// Asks both years, of the communes both know.
pub async fn compared(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    (question, before): (Question, i16),
) -> Result<Compared, AppError> {
    check(actor, Verb::ReadForms)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let earlier = Question { year: before, ..question };
    let mut before = family(house, work.as_mut(), scope.clone(), earlier, None).await?;
    let mut now = family(house, work.as_mut(), scope.clone(), question, None).await?;
    let common: Vec<String> = now.communes.iter().filter(|code| before.communes.contains(code)).cloned().collect();
    let left_out = before.communes.len() + now.communes.len() - 2 * common.len();
    if common.len() < before.communes.len() {
        before = family(house, work.as_mut(), scope.clone(), earlier, Some(&common)).await?;
    }
    if common.len() < now.communes.len() {
        now = family(house, work.as_mut(), scope, question, Some(&common)).await?;
    }
    Ok(Compared { before, now, left_out })
}
