//! What hangs on a clause, as it is shown beside the clause, on the clause's page and on its own.

use super::work::Doubts;
use crate::pages::parts::{Link, Verdict};

/// One binding beside its clause.
#[derive(Debug, Clone)]
pub struct Hung {
    /// `T05`.
    pub id: String,
    /// Chỉ tiêu, Dự án, Nhiệm vụ, Nguồn vốn.
    pub kind: String,
    pub label: String,
    pub href: String,
    /// What the plan asks: the level of a target, the agency and the day of a task.
    pub asks: Vec<String>,
    pub state: String,
    pub verdict: Verdict,
    pub figure: Option<Figure>,
    /// Of a target, what its figure is not sure of.
    pub doubts: Doubts,
    /// Further numbers with their names, each leading to what it was counted from.
    pub told: Vec<Told>,
    /// Nobody has answered for it yet.
    pub is_waiting: bool,
    /// How sure the proposal is: `inferred`.
    pub mark: String,
}

/// A number with its name.
#[derive(Debug, Clone)]
pub struct Told {
    pub name: String,
    pub number: Link,
}

/// What a target comes to, and what it is under each reading.
#[derive(Debug, Clone)]
pub struct Figure {
    /// `0,75`, leading to the target.
    pub value: Link,
    pub unit: String,
    /// Both rates of one that fell; empty elsewhere.
    pub sides: Vec<Side>,
    /// Readings of an ambiguous target, side by side; empty where there is one.
    pub readings: Vec<ReadingRow>,
}

/// The rate of one year.
#[derive(Debug, Clone)]
pub struct Side {
    /// `Cuối năm 2022`.
    pub when: String,
    /// The numerator, leading to its rows.
    pub numerator: Link,
    pub denominator: Link,
    /// `3,79`, in percent.
    pub rate: String,
}

#[derive(Debug, Clone)]
pub struct ReadingRow {
    pub label: String,
    /// A dash without a figure.
    pub value: Link,
    pub state: String,
    pub verdict: Verdict,
}
