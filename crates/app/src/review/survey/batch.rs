//! Surveys that came at once, stored in one transaction; what they share is asked once, as nobody else writes meanwhile.

use std::collections::HashMap;

use domain::access::Actor;
use domain::review::round::{Route, VillageRound};
use kernel::{UserId, VillageId};
use norms::ScorePack;
use storage::Work;

use super::admit::open_round;
use super::desk::Waiting;
use super::sent::Receipt;
use super::take::take;
use crate::law::pack_in_use;
use crate::{AppError, House};

/// The pack of a year and the round of a village, asked once a batch.
#[derive(Default)]
pub(super) struct Shared {
    packs: HashMap<i16, Option<ScorePack>>,
    /// By who sends, as everybody sees their own area only.
    rounds: HashMap<(UserId, VillageId, i16, Route), VillageRound>,
}

impl Shared {
    pub async fn pack(&mut self, house: &House, work: &mut dyn Work, year: i16) -> Result<Option<ScorePack>, AppError> {
        if let Some(pack) = self.packs.get(&year) {
            return Ok(pack.clone());
        }
        let pack = pack_in_use(house, work, year).await?;
        self.packs.insert(year, pack.clone());
        Ok(pack)
    }

    pub async fn round(
        &mut self,
        house: &House,
        work: &mut dyn Work,
        actor: &Actor,
        (village, year, route): (VillageId, i16, Route),
    ) -> Result<VillageRound, AppError> {
        let key = (actor.id, village, year, route);
        if let Some(round) = self.rounds.get(&key) {
            return Ok(round.clone());
        }
        let round = open_round(house, work, actor, (village, year, route)).await?;
        self.rounds.insert(key, round.clone());
        Ok(round)
    }
}

/// Writes everything that waits, in one transaction. When that fails as a whole, one by one, so that each hears its own.
pub(super) async fn take_all(house: &House, batch: Vec<Waiting>) {
    match try_all(house, &batch).await {
        Ok(outcomes) => {
            for (waiting, outcome) in batch.into_iter().zip(outcomes) {
                let _ = waiting.tell.send(outcome);
            }
        }
        Err(error) if batch.len() > 1 => {
            tracing::warn!(%error, "a batch of surveys is stored one by one");
            for waiting in batch {
                Box::pin(take_all(house, vec![waiting])).await;
            }
        }
        Err(error) => {
            tracing::error!(%error, "a survey could not be stored");
            for waiting in batch {
                let _ = waiting.tell.send(Err(AppError::Paper(error.to_string())));
            }
        }
    }
}

async fn try_all(house: &House, batch: &[Waiting]) -> Result<Vec<Result<Receipt, AppError>>, AppError> {
    let mut work = house.store.write().await?;
    let mut shared = Shared::default();
    let mut outcomes = Vec::with_capacity(batch.len());
    for waiting in batch {
        match take(house, work.as_mut(), &waiting.actor, &waiting.sent, &mut shared).await {
            // The store itself failed: nothing of this transaction may be told as stored.
            Err(AppError::Fault(error)) => return Err(AppError::Fault(error)),
            outcome => outcomes.push(outcome),
        }
    }
    work.commit().await?;
    Ok(outcomes)
}
