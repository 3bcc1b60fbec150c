//! Whether a marker fits where it stands: which level it is, and whether it is the next of its level. A number or a dash inside
//! a sentence that a line end broke is no marker.

use super::super::ClauseKind;
use super::super::marker::{Marker, Style};
use super::super::words::is_capitals;
use super::{FULL_LINE, Reader, Region, is_unfinished};

impl Reader<'_> {
    /// The level of a marker. Capital letters stand above the roman numbers when they come first.
    pub(super) fn rank(&self, marker: &Marker) -> u32 {
        let depth = u32::try_from(marker.numbers.len()).unwrap_or(u32::MAX);
        match marker.style {
            Style::Part => marker.numbers.first().copied().unwrap_or_default().min(9),
            Style::Capital if self.first_style() == Some(Style::Roman) => 35,
            Style::Capital => 25,
            Style::Roman => 30,
            Style::Arabic => 40 + depth.min(7),
            Style::Bracketed => 48,
            Style::Letter => 50,
            Style::Dash => 60,
            Style::Plus => 70,
            Style::Star => 80,
        }
    }

    pub(super) fn rank_of(&self, at: usize) -> u32 {
        self.blocks.get(at).and_then(|block| block.marker.as_ref()).map_or(0, |marker| self.rank(marker))
    }

    /// Which of the two came first in the body.
    fn first_style(&self) -> Option<Style> {
        let placed = self.blocks.iter().filter(|block| block.kind == ClauseKind::Section);
        let mut styles = placed.filter_map(|block| block.marker.as_ref()).map(|marker| marker.style);
        styles.find(|style| matches!(style, Style::Capital | Style::Roman))
    }

    /// The last open block of a style.
    fn open(&self, style: Style, depth: usize) -> Option<&Marker> {
        let markers = self.stack.iter().rev().filter_map(|at| self.blocks.get(*at)?.marker.as_ref());
        markers.into_iter().find(|marker| marker.style == style && marker.numbers.len() == depth)
    }

    /// Whether a marker is one here, and not a number or a dash inside a sentence that a line end broke.
    pub(super) fn fits(&self, marker: &Marker, rest: &str) -> bool {
        let is_next = self.is_next(marker);
        if marker.is_doubtful && !is_next {
            return false;
        }
        let Some(before) = self.blocks.last() else { return true };
        let is_broken = self.region == Region::Body
            && is_unfinished(&before.text)
            && self.last_line >= FULL_LINE
            && !is_capitals(&before.text);
        match marker.style {
            Style::Arabic | Style::Roman | Style::Capital if is_broken => is_next,
            Style::Dash if is_broken => {
                !rest.starts_with(|c: char| c.is_ascii_digit()) || self.open(Style::Dash, 0).is_some()
            }
            _ => true,
        }
    }

    /// Whether the marker follows the one before it on its level, or begins a level.
    fn is_next(&self, marker: &Marker) -> bool {
        let Some(last) = marker.numbers.last().copied() else { return true };
        let before = self.open(marker.style, marker.numbers.len());
        match marker.style {
            Style::Arabic if marker.numbers.len() > 1 => {
                let above = marker.numbers.get(..marker.numbers.len() - 1).unwrap_or_default();
                let hangs = self.open(Style::Arabic, above.len()).is_some_and(|open| open.numbers == above);
                let follows = before.is_some_and(|open| open.numbers.last() == Some(&(last.saturating_sub(1))));
                hangs && (last == 1 || follows)
            }
            Style::Letter => last == u32::from('a') || before.is_some_and(|open| open.numbers.last() < Some(&last)),
            Style::Capital => {
                last == u32::from('A')
                    || before.is_some_and(|open| open.numbers.last() == Some(&(last.saturating_sub(1))))
            }
            _ => last == 1 || before.is_some_and(|open| open.numbers.last() == Some(&(last.saturating_sub(1)))),
        }
    }
}
