//! A result table as CSV: UTF-8, numbers with a point, empty where there is no figure.

use std::path::Path;

use super::{Sheet, Values};

impl Sheet {
    pub(super) fn write_csv(&self, path: &Path) -> csv::Result<()> {
        self.csv_to(std::fs::File::create(path)?)
    }

    pub(super) fn csv_to(&self, to: impl std::io::Write) -> csv::Result<()> {
        let mut file = csv::Writer::from_writer(to);
        file.write_record(self.columns.iter().map(|(name, _)| name))?;
        for row in 0..self.rows() {
            file.write_record(self.columns.iter().map(|(_, values)| cell(values, row)))?;
        }
        file.flush()?;
        Ok(())
    }
}

fn cell(values: &Values, row: usize) -> String {
    match values {
        Values::Text(values) => values.get(row).map_or_else(String::new, ToString::to_string),
        Values::Whole(values) => values.get(row).map_or_else(String::new, ToString::to_string),
        // The shortest digits that read back as the same number.
        Values::Real(values) => values.get(row).filter(|v| !v.is_nan()).map_or_else(String::new, ToString::to_string),
    }
}
