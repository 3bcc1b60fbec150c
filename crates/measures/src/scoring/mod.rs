//! Scores a whole survey by a pack: B1 from the answers, B2 from the deprivations, the class from both.
//! For one household with its reasons see `domain::review`; this is the same arithmetic over millions. Start with [`classify()`].

mod classify;
mod pack;
mod scorer;
mod tables;

pub use classify::{Classified, classify};
pub use pack::{ClassLine, Equal, Pack, Weights, When, weights_of};
