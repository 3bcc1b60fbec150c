//! A unit of work: one transaction, handed to the files that know the tables.

use async_trait::async_trait;
use storage::{Stored, Work};

use crate::tx::Tx;

/// A transaction that answers every question of the house.
pub(crate) struct SqlWork {
    pub(crate) tx: Tx,
}

#[async_trait]
impl Work for SqlWork {
    async fn commit(self: Box<Self>) -> Stored<()> {
        self.tx.commit().await
    }
}
