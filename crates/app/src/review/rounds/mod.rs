//! The review as the law runs it: opened, listed, surveyed, met, posted, sent up, recognised; each step with its trail.
//! What may follow what stands in `domain::review::round`. Start with [`open_round`], then `steps`.

mod above;
mod board;
mod law;
mod open;
mod recognise;
mod requested;
mod steps;
mod surveyed;

pub(crate) use above::must_have_no_round;
pub use above::{OpinionBody, agree, ask_opinion, configure_opinion, give_back, opinion_body};
pub use board::{
    CommuneView, HouseholdLine, Progress, VillageRow, VillageView, commune_view, marks_of, progress, village_view,
    years_routes,
};
pub use law::{Law, is_taken_by};
pub use open::open_round;
pub(crate) use open::{commune_scope, current_list};
pub use recognise::{AmendInput, RecogniseInput, amend, read_act_day, recognise};
pub use requested::{add_household, add_waiting, release};
pub(crate) use steps::commune_of;
pub use steps::{
    At, MeetingInput, answer_objection, attach_minutes, close_list, close_survey, end_posting, hold_meeting, object,
    post,
};
pub(crate) use surveyed::{read_out, surveyed};

/// The subject under which rounds stand in the trail.
pub(crate) const ROUND: &str = "round";
