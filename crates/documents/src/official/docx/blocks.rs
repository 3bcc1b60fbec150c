//! The body of the file: sections with their page, and every block in it.

use std::fmt::Write;

use norms::PageLayout;

use super::parts::whole;
use super::styles;
use super::table::{begin, cell_properties, table};
use super::xml::{Letters, paragraph, runs, tab_stops, text_run, twips, twips_of_points};
use crate::official::model::{Block, Document, Letterhead, Paragraph, Section, SignatureColumn, SignatureLines};

/// The agency's part of a head, in per cent; the name of the state needs the rest to stand on one line.
const AGENCY_SHARE: u32 = 39;
/// Lengths of the rules below a subject, an agency and the motto, in twips.
const SUBJECT_RULE: u32 = 2600;
const AGENCY_RULE: u32 = 1400;
const MOTTO_RULE: u32 = 3260;
/// A line's thickness below a name, in eighths of a point.
const RULE: u32 = 6;
/// Cells that stand side by side touch: what is in them is centred or has its own room.
const NO_MARGIN: &str =
    "<w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar>";
/// Free room for a signature, in tenths of a point.
const ROOM_TO_SIGN: u32 = 620;
/// `word/document.xml`.
pub(super) fn body(document: &Document) -> String {
    let mut writer = Writer { page: &document.page, width: 0, out: String::new() };
    writer.out.push_str("<w:body>");
    for (number, section) in (1..).zip(&document.sections) {
        writer.section(section, number == document.sections.len());
    }
    writer.out.push_str("</w:body>");
    whole("document", &writer.out)
}

struct Writer<'a> {
    page: &'a PageLayout,
    /// Between the margins of the section, in twips.
    width: u32,
    out: String,
}

impl Writer<'_> {
    fn section(&mut self, section: &Section, is_last: bool) {
        self.width = twips(section.text_width(self.page));
        for block in &section.blocks {
            self.block(block);
        }
        let shape = self.page_shape(section.landscape);
        if is_last {
            self.out.push_str(&shape);
        } else {
            let _ =
                write!(self.out, "<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/>{shape}</w:pPr></w:p>");
        }
    }

    fn page_shape(&self, landscape: bool) -> String {
        let (short, long) = (twips(self.page.width), twips(self.page.height));
        let (wide, high, turned) = if landscape { (long, short, " w:orient=\"landscape\"") } else { (short, long, "") };
        let page = self.page;
        format!(
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdNumber\"/>\
             <w:headerReference w:type=\"first\" r:id=\"rIdFirst\"/>\
             <w:footerReference w:type=\"default\" r:id=\"rIdFoot\"/>\
             <w:footerReference w:type=\"first\" r:id=\"rIdFoot\"/><w:pgSz w:w=\"{wide}\" w:h=\"{high}\"{turned}/>\
             <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" \
             w:header=\"454\" w:footer=\"454\" w:gutter=\"0\"/>\
             <w:pgNumType w:start=\"1\"/><w:titlePg/></w:sectPr>",
            twips(page.top),
            twips(page.right),
            twips(page.bottom),
            twips(page.left),
        )
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Letterhead(head) => self.letterhead(head),
            Block::Paragraph(it) => self.paragraph(it),
            Block::Table(it) => {
                self.out.push_str(&table(it, self.width));
                self.gap(60);
            }
            Block::Signatures { columns } => self.signatures(columns),
            Block::PageBreak => self.out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }

    /// An empty line of a height in tenths of a point: tables that touch would become one.
    fn gap(&mut self, height: u32) {
        self.out.push_str(&gap(height));
    }

    fn paragraph(&mut self, it: &Paragraph) {
        let shape = it.role.shape(self.page);
        let keep = if it.keep_next { "<w:keepNext/>" } else { "" };
        let tabs = format!("{keep}{}", tab_stops(&it.runs, self.width));
        self.out.push_str(&paragraph(&styles::id(it.role), &tabs, &runs(&it.runs, None)));
        if shape.rule {
            self.out.push_str(&rule(self.width, SUBJECT_RULE));
        }
    }

    fn letterhead(&mut self, head: &Letterhead) {
        let letters = &self.page.letters;
        if let Some(corner) = &head.corner {
            let words = text_run(corner, Letters::bold(letters.recipients));
            self.out.push_str(&paragraph("VuonCell", "<w:spacing w:after=\"120\"/><w:jc w:val=\"right\"/>", &words));
        }
        let left = self.width * AGENCY_SHARE / 100;
        let right = self.width - left;
        let line =
            |words: &str, look: Letters, properties: &str| paragraph("VuonHead", properties, &text_run(words, look));
        let mut agency = String::new();
        for words in head.parent.iter().flat_map(|parent| parent.lines()) {
            agency.push_str(&line(&words.to_uppercase(), Letters::plain(letters.head), ""));
        }
        for words in head.agency.lines() {
            agency.push_str(&line(&words.to_uppercase(), Letters::bold(letters.head), ""));
        }
        agency.push_str(&rule(left, AGENCY_RULE));
        if let Some(number) = &head.number {
            agency.push_str(&line(number, Letters::plain(letters.motto), "<w:spacing w:before=\"60\"/>"));
        }
        if let Some(about) = &head.about {
            agency.push_str(&line(about, Letters::plain(letters.recipients_label), "<w:spacing w:before=\"120\"/>"));
        }
        let mut state = line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Letters::bold(letters.head), "");
        state.push_str(&line("Độc lập - Tự do - Hạnh phúc", Letters::bold(letters.motto), ""));
        let alone = head.agency.is_empty();
        state.push_str(&rule(if alone { self.width } else { right }, MOTTO_RULE));
        if let Some(place_day) = &head.place_day {
            state.push_str(&line(place_day, Letters::italic(letters.motto), "<w:spacing w:before=\"60\"/>"));
        }
        if alone {
            self.out.push_str(&state);
        } else {
            self.out.push_str(&side_by_side(&[(left, agency), (right, state)], ""));
        }
        self.gap(120);
    }

    fn signatures(&mut self, columns: &[SignatureColumn]) {
        let all: u32 = columns.iter().map(SignatureColumn::weight).sum();
        let width = |column: &SignatureColumn| self.width * column.weight() / all.max(1);
        let cells: Vec<(u32, String)> = columns.iter().map(|column| (width(column), self.signature(column))).collect();
        self.out.push_str("<w:p><w:pPr><w:keepNext/><w:spacing w:line=\"200\" w:lineRule=\"exact\"/></w:pPr></w:p>");
        self.out.push_str(&side_by_side(&cells, "<w:cantSplit/>"));
        self.gap(120);
    }

    fn signature(&self, column: &SignatureColumn) -> String {
        match column {
            SignatureColumn::Recipients { lines } => self.recipients(lines),
            SignatureColumn::Signer(signer) => self.signer(signer),
        }
    }

    fn recipients(&self, lines: &[String]) -> String {
        let letters = &self.page.letters;
        let label = Letters { bold: true, italic: true, size: Some(letters.recipients_label) };
        let mut out = paragraph("VuonCell", "", &text_run("Nơi nhận:", label));
        for line in lines {
            out.push_str(&paragraph("VuonCell", "", &text_run(line, Letters::plain(letters.recipients))));
        }
        out
    }

    fn signer(&self, signer: &SignatureLines) -> String {
        let letters = &self.page.letters;
        // Kept together with the name below, so that no page ends between them.
        let line = |words: &str, look: Letters| paragraph("VuonHead", "<w:keepNext/>", &text_run(words, look));
        let mut out = String::new();
        if let Some(above) = &signer.above {
            out.push_str(&line(above, Letters::italic(letters.title)));
        }
        for capacity in &signer.capacity {
            out.push_str(&line(capacity, Letters::bold(letters.title)));
        }
        if let Some(note) = &signer.note {
            out.push_str(&line(note, Letters::italic(letters.recipients_label)));
        }
        out.push_str(&gap(ROOM_TO_SIGN));
        let name = signer.name.as_deref().unwrap_or_default();
        out.push_str(&paragraph("VuonHead", "", &text_run(name, Letters::bold(letters.title))));
        out
    }
}

/// A table without rules, of one row.
fn side_by_side(cells: &[(u32, String)], row: &str) -> String {
    let widths: Vec<u32> = cells.iter().map(|(width, _)| *width).collect();
    let mut out = begin(&widths, NO_MARGIN);
    let _ = write!(out, "<w:tr><w:trPr>{row}</w:trPr>");
    for (width, inside) in cells {
        let properties = cell_properties(*width, 1, "").replace("\"center\"", "\"top\"");
        let _ = write!(out, "<w:tc>{properties}{inside}</w:tc>");
    }
    out.push_str("</w:tr></w:tbl>");
    out
}

fn gap(height: u32) -> String {
    let exact = twips_of_points(height);
    format!("<w:p><w:pPr><w:spacing w:line=\"{exact}\" w:lineRule=\"exact\"/></w:pPr></w:p>")
}

/// A line of `length` twips in the middle of `width`.
fn rule(width: u32, length: u32) -> String {
    let side = width.saturating_sub(length) / 2;
    format!(
        "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"{RULE}\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>\
         <w:spacing w:before=\"60\" w:line=\"80\" w:lineRule=\"exact\"/>\
         <w:ind w:left=\"{side}\" w:right=\"{side}\"/></w:pPr></w:p>"
    )
}
