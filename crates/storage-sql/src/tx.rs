//! One transaction on either database, and a small executor that runs one SQL text on both.
//! Never builds SQL from what people typed: values are always bound.

use std::fmt::Write as _;

use futures_util::TryStreamExt;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe, Encode, Postgres, Sqlite, Transaction, Type};
use storage::{StorageError, Stored};
use uuid::Uuid;

use crate::dialect::Dialect;
pub(crate) use crate::row::{Row, to_json};

/// An open transaction; dropped, it is rolled back.
pub(crate) enum Tx {
    Lite(Transaction<'static, Sqlite>),
    Pg(Transaction<'static, Postgres>),
}

/// What both databases can bind.
pub(crate) trait Bind<'q>: Encode<'q, Sqlite> + Type<Sqlite> + Encode<'q, Postgres> + Type<Postgres> {}
impl<'q, T: Encode<'q, Sqlite> + Type<Sqlite> + Encode<'q, Postgres> + Type<Postgres>> Bind<'q> for T {}

pub(crate) fn fault(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StorageError {
    move |source| StorageError::Driver { doing, source: Box::new(source) }
}

impl Tx {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Lite(_) => Dialect::Sqlite,
            Self::Pg(_) => Dialect::Postgres,
        }
    }

    /// A statement with its values still to be bound. `doing` completes "the database failed while …".
    pub(crate) fn query(&mut self, doing: &'static str, sql: impl Into<String>) -> Query<'_> {
        let values = Values::new(self.dialect());
        Query { tx: self, doing, sql: sql.into(), values, is_kept: true }
    }

    pub(crate) async fn commit(self) -> Stored<()> {
        match self {
            Self::Lite(tx) => tx.commit().await,
            Self::Pg(tx) => tx.commit().await,
        }
        .map_err(fault("committing"))
    }
}

/// Bound values, in the order of their placeholders.
pub(crate) struct Values {
    arguments: Either<SqliteArguments, PgArguments>,
    failed: Option<sqlx::error::BoxDynError>,
}

/// The one or the other database's.
pub(crate) enum Either<L, P> {
    Lite(L),
    Pg(P),
}

impl Values {
    pub(crate) fn new(dialect: Dialect) -> Self {
        let arguments = match dialect {
            Dialect::Sqlite => Either::Lite(SqliteArguments::default()),
            Dialect::Postgres => Either::Pg(PgArguments::default()),
        };
        Self { arguments, failed: None }
    }

    pub(crate) fn push<'q>(&mut self, value: impl Bind<'q>) {
        let outcome = match &mut self.arguments {
            Either::Lite(values) => Arguments::add(values, value),
            Either::Pg(values) => Arguments::add(values, value),
        };
        if let Err(error) = outcome {
            self.failed = Some(error);
        }
    }

    pub(crate) fn len(&self) -> usize {
        match &self.arguments {
            Either::Lite(values) => Arguments::len(values),
            Either::Pg(values) => Arguments::len(values),
        }
    }
}

/// A statement on its way.
pub(crate) struct Query<'t> {
    tx: &'t mut Tx,
    doing: &'static str,
    sql: String,
    values: Values,
    is_kept: bool,
}

impl Query<'_> {
    pub(crate) fn dialect(&self) -> Dialect {
        self.tx.dialect()
    }

    /// How many values are bound.
    pub(crate) fn bound(&self) -> usize {
        self.values.len()
    }

    /// The placeholder of the value that is bound next.
    pub(crate) fn next_placeholder(&self) -> String {
        format!("${}", self.bound() + 1)
    }

    #[must_use]
    pub(crate) fn bind<'q>(mut self, value: impl Bind<'q>) -> Self {
        self.values.push(value);
        self
    }

    /// Adds SQL.
    #[must_use]
    pub(crate) fn push(mut self, sql: &str) -> Self {
        self.sql.push_str(sql);
        self
    }

    /// Adds SQL that ends in the placeholder of `value`.
    #[must_use]
    pub(crate) fn push_bind<'q>(mut self, sql: &str, value: impl Bind<'q>) -> Self {
        self.values.push(value);
        let number = self.values.len();
        self.sql.push_str(sql);
        let _ = write!(self.sql, "${number}");
        self
    }

    /// Adds ` IN ($4, $5, …)`. The text depends on how many there are, so it is not kept prepared.
    #[must_use]
    pub(crate) fn push_ids(mut self, sql: &str, ids: impl IntoIterator<Item = Uuid>) -> Self {
        self.sql.push_str(sql);
        self.sql.push_str(" IN (");
        let mut is_first = true;
        for id in ids {
            self.values.push(id);
            if !is_first {
                self.sql.push_str(", ");
            }
            is_first = false;
            let _ = write!(self.sql, "{}{}", self.tx.dialect().numbered(), self.values.len());
        }
        if is_first {
            self.sql.push_str("NULL");
        }
        self.sql.push(')');
        self.is_kept = false;
        self
    }

    #[must_use]
    pub(crate) fn with(mut self, values: Values) -> Self {
        self.values = values;
        self
    }

    /// Runs it; how many rows were touched.
    pub(crate) async fn run(self) -> Stored<u64> {
        let Self { tx, doing, sql, values, is_kept } = self;
        let sql = AssertSqlSafe(sql);
        if let Some(source) = values.failed {
            return Err(StorageError::Driver { doing, source });
        }
        match (tx, values.arguments) {
            (Tx::Lite(tx), Either::Lite(values)) => sqlx::query_with(sql, values)
                .persistent(is_kept)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
            (Tx::Pg(tx), Either::Pg(values)) => sqlx::query_with(sql, values)
                .persistent(is_kept)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
            _ => return Err(mixed(doing)),
        }
        .map_err(fault(doing))
    }

    /// Runs it; a value that must be unique and is not means that somebody else was first.
    pub(crate) async fn run_unless_taken(self, record: &'static str) -> Stored<u64> {
        match self.run().await {
            Err(StorageError::Driver { source, .. }) if is_taken(source.as_ref()) => {
                Err(StorageError::Conflict { record })
            }
            outcome => outcome,
        }
    }

    /// All rows, each read by `read` as it comes.
    pub(crate) async fn all<T: Send>(
        self,
        table: &'static str,
        read: impl Fn(&mut Row) -> Stored<T> + Send,
    ) -> Stored<Vec<T>> {
        let Self { tx, doing, sql, values, is_kept } = self;
        let sql = AssertSqlSafe(sql);
        if let Some(source) = values.failed {
            return Err(StorageError::Driver { doing, source });
        }
        let mut found = Vec::new();
        match (tx, values.arguments) {
            (Tx::Lite(tx), Either::Lite(values)) => {
                let mut rows = sqlx::query_with(sql, values).persistent(is_kept).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await.map_err(fault(doing))? {
                    found.push(read(&mut Row::new(Either::Lite(row), table))?);
                }
            }
            (Tx::Pg(tx), Either::Pg(values)) => {
                let mut rows = sqlx::query_with(sql, values).persistent(is_kept).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await.map_err(fault(doing))? {
                    found.push(read(&mut Row::new(Either::Pg(row), table))?);
                }
            }
            _ => return Err(mixed(doing)),
        }
        Ok(found)
    }

    /// The first row, if there is one.
    pub(crate) async fn first<T: Send>(
        self,
        table: &'static str,
        read: impl Fn(&mut Row) -> Stored<T> + Send,
    ) -> Stored<Option<T>> {
        Ok(self.all(table, read).await?.into_iter().next())
    }

    /// One number; zero when there is no row.
    pub(crate) async fn number(self, table: &'static str) -> Stored<i64> {
        Ok(self.first(table, Row::take::<Option<i64>>).await?.flatten().unwrap_or(0))
    }
}

fn is_taken(source: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    source
        .downcast_ref::<sqlx::Error>()
        .and_then(sqlx::Error::as_database_error)
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

fn mixed(doing: &'static str) -> StorageError {
    StorageError::Driver { doing, source: "values of one database were bound to the other".into() }
}
