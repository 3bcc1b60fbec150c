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
                parts.extend(prefixes.iter().map(|w| format!("\"{w}\" *")));
                parts.join(" AND ")
            }
            Self::Postgres => {
                parts.extend(whole.iter().map(|w| format!("'{w}'")));
                parts.extend(prefixes.iter().map(|w| format!("'{w}':*")));
                parts.join(" & ")
            }
        }
    }

    /// The households that fit a text query (placeholder `$1`), at most `limit`: a table with one column `id`.
    pub(crate) fn text_hits(self, limit: usize) -> String {
        match self {
            Self::Sqlite => format!(
                "SELECT h.id FROM (SELECT rowid AS number FROM household_text WHERE household_text MATCH $1 \
                 LIMIT {limit}) t JOIN household h ON h.number = t.number"
            ),
            Self::Postgres => format!("SELECT id FROM household WHERE search @@ to_tsquery('simple', $1) LIMIT {limit}"),
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
