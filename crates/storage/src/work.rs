//! A store and its units of work.

use async_trait::async_trait;

use crate::{AccessStore, ProgrammeStore, RegistryStore, ReportingStore, ReviewStore, RoundStore, Stored, UnitsStore};

/// A database that can be worked on. Cheap to clone behind an `Arc`.
#[async_trait]
pub trait Store: Send + Sync {
    /// A unit of work that only reads; sees one state of the data from begin to end.
    async fn read(&self) -> Stored<Box<dyn Work>>;

    /// A unit of work that may write. Dropped without [`Work::commit`], nothing of it is stored.
    async fn write(&self) -> Stored<Box<dyn Work>>;
}

/// Everything that can be asked within one unit of work.
#[async_trait]
pub trait Work:
    UnitsStore + AccessStore + RegistryStore + ReviewStore + RoundStore + ProgrammeStore + ReportingStore + Send
{
    /// Makes everything done in this unit of work lasting, all at once.
    async fn commit(self: Box<Self>) -> Stored<()>;
}
