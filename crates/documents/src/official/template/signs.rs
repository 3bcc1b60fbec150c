//! The unprintable signs that travel from a template to the parser: what came from data, and which line it stood on.
//! Data can never become layout: every sign of a value is marked as itself. Start with [`escape`] and [`mark_lines`].

use std::fmt::Write;

/// The next sign stands for itself.
pub(super) const LITERAL: char = '\u{1}';
/// A line ends inside a value.
pub(super) const BREAK: char = '\u{2}';
/// Begins and ends the place of a line: `posted_list.txt:12`.
pub(super) const PLACE: char = '\u{3}';

/// Signs that mean something at the start of a line or inside it.
const MEANING: &[char] = &['@', '#', '|', '-', '*', '_', '[', ']', '<', '^', '\\', ':'];

/// A value as the parser reads it: only text, whatever is in it.
pub(super) fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for sign in value.trim_matches([' ', '\t', '\r', '\n']).replace("\r\n", "\n").chars() {
        match sign {
            '\n' => out.push(BREAK),
            ' ' => out.push(' '),
            _ if sign.is_control() => out.push(' '),
            _ => {
                if MEANING.contains(&sign) {
                    out.push(LITERAL);
                }
                out.push(sign);
            }
        }
    }
    out
}

/// Writes at the end of every line where it stands, so that a fault found after filling can still name its place.
pub(super) fn mark_lines(file: &str, source: &str) -> String {
    let mut out = String::with_capacity(source.len() + source.len() / 4);
    let mut closes: Option<&'static str> = None;
    for (number, line) in (1usize..).zip(source.lines()) {
        closes = open_at_end(line, closes);
        out.push_str(line);
        if closes.is_none() {
            out.push(PLACE);
            let _ = write!(out, "{file}:{number}");
            out.push(PLACE);
        }
        out.push('\n');
    }
    out
}

/// What would close the tag that is open at the end of the line, if one is.
fn open_at_end(line: &str, open: Option<&'static str>) -> Option<&'static str> {
    let (mut rest, mut open) = (line, open);
    loop {
        if let Some(end) = open {
            let Some((_, after)) = rest.split_once(end) else { return open };
            rest = after;
        }
        let tags = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
        let (at, close) = tags.iter().filter_map(|(begin, end)| rest.find(begin).map(|at| (at, *end))).min()?;
        rest = rest.get(at + 2..).unwrap_or_default();
        open = Some(close);
    }
}
