//! Typed identifiers: a household's id is not a person's. All are UUIDs; human codes are attributes, never keys.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A household of the registry.
    HouseholdId;
    /// A person of the registry.
    PersonId;
    /// A village (thôn) or residential group (tổ dân phố).
    VillageId;
    /// Somebody who signs in.
    UserId;
    /// One import of a list, from upload to undo.
    IntakeId;
    /// One entry of the trail.
    EntryId;
    /// One import of a plan.
    PlanId;
    /// One commune's list of one year, sent up or returned.
    SubmissionId;
    /// A recorded change of boundaries.
    BoundaryId;
    /// A household on its way from one commune to another.
    HandoverId;
    /// One decision of a commune's chairman on a whole list.
    ListDecisionId;
    /// One village's or one commune's way through a review.
    RoundId;
    /// One household surveyed once.
    SurveyId;
    /// A household's request to be reviewed.
    RequestId;
    /// One version of a year's results.
    ResultsId;
}
