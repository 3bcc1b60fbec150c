//! How the engine is set for every role alike: which stores it reads, how it plans, and when its answer is taken.
//! Start with [`Engine::ask`].

use anyhow::{Context, Result, anyhow};
use ballista::prelude::SessionContextExt;
use ballista_core::extension::SessionConfigExt;
use ballista_core::object_store::{session_config_with_s3_support, session_state_with_s3_support};
use datafusion::arrow::array::RecordBatch;
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::reach;
use crate::said::both;

/// Plans are made once. The adaptive planner, Ballista's default, leaves a question open for ever when an executor is lost
/// during its last step (apache/datafusion-ballista#1986, seen with 55.0.0); one statement of two steps has nothing to adapt.
pub fn config() -> SessionConfig {
    session_config_with_s3_support().with_ballista_adaptive_query_planner(false)
}

/// How often a question is put before it is given up.
pub const ATTEMPTS: u32 = 5;

/// Whom the questions go to.
pub struct Engine {
    pub context: SessionContext,
    /// `host:port`; this process alone without.
    scheduler: Option<String>,
}

impl Engine {
    pub async fn of(scheduler: Option<String>) -> Result<Self> {
        let state = session_state_with_s3_support(config())?;
        let context = match &scheduler {
            None => SessionContext::new_with_state(state),
            Some(address) => {
                reach::executors(address).await?;
                SessionContext::remote_with_state(&format!("df://{address}"), state).await?
            }
        };
        Ok(Self { context, scheduler })
    }

    /// Puts a question until it is answered by the same executors from beginning to end. What Ballista mends when one is lost
    /// is not taken: with 55.0.0 an answer mended at the turn of two steps was once short of the truth.
    pub async fn ask(&self, sql: &str) -> Result<Vec<RecordBatch>> {
        let mut why = None;
        for attempt in 1..=ATTEMPTS {
            let before = self.executors().await?;
            let answer = self.context.sql(sql).await.context("planning the question")?.collect().await;
            match answer {
                Ok(answer) if self.executors().await? == before => return Ok(answer),
                Ok(_) => tracing::warn!(attempt, "executors came or went; the question is put again"),
                Err(e) => {
                    tracing::warn!(attempt, error = %e, "the question is put again");
                    why = Some(e);
                }
            }
        }
        let doing = both("cụm máy không tính được", "the machines could not compute it");
        Err(why.map_or_else(|| anyhow!("executors came and went all the time"), Into::into).context(doing))
    }

    async fn executors(&self) -> Result<u32> {
        match &self.scheduler {
            Some(address) => reach::executors(address).await,
            None => Ok(0),
        }
    }
}
