//! A condition in the words of its fields: "Loại hộ là Hộ nghèo hoặc Hộ cận nghèo, và tuổi từ 16 trở lên".

use crate::{Comparison, Condition, Expr, Field, Schema};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Vietnamese,
    English,
}

use Language::{English, Vietnamese};

impl Language {
    fn pick<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self {
            Vietnamese => vi,
            English => en,
        }
    }
}

impl Condition {
    /// What the condition asks, in words.
    pub fn explain(&self, schema: &Schema, language: Language) -> String {
        Words { schema, language }.expr(&self.expr, false)
    }
}

struct Words<'a> {
    schema: &'a Schema,
    language: Language,
}

impl Words<'_> {
    fn expr(&self, expr: &Expr, inside: bool) -> String {
        let l = self.language;
        match expr {
            Expr::Always(true) => l.pick("mọi trường hợp", "in every case").to_owned(),
            Expr::Always(false) => l.pick("không trường hợp nào", "in no case").to_owned(),
            Expr::Flag(at) => self.name(*at),
            Expr::Compare(at, how, limit) => format!("{} {}", self.name(*at), compared(l, *how, *limit)),
            Expr::Is(at, words) => self.is(*at, words, l.pick("là", "is")),
            Expr::Has(at, word) => {
                format!("{} {} {}", self.name(*at), l.pick("có", "include"), self.choice(*at, word))
            }
            Expr::Not(inner) => self.not(inner),
            Expr::And(a, b) => self.joined(a, b, l.pick(", và ", ", and "), inside, is_or),
            Expr::Or(a, b) => self.joined(a, b, l.pick(" hoặc ", " or "), inside, is_and),
        }
    }

    fn joined(&self, a: &Expr, b: &Expr, word: &str, inside: bool, other: fn(&Expr) -> bool) -> String {
        let text = format!("{}{word}{}", self.expr(a, other(a)), self.expr(b, other(b)));
        if inside { format!("({text})") } else { text }
    }

    fn not(&self, inner: &Expr) -> String {
        let l = self.language;
        match inner {
            Expr::Is(at, words) => self.is(*at, words, l.pick("không phải là", "is not")),
            Expr::Has(at, word) => {
                format!("{} {} {}", self.name(*at), l.pick("không có", "do not include"), self.choice(*at, word))
            }
            Expr::Flag(at) => format!("{} {}", l.pick("không:", "not:"), self.name(*at)),
            other => format!("{} ({})", l.pick("không phải", "not"), self.expr(other, false)),
        }
    }

    fn is(&self, at: usize, words: &[String], verb: &str) -> String {
        let named: Vec<String> = words.iter().map(|word| self.choice(at, word)).collect();
        format!("{} {verb} {}", self.name(at), named.join(self.language.pick(" hoặc ", " or ")))
    }

    fn name(&self, at: usize) -> String {
        let pick = |field: &Field| self.language.pick(&field.vi, &field.en).to_owned();
        self.schema.field(at).map(pick).unwrap_or_default()
    }

    fn choice(&self, at: usize, id: &str) -> String {
        let found = self.schema.field(at).and_then(|field| field.choices.iter().find(|choice| choice.id == id));
        found.map_or_else(|| id.to_owned(), |choice| self.language.pick(&choice.vi, &choice.en).to_owned())
    }
}

fn compared(l: Language, how: Comparison, limit: i32) -> String {
    match how {
        Comparison::Equal => format!("{} {limit}", l.pick("bằng", "is")),
        Comparison::NotEqual => format!("{} {limit}", l.pick("khác", "is not")),
        Comparison::Less => format!("{} {limit}", l.pick("dưới", "below")),
        Comparison::AtMost => format!("{} {limit}", l.pick("không quá", "at most")),
        Comparison::More => format!("{} {limit}", l.pick("trên", "above")),
        Comparison::AtLeast => l.pick(&format!("từ {limit} trở lên"), &format!("{limit} or more")).to_owned(),
    }
}

fn is_or(expr: &Expr) -> bool {
    matches!(expr, Expr::Or(..))
}

fn is_and(expr: &Expr) -> bool {
    matches!(expr, Expr::And(..))
}
