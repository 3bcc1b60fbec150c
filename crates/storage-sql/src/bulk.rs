//! Many rows in one statement: the statement, not the row, is what costs time.

use storage::Stored;

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
    for some in items.chunks(ROWS) {
        let mut values = Values::new(tx.dialect());
        for item in some {
            fill(&mut values, item);
        }
        debug_assert_eq!(values.len(), columns * some.len(), "{into}");
        let sql = statement(tx.dialect().numbered(), (into, then), columns, some.len());
        tx.query(doing, sql).with(values).run().await?;
    }
    Ok(())
}

fn statement(numbered: char, (into, then): (&str, &str), columns: usize, rows: usize) -> String {
    use std::fmt::Write as _;

    let mut sql = String::with_capacity(into.len() + then.len() + rows * columns * 7 + 32);
    let _ = write!(sql, "INSERT INTO {into} VALUES ");
    let mut number = 0;
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            number += 1;
            let comma = if column == 0 { "" } else { "," };
            // SQLite keeps a name for `?n` too, and looks through all names for each value: 6,800 values cost 23 million
            // looks. A bare `?` has no name and takes the values in their order, which is the order here.
            let _ = if numbered == '?' { write!(sql, "{comma}?") } else { write!(sql, "{comma}{numbered}{number}") };
        }
        sql.push(')');
    }
    let _ = write!(sql, " {then}");
    sql
}
