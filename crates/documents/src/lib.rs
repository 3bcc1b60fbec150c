//! Lists, forms, plans and papers as files: reads XLSX, ODS, CSV and pasted tables into cells, Word files into text; writes
//! lists, forms and rows set aside; lays out official papers ([`official`]).
//! Never decides what a cell means; that is `domain::review::list`. Papers speak Vietnamese.
//! Start with [`read_file`] and [`write`].

pub mod official;
mod read;
pub mod write;

pub use read::{ReadProblem, convert_legacy, detect_legacy, read_file, read_paste, read_text};
