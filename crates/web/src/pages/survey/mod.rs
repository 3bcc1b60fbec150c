//! Surveys: the phone's page, quick entry, blank sheets, two versions, self-assessment, a household's own page.

mod ask;
mod both;
mod paper;
mod phone;
mod public;
mod samples;

pub use ask::{AskPage, UnplacedPage, UnplacedRow};
pub use both::{BothPage, BothRow, VersionHead};
pub use paper::{BlankGroup, BlankPage, BlankSheet, CodeField, CodeGroup, PaperPage};
pub use phone::Phone;
pub use public::{OwnHousehold, OwnRequest, SelfAnswer, SelfCheckPage};
pub use samples::samples;
