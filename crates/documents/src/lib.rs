//! Lists, forms and plans as files: reads XLSX, ODS, CSV and pasted tables into cells, Word files into text; writes lists,
//! forms and rows set aside.
//! Never decides what a cell means; that is `domain::review::list`. Papers speak Vietnamese.
//! Start with [`read_file`] and [`write`].

mod read;
pub mod write;

pub use read::{ReadProblem, convert_legacy, detect_legacy, read_file, read_paste, read_text};
