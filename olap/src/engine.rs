//! How the engine is set for every role alike: which stores it reads, and how it plans.

use ballista_core::extension::SessionConfigExt;
use ballista_core::object_store::{session_config_with_s3_support, session_state_with_s3_support};
use datafusion::error::Result;
use datafusion::execution::SessionState;
use datafusion::prelude::SessionConfig;

/// Plans are made once. The adaptive planner, Ballista's default, leaves a question open for ever when an executor is lost
/// during its last step (apache/datafusion-ballista#1986, seen with 55.0.0); one statement of two steps has nothing to adapt.
pub fn config() -> SessionConfig {
    session_config_with_s3_support().with_ballista_adaptive_query_planner(false)
}

/// The session of whoever asks.
pub fn state() -> Result<SessionState> {
    session_state_with_s3_support(config())
}
