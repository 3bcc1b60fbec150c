//! Spreadsheets that leave the house: the list, the rows set aside, the forms.

mod aside;
mod forms;
mod list;
mod plain;
mod sheet;
mod table;
mod words;

pub use aside::write_aside;
pub use forms::{FormPaper, cell_text, write_forms};
pub use list::{ExportHousehold, ExportList, PlaceNames, write_list};
pub use plain::{PlainTable, write_tables};
pub use table::{TableCell, TablePaper, write_table, write_table_csv};
pub use words::{area_words, fault_words, gap_words, outcome_words, row_words};

/// What stands above and below the numbers of every paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperMarks {
    /// `UBND TỈNH HÀ TĨNH`.
    pub authority: String,
    /// `Xã Hương Trạch, Huyện Hương Khê`.
    pub unit: String,
    pub year: i16,
    /// Printed on every paper of sample mode.
    pub sample: bool,
    /// Values of law used here that nobody has confirmed, in words.
    pub unconfirmed: Vec<String>,
    /// First day of the units the rows are told by, where they are not those of the list.
    pub by_units: Option<kernel::Day>,
    /// The version of the results whose frozen numbers these are, in words; its standing is said there.
    pub version: Option<String>,
    /// What else a reader has to know before trusting the numbers.
    pub notes: Vec<String>,
}

/// What marks invented data.
pub const SAMPLE_MARK: &str = "DỮ LIỆU MẪU";
/// What marks a value of law that the province has not confirmed.
pub const UNCONFIRMED_MARK: &str = "chưa được xác nhận";
/// What stands where a number cannot be told.
pub const NOT_ENOUGH: &str = "chưa đủ dữ liệu";

/// Sheet names hold 31 characters and none of these signs.
pub(crate) fn sheet_name(name: &str) -> String {
    name.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect()
}
