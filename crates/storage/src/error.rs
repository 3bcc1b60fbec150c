//! What can go wrong in a store. "Not found" is no error; it is an `Option`.

#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// Somebody saved the same record in between; nothing was stored.
    #[error("{record} was changed by somebody else in the meantime")]
    Conflict { record: &'static str },
    /// What is stored cannot be understood.
    #[error("{table} holds something that cannot be read: {what}")]
    Inconsistent { table: &'static str, what: String },
    /// The database did not do what was asked.
    #[error("the database failed while {doing}: {source}")]
    Driver {
        doing: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
