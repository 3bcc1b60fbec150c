//! A paper, laid out but not yet drawn: sections of blocks, blocks of runs.
//! Every back end (PDF, DOCX, print page) draws this and nothing else, so that two formats of one paper cannot differ.
//! Start with [`Document`]; lengths and letters are those of [`norms::PageLayout`], in tenths.

use norms::PageLayout;
use serde::Serialize;

pub use super::shape::{ParagraphAlign, ROLES, Shape, shapes};

/// One paper, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// What the file is called inside: the title of the PDF, the core property of the DOCX.
    pub title: String,
    /// At the foot of every page.
    pub foot: Foot,
    pub page: PageLayout,
    pub sections: Vec<Section>,
}

/// What stands at the foot of every page: pages get parted, and each still says of which version it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Foot {
    /// Sample data, unconfirmed values, the version in short.
    pub words: String,
    /// The version as a square that a phone reads; none when it would be too long for one.
    pub code: Option<Code>,
}

/// Pages of one shape. Page numbers begin anew with every section: an appendix is numbered by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    pub landscape: bool,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    Letterhead(Letterhead),
    Paragraph(Paragraph),
    Table(Table),
    /// The foot of a paper: who receives it beside who signs it. Never torn over two pages.
    Signatures {
        columns: Vec<SignatureColumn>,
    },
    PageBreak,
}

/// The two columns at the head: agency and number, national motto and place with day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Letterhead {
    /// Names may hold line breaks: `ỦY BAN NHÂN DÂN`, below it `XÃ HƯƠNG TRẠCH`.
    pub parent: Option<String>,
    pub agency: String,
    /// `Số: 05/QĐ-UBND`.
    pub number: Option<String>,
    /// The subject of an official letter, under its number: `V/v …`.
    pub about: Option<String>,
    /// `Hương Trạch, ngày 05 tháng 01 năm 2024`.
    pub place_day: Option<String>,
    /// Boxed words above everything: `DỮ LIỆU MẪU`, or the number of the form.
    pub corner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    pub role: Role,
    /// Never parted from what follows: a signature does not stand on a page by itself.
    pub keep_next: bool,
    pub runs: Vec<Run>,
}

/// What a paragraph is, and with that how it stands: its [`Shape`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Capitals, bold, centred.
    Title,
    /// Bold, centred, with the short rule below.
    Subject,
    /// Who decides: capitals, bold, centred.
    Authority,
    /// `Kính gửi`: centred.
    Addressee,
    /// A legal basis: italic, justified.
    Basis,
    /// Bold, at the left, kept with what follows.
    Heading,
    /// Justified with the first line moved in.
    Body,
    /// At the left, no first line.
    Line,
    Center,
    Right,
    /// Small and italic.
    Note,
}

/// Letters of one look, or a dotted place to write on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Run {
    Text {
        text: String,
        bold: bool,
        italic: bool,
    },
    /// Dots up to so many per cent of the line.
    Fill {
        to: u8,
    },
    LineBreak,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Of the letters, in tenths of a point.
    pub size: u32,
    pub columns: Vec<TableColumn>,
    /// The first rows, repeated on every page.
    pub head_rows: usize,
    pub rows: Vec<TableRow>,
    /// The least height of a row below the head, in tenths of a millimetre: room to write by hand.
    pub row_height: u32,
    /// Without rules, for laying things side by side.
    pub bare: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TableColumn {
    /// Its share of the width.
    pub weight: u32,
    pub align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    Left,
    Center,
    Right,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableRow {
    pub cells: Vec<TableCell>,
}

/// A cell where it begins; what it covers to the right and below is not in the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableCell {
    /// Which column it begins in, from 0.
    pub column: usize,
    pub colspan: usize,
    pub rowspan: usize,
    pub runs: Vec<Run>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignatureColumn {
    /// `Nơi nhận:` with its lines.
    Recipients {
        lines: Vec<String>,
    },
    Signer(SignatureLines),
}

impl SignatureColumn {
    /// Its share of the width: a place with its day needs more room than those who receive, or than a side left free.
    pub fn weight(&self) -> u32 {
        match self {
            Self::Signer(signer) if !signer.capacity.is_empty() => 5,
            Self::Recipients { .. } | Self::Signer(_) => 4,
        }
    }
}

/// Where one person signs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SignatureLines {
    /// Italic, above: the place and the day where they stand at the foot.
    pub above: Option<String>,
    /// `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`.
    pub capacity: Vec<String>,
    /// `(Ký, ghi rõ họ tên)`.
    pub note: Option<String>,
    pub name: Option<String>,
}

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Code {
    /// Its own among all papers: the hash of the version.
    pub name: String,
    /// Squares of one side, with the white rim.
    pub side: usize,
    #[serde(skip)]
    pub modules: Modules,
}

/// The dark squares of a QR code, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    pub width: usize,
    pub dark: Vec<bool>,
}

impl Section {
    /// Width between the margins, in tenths of a millimetre.
    pub fn text_width(&self, page: &PageLayout) -> u32 {
        let sheet = if self.landscape { page.height } else { page.width };
        sheet.saturating_sub(page.left + page.right)
    }
}

impl Run {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), bold: false, italic: false }
    }

    pub fn bold(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), bold: true, italic: false }
    }
}
