//! Surveys of households: sent from a phone or entered at a desk, stored once by their token, scored by the rules in force.
//! Several that come at once share one transaction. Start with [`Desk`].

mod admit;
mod batch;
mod both;
mod desk;
mod known;
mod sent;
mod sheet;
mod take;

pub use both::{Twin, Twins, choose, twins};
pub use desk::Desk;
pub use sent::{Receipt, SentSurvey};
pub use sheet::{SurveyHousehold, SurveySheet, survey_sheet};
