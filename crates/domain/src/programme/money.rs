//! The programme's money as a ledger: what was assigned, moved and paid, of which source, of which kind of capital, for which
//! project. Entries are only added and taken back; what is left is always counted from them.

use kernel::{Day, MoneyId};
use serde::{Deserialize, Serialize};

use crate::units::Place;

/// What an entry says happened to the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyMove {
    /// Giao: a unit was given money to spend.
    Allocation,
    /// Điều chỉnh, chuyển: more or, below zero, less of what was assigned.
    Transfer,
    /// Giải ngân: paid out.
    Disbursement,
}

impl MoneyMove {
    pub const ALL: [Self; 3] = [Self::Allocation, Self::Transfer, Self::Disbursement];

    pub fn id(self) -> &'static str {
        match self {
            Self::Allocation => "allocation",
            Self::Transfer => "transfer",
            Self::Disbursement => "disbursement",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyEntry {
    pub id: MoneyId,
    /// The year of the plan whose money it is.
    pub year: i16,
    pub place: Place,
    /// `F1` of the plan.
    pub source: String,
    /// `V1` of the plan; empty where it is not told.
    pub capital: String,
    /// `P3.1` of the plan; empty where it is not split yet.
    pub project: String,
    pub what: MoneyMove,
    pub day: Day,
    /// In đồng; below zero only where money was moved away.
    pub amount: i64,
    /// The decision or voucher, as written.
    pub document: String,
}

/// What entries add up to, in đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MoneySums {
    pub assigned: i64,
    pub moved: i64,
    pub paid: i64,
}

impl MoneySums {
    #[must_use]
    pub fn with(mut self, what: MoneyMove, amount: i64) -> Self {
        match what {
            MoneyMove::Allocation => self.assigned += amount,
            MoneyMove::Transfer => self.moved += amount,
            MoneyMove::Disbursement => self.paid += amount,
        }
        self
    }

    /// Assigned and moved, and not paid yet.
    pub fn left(self) -> i64 {
        self.assigned + self.moved - self.paid
    }
}

/// Why an entry is not taken. Each code is stable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyRefusal {
    /// MON-001
    #[error("{left} đồng are left, {asked} were to go")]
    NotEnough { left: i64, asked: i64 },
    /// MON-002
    #[error("the plan of {year} has no source {source_id}")]
    UnknownSource { source_id: String, year: i16 },
    /// MON-003
    #[error("the day {day} lies in the future")]
    DayInFuture { day: Day },
    /// MON-004
    #[error("the source may be spent until {until}")]
    TooLate { until: Day, basis: String },
    /// MON-005
    #[error("an entry needs an amount")]
    NoAmount,
}

impl MoneyRefusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotEnough { .. } => "MON-001",
            Self::UnknownSource { .. } => "MON-002",
            Self::DayInFuture { .. } => "MON-003",
            Self::TooLate { .. } => "MON-004",
            Self::NoAmount => "MON-005",
        }
    }
}

/// Until when a source may be spent, and what says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpendingTerm<'a> {
    pub until: Option<Day>,
    pub basis: &'a str,
}

/// Whether the entry may stand beside those of the same unit, source and kind of capital.
pub fn check_entry(
    entry: &MoneyEntry,
    before: MoneySums,
    term: SpendingTerm<'_>,
    today: Day,
) -> Result<(), MoneyRefusal> {
    if entry.amount == 0 || (entry.amount < 0 && entry.what != MoneyMove::Transfer) {
        return Err(MoneyRefusal::NoAmount);
    }
    if entry.day > today {
        return Err(MoneyRefusal::DayInFuture { day: entry.day });
    }
    if let (MoneyMove::Disbursement, Some(until)) = (entry.what, term.until)
        && entry.day > until
    {
        return Err(MoneyRefusal::TooLate { until, basis: term.basis.to_owned() });
    }
    let left = before.with(entry.what, entry.amount).left();
    if left < 0 { Err(MoneyRefusal::NotEnough { left: before.left(), asked: entry.amount.abs() }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use kernel::VillageId;
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn entry(what: MoneyMove, amount: i64, on: &str) -> MoneyEntry {
        let code = |code: &str| code.to_owned();
        MoneyEntry {
            id: MoneyId(Uuid::nil()),
            year: 2023,
            place: Place {
                units_from: day("2020-01-01"),
                province: code("42"),
                district: String::new(),
                commune: String::new(),
                village: VillageId(Uuid::nil()),
            },
            source: code("F1"),
            capital: code("V2"),
            project: String::new(),
            what,
            day: day(on),
            amount,
            document: String::new(),
        }
    }

    #[test]
    fn money_is_paid_out_of_what_was_assigned_and_in_time() {
        let before = MoneySums { assigned: 100, moved: -20, paid: 50 };
        let term = SpendingTerm { until: Some(day("2023-12-31")), basis: "Nghị quyết 69/2022/QH15" };
        let table = [
            (MoneyMove::Disbursement, 30, "2023-12-31", None),
            (MoneyMove::Disbursement, 31, "2023-12-31", Some("MON-001")),
            (MoneyMove::Disbursement, 30, "2024-01-01", Some("MON-004")),
            (MoneyMove::Disbursement, 0, "2023-06-01", Some("MON-005")),
            (MoneyMove::Disbursement, -5, "2023-06-01", Some("MON-005")),
            (MoneyMove::Transfer, -30, "2024-01-02", None),
            (MoneyMove::Transfer, -31, "2023-06-01", Some("MON-001")),
            (MoneyMove::Allocation, 1, "2024-02-01", None),
            (MoneyMove::Allocation, 1, "2024-02-02", Some("MON-003")),
        ];
        for (what, amount, on, expected) in table {
            let said = check_entry(&entry(what, amount, on), before, term, day("2024-02-01"));
            assert_eq!(said.as_ref().err().map(MoneyRefusal::code), expected, "{what:?} {amount} {on}");
        }
    }

    #[test]
    fn what_is_left_is_assigned_and_moved_less_what_was_paid() {
        let sums = MoneySums::default()
            .with(MoneyMove::Allocation, 1_000)
            .with(MoneyMove::Transfer, -200)
            .with(MoneyMove::Disbursement, 300);
        assert_eq!(sums, MoneySums { assigned: 1_000, moved: -200, paid: 300 });
        assert_eq!(sums.left(), 500);
    }
}
