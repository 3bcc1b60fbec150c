//! Figures of a sample survey with standard errors: strata, clusters and weights as the survey was drawn.
//! Reads CSV and Parquet row by row and keeps sums of sampling units only. Start with [`Spec`], then [`sample_sheet`].

mod design;
mod estimate;
mod figures;
mod rows;
mod spec;

pub use design::{Design, LeftOut, Sums};
pub use estimate::{Estimate, Estimator};
pub use figures::{Measured, sample_sheet};
pub use rows::Rows;
pub use spec::{Dimension, Indicator, Share, Spec};
