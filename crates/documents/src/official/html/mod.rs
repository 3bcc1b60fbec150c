//! A paper as a page of its own that prints right: the same blocks, the same shapes, no script.

mod style;

use std::fmt::Write;

use style::{mm, pt};

use super::model::{Align, Block, Code, Document, Letterhead, Paragraph, Run, SignatureColumn, Table};

/// The whole page.
pub(super) fn page(document: &Document) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let _ = writeln!(out, "<title>{}</title>", escape(&document.title));
    let _ = writeln!(out, "<style>\n{}</style>\n</head>\n<body>\n<main>", style::write(document));
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
    let keep = if it.keep_next { " style=\"break-after: avoid\"" } else { "" };
    let _ = writeln!(out, "<{tag} class=\"{}\"{keep}>{}</{tag}>", it.role.id(), words(&it.runs));
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
    out.push_str("<div><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p>");
    out.push_str("<p class=\"motto\"><b><span>Độc lập - Tự do - Hạnh phúc</span></b></p>");
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
