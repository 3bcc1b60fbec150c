//! Small cells of a published table are hidden, and so many others with them that none can be computed back from the totals.
//! Totals are any sums the table shows: rows, columns, districts over their communes. The threshold is a number of the norms.
//! Start with [`hide`].
//!
//! Why it holds: a hidden cell is left alone only when there is a second table with the same shown cells in which it is another
//! number. Such a table is looked for among moves of hidden cells alone: those of two or more may go up or down, those of one
//! only up, none falls to 0 (a reader sees that zeros are shown). The sums of a two-way table, also with one axis a tree of
//! units, are those of a network, where every such move can be made in steps of one, so the second table is one of whole numbers.

mod equations;
mod family;
mod table;
mod versions;

pub use equations::{Equation, Equations};
pub use family::{FamilyRow, Published, Shown, publishable, publishable_below, whole_of};
pub use table::{Hidden, hide, hide_beside};
pub use versions::{GroupShown, beside_older};
