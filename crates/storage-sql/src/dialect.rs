//! Everything that SQLite and PostgreSQL do differently. If it is not here, it is one text for both.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// What stands before a placeholder's number where there may be thousands of them. SQLite takes `$n` for a name
    /// and looks each up in a list; `?n` is a number to it.
    pub(crate) fn numbered(self) -> char {
        match self {
            Self::Sqlite => '?',
            Self::Postgres => '$',
        }
    }

    /// The marker of the lines of a migration that only this database reads.
    pub(crate) fn migration_marker(self) -> &'static str {
        match self {
            Self::Sqlite => "--sqlite:",
            Self::Postgres => "--postgres:",
        }
    }

    /// Tables and columns of the text index, which no other code may name: `(table, column)`.
    pub(crate) fn is_text_index(table: &str, column: &str) -> bool {
        table.starts_with("household_text") || (table == "household" && matches!(column, "number" | "search"))
    }

    /// `position(needle in hay) > 0`, without patterns.
    pub(crate) fn contains(self, hay: &str, needle: &str) -> String {
        match self {
            Self::Sqlite => format!("instr({hay}, {needle}) > 0"),
            Self::Postgres => format!("strpos({hay}, {needle}) > 0"),
        }
    }

    /// The query language of the text index: all of `whole`, and words that begin with each of `prefixes`.
    /// Words hold letters, digits and hyphens only, so nothing needs escaping.
    pub(crate) fn text_query(self, whole: &[String], prefixes: &[String]) -> String {
        let mut parts = Vec::with_capacity(whole.len() + prefixes.len());
        match self {
            Self::Sqlite => {
                parts.extend(whole.iter().map(|w| format!("\"{w}\"")));
                parts.extend(prefixes.iter().map(|w| format!("\"{w}\"*")));
                parts.join(" AND ")
            }
            Self::Postgres => {
                parts.extend(whole.iter().map(|w| format!("'{w}'")));
                parts.extend(prefixes.iter().map(|w| format!("'{w}':*")));
                parts.join(" & ")
            }
        }
    }

    /// At most `limit` households that fit the text query bound as `$1`, and how such a hit joins `household h`.
    pub(crate) fn text_hits(self, limit: usize) -> (String, &'static str) {
        match self {
            Self::Sqlite => (
                format!("SELECT rowid AS hit FROM household_text WHERE household_text MATCH $1 LIMIT {limit}"),
                "h.number = hit.hit",
            ),
            Self::Postgres => (
                format!("SELECT id AS hit FROM household WHERE search @@ CAST(CAST($1 AS TEXT) AS TSQUERY) LIMIT {limit}"),
                "h.id = hit.hit",
            ),
        }
    }

    /// Taken by whoever appends to a chain; SQLite has one writer anyhow.
    pub(crate) fn chain_lock(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("SELECT pg_advisory_xact_lock(5474001)"),
        }
    }

    /// After thousands of new rows the planner of PostgreSQL needs fresh figures, or it walks whole tables.
    pub(crate) fn after_bulk(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &[],
            Self::Postgres => &["ANALYZE household, person, membership, assessment, household_year"],
        }
    }
}
