//! Many rows in one statement: the statement, not the row, is what costs time.

use std::fmt::Write as _;

use storage::Stored;

use crate::dialect::Dialect;
use crate::tx::{Tx, Values};

/// Rows of one statement. More gains nothing, and SQLite takes at most 32,766 values.
const ROWS: usize = 400;

/// `INSERT INTO <into> VALUES (…), (…), … <then>`; `fill` pushes exactly one value per column of `into`.
pub(crate) async fn insert<T: Sync>(
    tx: &mut Tx,
    doing: &'static str,
    (into, then): (&str, &str),
    items: &[T],
    fill: impl Fn(&mut Values, &T) + Send + Sync,
) -> Stored<()> {
    let columns = into.matches(',').count() + 1;
    let whole = statement(tx.dialect(), (into, then), columns, ROWS.min(items.len()));
    for some in items.chunks(ROWS) {
        let mut values = Values::new(tx.dialect());
        for item in some {
            fill(&mut values, item);
        }
        debug_assert_eq!(values.len(), columns * some.len(), "{into}");
        let is_whole = some.len() == ROWS.min(items.len());
        let sql = if is_whole { whole.clone() } else { statement(tx.dialect(), (into, then), columns, some.len()) };
        tx.query(doing, sql).with(values).run().await?;
    }
    Ok(())
}

fn statement(dialect: Dialect, (into, then): (&str, &str), columns: usize, rows: usize) -> String {
    let mut sql = String::with_capacity(into.len() + then.len() + rows * columns * 7 + 32);
    let _ = write!(sql, "INSERT INTO {into} VALUES ");
    let mut number = 0;
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            number += 1;
            if column > 0 {
                sql.push(',');
            }
            dialect.write_placeholder(&mut sql, number);
        }
        sql.push(')');
    }
    let _ = write!(sql, " {then}");
    sql
}
