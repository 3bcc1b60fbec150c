//! The styles of the file: one for every role of a paragraph, beside those of heads, tables and feet in `static/`.

use norms::PageLayout;

use super::xml::{half_points, twips, twips_of_points};
use crate::official::model::{ParagraphAlign, Role, Shape, shapes};

/// The style's name inside the file.
pub(super) fn id(role: Role) -> String {
    format!("Vuon{}", role.id())
}

pub(super) fn write(page: &PageLayout) -> String {
    let size = half_points(page.letters.body).to_string();
    let roles: String = shapes(page).into_iter().map(|(role, shape)| style(role, shape)).collect();
    include_str!("static/styles.xml").replace("SIZE", &size).replace("ROLES", &roles)
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
        "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"{}\"/>\
         <w:basedOn w:val=\"Normal\"/>\
         <w:pPr>{keep}<w:spacing w:before=\"{}\" w:after=\"{}\"/>\
         <w:ind w:firstLine=\"{}\"/><w:jc w:val=\"{align}\"/></w:pPr>\
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
