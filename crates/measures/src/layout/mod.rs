//! The columnar file of figures that every snapshot carries: one Parquet file, sorted by commune, area, ethnic group and the
//! kept columns, in which households alike in all of them stand as one row with their number. Nothing but identity is lost:
//! every figure over the kept columns comes out as from the households. Any Parquet reader reads it.
//!
//! Writing: hand [`write`] the households, communes ascending (any order within a commune); memory holds one commune and one
//! row group. The bytes depend on the households and the [`Layout`] alone, so the file's hash can be its name.
//!
//! ```no_run
//! # use measures::layout::{self, Household, Layout};
//! # fn main() -> Result<(), measures::Fault> {
//! let layout = Layout { communes: vec!["18001".into()], indicators: vec!["d01".into()], ..Layout::default() };
//! let home = Household { commune: 0, area: 0, ethnic: 1, size: 4, mask: 0b1, class: 2, ..Household::default() };
//! let written = layout::write("figures.parquet".as_ref(), &layout, [home])?;
//! assert_eq!(written.persons, 4);
//! let figures = layout::Figures::open("figures.parquet".as_ref())?;
//! # Ok(()) }
//! ```
//! Reading: [`Figures::open`], then [`Figures::family`] with a plan and one [`By`] for each decomposition wanted; the units of
//! another day are a [`By::Unit`] with the number of the unit for each commune. [`Figures::each`] walks the rows themselves.

mod by;
mod part;
mod read;
mod row;
mod wide;
mod write;

pub use by::By;
pub use read::Figures;
pub use row::{Cell, Household, Keep, Layout, Written};
pub use write::write;
