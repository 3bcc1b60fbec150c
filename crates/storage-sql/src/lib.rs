//! The store of the house on SQLite or PostgreSQL: one SQL text, one folder of migrations, one contract suite.
//! Never decides anything about households; it keeps and finds. What the two databases do differently stands in `dialect`.
//! Start with [`SqlStore`], then `tx`.

mod access;
mod backup;
mod bulk;
mod dialect;
mod migrations;
mod programme;
mod registry;
mod reporting;
mod review;
mod rounds;
mod row;
mod scope;
mod store;
mod tx;
mod units;
mod work;

pub use backup::{backup, restore};
pub use store::SqlStore;
