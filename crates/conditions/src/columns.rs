//! The facts of a whole register in columns, and conditions over them. One byte a row holds [`Answer`]; "and" takes the
//! lesser, "or" the greater of two bytes, so a condition is a handful of passes over plain memory.

use serde::{Deserialize, Serialize};

use crate::{Answer, Condition, Expr, Field, Kind, Record, Schema, Value};

const NO: u8 = Answer::No as u8;
const UNKNOWN: u8 = Answer::Unknown as u8;
const YES: u8 = Answer::Yes as u8;
/// Stands for a number that is not known; no fact is as small.
const NO_NUMBER: i32 = i32::MIN;
const NO_WORD: u8 = u8::MAX;
const NO_WORDS: u64 = 1 << 63;

/// One field of all rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Column {
    /// [`Answer`] as a byte.
    Flag(Vec<u8>),
    /// `i32::MIN` where not known.
    Number(Vec<i32>),
    /// The place of the choice; 255 where not known.
    Word(Vec<u8>),
    /// A bit for each choice; the highest where not known.
    Words(Vec<u64>),
}

impl Column {
    fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Flag => Self::Flag(Vec::new()),
            Kind::Number => Self::Number(Vec::new()),
            Kind::Word => Self::Word(Vec::new()),
            Kind::Words => Self::Words(Vec::new()),
        }
    }

    /// Adds a row; a value of another kind, or a word that is no choice, is not known.
    fn push(&mut self, field: &Field, value: Option<&Value>) {
        match self {
            Self::Flag(rows) => rows.push(match value {
                Some(Value::Flag(true)) => YES,
                Some(Value::Flag(false)) => NO,
                _ => UNKNOWN,
            }),
            Self::Number(rows) => rows.push(if let Some(Value::Number(number)) = value { *number } else { NO_NUMBER }),
            Self::Word(rows) => rows.push(match value {
                Some(Value::Word(word)) => field.code(word).unwrap_or(NO_WORD),
                _ => NO_WORD,
            }),
            Self::Words(rows) => rows.push(match value {
                Some(Value::Words(words)) => {
                    words.iter().filter_map(|word| field.code(word)).fold(0, |set, code| set | 1 << code)
                }
                _ => NO_WORDS,
            }),
        }
    }
}

impl Column {
    fn keep(&mut self, marked: &[bool]) {
        fn of<T: Copy>(rows: &mut Vec<T>, marked: &[bool]) {
            *rows = rows.iter().zip(marked).filter(|(_, kept)| **kept).map(|(row, _)| *row).collect();
        }
        match self {
            Self::Flag(rows) | Self::Word(rows) => of(rows, marked),
            Self::Number(rows) => of(rows, marked),
            Self::Words(rows) => of(rows, marked),
        }
    }

    fn append(&mut self, other: Self) {
        match (self, other) {
            (Self::Flag(mine), Self::Flag(theirs)) | (Self::Word(mine), Self::Word(theirs)) => mine.extend(theirs),
            (Self::Number(mine), Self::Number(theirs)) => mine.extend(theirs),
            (Self::Words(mine), Self::Words(theirs)) => mine.extend(theirs),
            // Columns of one schema are of one kind.
            _ => {}
        }
    }
}

/// Rows of one schema, column by column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    rows: usize,
    columns: Vec<Column>,
}

impl Columns {
    pub fn new(schema: &Schema) -> Self {
        Self { rows: 0, columns: schema.fields.iter().map(|field| Column::empty(field.kind)).collect() }
    }

    pub fn push(&mut self, schema: &Schema, record: &Record) {
        for ((column, field), value) in self.columns.iter_mut().zip(&schema.fields).zip(&record.values) {
            column.push(field, value.as_ref());
        }
        self.rows += 1;
    }

    /// Keeps the rows that are marked, in their order.
    pub fn keep(&mut self, marked: &[bool]) {
        for column in &mut self.columns {
            column.keep(marked);
        }
        self.rows = marked.iter().filter(|kept| **kept).count();
    }

    /// Adds the rows of columns of the same schema.
    pub fn append(&mut self, other: Self) {
        for (mine, theirs) in self.columns.iter_mut().zip(other.columns) {
            mine.append(theirs);
        }
        self.rows += other.rows;
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    fn column(&self, at: usize) -> Option<&Column> {
        self.columns.get(at)
    }

    /// The code of a word field in one row; `None` when it is not known.
    pub fn word(&self, at: usize, row: usize) -> Option<u8> {
        match self.column(at)? {
            Column::Word(codes) => codes.get(row).copied().filter(|code| *code != NO_WORD),
            _ => None,
        }
    }
}

impl Condition {
    /// The answer for every row, one byte each.
    pub fn over(&self, columns: &Columns, schema: &Schema) -> Vec<u8> {
        answer(&self.expr, columns, schema)
    }
}

fn answer(expr: &Expr, columns: &Columns, schema: &Schema) -> Vec<u8> {
    match expr {
        Expr::Always(fixed) => vec![Answer::from(*fixed) as u8; columns.rows],
        Expr::Flag(at) => match columns.column(*at) {
            Some(Column::Flag(rows)) => rows.clone(),
            _ => open(columns),
        },
        Expr::Compare(at, how, limit) => match columns.column(*at) {
            Some(Column::Number(rows)) => {
                let of = |value: &i32| if *value == NO_NUMBER { UNKNOWN } else { yes_if(how.holds(*value, *limit)) };
                rows.iter().map(of).collect()
            }
            _ => open(columns),
        },
        Expr::Is(at, words) => match (columns.column(*at), schema.field(*at)) {
            (Some(Column::Word(rows)), Some(field)) => {
                let table = word_table(field, words);
                rows.iter().map(|code| table.get(usize::from(*code)).copied().unwrap_or(UNKNOWN)).collect()
            }
            _ => open(columns),
        },
        Expr::Has(at, word) => match (columns.column(*at), schema.field(*at).and_then(|field| field.code(word))) {
            (Some(Column::Words(rows)), Some(code)) => {
                let of = |set: &u64| if *set == NO_WORDS { UNKNOWN } else { yes_if(set >> code & 1 == 1) };
                rows.iter().map(of).collect()
            }
            _ => open(columns),
        },
        Expr::Not(inner) => {
            let mut rows = answer(inner, columns, schema);
            for row in &mut rows {
                *row = YES - *row;
            }
            rows
        }
        Expr::And(a, b) => folded(answer(a, columns, schema), &answer(b, columns, schema), u8::min),
        Expr::Or(a, b) => folded(answer(a, columns, schema), &answer(b, columns, schema), u8::max),
    }
}

fn yes_if(holds: bool) -> u8 {
    if holds { YES } else { NO }
}

fn open(columns: &Columns) -> Vec<u8> {
    vec![UNKNOWN; columns.rows]
}

/// The answer for each of the 256 codes.
fn word_table(field: &Field, words: &[String]) -> [u8; 256] {
    let mut table = [NO; 256];
    for code in words.iter().filter_map(|word| field.code(word)) {
        if let Some(slot) = table.get_mut(usize::from(code)) {
            *slot = YES;
        }
    }
    if let Some(slot) = table.get_mut(usize::from(NO_WORD)) {
        *slot = UNKNOWN;
    }
    table
}

fn folded(mut a: Vec<u8>, b: &[u8], fold: fn(u8, u8) -> u8) -> Vec<u8> {
    for (left, right) in a.iter_mut().zip(b) {
        *left = fold(*left, *right);
    }
    a
}
