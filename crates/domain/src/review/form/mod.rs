//! The report forms 7.1 … 7.11: counted from lines by the layouts of the law, with the checks that stand under each.
//! A cell that cannot be counted is a [`Gap`], never a guess. Start with [`tally`]; what is kept of it, with [`Part`].

mod behind;
mod check;
mod counter;
mod findings;
mod ground;
mod holes;
mod parts;
mod sum;
mod tally;

use norms::{Area, Check, Dated, FormLayout, Label};

use kernel::Rate;

pub use behind::{Adding, MadeOf, VillageAt, column_bases, made_of, rows_behind};
pub use check::run_checks;
pub use counter::{Contribution, LineFates};
pub use findings::{Findings, Found};
pub use ground::{Ground, Villages};
pub use holes::{Holes, Unlisted};
pub use parts::{Around, EarlierClass, HomeFacts, Merged, Part};
pub use tally::{bases_of, gaps_of, tally};

/// Why a number is not printed. Of several reasons the first in this order is told, whichever was found first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gap {
    /// Villages whose totals of households and persons are missing.
    Population { villages: i64 },
    /// There is no list of the year before.
    PreviousList,
    /// There is no list of the year.
    NoList,
    /// Communes without a list, while others have theirs.
    Unlisted { communes: i64 },
    /// Communes without a list of the year before.
    UnlistedBefore { communes: i64 },
    /// Households without all their deprivation marks.
    Marks { households: i64 },
    /// Households with no class.
    Unclassified { households: i64 },
    /// Households of last year's list of which nobody recorded what became.
    Vanished { households: i64 },
    /// Households whose change fits no movement of the law.
    NoMovement { households: i64 },
    /// Members whose age is not known.
    Ages { households: i64 },
    /// Communes that no rule calls urban or rural.
    Area,
}

impl Gap {
    /// The same gap found once more.
    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Population { villages: a }, Self::Population { villages: b }) => {
                Self::Population { villages: a + b }
            }
            (Self::Marks { households: a }, Self::Marks { households: b }) => Self::Marks { households: a + b },
            (Self::Unclassified { households: a }, Self::Unclassified { households: b }) => {
                Self::Unclassified { households: a + b }
            }
            (Self::Vanished { households: a }, Self::Vanished { households: b }) => {
                Self::Vanished { households: a + b }
            }
            (Self::NoMovement { households: a }, Self::NoMovement { households: b }) => {
                Self::NoMovement { households: a + b }
            }
            (Self::Ages { households: a }, Self::Ages { households: b }) => Self::Ages { households: a + b },
            (Self::Unlisted { communes: a }, Self::Unlisted { communes: b }) => Self::Unlisted { communes: a + b },
            (Self::UnlistedBefore { communes: a }, Self::UnlistedBefore { communes: b }) => {
                Self::UnlistedBefore { communes: a + b }
            }
            (one, other) => one.min(other),
        }
    }
}

/// One printed number, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Count(i64),
    /// `None`: nothing to divide by.
    Rate(Option<Rate>),
    Gap(Gap),
}

impl Cell {
    pub fn count(self) -> Option<i64> {
        if let Self::Count(n) = self { Some(n) } else { None }
    }
}

/// Which row of a form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RowKey {
    Area(Area),
    Unit { area: Area, key: String },
    Total,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub key: RowKey,
    /// Name of the unit; areas and the total are named by the page.
    pub label: String,
    /// In the order of the layout's columns.
    pub cells: Vec<Cell>,
}

/// A unit below the form's own, that gets a row of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitBelow {
    pub key: String,
    pub label: String,
    /// Known for communes and villages; a district has both.
    pub area: Option<Area>,
}

/// Keys of the rows of a form told by the units of another day, for what lies in none of them: not placed in a divided
/// commune, waiting for a decision to be recorded, of no unit at all.
pub const UNPLACED: &str = "unplaced";
pub const UNRESOLVED: &str = "unresolved";
pub const NOT_LISTED: &str = "not_listed";

/// Village totals, already added up per unit below and area.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Population {
    pub by_unit: std::collections::HashMap<(String, Area), PopulationCount>,
    /// Units below with a commune that is neither urban nor rural: what lives there belongs to no row that can be told.
    pub without_area: std::collections::BTreeSet<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PopulationCount {
    pub households: i64,
    pub persons: i64,
    /// Villages that have not entered theirs.
    pub villages_missing: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub layout: Dated<FormLayout>,
    pub rows: Vec<Row>,
    /// Everything that keeps numbers from being printed, each once.
    pub gaps: Vec<Gap>,
}

impl Form {
    /// Whether the units' counts add up to the total of the same lines told in another way, column by column. A column of
    /// either that has a gap is left aside: nothing is told there.
    pub fn adds_up_to(&self, other: &Self) -> bool {
        let Some(total) = other.rows.iter().find(|row| row.key == RowKey::Total) else { return false };
        let units = || self.rows.iter().filter(|row| matches!(row.key, RowKey::Unit { .. }));
        total.cells.iter().enumerate().all(|(at, cell)| {
            let Some(expected) = cell.count() else { return true };
            let cells = units().map(|row| row.cells.get(at).copied());
            let counts: Option<Vec<i64>> = cells.map(|cell| cell.and_then(Cell::count)).collect();
            counts.is_none_or(|counts| counts.iter().sum::<i64>() == expected)
        })
    }

    pub fn cell(&self, row: &RowKey, column: &str) -> Option<Cell> {
        let at = self.layout.value.columns.iter().position(|c| c.id == column)?;
        self.rows.iter().find(|r| r.key == *row)?.cells.get(at).copied()
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    /// Where it does not hold: row and what was expected and found.
    Failed(Vec<Mismatch>),
    /// What is missing to tell.
    NotEnough(Vec<Gap>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// A row of the form, or `None` for a household.
    pub row: Option<RowKey>,
    pub household: Option<kernel::HouseholdId>,
    pub expected: Label,
    pub found: Label,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckResult {
    pub check: Check,
    pub outcome: Outcome,
}

/// Whether a form with these checks may be marked official.
pub fn may_be_official(form: &Form, checks: &[CheckResult]) -> bool {
    form.gaps.is_empty() && checks.iter().all(|c| c.outcome == Outcome::Passed)
}
