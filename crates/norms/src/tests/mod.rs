//! Tests of the loader and of the shipped norms; nothing here is part of the program.

mod answers;
mod refusals;
mod shipped;
mod units;

use std::sync::LazyLock;

use kernel::Day;

use crate::Norms;

static NORMS: LazyLock<Norms> = LazyLock::new(|| {
    Norms::embedded().unwrap_or_else(|faults| {
        let told: Vec<String> = faults.iter().map(|fault| fault.says().en).collect();
        panic!("the shipped norms have faults:\n{}", told.join("\n"))
    })
});

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}
