//! How the print page looks: what the page and the shapes say, before the fixed rules of `print.css`.

use std::fmt::Write;

use crate::official::model::{Document, ParagraphAlign, shapes};

const FACE: &str = "'Times New Roman', 'Liberation Serif', serif";

pub(super) fn write(document: &Document) -> String {
    let page = &document.page;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "@page {{ size: A4 portrait; margin: {} {} {} {};\n  \
         @top-center {{ content: counter(page); font: {} {FACE}; }}\n  \
         @bottom-left {{ content: {}; font: 8.5pt {FACE}; }} }}",
        mm(page.top),
        mm(page.right),
        mm(page.bottom),
        mm(page.left),
        pt(page.letters.page_number),
        css_text(&document.foot.words),
    );
    out.push_str("@page :first { @top-center { content: none; } }\n@page landscape { size: A4 landscape; }\n");
    let letters = &page.letters;
    let values = [
        ("body", pt(letters.body)),
        ("head", pt(letters.head)),
        ("motto", pt(letters.motto)),
        ("signature", pt(letters.title)),
        ("recipients-label", pt(letters.recipients_label)),
        ("recipients", pt(letters.recipients)),
        ("width", mm(page.width - page.left - page.right)),
        ("width-landscape", mm(page.height - page.left - page.right)),
    ];
    out.push_str(":root {");
    for (name, value) in values {
        let _ = write!(out, " --{name}: {value};");
    }
    out.push_str(" }\n");
    out.push_str(include_str!("print.css"));
    for (role, shape) in shapes(page) {
        let align = match shape.align {
            ParagraphAlign::Left => "left",
            ParagraphAlign::Center => "center",
            ParagraphAlign::Right => "right",
            ParagraphAlign::Justify => "justify",
        };
        let (size, indent) = (pt(shape.size), mm(shape.first_line));
        let (before, after) = (pt(shape.before), pt(shape.after));
        let look =
            format!("font-size: {size}; text-align: {align}; text-indent: {indent}; margin: {before} 0 {after};");
        let _ = writeln!(out, ".{} {{ {look} }}", role.id());
    }
    out
}

/// A text as CSS writes one.
fn css_text(text: &str) -> String {
    format!("'{}'", text.replace(['\'', '\\', '<', '\n'], " "))
}

pub(super) fn mm(tenths: u32) -> String {
    format!("{}.{}mm", tenths / 10, tenths % 10)
}

pub(super) fn pt(tenths: u32) -> String {
    format!("{}.{}pt", tenths / 10, tenths % 10)
}
