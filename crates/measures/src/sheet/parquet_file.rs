//! A result table as Parquet. Columns are encoded on several threads; the bytes do not depend on how many.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, get_column_writer};
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, Type, TypePtr};

use super::{Sheet, Values};
use crate::Fault;

impl Sheet {
    pub(super) fn write_parquet(&self, path: &Path, threads: usize) -> Result<()> {
        let mut file = std::io::BufWriter::with_capacity(1 << 20, File::create(path)?);
        self.parquet_to(&mut file, threads)?;
        Ok(file.flush()?)
    }

    pub(super) fn parquet_to<W: Write + Send>(&self, to: W, threads: usize) -> Result<()> {
        let fields = self.columns.iter().map(|(name, values)| field(name, values)).collect::<Result<Vec<_>>>()?;
        let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?);
        let properties = Arc::new(properties());
        let mut file = SerializedFileWriter::new(to, schema, properties.clone())?;
        let places = file.schema_descr().columns().to_vec();
        let chunks = self.encode(&places, &properties, threads)?;
        let mut group = file.next_row_group()?;
        for (bytes, close) in chunks {
            group.append_column(&bytes, close)?;
        }
        group.close()?;
        file.finish()?;
        Ok(())
    }

    fn encode(
        &self,
        places: &[ColumnDescPtr],
        properties: &WriterPropertiesPtr,
        threads: usize,
    ) -> Result<Vec<(Bytes, ColumnCloseResult)>> {
        let next = AtomicUsize::new(0);
        let parts = crate::threads::run(threads, || {
            let mut done = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let (Some((name, values)), Some(place)) = (self.columns.get(number), places.get(number)) else {
                    return Ok(done);
                };
                let chunk = encode(place, properties, values)
                    .map_err(|e| Fault::Unwritable { path: name.clone(), why: e.to_string() })?;
                done.push((number, chunk));
            }
        });
        let mut chunks: Vec<_> =
            parts.map_err(|e| ParquetError::General(e.to_string()))?.into_iter().flatten().collect();
        chunks.sort_by_key(|(number, _)| *number);
        Ok(chunks.into_iter().map(|(_, chunk)| chunk).collect())
    }
}

/// Doubles hardly shrink: no codec and no dictionary for them.
fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_dictionary_enabled(false)
        .set_column_dictionary_enabled("by".into(), true)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .set_created_by("vuon".to_owned())
        .build()
}

fn field(name: &str, values: &Values) -> Result<TypePtr> {
    let (kind, repetition, logical) = match values {
        Values::Text(_) => (Physical::BYTE_ARRAY, Repetition::REQUIRED, Some(LogicalType::String)),
        Values::Whole(_) => (Physical::INT64, Repetition::REQUIRED, None),
        Values::Real(_) => (Physical::DOUBLE, Repetition::OPTIONAL, None),
    };
    let field =
        Type::primitive_type_builder(name, kind).with_repetition(repetition).with_logical_type(logical).build()?;
    Ok(Arc::new(field))
}

fn encode(
    place: &ColumnDescPtr,
    properties: &WriterPropertiesPtr,
    values: &Values,
) -> Result<(Bytes, ColumnCloseResult)> {
    let mut sink = TrackedWrite::new(Vec::new());
    let pages = Box::new(SerializedPageWriter::new(&mut sink));
    let mut writer = get_column_writer(place.clone(), properties.clone(), pages);
    match (&mut writer, values) {
        (ColumnWriter::ByteArrayColumnWriter(writer), Values::Text(texts)) => {
            let texts: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(text.as_ref())).collect();
            writer.write_batch(&texts, None, None)?;
        }
        (ColumnWriter::Int64ColumnWriter(writer), Values::Whole(numbers)) => {
            writer.write_batch(numbers, None, None)?;
        }
        (ColumnWriter::DoubleColumnWriter(writer), Values::Real(numbers)) => {
            let levels: Vec<i16> = numbers.iter().map(|number| i16::from(!number.is_nan())).collect();
            let known: Vec<f64> = numbers.iter().copied().filter(|number| !number.is_nan()).collect();
            writer.write_batch(&known, Some(&levels), None)?;
        }
        _ => return Err(ParquetError::General("a column and its values are of different kinds".to_owned())),
    }
    let close = writer.close()?;
    Ok((sink.into_inner()?.into(), close))
}
