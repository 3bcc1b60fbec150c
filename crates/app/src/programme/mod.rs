//! The programme as work: targets counted, activities, needs and models recorded, duties kept in time.
//! Start with [`targets`] for figures and [`work`] for records.

mod definitions;
mod engine;
pub mod rows;
pub mod targets;

pub use definitions::definitions_on;
pub use engine::CountCache;
