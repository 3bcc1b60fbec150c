//! Whole-number columns of a Parquet file, read as small codes without building arrays, and written the same way.
//! The pages are found, decompressed and framed by the `parquet` crate; what is ours is that dictionary indices stay indices.
//! Start with [`Table`], then [`Codes`] (answers) and [`Runs`] (groups); [`ChunkWriter`] is the way out.

mod chunk;
mod codes;
mod hybrid;
mod runs;
mod table;
mod table_writer;
mod window;
mod write;

pub use chunk::{Body, Chunk};
pub use codes::Codes;
pub use hybrid::unpack_runs;
pub use runs::Runs;
pub use table::Table;
pub use table_writer::{Packed, TableWriter, whole_column};
pub use write::{ChunkWriter, Column};
