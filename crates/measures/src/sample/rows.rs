//! Rows of a survey file, CSV or Parquet, one at a time: only the named columns, as texts. Decides nothing about them.

use std::fs::File;
use std::path::Path;

use parquet::file::reader::SerializedFileReader;
use parquet::record::Field;
use parquet::record::reader::RowIter;
use parquet::schema::types::Type;

use crate::Fault;

/// Walks over a file.
pub struct Rows {
    source: Source,
    path: String,
    /// The cells of the row, in the order of the names asked for.
    cells: Vec<String>,
    row: u64,
}

enum Source {
    Csv { file: Box<csv::Reader<File>>, places: Vec<usize>, record: csv::StringRecord },
    Parquet { rows: Box<RowIter<'static>>, places: Vec<usize> },
}

impl Rows {
    /// Opens a file for the columns of these names.
    pub fn open(path: &Path, names: &[&str]) -> Result<Self, Fault> {
        let name = path.display().to_string();
        let unreadable = |why: String| Fault::Unreadable { path: name.clone(), why };
        let is_parquet = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"));
        let source = if is_parquet {
            let file = File::open(path).map_err(|e| unreadable(e.to_string()))?;
            let reader = SerializedFileReader::new(file).map_err(|e| unreadable(e.to_string()))?;
            parquet_source(reader, &name, names)?
        } else {
            let mut file = csv::ReaderBuilder::new().from_path(path).map_err(|e| unreadable(e.to_string()))?;
            let has: Vec<String> =
                file.headers().map_err(|e| unreadable(e.to_string()))?.iter().map(|h| h.trim().to_owned()).collect();
            Source::Csv { file: Box::new(file), places: places(&has, &name, names)?, record: csv::StringRecord::new() }
        };
        Ok(Self { source, path: name, cells: vec![String::new(); names.len()], row: 0 })
    }

    /// The next row's cells and its number in the file, from 1.
    pub fn next_row(&mut self) -> Result<Option<(&[String], u64)>, Fault> {
        let unreadable = |path: &str, why: String| Fault::Unreadable { path: path.to_owned(), why };
        match &mut self.source {
            Source::Csv { file, places, record } => {
                if !file.read_record(record).map_err(|e| unreadable(&self.path, e.to_string()))? {
                    return Ok(None);
                }
                for (cell, place) in self.cells.iter_mut().zip(places) {
                    cell.clear();
                    cell.push_str(record.get(*place).unwrap_or("").trim());
                }
            }
            Source::Parquet { rows, places } => {
                let Some(row) = rows.next() else { return Ok(None) };
                let row = row.map_err(|e| unreadable(&self.path, e.to_string()))?;
                let fields: Vec<&Field> = row.get_column_iter().map(|(_, field)| field).collect();
                for (cell, place) in self.cells.iter_mut().zip(places) {
                    *cell = fields.get(*place).map_or_else(String::new, |field| text(field));
                }
            }
        }
        self.row += 1;
        Ok(Some((&self.cells, self.row)))
    }
}

fn parquet_source(reader: SerializedFileReader<File>, path: &str, names: &[&str]) -> Result<Source, Fault> {
    use parquet::file::reader::FileReader;
    let unreadable = |why: String| Fault::Unreadable { path: path.to_owned(), why };
    let root = reader.metadata().file_metadata().schema_descr().root_schema().clone();
    let has: Vec<String> = root.get_fields().iter().map(|field| field.name().to_owned()).collect();
    places(&has, path, names)?;
    // A projection keeps the order of the file.
    let kept: Vec<_> = root.get_fields().iter().filter(|field| names.contains(&field.name())).cloned().collect();
    let order: Vec<String> = kept.iter().map(|field| field.name().to_owned()).collect();
    let projection = Type::group_type_builder(root.name()).with_fields(kept).build();
    let projection = projection.map_err(|e| unreadable(e.to_string()))?;
    let rows =
        RowIter::from_file_into(Box::new(reader)).project(Some(projection)).map_err(|e| unreadable(e.to_string()))?;
    Ok(Source::Parquet { rows: Box::new(rows), places: places(&order, path, names)? })
}

fn places(has: &[String], path: &str, names: &[&str]) -> Result<Vec<usize>, Fault> {
    let place = |name: &&str| {
        has.iter().position(|h| h == name).ok_or_else(|| Fault::NoColumn {
            column: (*name).to_owned(),
            path: path.to_owned(),
            has: has.join(", "),
        })
    };
    names.iter().map(place).collect()
}

fn text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Bool(value) => u8::from(*value).to_string(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => bytes.as_utf8().unwrap_or("").to_owned(),
        Field::Float(value) if value.is_nan() => String::new(),
        Field::Double(value) if value.is_nan() => String::new(),
        // 1.0 is the category 1.
        Field::Float(value) => value.to_string(),
        Field::Double(value) => value.to_string(),
        other => other.to_string(),
    }
}
