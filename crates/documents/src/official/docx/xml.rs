//! Small pieces of WordprocessingML: escaped text, runs, paragraphs, lengths.

use std::fmt::Write;

use crate::official::model::Run;

/// Tenths of a millimetre as twentieths of a point.
pub(super) fn twips(tenths_of_mm: u32) -> u32 {
    (tenths_of_mm * 14400 + 1270) / 2540
}

/// Tenths of a point as twentieths.
pub(super) fn twips_of_points(tenths_of_pt: u32) -> u32 {
    tenths_of_pt * 2
}

/// Tenths of a point as half points.
pub(super) fn half_points(tenths_of_pt: u32) -> u32 {
    tenths_of_pt / 5
}

pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if sign.is_control() => out.push(' '),
            _ => out.push(sign),
        }
    }
    out
}

/// How the letters of a run differ from their paragraph's style.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Letters {
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Tenths of a point.
    pub(super) size: Option<u32>,
}

impl Letters {
    pub(super) fn bold(size: u32) -> Self {
        Self { bold: true, italic: false, size: Some(size) }
    }

    pub(super) fn plain(size: u32) -> Self {
        Self { bold: false, italic: false, size: Some(size) }
    }

    pub(super) fn italic(size: u32) -> Self {
        Self { bold: false, italic: true, size: Some(size) }
    }

    fn xml(self) -> String {
        let mut out = String::new();
        if self.bold {
            out.push_str("<w:b/><w:bCs/>");
        }
        if self.italic {
            out.push_str("<w:i/><w:iCs/>");
        }
        if let Some(size) = self.size {
            let half = half_points(size);
            let _ = write!(out, "<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>");
        }
        if out.is_empty() { out } else { format!("<w:rPr>{out}</w:rPr>") }
    }
}

pub(super) fn text_run(text: &str, letters: Letters) -> String {
    format!("<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r>", letters.xml(), escape(text))
}

/// Runs of a paragraph. A dotted place is a tab whose stop carries the dots.
pub(super) fn runs(runs: &[Run], size: Option<u32>) -> String {
    let mut out = String::new();
    for run in runs {
        match run {
            Run::Text { text, bold, italic } => {
                out.push_str(&text_run(text, Letters { bold: *bold, italic: *italic, size }));
            }
            Run::Fill { .. } => out.push_str("<w:r><w:tab/></w:r>"),
            Run::LineBreak => out.push_str("<w:r><w:br/></w:r>"),
        }
    }
    out
}

/// The tab stops of the dotted places on a line of `width` twips.
pub(super) fn tab_stops(runs: &[Run], width: u32) -> String {
    let mut stops = String::new();
    for run in runs {
        let Run::Fill { to } = run else { continue };
        let kind = if *to == 100 { "right" } else { "left" };
        let at = width * u32::from(*to) / 100;
        let _ = write!(stops, "<w:tab w:val=\"{kind}\" w:leader=\"dot\" w:pos=\"{at}\"/>");
    }
    if stops.is_empty() { stops } else { format!("<w:tabs>{stops}</w:tabs>") }
}

/// A paragraph of a style, with what its properties add to it.
pub(super) fn paragraph(style: &str, properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>")
}
