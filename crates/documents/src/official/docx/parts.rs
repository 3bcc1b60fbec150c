//! The parts of the file that hardly change: types, relations, properties, page number, foot. Their XML stands in
//! `static/`.

use norms::PageLayout;

use super::xml::{Letters, escape, half_points, paragraph, text_run};
use crate::official::model::Foot;

pub(super) const CONTENT_TYPES: &str = include_str!("static/content_types.xml");
pub(super) const ROOT_RELATIONS: &str = include_str!("static/root.rels");
pub(super) const RELATIONS: &str = include_str!("static/document.rels");
pub(super) const FOOT_RELATIONS: &str = include_str!("static/foot.rels");
pub(super) const SETTINGS: &str = include_str!("static/settings.xml");

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
/// The names of everything that a body, a head or a foot is written in.
const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";
/// The side of the code, in English metric units: 13 mm.
const CODE_SIDE: &str = "468000";
/// Of the words at the foot, in tenths of a point.
const FOOT_SIZE: u32 = 85;

/// A part with its outermost element: `document`, `hdr`, `ftr`.
pub(super) fn whole(element: &str, inside: &str) -> String {
    format!("{XML}<w:{element} {NAMES}>{inside}</w:{element}>")
}

pub(super) fn core(title: &str) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>Vươn</dc:creator>\
         <dc:language>vi-VN</dc:language></cp:coreProperties>",
        escape(title)
    )
}

/// The head of every page but a section's first: its number, in the middle.
pub(super) fn page_number(page: &PageLayout) -> String {
    let size = half_points(page.letters.page_number);
    let look = format!("<w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>");
    let field = |kind: &str| format!("<w:r>{look}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let asked = format!("<w:r>{look}<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>");
    let shown = format!("<w:r>{look}<w:t>2</w:t></w:r>");
    let runs = [field("begin"), asked, field("separate"), shown, field("end")].concat();
    whole("hdr", &paragraph("VuonHead", "", &runs))
}

pub(super) fn empty_header() -> String {
    whole("hdr", &paragraph("VuonHead", "", ""))
}

/// The code and the words at the foot of every page.
pub(super) fn foot(foot: &Foot) -> String {
    let picture = include_str!("static/picture.xml").replace("SIDE", CODE_SIDE).replace("WORDS", &escape(&foot.words));
    let picture = if foot.code.is_some() { picture.as_str() } else { "" };
    let words = text_run(&format!("  {}", foot.words), Letters::plain(FOOT_SIZE));
    whole("ftr", &paragraph("VuonFoot", "", &format!("{picture}{words}")))
}
