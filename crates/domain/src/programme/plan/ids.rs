//! Gives every block its key. Sections of one number are told apart by the initials of their headings (`II-MT`, `II-DA`),
//! dashes are counted, plus signs lettered (`II-MT.2.b.1a`), a closing paragraph is its section's `end`.

use std::collections::{BTreeMap, BTreeSet};

use norms::{Facet, PlanReading};

use super::blocks::Block;
use super::marker::Style;
use super::words::{begins_with, folds_to};
use super::{Clause, ClauseKind};

pub(super) fn name(mut blocks: Vec<Block>, reading: &PlanReading) -> Vec<Clause> {
    close_sections(&mut blocks);
    let mut namer =
        Namer { blocks: &blocks, reading, named: Vec::new(), taken: BTreeSet::new(), counts: BTreeMap::new() };
    for at in 0..blocks.len() {
        let name = namer.name(at);
        namer.taken.insert(name.id.clone());
        namer.named.push(name);
    }
    let given = namer.named;
    let depths = depths(&blocks);
    let parents: Vec<Option<String>> =
        blocks.iter().map(|b| b.parent.and_then(|p| given.get(p)).map(|name| name.id.clone())).collect();
    let whole = blocks.into_iter().zip(given).zip(parents).zip(depths);
    whole.map(|(((block, name), parent), depth)| clause(block, name, parent, depth)).collect()
}

fn clause(block: Block, name: Name, parent: Option<String>, depth: usize) -> Clause {
    let (marker, glued) = match block.marker {
        Some(marker) => (marker.written, marker.glued && !block.text.is_empty()),
        None => (block.written, false),
    };
    Clause {
        also: name.also.filter(|also| *also != name.id),
        id: name.id,
        parent,
        kind: block.kind,
        marker,
        glued,
        text: block.text,
        line: block.line,
        depth,
    }
}

fn depths(blocks: &[Block]) -> Vec<usize> {
    let mut depths: Vec<usize> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let above = block.parent.and_then(|parent| depths.get(parent).copied());
        depths.push(above.map_or(0, |depth| depth + 1));
    }
    depths
}

/// Unmarked paragraphs that stand last in a section with points of its own close it; right below a heading, a paragraph
/// is that heading's.
fn close_sections(blocks: &mut [Block]) {
    let sections: Vec<usize> =
        (0..blocks.len()).filter(|at| blocks.get(*at).is_some_and(|b| b.kind == ClauseKind::Section)).collect();
    let body_ends =
        blocks.iter().rposition(|b| matches!(b.kind, ClauseKind::Point | ClauseKind::Paragraph | ClauseKind::Section));
    for (place, section) in sections.iter().enumerate() {
        let end = sections.get(place + 1).copied().or(body_ends.map(|end| end + 1)).unwrap_or(blocks.len());
        let inside = section + 1..end;
        let has_points = inside.clone().any(|at| blocks.get(at).is_some_and(|b| b.kind == ClauseKind::Point));
        if !has_points {
            continue;
        }
        for at in inside.rev() {
            let is_finished = |block: &Block| block.text.ends_with(['.', ';', '!', '?']);
            let follows_sentence = at.checked_sub(1).and_then(|before| blocks.get(before)).is_some_and(is_finished);
            match blocks.get_mut(at) {
                Some(block) if block.kind == ClauseKind::Paragraph && follows_sentence => {
                    block.kind = ClauseKind::Closing;
                    block.parent = Some(*section);
                }
                _ => break,
            }
        }
    }
}

#[derive(Debug, Clone)]
struct Name {
    id: String,
    /// With every bullet counted.
    also: Option<String>,
}

struct Namer<'a> {
    blocks: &'a [Block],
    reading: &'a PlanReading,
    named: Vec<Name>,
    taken: BTreeSet<String>,
    /// How many of a sort hang on a key so far.
    counts: BTreeMap<(String, &'static str), usize>,
}

impl Namer<'_> {
    fn name(&mut self, at: usize) -> Name {
        let Some(block) = self.blocks.get(at) else { return Name { id: String::new(), also: None } };
        let above = block.parent.and_then(|parent| self.named.get(parent)).cloned();
        let name = match block.kind {
            ClauseKind::Head => self.alone("head"),
            ClauseKind::Title => self.alone("title"),
            ClauseKind::SentTo => self.alone("to"),
            ClauseKind::Preamble => self.alone("preamble"),
            ClauseKind::Addressee if above.is_some() => {
                let n = self.count("addressees", "point");
                dotted(above, &n.to_string())
            }
            ClauseKind::Addressee => self.alone("addressees"),
            ClauseKind::Signature => self.alone("signature"),
            ClauseKind::Unplaced => self.alone("unplaced"),
            ClauseKind::Closing => self.below(above, "end"),
            ClauseKind::Paragraph => self.paragraph(above),
            ClauseKind::Section | ClauseKind::Point => self.marked(at, block, above),
        };
        self.unique(name)
    }

    /// Two points of one number in one place: the later ones are told apart by how many there were.
    fn unique(&mut self, name: Name) -> Name {
        let mut id = name.id.clone();
        while self.taken.contains(&id) {
            let n = self.count(&name.id, "twin") + 1;
            id = format!("{}~{n}", name.id);
        }
        Name { id, also: name.also }
    }

    fn count(&mut self, key: &str, sort: &'static str) -> usize {
        let count = self.counts.entry((key.to_owned(), sort)).or_default();
        *count += 1;
        *count
    }

    /// The first of its sort bears the word alone.
    fn alone(&mut self, word: &'static str) -> Name {
        let id = match self.count("", word) {
            1 => word.to_owned(),
            n => format!("{word}.{n}"),
        };
        Name { id, also: None }
    }

    fn below(&mut self, above: Option<Name>, word: &'static str) -> Name {
        let above = above.map(|name| name.id).unwrap_or_default();
        let id = match self.count(&above, word) {
            1 => format!("{above}.{word}"),
            n => format!("{above}.{word}{n}"),
        };
        Name { id, also: None }
    }

    fn paragraph(&mut self, above: Option<Name>) -> Name {
        let above = above.map(|name| name.id).unwrap_or_default();
        let n = self.count(&above, "p");
        Name { id: if above.is_empty() { format!("p{n}") } else { format!("{above}.p{n}") }, also: None }
    }

    fn marked(&mut self, at: usize, block: &Block, above: Option<Name>) -> Name {
        let Some(marker) = &block.marker else { return self.paragraph(above) };
        match marker.style {
            Style::Part | Style::Capital | Style::Roman => dotted(above, &self.section_label(at, block, &marker.label)),
            Style::Arabic => dotted(above, &self.arabic_label(block, &marker.numbers, &marker.label)),
            Style::Bracketed | Style::Letter => dotted(above, &marker.label),
            Style::Dash => self.dash(block, above),
            Style::Plus | Style::Star => self.lower_bullet(block, above, marker.style),
        }
    }

    /// The number, with the initials of the heading where another section beside it bears the same.
    fn section_label(&self, at: usize, block: &Block, label: &str) -> String {
        let is_twin = |(other_at, other): (usize, &Block)| {
            let same = other.marker.as_ref().is_some_and(|marker| marker.label == label);
            same && other_at != at && other.parent == block.parent && other.kind == ClauseKind::Section
        };
        let initials = initials(&block.text, &self.reading.skipped);
        if !initials.is_empty() && self.blocks.iter().enumerate().any(is_twin) {
            format!("{label}-{initials}")
        } else {
            label.to_owned()
        }
    }

    /// `1.2.` under `1.` is its 2; standing elsewhere it keeps the whole number.
    fn arabic_label(&self, block: &Block, numbers: &[u32], label: &str) -> String {
        let above = block.parent.and_then(|parent| self.blocks.get(parent)?.marker.as_ref());
        let hangs = above.is_some_and(|marker| {
            marker.style == Style::Arabic && numbers.get(..numbers.len().saturating_sub(1)) == Some(&marker.numbers)
        });
        match numbers.last() {
            Some(last) if hangs && numbers.len() > 1 => last.to_string(),
            _ => label.to_owned(),
        }
    }

    fn facet(&self, block: &Block) -> Option<&Facet> {
        let is_dash = block.marker.as_ref().is_some_and(|marker| marker.style == Style::Dash);
        let names = |facet: &&Facet| {
            let rest: String = block.text.chars().skip(facet.words.chars().count()).collect();
            begins_with(&block.text, &facet.words) && (rest.is_empty() || rest.trim_start().starts_with(':'))
        };
        self.reading.facets.iter().filter(|_| is_dash).find(names)
    }

    fn dash(&mut self, block: &Block, above: Option<Name>) -> Name {
        let counted =
            above.as_ref().map(|name| name.also.clone().unwrap_or_else(|| name.id.clone())).unwrap_or_default();
        let plain = self.count(&counted, "every dash");
        let also = Some(joined(&counted, &plain.to_string()));
        if let Some(facet) = self.facet(block) {
            let id = facet.id.clone();
            return Name { also, ..dotted(above, &id) };
        }
        let key = above.as_ref().map(|name| name.id.clone()).unwrap_or_default();
        let n = self.count(&key, "point");
        let has_facets = plain != n;
        Name { also: also.filter(|_| has_facets || counted != key), ..dotted(above, &n.to_string()) }
    }

    /// A plus under a dash is its letter; under a side that opens, it is a point of the clause above that side.
    fn lower_bullet(&mut self, block: &Block, above: Option<Name>, style: Style) -> Name {
        let Some(parent) = block.parent.and_then(|parent| self.blocks.get(parent)) else {
            let n = self.count("", "point");
            return Name { id: n.to_string(), also: None };
        };
        let above = above.unwrap_or(Name { id: String::new(), also: None });
        let n = self.count(&above.id, "bullet");
        let own = if style == Style::Plus { letters(n) } else { n.to_string() };
        let is_bullet =
            |b: &Block| b.marker.as_ref().is_some_and(|m| matches!(m.style, Style::Dash | Style::Plus | Style::Star));
        if self.facet(parent).is_some_and(|facet| facet.opens) {
            let over = parent.parent.and_then(|over| self.named.get(over)).cloned();
            let key = over.as_ref().map(|name| name.id.clone()).unwrap_or_default();
            let point = self.count(&key, "point");
            let also = above.also.map(|counted| format!("{counted}{own}"));
            return Name { also, ..dotted(over, &point.to_string()) };
        }
        if is_bullet(parent) {
            let also = above.also.map(|counted| format!("{counted}{own}"));
            return Name { id: format!("{}{own}", above.id), also };
        }
        Name { id: joined(&above.id, &own), also: None }
    }
}

fn dotted(above: Option<Name>, label: &str) -> Name {
    let id = above.map_or_else(|| label.to_owned(), |name| joined(&name.id, label));
    Name { id, also: None }
}

fn joined(above: &str, label: &str) -> String {
    if above.is_empty() { label.to_owned() } else { format!("{above}.{label}") }
}

/// `a` … `z`, then `aa`.
fn letters(n: usize) -> String {
    const ALPHABET: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
    let (mut left, mut out) = (n, Vec::new());
    while left > 0 {
        out.push(ALPHABET.get((left - 1) % 26).copied().unwrap_or(b'a'));
        left = (left - 1) / 26;
    }
    out.reverse();
    String::from_utf8(out).unwrap_or_default()
}

/// `CÁC DỰ ÁN CỦA CHƯƠNG TRÌNH` is `DA`: the first two words that say something.
fn initials(heading: &str, skipped: &[String]) -> String {
    let telling = heading.split_whitespace().filter(|word| !skipped.iter().any(|skip| folds_to(word, skip)));
    let first = telling.filter_map(|word| kernel::text::fold(word).chars().find(char::is_ascii_alphanumeric));
    first.take(2).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_the_initials_of_their_first_telling_words() {
        let skipped: Vec<String> = ["các", "những"].map(str::to_owned).to_vec();
        let table =
            [("MỤC TIÊU", "MT"), ("CÁC DỰ ÁN CỦA CHƯƠNG TRÌNH", "DA"), ("ĐỐI TƯỢNG", "DT"), ("", ""), ("CÁC", "")];
        for (heading, expected) in table {
            assert_eq!(initials(heading, &skipped), expected, "{heading}");
        }
    }

    #[test]
    fn bullets_go_on_after_z() {
        let table = [(1, "a"), (2, "b"), (26, "z"), (27, "aa"), (28, "ab")];
        for (n, expected) in table {
            assert_eq!(letters(n), expected);
        }
    }
}
