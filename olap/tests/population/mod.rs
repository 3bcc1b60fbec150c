//! Invented households for the tests, the same for the same seed: one file for one machine, and the same rows in parts for many.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch, UInt8Array, UInt16Array};
use datafusion::parquet::arrow::ArrowWriter;

const INDICATORS: u8 = 12;

/// Numbers without a pattern that a test could lean on.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Households of some neighbouring communes.
pub fn households(seed: u64, communes: std::ops::Range<u16>, each: usize) -> RecordBatch {
    let mut dice = Dice(seed);
    let rows = usize::from(communes.end - communes.start) * each;
    let commune: Vec<u16> = communes.flat_map(|commune| std::iter::repeat_n(commune, each)).collect();
    let mut bytes =
        |most: u64| UInt8Array::from_iter_values((0..rows).map(|_| u8::try_from(dice.below(most)).unwrap()));
    let mut columns: Vec<(String, ArrayRef)> = vec![
        (
            "province".into(),
            Arc::new(UInt8Array::from_iter_values(commune.iter().map(|c| u8::try_from(c / 40).unwrap()))),
        ),
        ("area".into(), Arc::new(bytes(2))),
        ("ethnic".into(), Arc::new(bytes(5))),
        ("size".into(), Arc::new(bytes(9))),
    ];
    for number in 1..=INDICATORS {
        // Rare and common ones.
        let one_in = 2 + u64::from(number);
        let one = UInt8Array::from_iter_values(bytes(one_in).values().iter().map(|drawn| u8::from(*drawn == 0)));
        columns.push((format!("d{number:02}"), Arc::new(one)));
    }
    columns.insert(1, ("commune".into(), Arc::new(UInt16Array::from(commune))));
    RecordBatch::try_from_iter(columns).unwrap()
}

/// The same households with other values in one column.
pub fn with(households: &RecordBatch, column: &str, values: &ArrayRef) -> RecordBatch {
    let schema = households.schema();
    let columns = schema.fields().iter().zip(households.columns()).map(|(field, sound)| {
        let values = if field.name() == column { values } else { sound };
        (field.name(), values.clone(), true)
    });
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

/// Writes households into one file, a row group for each batch.
pub fn write(path: &Path, batches: &[RecordBatch]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut file = ArrowWriter::try_new(File::create(path).unwrap(), batches[0].schema(), None).unwrap();
    for batch in batches {
        file.write(batch).unwrap();
        file.flush().unwrap();
    }
    file.close().unwrap();
}
