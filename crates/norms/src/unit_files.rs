//! Reads the dated lists of units and the crosswalk. A list is parsed when it is first asked for: most runs need one.
//! Never mends a row: a faulty one is reported by [`DatedUnits::faults`] and left out.

use std::borrow::Cow;
use std::sync::OnceLock;

use kernel::Day;
use serde::Deserialize;

use crate::fault::{NormFault, words};
use crate::{Basis, Citation, Crosswalk, Label, Level, Mark, Unit, UnitList};

/// `units/lists.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListsFile {
    pub(crate) lists: Vec<ListEntry>,
    pub(crate) crosswalks: Vec<ListEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListEntry {
    pub(crate) from: Day,
    #[serde(default)]
    pub(crate) to: Option<Day>,
    pub(crate) file: String,
    pub(crate) mark: Mark,
    #[serde(default)]
    pub(crate) citation: Option<Citation>,
    #[serde(default)]
    pub(crate) note: Option<Label>,
}

/// A list of units, read when first asked for.
#[derive(Debug)]
pub struct DatedUnits {
    pub from: Day,
    pub basis: Basis,
    pub note: Option<Label>,
    file: String,
    text: Cow<'static, [u8]>,
    list: OnceLock<UnitList>,
}

impl DatedUnits {
    pub(crate) fn new(entry: ListEntry, text: Cow<'static, [u8]>) -> Self {
        let basis = Basis {
            norm: "units.lists".to_owned(),
            from: entry.from,
            item: None,
            label: words(
                format!("Danh mục đơn vị hành chính từ {}", entry.from),
                format!("Administrative units from {}", entry.from),
            ),
            mark: entry.mark,
            citation: entry.citation,
        };
        let file = format!("units/{}", entry.file);
        Self { from: entry.from, basis, note: entry.note, file, text, list: OnceLock::new() }
    }

    pub fn list(&self) -> &UnitList {
        self.list.get_or_init(|| UnitList::new(self.from, read_units(&self.text, |_, _| {})))
    }

    /// Every row that cannot be used.
    pub fn faults(&self) -> Vec<NormFault> {
        let mut faults = Vec::new();
        read_units(&self.text, |row, why| {
            faults.push(NormFault::new("NRM-014", &self.file, at_row(row, &why)));
        });
        let list = self.list();
        for unit in list.iter().filter(|u| u.level != Level::Province && list.parent(u).is_none()) {
            let what = words("Đơn vị cấp trên không có trong danh mục.", "The unit above is not in the list.");
            faults.push(NormFault::new("NRM-014", &self.file, what).at(format!("{} {}", unit.level.id(), unit.code)));
        }
        faults
    }
}

fn at_row(row: u64, why: &Label) -> Label {
    words(format!("Dòng {row}: {}", why.vi), format!("Row {row}: {}", why.en))
}

fn read_units(text: &[u8], mut fault: impl FnMut(u64, Label)) -> Vec<Unit> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text);
    let mut units = Vec::with_capacity(text.len() / 56);
    let mut seen = std::collections::HashSet::new();
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    loop {
        row += 1;
        match reader.read_record(&mut record) {
            Ok(false) => return units,
            // The header.
            Ok(true) if row == 1 => continue,
            Ok(true) => {}
            Err(error) => {
                fault(row, words(format!("không đọc được ({error})."), format!("cannot be read ({error}).")));
                continue;
            }
        }
        let field = |at: usize| record.get(at).unwrap_or_default().trim();
        let (level, code, name) = (Level::from_id(field(0)), field(1), field(3));
        let Some(level) = level.filter(|_| !code.is_empty() && !name.is_empty()) else {
            fault(row, words("thiếu cấp, mã hoặc tên.", "level, code or name is missing."));
            continue;
        };
        if !seen.insert((level, code.to_owned())) {
            fault(row, words(format!("mã {code} đã có."), format!("code {code} stands twice.")));
            continue;
        }
        let parent = Some(field(4)).filter(|p| !p.is_empty()).map(str::to_owned);
        units.push(Unit { level, code: code.to_owned(), kind: field(2).to_owned(), name: name.to_owned(), parent });
    }
}

/// The crosswalk between two lists, read when first asked for.
#[derive(Debug)]
pub(crate) struct DatedCrosswalk {
    pub(crate) from: Day,
    pub(crate) to: Day,
    pub(crate) basis: Basis,
    file: String,
    text: Cow<'static, [u8]>,
    rows: OnceLock<Crosswalk>,
}

impl DatedCrosswalk {
    pub(crate) fn new(entry: ListEntry, text: Cow<'static, [u8]>) -> Self {
        let to = entry.to.unwrap_or(entry.from);
        let basis = Basis {
            norm: "units.crosswalk".to_owned(),
            from: to,
            item: None,
            label: words("Bảng chuyển đổi mã xã cũ và mới", "Crosswalk of old and new commune codes"),
            mark: entry.mark,
            citation: entry.citation,
        };
        let file = format!("units/{}", entry.file);
        Self { from: entry.from, to, basis, file, text, rows: OnceLock::new() }
    }

    pub(crate) fn get(&self) -> &Crosswalk {
        self.rows.get_or_init(|| Crosswalk::new(read_crosswalk(&self.text, |_, _| {})))
    }

    pub(crate) fn faults(&self, new_units: &UnitList) -> Vec<NormFault> {
        let mut faults = Vec::new();
        let rows = read_crosswalk(&self.text, |row, why| {
            faults.push(NormFault::new("NRM-014", &self.file, at_row(row, &why)));
        });
        for (old, new, _) in rows.iter().filter(|(_, new, _)| new_units.commune(new).is_none()) {
            let what = words(
                format!("Xã mới {new} không có trong danh mục."),
                format!("The new commune {new} is in no list."),
            );
            faults.push(NormFault::new("NRM-014", &self.file, what).at(old.clone()));
        }
        faults
    }
}

/// `(old, new, whole)`; the old code is empty for islands that had no commune.
fn read_crosswalk(text: &[u8], mut fault: impl FnMut(u64, Label)) -> Vec<(String, String, bool)> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text);
    let mut rows = Vec::with_capacity(text.len() / 22);
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    loop {
        row += 1;
        match reader.read_record(&mut record) {
            Ok(false) => return rows,
            // The header.
            Ok(true) if row == 1 => continue,
            Ok(true) => {}
            Err(error) => {
                fault(row, words(format!("không đọc được ({error})."), format!("cannot be read ({error}).")));
                continue;
            }
        }
        let field = |at: usize| record.get(at).unwrap_or_default().trim();
        let whole = match field(3) {
            "whole" => true,
            "divided" => false,
            other => {
                fault(row, words(format!("không hiểu \"{other}\"."), format!("\"{other}\" is not understood.")));
                continue;
            }
        };
        rows.push((field(1).to_owned(), field(2).to_owned(), whole));
    }
}
