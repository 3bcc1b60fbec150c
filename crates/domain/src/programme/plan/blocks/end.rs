//! What stands below a plan's last section: who receives it, who signed it, and what comes after that and has no place.

use super::super::ClauseKind;
use super::super::marker::{self, Style};
use super::super::words::is_capitals;
use super::{Block, FULL_LINE, Reader, Region, starts_with_any};

impl Reader<'_> {
    /// Whether a line begins what stands below a plan's last section.
    pub(super) fn opens_end(&self, line: &str) -> bool {
        starts_with_any(line, &self.reading.addressees) || self.signs(line)
    }

    fn signs(&self, line: &str) -> bool {
        is_capitals(line) && starts_with_any(line, &self.reading.signs)
    }

    pub(super) fn end_begins(&mut self, number: usize, line: &str) {
        self.stack.clear();
        if self.signs(line) {
            self.region = Region::Signature;
            self.add(ClauseKind::Signature, number, line);
        } else {
            self.region = Region::Addressees;
            self.add(ClauseKind::Addressee, number, line);
        }
    }

    pub(super) fn end(&mut self, number: usize, line: &str) {
        if self.opens_end(line) {
            self.end_begins(number, line);
            return;
        }
        if is_capitals(line) && starts_with_any(line, &self.reading.appendices) {
            self.region = Region::After;
            self.add(ClauseKind::Unplaced, number, line);
            return;
        }
        if self.region == Region::Signature {
            self.signature(number, line);
            return;
        }
        match marker::at(line, self.reading) {
            Some((marker, rest)) if matches!(marker.style, Style::Dash | Style::Plus | Style::Star) => {
                let list = self.blocks.iter().rposition(|b| b.kind == ClauseKind::Addressee && b.marker.is_none());
                self.add(ClauseKind::Addressee, number, rest);
                if let Some(block) = self.blocks.last_mut() {
                    block.marker = Some(marker);
                    block.parent = list;
                }
            }
            _ if self.goes_on(line) => self.extend(line),
            _ => self.add(ClauseKind::Unplaced, number, line),
        }
    }

    /// Offices in capitals, then a name; whatever comes after the name is no signature any more.
    fn signature(&mut self, number: usize, line: &str) {
        let is_name = |block: &Block| !is_capitals(&block.text) && !block.text.starts_with('(');
        let is_signed = self.blocks.last().is_some_and(is_name);
        let is_remark = line.starts_with('(');
        if is_capitals(line) || is_remark || (!is_signed && line.chars().count() < FULL_LINE) {
            self.add(ClauseKind::Signature, number, line);
        } else {
            self.region = Region::After;
            self.add(ClauseKind::Unplaced, number, line);
        }
    }
}
