//! The deprivation marks of a household: for each indicator yes, no or not known.

use serde::{Deserialize, Serialize};

/// Bit `number - 1` belongs to indicator `number`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Marks {
    known: u32,
    set: u32,
}

impl Marks {
    pub fn from_bits(known: u32, set: u32) -> Self {
        Self { known, set: set & known }
    }

    pub fn known_bits(self) -> u32 {
        self.known
    }

    pub fn set_bits(self) -> u32 {
        self.set
    }

    #[must_use]
    pub fn with(mut self, number: u8, deprived: bool) -> Self {
        let bit = bit(number);
        self.known |= bit;
        if deprived {
            self.set |= bit;
        } else {
            self.set &= !bit;
        }
        self
    }

    pub fn get(self, number: u8) -> Option<bool> {
        (self.known & bit(number) != 0).then_some(self.set & bit(number) != 0)
    }

    pub fn is_deprived(self, number: u8) -> bool {
        self.set & bit(number) != 0
    }

    pub fn is_empty(self) -> bool {
        self.known == 0
    }

    /// Whether each of the first `indicators` is known.
    pub fn is_complete(self, indicators: usize) -> bool {
        self.known.count_ones() as usize >= indicators
    }

    /// How many deprivations are marked.
    pub fn count(self) -> u32 {
        self.set.count_ones()
    }

    /// These marks where known, else those of `other`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { known: self.known | other.known, set: self.set | (other.set & !self.known) }
    }
}

fn bit(number: u8) -> u32 {
    1u32.checked_shl(u32::from(number).saturating_sub(1)).unwrap_or(0)
}
