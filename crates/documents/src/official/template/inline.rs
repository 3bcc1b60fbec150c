//! The inside of a line: `**bold**`, `__italic__`, `[..]` and `[..60]` for a dotted place to write on, `[br]` for a new
//! line. `\` before a sign makes it stand for itself.

use super::signs::{BREAK, LITERAL};
use crate::official::model::Run;

/// How the letters of a paragraph look before any mark inside it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// Reads a line into runs.
pub(super) fn runs(text: &str, look: Look) -> Vec<Run> {
    let mut reader = Reader { runs: Vec::new(), text: String::new(), look };
    let mut rest = text.trim();
    while let Some(sign) = rest.chars().next() {
        rest = reader.take(sign, rest);
    }
    reader.flush();
    reader.runs
}

/// The text alone, in one line, for names and titles.
pub(super) fn plain(text: &str) -> String {
    in_lines(text).replace('\n', " ")
}

/// The text alone, with its line breaks.
pub(super) fn in_lines(text: &str) -> String {
    let mut out = String::new();
    for run in runs(text, Look::default()) {
        match run {
            Run::Text { text, .. } => out.push_str(&text),
            Run::LineBreak => out.push('\n'),
            Run::Fill { .. } => out.push('…'),
        }
    }
    out.trim().to_owned()
}

struct Reader {
    runs: Vec<Run>,
    text: String,
    look: Look,
}

impl Reader {
    /// Takes what stands at the beginning of `rest` and hands back what is left.
    fn take<'a>(&mut self, sign: char, rest: &'a str) -> &'a str {
        if let Some(left) = rest.strip_prefix("**") {
            self.flush();
            self.look.bold = !self.look.bold;
            return left;
        }
        if let Some(left) = rest.strip_prefix("__") {
            self.flush();
            self.look.italic = !self.look.italic;
            return left;
        }
        if let Some(left) = rest.strip_prefix("[br]") {
            self.push(Run::LineBreak);
            return left;
        }
        if let Some((to, left)) = fill(rest) {
            self.push(Run::Fill { to });
            return left;
        }
        let left = rest.get(sign.len_utf8()..).unwrap_or_default();
        match sign {
            LITERAL | '\\' => {
                let mut signs = left.chars();
                if let Some(literal) = signs.next() {
                    self.text.push(literal);
                }
                return signs.as_str();
            }
            BREAK => self.push(Run::LineBreak),
            _ => self.text.push(sign),
        }
        left
    }

    fn push(&mut self, run: Run) {
        self.flush();
        self.runs.push(run);
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.runs.push(Run::Text { text, bold: self.look.bold, italic: self.look.italic });
        }
    }
}

/// `[..]` reaches the end of the line, `[..60]` six tenths of it.
fn fill(rest: &str) -> Option<(u8, &str)> {
    let (inside, left) = rest.strip_prefix("[..")?.split_once(']')?;
    let to = if inside.is_empty() { 100 } else { inside.parse().ok().filter(|to| (1..=100).contains(to))? };
    Some((to, left))
}
