//! Plans as files: text in any Unicode, and Word files with the numbers Word prints.

#![expect(clippy::unwrap_used, reason = "what helps a test may stop it")]

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use documents::{ReadProblem, read_text};
use domain::programme::plan::read_plan;
use norms::{Norms, PlanReading};

fn file(name: &str) -> Vec<u8> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/plans");
    std::fs::read(folder.join(name)).unwrap()
}

fn word(document: &str, numbering: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("word/document.xml", document), ("word/numbering.xml", numbering)] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_word_file_reads_like_the_text_it_was_made_from() {
    let norms = Norms::embedded().unwrap();
    let reading: PlanReading = norms.in_force("plans.reading", kernel::Day::last_of(2025)).unwrap().value;
    let of = |name: &str| read_plan(&read_text(&file(name)).unwrap(), &reading);
    let (typed, word) = (of("ke-hoach-2025-thanh-lam.txt"), of("ke-hoach-2025-thanh-lam.docx"));
    let told = |plan: &domain::programme::plan::Plan| -> Vec<(String, String)> {
        plan.clauses.iter().map(|c| (c.id.clone(), c.text.clone())).collect()
    };
    assert_eq!(told(&word), told(&typed));
    assert_eq!(word.documents(&reading), typed.documents(&reading));
}

#[test]
fn only_what_is_printed_is_read() {
    let document = r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>
        <w:p><w:r><w:t>Hộ nghèo </w:t></w:r><w:del><w:r><w:delText>bị xoá</w:delText></w:r></w:del>
        <w:ins><w:r><w:t>&amp; cận&#32;nghèo</w:t></w:r></w:ins></w:p>
        <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Một lần</w:t></w:r></w:p></mc:Choice>
        <mc:Fallback><w:p><w:r><w:t>Một lần</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>
        <w:p><w:r><w:t>VX</w:t><w:tab/><w:t>2</w:t><w:br w:type="page"/><w:t>3</w:t></w:r></w:p>
        <w:p/></w:body></w:document>"#;
    assert_eq!(read_text(&word(document, "")).unwrap(), "Hộ nghèo & cận nghèo\n\nMột lần\n\nVX 2 3");
}

#[test]
fn levels_count_on_and_begin_anew_below() {
    let level = |n: usize, format: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let levels = [level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)")].concat();
    let numbering = format!(
        r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#
    );
    let paragraph = |level: usize| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"#
        )
    };
    let body: String = [0, 1, 2, 2, 1, 2, 0, 1].map(paragraph).concat();
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    let text = read_text(&word(&document, &numbering)).unwrap();
    assert_eq!(text.replace("\n\n", " "), "I. x 1. x a) x b) x 2. x a) x II. x 1. x");
}

#[test]
fn a_file_that_holds_no_text_is_refused_by_what_it_is() {
    let table: [(&[u8], &str); 6] = [
        (b"", "DOC-001"),
        (b"  \n ", "DOC-001"),
        (b"%PDF-1.7", "DOC-004"),
        (&[0xd0, 0xcf, 0x11, 0xe0, 0xa1], "DOC-004"),
        (b"PK\x03\x04broken", "DOC-004"),
        (&[0x4b, 0xc3, 0x28], "DOC-004"),
    ];
    for (bytes, code) in table {
        assert_eq!(read_text(bytes).map_err(|problem| problem.code()), Err(code), "{bytes:?}");
    }
    assert_eq!(read_text(&vec![b'a'; 5 * 1024 * 1024]), Err(ReadProblem::TooLarge));
    let workbook = word_named("xl/workbook.xml");
    assert_eq!(read_text(&workbook).map_err(|problem| problem.code()), Err("DOC-004"));
}

fn word_named(name: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn text_in_any_unicode_is_read_composed() {
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("Hộ nghèo".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let table: [Vec<u8>; 3] =
        [utf16, "\u{feff}Hộ nghèo".as_bytes().to_vec(), "Ho\u{323}\u{302} nghe\u{300}o".as_bytes().to_vec()];
    for bytes in table {
        assert_eq!(read_text(&bytes).unwrap(), "Hộ nghèo");
    }
}
