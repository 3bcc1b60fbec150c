//! What the figures file keeps of a household, and what it says about itself. Holds no name and no identifier.

use serde::{Deserialize, Serialize};

/// One household, as figures see it. Numbers only: what they stand for is in [`Layout`] and in the norms of the snapshot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Household {
    /// Place of the commune in [`Layout::communes`].
    pub commune: u32,
    pub area: u8,
    /// Code of the ethnic group in the scheme of the norms.
    pub ethnic: u8,
    /// Village within the commune; 0 when not kept or not known.
    pub village: u16,
    /// 0 when not known.
    pub head_sex: u8,
    /// A bit for each target group in [`Layout::targets`].
    pub targets: u16,
    /// Code of the class, in the order of [`Layout::classes`].
    pub class: u8,
    /// A bit for each deprivation, in the order of [`Layout::indicators`].
    pub mask: u16,
    /// Persons.
    pub size: u16,
}

/// Households alike in every kept column: one row of the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// The columns they share; `size` is 0 here.
    pub alike: Household,
    pub households: u16,
    pub persons: u16,
}

/// Which columns stand in the file beside commune, area, ethnic group, class and deprivations. Each makes the file longer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    pub village: bool,
    pub head_sex: bool,
    pub targets: bool,
}

/// What the numbers stand for; stored in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Code of each commune, in the order of the unit tree as of the snapshot's day.
    pub communes: Vec<String>,
    /// Ids of the deprivations, at most fifteen.
    pub indicators: Vec<String>,
    /// Ids of the classes.
    pub classes: Vec<String>,
    /// Ids of the target groups, at most sixteen.
    pub targets: Vec<String>,
    pub keep: Keep,
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    pub households: u64,
    pub persons: u64,
    /// Rows of the file.
    pub cells: u64,
}
