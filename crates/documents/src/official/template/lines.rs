//! A filled template as lines that know where they stood. A line that begins with two spaces goes on with the one
//! before.

use super::signs::PLACE;
use crate::official::fault::Place;

#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) place: Place,
}

/// Empty lines mean nothing and are left out.
pub(super) fn read(filled: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for raw in filled.lines() {
        let (text, place) = parted(raw);
        if text.trim().is_empty() {
            continue;
        }
        match lines.last_mut() {
            Some(before) if text.starts_with("  ") => {
                before.text.push(' ');
                before.text.push_str(text.trim());
            }
            _ => lines.push(Line { text: text.trim().to_owned(), place }),
        }
    }
    lines
}

/// The text without the places in it, and the last of them.
fn parted(raw: &str) -> (String, Place) {
    let mut text = String::with_capacity(raw.len());
    let mut place = Place::default();
    for (at, part) in raw.split(PLACE).enumerate() {
        if at % 2 == 0 {
            text.push_str(part);
        } else if let Some((file, line)) = part.rsplit_once(':') {
            place = Place { file: file.to_owned(), line: line.parse().unwrap_or(0) };
        }
    }
    (text, place)
}
