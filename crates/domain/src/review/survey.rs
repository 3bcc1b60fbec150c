//! Which of several surveys of a household counts. One that did not know of the last one stands aside until somebody has
//! looked at both; nothing that was sent is lost.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SurveyStanding {
    /// The household's answers come from this one.
    Counted,
    /// Made without knowing of the counted one: somebody has to choose.
    Aside,
    /// A later one, or somebody's choice, took its place; kept.
    Replaced,
}

impl SurveyStanding {
    pub const ALL: [Self; 3] = [Self::Counted, Self::Aside, Self::Replaced];

    pub fn id(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Aside => "aside",
            Self::Replaced => "replaced",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.id() == id)
    }
}

/// Where a new survey stands: it counts when it was made knowing the counted one, or when there is none.
/// Both are named by the tokens their phones made.
pub fn standing_of(based_on: Option<&str>, counted: Option<&str>) -> SurveyStanding {
    match counted {
        None => SurveyStanding::Counted,
        Some(counted) if based_on == Some(counted) => SurveyStanding::Counted,
        Some(_) => SurveyStanding::Aside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survey_counts_only_when_it_knew_the_one_before() {
        let table = [
            (None, None, SurveyStanding::Counted),
            (Some("a"), None, SurveyStanding::Counted),
            (Some("a"), Some("a"), SurveyStanding::Counted),
            (None, Some("a"), SurveyStanding::Aside),
            (Some("b"), Some("a"), SurveyStanding::Aside),
        ];
        for (based_on, counted, expected) in table {
            assert_eq!(standing_of(based_on, counted), expected, "{based_on:?} beside {counted:?}");
        }
    }
}
