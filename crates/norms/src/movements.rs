//! The shapes of movements between two years and of the events that explain them.
//! Which household moved how is decided by the domain.

use serde::{Deserialize, Serialize};

use crate::{Citation, Label, Mark};

/// norms/review/movements.yaml: how a household can come onto a list or leave it in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Movements {
    pub movements: Vec<Movement>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Movement {
    pub id: String,
    pub label: Label,
    #[serde(with = "serde_norway::with::singleton_map")]
    pub from: Side,
    #[serde(with = "serde_norway::with::singleton_map")]
    pub to: Side,
    /// The household must have been in this class in some earlier year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was_before: Option<String>,
    /// The household must never have been in this class before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub never_before: Option<String>,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

/// One end of a movement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// In one of these classes.
    Class(Vec<String>),
    /// Not there: not yet come, or gone. Needs a recorded event.
    Absent,
}

/// norms/review/events.yaml: what may happen to a whole household, and whether it explains coming or leaving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseholdEvents {
    pub events: Vec<HouseholdEventKind>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseholdEventKind {
    /// `founded`, `moved_in`, `split_from`; `died_out`, `moved_away`, `merged_into`.
    pub id: String,
    pub label: Label,
    /// `arrival` explains an increase, `departure` a decrease.
    pub explains: Explains,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Explains {
    Arrival,
    Departure,
}
