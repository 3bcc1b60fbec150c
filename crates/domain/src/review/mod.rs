//! The yearly review: scores, deprivations, classes, lists, movements, forms.
//! Start with [`classify`], then [`Assessment`]; lists as communes send them are read in [`list`].

mod assessment;
mod classify;
mod compare;
pub mod deadline;
pub mod form;
mod indicators;
mod join;
mod line;
pub mod list;
mod marks;
mod movement;
mod pack;
pub mod request;
pub mod results;
pub mod round;
mod submission;
pub mod survey;
pub mod unplaced;

pub use assessment::{Assessment, Decision, Difference};
pub use classify::{Classified, classify};
pub use compare::{Comparison, compare};
pub use indicators::{FactSheet, FactValue, Finding, PersonFacts, find_deprivations, indicator_bases};
pub use join::{Listed, Reviewed, RowKeyOf, YearFacts, YearLines, below};
pub use line::{Line, Standing};
pub use marks::Marks;
pub use movement::{Fate, fate_of};
pub use pack::{B1Total, ItemPoints, PackProblem, is_skipped, score};
pub use submission::{ListRefusal, ListState, Submission};
