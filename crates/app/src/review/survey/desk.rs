//! Where surveys queue: whoever holds the pen writes everything that waits in one transaction and tells each its outcome.
//! So a hundred phones that come into the net at once cost one sync of the disk, not a hundred.

use std::collections::VecDeque;
use std::sync::Mutex;

use domain::access::Actor;
use tokio::sync::{Mutex as Pen, oneshot};

use super::batch::take_all;
use super::sent::{Receipt, SentSurvey};
use crate::{AppError, House};

/// More than this in one transaction keeps the last of them waiting too long.
const BATCH: usize = 64;

/// Somebody's survey, and where its outcome is told.
pub(super) struct Waiting {
    pub actor: Actor,
    pub sent: SentSurvey,
    pub tell: oneshot::Sender<Result<Receipt, AppError>>,
}

#[derive(Default)]
pub struct Desk {
    queue: Mutex<VecDeque<Waiting>>,
    pen: Pen<()>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").finish_non_exhaustive()
    }
}

impl Desk {
    /// Stores one survey; returns when it is on the disk, or refused.
    pub async fn take(&self, house: &House, actor: &Actor, sent: SentSurvey) -> Result<Receipt, AppError> {
        let (tell, mut told) = oneshot::channel();
        if let Ok(mut queue) = self.queue.lock() {
            queue.push_back(Waiting { actor: actor.clone(), sent, tell });
        }
        let _pen = self.pen.lock().await;
        loop {
            match told.try_recv() {
                Ok(outcome) => return outcome,
                Err(oneshot::error::TryRecvError::Closed) => return Err(AppError::Conflict("survey")),
                Err(oneshot::error::TryRecvError::Empty) => {}
            }
            let batch: Vec<Waiting> = match self.queue.lock() {
                Ok(mut queue) => {
                    let upto = queue.len().min(BATCH);
                    queue.drain(..upto).collect()
                }
                Err(_) => Vec::new(),
            };
            if batch.is_empty() {
                return Err(AppError::Conflict("survey"));
            }
            take_all(house, batch).await;
        }
    }
}
