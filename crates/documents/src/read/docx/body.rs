//! word/document.xml from top to bottom: runs of text into paragraphs. Deleted text and the second copy that Word keeps for
//! old programs are left out.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::attribute;
use super::numbering::Lists;

/// A paragraph on its way; a text box inside one opens another.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    /// Number of the list, and level in it.
    list: (Option<String>, Option<usize>),
}

struct Body {
    lists: Lists,
    open: Vec<Paragraph>,
    done: Vec<String>,
    in_text: bool,
    /// How many elements deep in something left out.
    skipped: usize,
}

pub(super) fn paragraphs(xml: &str, lists: Lists) -> Result<Vec<String>, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut body = Body { lists, open: Vec::new(), done: Vec::new(), in_text: false, skipped: 0 };
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(element) if body.skipped > 0 || is_left_out(&element) => body.skipped += 1,
            Event::End(_) if body.skipped > 0 => body.skipped -= 1,
            _ if body.skipped > 0 => {}
            Event::Start(element) => body.begin(&element),
            Event::Empty(element) => body.mark(&element),
            Event::End(element) => body.end(element.local_name().as_ref()),
            Event::Text(text) => body.say(&text.xml_content(quick_xml::XmlVersion::Implicit1_0)),
            Event::CData(text) => body.say(&text.xml_content(quick_xml::XmlVersion::Implicit1_0)),
            Event::GeneralRef(named) => {
                let letter = named.resolve_char_ref()?.map(String::from);
                let said = letter.or_else(|| resolve_predefined_entity(&named).map(str::to_owned));
                body.say(&said.unwrap_or_default());
            }
            _ => {}
        }
    }
    Ok(body.done)
}

fn is_left_out(element: &BytesStart<'_>) -> bool {
    ["Fallback", "del", "moveFrom", "pPrChange", "rPrChange"].contains(&element.local_name().as_ref())
}

impl Body {
    fn begin(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "p" => self.open.push(Paragraph::default()),
            "t" => self.in_text = true,
            _ => self.mark(element),
        }
    }

    /// Elements that say something by being there.
    fn mark(&mut self, element: &BytesStart<'_>) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let value = || attribute(element, "val");
        match element.local_name().as_ref() {
            "br" if attribute(element, "type").is_none_or(|kind| kind == "textWrapping") => paragraph.text.push('\n'),
            "cr" => paragraph.text.push('\n'),
            // A page or column that ends inside a sentence ends no paragraph.
            "tab" | "br" => paragraph.text.push(' '),
            "noBreakHyphen" => paragraph.text.push('-'),
            "pStyle" => paragraph.style = value(),
            "numId" => paragraph.list.0 = value(),
            "ilvl" => paragraph.list.1 = value().and_then(|level| level.parse().ok()),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut().filter(|_| self.in_text) {
            paragraph.text.push_str(text);
        }
    }

    fn end(&mut self, element: &str) {
        match element {
            "t" => self.in_text = false,
            "p" => {
                let Some(paragraph) = self.open.pop() else { return };
                let text = paragraph.text.trim();
                if text.is_empty() {
                    return;
                }
                let label = self.lists.label(paragraph.style.as_deref(), paragraph.list);
                self.done.push(if label.is_empty() { text.to_owned() } else { format!("{label} {text}") });
            }
            _ => {}
        }
    }
}
