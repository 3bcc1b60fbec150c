//! The names by which the program and `norms/review/events.yaml` speak of what happens to a whole household.
//! What an event explains, and how it is called on paper, is for the norms; an event they do not know is a gap.

use norms::{Explains, HouseholdEventKind, NormGap, Rulebook};

/// What the use cases of this context can make happen to a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happening {
    MovedIn,
    SplitFrom,
    DiedOut,
    MovedAway,
    MergedInto,
}

impl Happening {
    fn id(self) -> &'static str {
        match self {
            Self::MovedIn => "moved_in",
            Self::SplitFrom => "split_from",
            Self::DiedOut => "died_out",
            Self::MovedAway => "moved_away",
            Self::MergedInto => "merged_into",
        }
    }

    fn explains(self) -> Explains {
        match self {
            Self::MovedIn | Self::SplitFrom => Explains::Arrival,
            Self::DiedOut | Self::MovedAway | Self::MergedInto => Explains::Departure,
        }
    }
}

/// The event of the norms that stands for a happening.
pub(crate) fn event_for(happening: Happening, rules: &Rulebook) -> Result<&str, NormGap> {
    let fits = |kind: &&HouseholdEventKind| kind.id == happening.id() && kind.explains == happening.explains();
    let gap = || NormGap::Unknown { norm: format!("{}#{}", rules.events.basis.norm, happening.id()) };
    rules.events.value.events.iter().find(fits).map(|kind| kind.id.as_str()).ok_or_else(gap)
}

/// An event that a person chose, when it explains what it has to.
pub(crate) fn chosen_event<'a>(id: &str, explains: Explains, rules: &'a Rulebook) -> Option<&'a HouseholdEventKind> {
    rules.events.value.events.iter().find(|kind| kind.id == id && kind.explains == explains)
}
