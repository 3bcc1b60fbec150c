//! A filled template → the paper. Lines that begin with `@` say what follows; all other lines are paragraphs of the
//! body. Start with [`document`]; the words are listed in the manual (`docs/manual/paper-templates.md`).

use norms::PageLayout;

use super::inline::{Look, in_lines, plain, runs};
use super::lines::{Line, read};
use super::table;
use crate::official::Version;
use crate::official::fault::{PaperFault, Place};
use crate::official::model::{
    Block, Document, Letterhead, Paragraph, Role, Run, Section, SignatureColumn, SignatureLines,
};

/// Reads the filled text of one paper.
pub(super) fn document(filled: &str, page: &PageLayout, version: &Version) -> Result<Document, PaperFault> {
    let lines = read(filled);
    let mut parser = Parser {
        lines: lines.iter(),
        document: Document {
            title: String::new(),
            foot: version.foot.clone(),
            page: page.clone(),
            sections: vec![Section { landscape: false, blocks: Vec::new() }],
        },
    };
    while let Some(line) = parser.lines.next() {
        parser.line(line)?;
    }
    let mut document = parser.document;
    document.sections.retain(|section| !section.blocks.is_empty());
    Ok(document)
}

struct Parser<'a> {
    lines: std::slice::Iter<'a, Line>,
    document: Document,
}

impl Parser<'_> {
    fn line(&mut self, line: &Line) -> Result<(), PaperFault> {
        let Some(command) = line.text.strip_prefix('@') else {
            self.paragraph(Role::Body, &line.text);
            return Ok(());
        };
        let (word, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        match word {
            "document" => self.document.title = plain(rest),
            "section" => self.section(rest, &line.place)?,
            "letterhead" => self.letterhead(&line.place)?,
            "table" => self.table(rest, &line.place)?,
            "signatures" => self.signatures(&line.place)?,
            "break" => self.block(Block::PageBreak),
            _ => match role(word) {
                Some(role) => self.paragraph(role, rest),
                None => return Err(unknown(word, &line.place)),
            },
        }
        Ok(())
    }

    fn block(&mut self, block: Block) {
        if let Some(section) = self.document.sections.last_mut() {
            section.blocks.push(block);
        }
    }

    fn paragraph(&mut self, role: Role, text: &str) {
        let mut runs = runs(text, look(role));
        if role == Role::Title {
            runs.iter_mut().for_each(in_capitals);
        }
        if !runs.is_empty() {
            self.block(Block::Paragraph(Paragraph {
                role,
                keep_next: role.shape(&self.document.page).keep_next,
                runs,
            }));
        }
    }

    fn section(&mut self, words: &str, place: &Place) -> Result<(), PaperFault> {
        let landscape = match words.trim() {
            "landscape" => true,
            "" | "portrait" => false,
            other => return Err(unknown(&format!("section {other}"), place)),
        };
        match self.document.sections.last_mut() {
            Some(section) if section.blocks.is_empty() => section.landscape = landscape,
            _ => self.document.sections.push(Section { landscape, blocks: Vec::new() }),
        }
        Ok(())
    }

    /// The lines up to `@end`.
    fn until_end(&mut self, opened: &Place) -> Result<Vec<Line>, PaperFault> {
        let mut inside = Vec::new();
        for line in self.lines.by_ref() {
            if line.text == "@end" {
                return Ok(inside);
            }
            inside.push(line.clone());
        }
        let vi = "Khối mở ở đây không có dòng @end.";
        Err(PaperFault::new("PAP-004", vi, "The block opened here has no @end.").at(opened))
    }

    fn letterhead(&mut self, place: &Place) -> Result<(), PaperFault> {
        let mut head = Letterhead::default();
        for line in self.until_end(place)? {
            let (key, value) = key_value(&line)?;
            match key {
                "parent" => head.parent = value,
                "agency" => head.agency = value.unwrap_or_default(),
                "number" => head.number = value,
                "about" => head.about = value,
                "place_day" => head.place_day = value,
                "corner" => head.corner = value,
                _ => return Err(unknown(key, &line.place)),
            }
        }
        self.block(Block::Letterhead(head));
        Ok(())
    }

    fn table(&mut self, words: &str, place: &Place) -> Result<(), PaperFault> {
        let mut table = table::begin(words, place)?;
        for line in self.until_end(place)? {
            table::add_row(&mut table, &line)?;
        }
        self.block(Block::Table(table));
        Ok(())
    }

    fn signatures(&mut self, place: &Place) -> Result<(), PaperFault> {
        let mut columns = Vec::new();
        for line in self.until_end(place)? {
            match (line.text.as_str(), columns.last_mut()) {
                ("@recipients", _) => columns.push(SignatureColumn::Recipients { lines: Vec::new() }),
                ("@signer", _) => columns.push(SignatureColumn::Signer(SignatureLines::default())),
                (_, Some(SignatureColumn::Recipients { lines })) => lines.push(plain(&line.text)),
                (_, Some(SignatureColumn::Signer(signer))) => sign_line(signer, &line)?,
                (word, None) => return Err(unknown(word, &line.place)),
            }
        }
        if let Some(Block::Paragraph(before)) = self.document.sections.last_mut().and_then(|s| s.blocks.last_mut()) {
            before.keep_next = true;
        }
        self.block(Block::Signatures { columns });
        Ok(())
    }
}

fn sign_line(signer: &mut SignatureLines, line: &Line) -> Result<(), PaperFault> {
    let (key, value) = key_value(line)?;
    match key {
        "above" => signer.above = value,
        "capacity" => signer.capacity.extend(value),
        "note" => signer.note = value,
        "name" => signer.name = value,
        _ => return Err(unknown(key, &line.place)),
    }
    Ok(())
}

/// `agency: ỦY BAN NHÂN DÂN`; an empty value is none.
fn key_value(line: &Line) -> Result<(&str, Option<String>), PaperFault> {
    let Some((key, value)) = line.text.split_once(':') else {
        let vi = format!("Dòng «{}» phải có dạng khóa: nội dung.", plain(&line.text));
        let en = format!("The line \"{}\" has to be key: words.", plain(&line.text));
        return Err(PaperFault::new("PAP-004", vi, en).at(&line.place));
    };
    let value = in_lines(value);
    Ok((key.trim(), (!value.is_empty()).then_some(value)))
}

fn role(word: &str) -> Option<Role> {
    Some(match word {
        "title" => Role::Title,
        "subject" => Role::Subject,
        "authority" => Role::Authority,
        "to" => Role::Addressee,
        "basis" => Role::Basis,
        "heading" => Role::Heading,
        "line" => Role::Line,
        "center" => Role::Center,
        "right" => Role::Right,
        "note" => Role::Note,
        _ => return None,
    })
}

fn in_capitals(run: &mut Run) {
    if let Run::Text { text, .. } = run {
        *text = text.to_uppercase();
    }
}

fn look(role: Role) -> Look {
    let bold = matches!(role, Role::Title | Role::Subject | Role::Authority | Role::Heading);
    Look { bold, italic: matches!(role, Role::Basis | Role::Note) }
}

fn unknown(word: &str, place: &Place) -> PaperFault {
    let word = plain(word);
    let vi = format!("Không có lệnh «{word}» ở chỗ này. Xem các lệnh trong tài liệu «Mẫu văn bản».");
    let en = format!("There is no command \"{word}\" here. The manual page on paper templates lists them.");
    PaperFault::new("PAP-004", vi, en).at(place)
}
