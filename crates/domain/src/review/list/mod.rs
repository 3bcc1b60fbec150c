//! A review list as communes send it: from cells to households, with every fault named.
//! Reads only; nothing is stored here and nothing is dropped: each row is part of a household, escaped, or aside with a reason.
//! Start with [`read_list`].

mod cells;
mod columns;
mod fault;
mod head;
mod household;
mod member;
mod place;
mod read;

pub use cells::{Cell, Sheet};
pub use columns::{ColumnMatch, Columns, header_signature, headers_at, match_columns};
pub use fault::{Fault, FaultKind, FaultLevel};
pub use household::{ListHousehold, ListMember};
pub use place::{CommunePlace, Places, area_of_type};
pub use read::{EscapedRow, ListProblem, ReadContext, ReadList, read_list, read_with_columns};
