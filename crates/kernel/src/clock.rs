//! Time and ids as parameters. The only implementations that ask the machine live in `cli` and `testkit`.

use uuid::Uuid;

use crate::Day;

/// What the program believes the time to be.
pub trait Clock: Send + Sync {
    /// Milliseconds since the Unix epoch.
    fn now_ms(&self) -> i64;
    /// The calendar day in Việt Nam.
    fn today(&self) -> Day;
}

/// Where new identifiers come from; time-ordered (UUIDv7) in production, counted in tests.
pub trait Ids: Send + Sync {
    fn next(&self) -> Uuid;
}
