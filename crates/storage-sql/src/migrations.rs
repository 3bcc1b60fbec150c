//! Brings a database to the newest schema. One numbered file a step; released files are never edited again.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::dialect::Dialect;

/// Number, name and text of every step.
const STEPS: &[(i64, &str, &str)] = &[
    (1, "floor", include_str!("../migrations/0001_floor.sql")),
    (2, "left_class", include_str!("../migrations/0002_left_class.sql")),
    (3, "boundaries", include_str!("../migrations/0003_boundaries.sql")),
    (4, "snapshot", include_str!("../migrations/0004_snapshot.sql")),
    (5, "handover", include_str!("../migrations/0005_handover.sql")),
    (6, "plans", include_str!("../migrations/0006_plans.sql")),
    (7, "rounds", include_str!("../migrations/0007_rounds.sql")),
    (8, "work", include_str!("../migrations/0008_work.sql")),
    (11, "money", include_str!("../migrations/0011_money.sql")),
    (12, "need_year", include_str!("../migrations/0012_need_year.sql")),
    (13, "corrections", include_str!("../migrations/0013_corrections.sql")),
    (16, "unplaced_request", include_str!("../migrations/0016_unplaced_request.sql")),
    (20, "paper_series", include_str!("../migrations/0020_paper_series.sql")),
    (21, "facts_of_lists", include_str!("../migrations/0021_facts_of_lists.sql")),
];

pub(crate) fn migrator(dialect: Dialect) -> Migrator {
    let steps = STEPS.iter().map(|(number, name, text)| {
        let sql = AssertSqlSafe(spoken(text, dialect)).into_sql_str();
        Migration::new(*number, (*name).into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(steps.collect())
}

/// The newest step this program knows.
pub(crate) fn newest() -> i64 {
    STEPS.iter().map(|(number, _, _)| *number).max().unwrap_or(0)
}

/// A step as one database reads it: its own marked lines count, other comments go.
fn spoken(text: &str, dialect: Dialect) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        match line.strip_prefix(dialect.migration_marker()) {
            Some(own) => out.push_str(own),
            None if line.trim_start().starts_with("--") => continue,
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}
