//! Households by hand: search, open, found, correct, births and deaths, split, merge, move, assess, decide.
//! A commune's list that was sent up is not changed under the reader's eyes. Start with [`open`] and [`found`].

mod assess;
mod assessing;
mod change;
mod facts;
mod found;
mod handover;
mod happening;
mod input;
mod members;
mod open;
mod persons;
mod rearrange;
mod reassess;
mod search;
mod sheet;

pub(crate) use assess::enter;
pub use assess::{DecisionInput, assess, record_decision};
pub(crate) use assess::{read_number_and_day, save_assessed};
pub use assessing::{computed_groups, entered_groups, evaluated, members_on_list, size_and_ages};
pub use change::Seen;
pub(crate) use change::{Change, commune_must_be_changeable, must_be_changeable};
pub use facts::AssessmentInput;
pub(crate) use facts::{ReadAssessment, number_problem, read_assessment};
pub use found::{CorrectInput, FoundInput, correct, found};
pub use handover::{
    accept_household, decline_household, handover, offer_household, open_handovers, withdraw_household,
};
pub(crate) use happening::{Happening, event_for};
pub use input::MemberInput;
pub(crate) use input::read_day;
pub use members::Saved;
pub use open::{
    B1Line, B1View, EventView, HouseholdView, IndicatorView, PlaceNames, Verdict, YearStanding, open, place_names,
};
pub use persons::{record_arrival, record_birth, record_death, record_departure, remove_mistaken};
pub use rearrange::{close_household, merge, move_household, split};
pub use reassess::area_of;
pub(crate) use reassess::{blank, computed, pack_name};
pub use search::{Found, Wanted, search};
