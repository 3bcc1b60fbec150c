//! The styles of the file: one for every role of a paragraph, and those of heads, tables and feet.

use std::fmt::Write;

use norms::PageLayout;

use super::xml::{half_points, twips, twips_of_points};
use crate::official::model::{ParagraphAlign, Role, Shape, shapes};

/// The style's name inside the file.
pub(super) fn id(role: Role) -> String {
    format!("Vuon{}", role.id())
}

pub(super) fn write(page: &PageLayout) -> String {
    let size = half_points(page.letters.body);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>\
         <w:color w:val=\"000000\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/><w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr>\
         </w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr>\
         <w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
    );
    for (role, shape) in shapes(page) {
        out.push_str(&style(role, shape));
    }
    for (id, name, align) in
        [("VuonHead", "Phần đầu", "center"), ("VuonCell", "Ô bảng", "left"), ("VuonFoot", "Chân trang", "left")]
    {
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:pPr><w:jc w:val=\"{align}\"/></w:pPr></w:style>"
        );
    }
    out.push_str("</w:styles>");
    out
}

fn style(role: Role, shape: Shape) -> String {
    let align = match shape.align {
        ParagraphAlign::Left => "left",
        ParagraphAlign::Center => "center",
        ParagraphAlign::Right => "right",
        ParagraphAlign::Justify => "both",
    };
    let keep = if shape.keep_next { "<w:keepNext/>" } else { "" };
    let size = half_points(shape.size);
    format!(
        "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"Normal\"/>\
         <w:pPr>{keep}<w:spacing w:before=\"{}\" w:after=\"{}\"/><w:ind w:firstLine=\"{}\"/><w:jc w:val=\"{align}\"/></w:pPr>\
         <w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
        id(role),
        name(role),
        twips_of_points(shape.before),
        twips_of_points(shape.after),
        twips(shape.first_line),
    )
}

/// What Word shows in its list of styles.
fn name(role: Role) -> &'static str {
    match role {
        Role::Title => "Tên loại văn bản",
        Role::Subject => "Trích yếu",
        Role::Authority => "Thẩm quyền ban hành",
        Role::Addressee => "Kính gửi",
        Role::Basis => "Căn cứ",
        Role::Heading => "Mục",
        Role::Body => "Nội dung",
        Role::Line => "Dòng",
        Role::Center => "Dòng giữa",
        Role::Right => "Dòng phải",
        Role::Note => "Ghi chú",
    }
}
