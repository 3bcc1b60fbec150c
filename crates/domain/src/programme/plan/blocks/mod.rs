//! Lines into blocks: each begins at a marker or is a paragraph of its own; what a page end or a line end broke is joined.
//! Every word of the text is in exactly one block, in order. Keys are given afterwards, in `ids`.

mod end;
mod order;

use norms::PlanReading;

use super::ClauseKind;
use super::marker::{self, Marker, Style};
use super::words::{begins_with, folded_spaces, is_capitals};

/// A clause without its key.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) kind: ClauseKind,
    pub(super) marker: Option<Marker>,
    /// Marker without a place in the order: the title's word.
    pub(super) written: String,
    pub(super) text: String,
    pub(super) line: usize,
    /// Place of the block above it in the tree.
    pub(super) parent: Option<usize>,
}

/// Where in a plan the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Region {
    Head,
    Title,
    Preamble,
    Body,
    Addressees,
    Signature,
    /// Below the signature.
    After,
}

/// A line that ends a page or a paragraph early is at least this long.
const FULL_LINE: usize = 60;

pub(super) fn read(text: &str, reading: &PlanReading) -> Vec<Block> {
    let mut reader =
        Reader { reading, region: Region::Head, blocks: Vec::new(), stack: Vec::new(), blank: true, last_line: 0 };
    for (number, line) in text.lines().enumerate() {
        let folded = folded_spaces(line);
        if folded.is_empty() {
            reader.blank = true;
            continue;
        }
        reader.take(number + 1, &folded);
        reader.blank = false;
        reader.last_line = folded.chars().count();
    }
    reader.blocks
}

struct Reader<'a> {
    reading: &'a PlanReading,
    region: Region,
    blocks: Vec<Block>,
    /// Open marked blocks, the outermost first.
    stack: Vec<usize>,
    /// A blank line stands before this one.
    blank: bool,
    /// Letters of the line before.
    last_line: usize,
}

impl Reader<'_> {
    fn take(&mut self, number: usize, line: &str) {
        match self.region {
            Region::Head => self.head(number, line),
            Region::Title => self.title(number, line),
            Region::Preamble | Region::Body => self.body(number, line),
            Region::Addressees | Region::Signature => self.end(number, line),
            Region::After => self.add(ClauseKind::Unplaced, number, line),
        }
    }

    fn head(&mut self, number: usize, line: &str) {
        let word = self.reading.titles.iter().find(|word| is_title(line, word));
        match word {
            Some(word) => {
                let end = word.chars().count();
                let (written, text) = split_at_chars(line, end);
                self.region = Region::Title;
                self.add(ClauseKind::Title, number, text.trim_start());
                if let Some(block) = self.blocks.last_mut() {
                    written.clone_into(&mut block.written);
                }
            }
            // A text without a title may still have sections; it is refused later, not lost here.
            None if self.opens_body(line) && self.blocks.len() > HEAD_LINES => {
                self.region = Region::Body;
                self.body(number, line);
            }
            None => self.add(ClauseKind::Head, number, line),
        }
    }

    fn title(&mut self, number: usize, line: &str) {
        let is_over = line.ends_with(['.', ';', ':', ','])
            || marker::at(line, self.reading).is_some()
            || begins_with(line, "Căn cứ")
            || starts_with_any(line, &self.reading.sent_to);
        let is_short = self.blocks.last().is_none_or(|title| title.text.chars().count() < LONGEST_TITLE);
        if !is_over && is_short {
            self.extend(line);
            return;
        }
        self.region = Region::Preamble;
        self.body(number, line);
    }

    fn body(&mut self, number: usize, line: &str) {
        if self.region == Region::Body && self.opens_end(line) {
            self.end_begins(number, line);
            return;
        }
        if self.region == Region::Preamble && starts_with_any(line, &self.reading.sent_to) {
            self.add(ClauseKind::SentTo, number, line);
            return;
        }
        match marker::at(line, self.reading) {
            Some((marker, rest)) if self.fits(&marker, rest) => self.place(number, marker, rest),
            _ if self.goes_on(line) => self.extend(line),
            _ => self.paragraph(number, line),
        }
    }

    fn paragraph(&mut self, number: usize, line: &str) {
        if self.region == Region::Preamble {
            self.add(ClauseKind::Preamble, number, line);
            return;
        }
        self.add(ClauseKind::Paragraph, number, line);
        let above = self.stack.last().copied();
        if let Some(block) = self.blocks.last_mut() {
            block.parent = above;
        }
    }

    fn place(&mut self, number: usize, marker: Marker, rest: &str) {
        let bullets = [Style::Dash, Style::Plus, Style::Star, Style::Letter, Style::Bracketed];
        if self.region == Region::Preamble && bullets.contains(&marker.style) {
            self.add(ClauseKind::Preamble, number, rest);
        } else {
            self.region = Region::Body;
            let rank = self.rank(&marker);
            while self.stack.last().is_some_and(|top| self.rank_of(*top) >= rank) {
                self.stack.pop();
            }
            let is_section = matches!(marker.style, Style::Part | Style::Capital | Style::Roman);
            let parent = self.stack.last().copied();
            self.stack.push(self.blocks.len());
            self.add(if is_section { ClauseKind::Section } else { ClauseKind::Point }, number, rest);
            if let Some(block) = self.blocks.last_mut() {
                block.parent = parent;
            }
        }
        if let Some(block) = self.blocks.last_mut() {
            block.marker = Some(marker);
        }
    }

    /// Whether an unmarked line belongs to the sentence before it.
    fn goes_on(&self, line: &str) -> bool {
        let Some(before) = self.blocks.last() else { return false };
        if before.text.is_empty() && before.marker.is_some() {
            return true;
        }
        let is_clause = !matches!(before.kind, ClauseKind::Head | ClauseKind::Title | ClauseKind::SentTo);
        if !is_clause || !is_unfinished(&before.text) {
            return false;
        }
        let same_case = is_capitals(&before.text) == is_capitals(line);
        let starts_low = line.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || ",;)”%".contains(c));
        let is_wrapped = !self.blank && (self.last_line >= FULL_LINE || is_capitals(line));
        same_case && (starts_low || is_wrapped)
    }

    fn opens_body(&self, line: &str) -> bool {
        marker::at(line, self.reading).is_some_and(|(marker, _)| matches!(marker.style, Style::Roman | Style::Part))
    }

    fn add(&mut self, kind: ClauseKind, line: usize, text: &str) {
        let text = text.to_owned();
        self.blocks.push(Block { kind, marker: None, written: String::new(), text, line, parent: None });
    }

    fn extend(&mut self, line: &str) {
        if let Some(block) = self.blocks.last_mut() {
            if !block.text.is_empty() {
                block.text.push(' ');
            }
            block.text.push_str(line);
        }
    }
}

/// A head has the state's name, its motto, the agency, number, place and day, each on a line or two.
const HEAD_LINES: usize = 12;
const LONGEST_TITLE: usize = 400;

/// After the word comes nothing or a space: what hangs on it is part of the word, and `KẾ HOẠCH/2023` is a number.
fn is_title(line: &str, word: &str) -> bool {
    let (head, rest) = split_at_chars(line, word.chars().count());
    let ends_there = rest.is_empty() || rest.starts_with(char::is_whitespace);
    ends_there && is_capitals(head) && begins_with(head, word)
}

fn starts_with_any(line: &str, words: &[String]) -> bool {
    words.iter().any(|word| begins_with(line, word))
}

/// A sentence without its end.
fn is_unfinished(text: &str) -> bool {
    !text.ends_with(['.', ';', ':', '!', '?', '…'])
}

/// The first so many letters, and the rest.
fn split_at_chars(text: &str, letters: usize) -> (&str, &str) {
    let at = text.char_indices().nth(letters).map_or(text.len(), |(at, _)| at);
    text.split_at(at)
}
