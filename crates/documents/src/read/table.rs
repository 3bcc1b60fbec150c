//! CSV and pasted tables: one sheet, every cell a text.

use domain::review::list::{Cell, Sheet};

use super::ReadProblem;

/// A table pasted from a spreadsheet: cells parted by tabs.
pub fn read_paste(text: &str) -> Result<Vec<Sheet>, ReadProblem> {
    if text.trim().is_empty() {
        return Err(ReadProblem::Empty);
    }
    let separator = if text.contains('\t') { b'\t' } else { separator_of(text) };
    Ok(vec![split(text, separator, "paste")])
}

/// A CSV file in UTF-8 or UTF-16.
pub fn read_delimited(bytes: &[u8]) -> Result<Vec<Sheet>, ReadProblem> {
    let text = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(ReadProblem::Empty);
    }
    Ok(vec![split(&text, separator_of(&text), "csv")])
}

pub(super) fn decode(bytes: &[u8]) -> Result<String, ReadProblem> {
    let utf16 = |order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .get(2..)
            .unwrap_or_default()
            .chunks_exact(2)
            .filter_map(|pair| <[u8; 2]>::try_from(pair).ok().map(order))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => Ok(utf16(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => Ok(utf16(u16::from_be_bytes)),
        _ => {
            let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
            if bytes.contains(&0) {
                return Err(ReadProblem::NotASpreadsheet { why: "binary data".to_owned() });
            }
            match std::str::from_utf8(bytes) {
                Ok(text) => Ok(text.to_owned()),
                // Old programs save one byte a letter; TCVN3 and VNI are then detected from the letters.
                Err(_) => Ok(bytes.iter().map(|b| char::from(*b)).collect()),
            }
        }
    }
}

/// The separator that the first lines use most.
fn separator_of(text: &str) -> u8 {
    let sample: String = text.lines().take(10).collect::<Vec<_>>().join("\n");
    let count = |separator: char| sample.matches(separator).count();
    [(b'\t', '\t'), (b';', ';'), (b',', ',')].into_iter().max_by_key(|(_, c)| count(*c)).map_or(b',', |(b, _)| b)
}

fn split(text: &str, separator: u8, name: &str) -> Sheet {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let cell = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for record in reader.records().filter_map(Result::ok) {
        // The reader skips blank lines; whoever looks at the file counts them, and a cell of two lines as one row.
        let from = record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or_default();
        let after = text.as_bytes().get(from..).unwrap_or_default();
        let blank_lines = after.iter().take_while(|byte| **byte == b'\n').count();
        rows.resize_with(rows.len() + blank_lines, Vec::new);
        rows.push(record.iter().map(cell).collect());
    }
    Sheet { name: name.to_owned(), rows }
}
