//! A paper as a page of its own that prints right: the same blocks, the same shapes, no script.

use std::fmt::Write;

use super::model::{
    Align, Block, Code, Document, Letterhead, Paragraph, ParagraphAlign, Run, SignatureColumn, Table, shapes,
};

/// The whole page.
pub(super) fn page(document: &Document) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n",
        escape(&document.title),
        style(document)
    );
    for section in &document.sections {
        let turned = if section.landscape { " class=\"landscape\"" } else { "" };
        let _ = writeln!(out, "<section{turned}>");
        for block in &section.blocks {
            draw(&mut out, block);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n<footer>");
    if let Some(found) = &document.foot.code {
        code(&mut out, found, &document.foot.words);
    }
    let _ = writeln!(out, "<p>{}</p></footer>\n</body>\n</html>", escape(&document.foot.words));
    out
}

fn style(document: &Document) -> String {
    let page = &document.page;
    let mut out = format!(
        "@page {{ size: A4 portrait; margin: {} {} {} {};\n  @top-center {{ content: counter(page); font: {} 'Times New Roman', \
         'Liberation Serif', serif; }}\n  @bottom-left {{ content: {}; font: 8.5pt 'Times New Roman', 'Liberation Serif', serif; }} }}\n\
         @page :first {{ @top-center {{ content: none; }} }}\n@page landscape {{ size: A4 landscape; }}\n",
        mm(page.top),
        mm(page.right),
        mm(page.bottom),
        mm(page.left),
        pt(page.letters.page_number),
        css_text(&document.foot.words),
    );
    let _ = write!(
        out,
        "body {{ font: {} 'Times New Roman', 'Liberation Serif', serif; color: #000; background: #fff; margin: 0; }}\n\
         section {{ max-width: {}; margin: 0 auto; break-after: page; }}\nsection:last-child {{ break-after: auto; }}\n\
         section.landscape {{ page: landscape; max-width: {}; }}\np {{ margin: 0; }}\n",
        pt(page.letters.body),
        mm(page.width - page.left - page.right),
        mm(page.height - page.left - page.right),
    );
    for (role, shape) in shapes(page) {
        let align = match shape.align {
            ParagraphAlign::Left => "left",
            ParagraphAlign::Center => "center",
            ParagraphAlign::Right => "right",
            ParagraphAlign::Justify => "justify",
        };
        let keep = if shape.keep_next { " break-after: avoid;" } else { "" };
        let _ = writeln!(
            out,
            ".{} {{ font-size: {}; text-align: {align}; text-indent: {}; margin: {} 0 {};{keep} }}",
            role.id(),
            pt(shape.size),
            mm(shape.first_line),
            pt(shape.before),
            pt(shape.after),
        );
    }
    let letters = &page.letters;
    let _ = write!(
        out,
        ".head {{ display: grid; grid-template-columns: 2fr 3fr; gap: 2mm; text-align: center; margin-bottom: 14pt; font-size: {head}; }}\n\
         .head.alone {{ grid-template-columns: 1fr; }}\n.corner {{ text-align: right; margin-bottom: 6pt; font: bold 11pt 'Times New Roman', serif; }}\n\
         .corner span {{ border: 0.7pt solid; padding: 3pt; }}\n.rule {{ border: 0; border-top: 0.7pt solid; margin: 2pt auto 4pt; }}\n\
         .motto {{ font-size: {motto}; }}\n.motto span {{ border-bottom: 0.7pt solid; }}\n\
         table {{ border-collapse: collapse; width: 100%; margin: 8pt 0; table-layout: fixed; }}\nthead {{ display: table-header-group; }}\n\
         tr {{ break-inside: avoid; }}\nth, td {{ border: 0.5pt solid; padding: 2pt 3pt; overflow-wrap: break-word; }}\nth {{ font-weight: bold; }}\n\
         table.bare td {{ border: 0; }}\n.l {{ text-align: left; }} .c {{ text-align: center; }} .r {{ text-align: right; }}\n\
         .signatures {{ display: flex; gap: 4mm; margin-top: 14pt; break-inside: avoid; }}\n.signatures > div {{ flex: 1; text-align: center; \
         font-size: {title}; }}\n.signatures .recipients {{ text-align: left; font-size: {recipients}; }}\n\
         .recipients b {{ font: italic bold {label} 'Times New Roman', serif; }}\n.signatures .name {{ margin-top: 22mm; font-weight: bold; }}\n\
         .small {{ font-size: {label}; }}\n.fill {{ display: inline-flex; align-items: baseline; }}\n\
         .fill::after {{ content: ''; flex: 1; border-bottom: 1pt dotted; margin: 0 4pt 0 2pt; min-width: 1em; }}\n\
         .break {{ break-after: page; }}\nfooter {{ display: flex; align-items: center; gap: 3mm; font-size: 8.5pt; break-inside: avoid; }}\n\
         footer svg {{ width: 13mm; height: 13mm; }}\n@media screen {{ main, footer {{ padding: 12px; }} }}\n",
        head = pt(letters.head),
        motto = pt(letters.motto),
        title = pt(letters.title),
        recipients = pt(letters.recipients),
        label = pt(letters.recipients_label),
    );
    out
}

fn draw(out: &mut String, block: &Block) {
    match block {
        Block::Letterhead(head) => letterhead(out, head),
        Block::Paragraph(it) => paragraph(out, it),
        Block::Table(it) => table(out, it),
        Block::Signatures { columns } => signatures(out, columns),
        Block::PageBreak => out.push_str("<div class=\"break\"></div>\n"),
    }
}

fn paragraph(out: &mut String, it: &Paragraph) {
    let tag = match it.role {
        super::model::Role::Title => "h1",
        super::model::Role::Heading => "h2",
        _ => "p",
    };
    let _ = writeln!(out, "<{tag} class=\"{}\">{}</{tag}>", it.role.id(), words(&it.runs));
    if it.role.shape_has_rule() {
        out.push_str("<hr class=\"rule\" style=\"width: 30%\">\n");
    }
}

/// Runs as phrasing content. What stands before a dotted place goes into its box, which reaches to the place's end.
fn words(runs: &[Run]) -> String {
    let (mut out, mut piece, mut from) = (String::new(), String::new(), 0u8);
    for run in runs {
        match run {
            Run::Text { text, bold, italic } => {
                let mut text = escape(text);
                if *italic {
                    text = format!("<i>{text}</i>");
                }
                if *bold {
                    text = format!("<b>{text}</b>");
                }
                piece.push_str(&text);
            }
            Run::Fill { to } => {
                let share = to.saturating_sub(from);
                let _ = write!(out, "<span class=\"fill\" style=\"width: {share}%\">{piece}</span>");
                piece.clear();
                from = *to;
            }
            Run::LineBreak => piece.push_str("<br>"),
        }
    }
    out + &piece
}

fn letterhead(out: &mut String, head: &Letterhead) {
    if let Some(corner) = &head.corner {
        let _ = writeln!(out, "<p class=\"corner\"><span>{}</span></p>", escape(corner));
    }
    let alone = head.agency.is_empty();
    let _ = writeln!(out, "<div class=\"head{}\">", if alone { " alone" } else { "" });
    if !alone {
        out.push_str("<div>");
        if let Some(parent) = &head.parent {
            let _ = write!(out, "<p>{}</p>", lines(&parent.to_uppercase()));
        }
        let _ =
            write!(out, "<p><b>{}</b></p><hr class=\"rule\" style=\"width: 35%\">", lines(&head.agency.to_uppercase()));
        if let Some(number) = &head.number {
            let _ = write!(out, "<p>{}</p>", escape(number));
        }
        if let Some(about) = &head.about {
            let _ = write!(out, "<p class=\"small\">{}</p>", escape(about));
        }
        out.push_str("</div>\n");
    }
    out.push_str("<div><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p><p class=\"motto\"><b><span>Độc lập - Tự do - Hạnh phúc</span></b></p>");
    if let Some(place_day) = &head.place_day {
        let _ = write!(out, "<p class=\"motto\" style=\"margin-top: 8pt\"><i>{}</i></p>", escape(place_day));
    }
    out.push_str("</div>\n</div>\n");
}

fn table(out: &mut String, it: &Table) {
    let all: u32 = it.columns.iter().map(|column| column.weight).sum();
    let size = pt(it.size);
    let _ =
        write!(out, "<table{} style=\"font-size: {size}\"><colgroup>", if it.bare { " class=\"bare\"" } else { "" });
    for column in &it.columns {
        let _ = write!(out, "<col style=\"width: {}%\">", column.weight * 100 / all.max(1));
    }
    out.push_str("</colgroup>\n");
    for (number, row) in it.rows.iter().enumerate() {
        let is_head = number < it.head_rows;
        if number == 0 {
            out.push_str(if is_head { "<thead>\n" } else { "<tbody>\n" });
        } else if number == it.head_rows {
            out.push_str("</thead>\n<tbody>\n");
        }
        if is_head || it.row_height == 0 {
            out.push_str("<tr>");
        } else {
            let _ = write!(out, "<tr style=\"height: {}\">", mm(it.row_height));
        }
        for cell in &row.cells {
            let tag = if is_head { "th scope=\"col\"" } else { "td" };
            let class = match it.columns.get(cell.column).map(|column| column.align) {
                _ if is_head => "c",
                Some(Align::Center) => "c",
                Some(Align::Right) => "r",
                _ => "l",
            };
            let _ = write!(out, "<{tag} class=\"{class}\"");
            if cell.colspan > 1 {
                let _ = write!(out, " colspan=\"{}\"", cell.colspan);
            }
            if cell.rowspan > 1 {
                let _ = write!(out, " rowspan=\"{}\"", cell.rowspan);
            }
            let _ = write!(out, ">{}</{}>", words(&cell.runs), if is_head { "th" } else { "td" });
        }
        out.push_str("</tr>\n");
    }
    out.push_str(if it.head_rows == it.rows.len() { "</thead></table>\n" } else { "</tbody></table>\n" });
}

fn signatures(out: &mut String, columns: &[SignatureColumn]) {
    out.push_str("<div class=\"signatures\">\n");
    for column in columns {
        match column {
            SignatureColumn::Recipients { lines } => {
                let _ = write!(out, "<div class=\"recipients\" style=\"flex: {}\"><b>Nơi nhận:</b>", column.weight());
                for line in lines {
                    let _ = write!(out, "<p>{}</p>", escape(line));
                }
            }
            SignatureColumn::Signer(signer) => {
                let _ = write!(out, "<div style=\"flex: {}\">", column.weight());
                if let Some(above) = &signer.above {
                    let _ = write!(out, "<p><i>{}</i></p>", escape(above));
                }
                for capacity in &signer.capacity {
                    let _ = write!(out, "<p><b>{}</b></p>", escape(capacity));
                }
                if let Some(note) = &signer.note {
                    let _ = write!(out, "<p class=\"small\"><i>{}</i></p>", escape(note));
                }
                let _ = write!(out, "<p class=\"name\">{}</p>", escape(signer.name.as_deref().unwrap_or("\u{a0}")));
            }
        }
        out.push_str("</div>\n");
    }
    out.push_str("</div>\n");
}

fn code(out: &mut String, it: &Code, words: &str) {
    let side = it.side;
    let _ = write!(
        out,
        "<svg viewBox=\"0 0 {side} {side}\" role=\"img\" shape-rendering=\"crispEdges\"><title>{}</title><path d=\"",
        escape(words)
    );
    let (side, pixels) = it.modules.with_rim();
    for (at, _) in pixels.iter().enumerate().filter(|(_, grey)| **grey == 0) {
        let _ = write!(out, "M{} {}h1v1h-1z", at % side, at / side);
    }
    out.push_str("\"/></svg>");
}

/// A text with its line breaks.
fn lines(text: &str) -> String {
    escape(text).replace('\n', "<br>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text as CSS writes one.
fn css_text(text: &str) -> String {
    format!("'{}'", text.replace(['\'', '\\', '<', '\n'], " "))
}

fn mm(tenths: u32) -> String {
    format!("{}.{}mm", tenths / 10, tenths % 10)
}

fn pt(tenths: u32) -> String {
    format!("{}.{}pt", tenths / 10, tenths % 10)
}
