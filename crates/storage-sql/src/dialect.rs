//! Everything that SQLite and PostgreSQL do differently. If it is not here, it is one text for both.

use std::fmt::Write as _;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// One condition on the words of a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Term {
    /// Some word begins like this.
    Begins(String),
    /// One of these whole words.
    AnyOf(Vec<String>),
}

impl Dialect {
    /// What stands before a placeholder's number in a list of ids. SQLite takes `$n` for a name and looks each up in a list;
    /// `?n` is a number to it. Placeholders must still come in the order of their numbers.
    pub(crate) fn numbered(self) -> char {
        match self {
            Self::Sqlite => '?',
            Self::Postgres => '$',
        }
    }

    /// A placeholder where there may be thousands of them, in order: to SQLite `?` is the next value.
    pub(crate) fn write_placeholder(self, sql: &mut String, number: usize) {
        match self {
            Self::Sqlite => sql.push('?'),
            Self::Postgres => {
                let _ = write!(sql, "${number}");
            }
        }
    }

    /// The marker of the lines of a migration that only this database reads.
    pub(crate) fn migration_marker(self) -> &'static str {
        match self {
            Self::Sqlite => "--sqlite:",
            Self::Postgres => "--postgres:",
        }
    }

    /// `position(needle in hay) > 0`, without patterns.
    pub(crate) fn contains(self, hay: &str, needle: &str) -> String {
        match self {
            Self::Sqlite => format!("instr({hay}, {needle}) > 0"),
            Self::Postgres => format!("strpos({hay}, {needle}) > 0"),
        }
    }

    /// Whether beginnings of words are turned into whole words first. SQLite collects every household of a beginning
    /// before it gives the first one; whole words it gives as they come.
    pub(crate) fn spells_words_out(self) -> bool {
        self == Self::Sqlite
    }

    /// The query language of the text index: all of these terms. Words hold letters, digits and hyphens only, so nothing
    /// needs escaping.
    pub(crate) fn text_query(self, terms: &[Term]) -> String {
        let one = |term: &Term| match (self, term) {
            (Self::Sqlite, Term::Begins(word)) => format!("\"{word}\"*"),
            (Self::Sqlite, Term::AnyOf(words)) => {
                let quoted: Vec<String> = words.iter().map(|w| format!("\"{w}\"")).collect();
                format!("({})", quoted.join(" OR "))
            }
            (Self::Postgres, Term::Begins(word)) => format!("'{word}':*"),
            (Self::Postgres, Term::AnyOf(words)) => {
                let quoted: Vec<String> = words.iter().map(|w| format!("'{w}'")).collect();
                format!("({})", quoted.join(" | "))
            }
        };
        let all: Vec<String> = terms.iter().map(one).collect();
        all.join(match self {
            Self::Sqlite => " AND ",
            Self::Postgres => " & ",
        })
    }

    /// At most `limit` households that fit the text query bound as `$1`, and how such a hit joins `household h`.
    pub(crate) fn text_hits(self, limit: i64) -> (String, &'static str) {
        match self {
            Self::Sqlite => (
                format!("SELECT rowid AS hit FROM household_text WHERE household_text MATCH $1 LIMIT {limit}"),
                "h.number = found.hit",
            ),
            Self::Postgres => (
                format!(
                    "SELECT id AS hit FROM household WHERE search @@ CAST(CAST($1 AS TEXT) AS TSQUERY) LIMIT {limit}"
                ),
                "h.id = found.hit",
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
