//! The shape of what may be published. Only the shape: the number comes from `norms/review/publication.yaml`.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// The smallest number of households that a published table shows; 0 is shown too.
    pub least_shown: u64,
}
