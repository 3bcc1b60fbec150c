//! How each role of a paragraph stands on the page. Sizes come from the page's norm; what is centred and what is moved
//! in is the decree's picture of a paper.

use norms::PageLayout;
use serde::Serialize;

use super::model::Role;

/// How a paragraph stands. All back ends read it here, so that none has its own idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Shape {
    /// Of the letters, in tenths of a point.
    pub size: u32,
    pub align: ParagraphAlign,
    /// In tenths of a millimetre.
    pub first_line: u32,
    /// In tenths of a point.
    pub before: u32,
    pub after: u32,
    /// Never the last on a page.
    pub keep_next: bool,
    /// A short rule stands below.
    pub rule: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphAlign {
    Left,
    Center,
    Right,
    Justify,
}

/// Every role with its shape on a page.
pub fn shapes(page: &PageLayout) -> Vec<(Role, Shape)> {
    ROLES.iter().map(|role| (*role, role.shape(page))).collect()
}

pub const ROLES: [Role; 11] = [
    Role::Title,
    Role::Subject,
    Role::Authority,
    Role::Addressee,
    Role::Basis,
    Role::Heading,
    Role::Body,
    Role::Line,
    Role::Center,
    Role::Right,
    Role::Note,
];

impl Role {
    pub fn shape(self, page: &PageLayout) -> Shape {
        let (gap, letters) = (page.paragraph_gap, &page.letters);
        let usual = Shape {
            size: letters.body,
            align: ParagraphAlign::Left,
            first_line: 0,
            before: 0,
            after: gap,
            keep_next: false,
            rule: false,
        };
        let center = Shape { align: ParagraphAlign::Center, ..usual };
        match self {
            Self::Title => Shape { size: letters.title, before: 2 * gap, after: gap / 2, keep_next: true, ..center },
            Self::Subject => {
                Shape { size: letters.title, after: 2 * gap, keep_next: true, rule: self.shape_has_rule(), ..center }
            }
            Self::Authority => Shape { before: gap, after: 2 * gap, keep_next: true, ..center },
            Self::Addressee => Shape { before: gap, after: gap, ..center },
            Self::Heading => Shape { before: gap, keep_next: true, ..usual },
            Self::Body | Self::Basis => Shape { align: ParagraphAlign::Justify, first_line: page.first_line, ..usual },
            Self::Line => usual,
            Self::Center => center,
            Self::Right => Shape { align: ParagraphAlign::Right, ..usual },
            Self::Note => Shape { size: letters.recipients, align: ParagraphAlign::Justify, ..usual },
        }
    }

    /// Whether a short rule stands below.
    pub(super) fn shape_has_rule(self) -> bool {
        self == Self::Subject
    }

    pub fn id(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Subject => "subject",
            Self::Authority => "authority",
            Self::Addressee => "addressee",
            Self::Basis => "basis",
            Self::Heading => "heading",
            Self::Body => "body",
            Self::Line => "line",
            Self::Center => "center",
            Self::Right => "right",
            Self::Note => "note",
        }
    }
}
