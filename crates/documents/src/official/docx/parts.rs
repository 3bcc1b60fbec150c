//! The parts of the file that hardly change: types, relations, properties, page number, foot.

use norms::PageLayout;

use super::xml::{Letters, escape, paragraph, text_run};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
/// Of the words at the foot, in tenths of a point.
const FOOT_SIZE: u32 = 85;

pub(super) const ROOT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
    </Relationships>";

pub(super) const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:defaultTabStop w:val=\"720\"/>\
    <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
    </w:settings>";

pub(super) fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let part =
        |name: &str, kind: &str| format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{word}.{kind}+xml\"/>");
    format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
         {}{}{}{}{}{}\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>",
        part("document", "document.main"),
        part("styles", "styles"),
        part("settings", "settings"),
        part("header1", "header"),
        part("header2", "header"),
        part("footer1", "footer"),
    )
}

pub(super) fn core(title: &str) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>Vươn</dc:creator><dc:language>vi-VN</dc:language>\
         </cp:coreProperties>",
        escape(title)
    )
}

pub(super) fn relations(pictures: usize) -> String {
    let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{base}/{kind}\" Target=\"{target}\"/>")
    };
    let mut out =
        format!("{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    out.push_str(&relation("rIdStyles", "styles", "styles.xml"));
    out.push_str(&relation("rIdSettings", "settings", "settings.xml"));
    out.push_str(&relation("rIdNumber", "header", "header1.xml"));
    out.push_str(&relation("rIdFirst", "header", "header2.xml"));
    out.push_str(&relation("rIdFoot", "footer", "footer1.xml"));
    for number in 1..=pictures {
        out.push_str(&relation(&format!("rIdCode{number}"), "image", &format!("media/code{number}.png")));
    }
    out.push_str("</Relationships>");
    out
}

/// The head of every page but a section's first: its number, in the middle.
pub(super) fn page_number(page: &PageLayout) -> String {
    let size = super::xml::half_points(page.letters.page_number);
    let look = format!("<w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>");
    let field = format!(
        "<w:r>{look}<w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>{look}<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
         <w:r>{look}<w:fldChar w:fldCharType=\"separate\"/></w:r><w:r>{look}<w:t>2</w:t></w:r><w:r>{look}<w:fldChar w:fldCharType=\"end\"/></w:r>"
    );
    format!("{XML}<w:hdr {W}>{}</w:hdr>", paragraph("VuonHead", "", &field))
}

pub(super) fn empty_header() -> String {
    format!("{XML}<w:hdr {W}>{}</w:hdr>", paragraph("VuonHead", "", ""))
}

pub(super) fn foot(words: &str) -> String {
    format!("{XML}<w:ftr {W}>{}</w:ftr>", paragraph("VuonFoot", "", &text_run(words, Letters::plain(FOOT_SIZE))))
}
