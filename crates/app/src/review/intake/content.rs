//! What is kept of an import between two clicks: the cells, the person's mends and choices.

use std::collections::{BTreeMap, BTreeSet};

use documents::{read_file, read_paste};
use domain::review::list::{Columns, ListProblem, ReadContext, ReadList, Sheet, read_list, read_with_columns};
use kernel::HouseholdId;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::digest::hash_of;

/// A file or a pasted table, as it came.
#[derive(Debug)]
pub enum Upload {
    File { name: String, bytes: Vec<u8> },
    Paste { text: String },
}

impl Upload {
    pub fn name(&self) -> &str {
        match self {
            Self::File { name, .. } => name,
            Self::Paste { .. } => "",
        }
    }

    /// SHA-256 in hex, and the sheets.
    pub fn open(self) -> Result<(String, Vec<Sheet>), AppError> {
        let (hash, sheets) = match self {
            Self::File { bytes, .. } => (hash_of(&bytes), read_file(bytes)?),
            Self::Paste { text } => (hash_of(text.as_bytes()), read_paste(&text)?),
        };
        Ok((hash, sheets))
    }
}

/// Whom a household of the list is, where the program found several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Existing(HouseholdId),
    /// The household, but rows that are merely like a member of it are other people.
    WithStrangers(HouseholdId),
    New,
}

impl Choice {
    pub fn household(&self) -> Option<HouseholdId> {
        match self {
            Self::Existing(id) | Self::WithStrangers(id) => Some(*id),
            Self::New => None,
        }
    }

    /// Whether unlike members are other people.
    pub fn has_strangers(choice: Option<&Self>) -> bool {
        matches!(choice, Some(Self::WithStrangers(_)))
    }
}

/// The staged import.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Staged {
    pub sheets: Vec<Sheet>,
    /// 1-based sheet and first row of households that a person set aside.
    #[serde(default)]
    pub aside: BTreeSet<(usize, usize)>,
    /// Answers to "which of these is it", by sheet and first row.
    #[serde(default, with = "pairs")]
    pub choices: BTreeMap<(usize, usize), Choice>,
    /// Columns a person matched, with the 0-based sheet they are of.
    #[serde(default)]
    pub columns: Option<(usize, Columns)>,
    /// Cells mended: sheet, row, column (all as the spreadsheet counts), old and new text.
    #[serde(default)]
    pub mends: Vec<(usize, usize, usize, String, String)>,
}

impl Staged {
    /// Reads the cells as a list.
    pub fn read(&self, context: ReadContext<'_>) -> Result<ReadList, ListProblem> {
        let mut read = match &self.columns {
            Some((sheet, columns)) => read_with_columns(&self.sheets, columns, *sheet, context),
            None => read_list(&self.sheets, context)?,
        };
        let escaped = read.escaped.iter_mut().map(|e| &mut e.household);
        for household in read.households.iter_mut().chain(escaped) {
            household.rejected |= self.aside.contains(&(household.sheet, household.row));
        }
        Ok(read)
    }
}

/// JSON knows no pairs as keys.
mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    type Key = (usize, usize);

    pub fn serialize<S: Serializer, V: Serialize>(map: &BTreeMap<Key, V>, to: S) -> Result<S::Ok, S::Error> {
        map.iter().collect::<Vec<_>>().serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>, V: Deserialize<'de>>(from: D) -> Result<BTreeMap<Key, V>, D::Error> {
        Ok(Vec::<(Key, V)>::deserialize(from)?.into_iter().collect())
    }
}
