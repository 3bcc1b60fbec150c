//! Every paper as PDF, read back by another program (poppler): its words, its fonts, its pages.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops; that is its report")]

use std::process::Command;
use std::sync::Arc;

use documents::official::context::{ListGroup, ListedHousehold, PostedList};
use documents::official::model::{Block, Document, Run};
use documents::official::{Format, PaperKind, Papers, Sample, samples};
use kernel::Day;
use norms::{Norms, PageLayout};
use typeset::Typesetter;

fn papers() -> Papers {
    let norms = Norms::embedded().unwrap();
    let page: PageLayout = norms.in_force("documents.page", Day::last_of(2023)).unwrap().value;
    Papers::load(None, page, Arc::new(Typesetter::new())).unwrap()
}

/// What a poppler program says about a PDF.
fn poppler(program: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let mut command = Command::new(program);
    command.args(arguments).arg(file.path());
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().unwrap_or_else(|error| {
        panic!("{program} reads PDFs back and is not there ({error}); run tests/tools/setup.sh poppler")
    });
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn sample(name: &str) -> Sample {
    samples().into_iter().find(|sample| sample.name == name).unwrap()
}

fn printed(papers: &Papers, name: &str) -> (Document, Vec<u8>) {
    let sample = sample(name);
    let document = papers.document_of(sample.kind, &sample.context).unwrap();
    let pdf = papers.draw(&document, Format::Pdf).unwrap();
    (document, pdf)
}

/// Pages of the text, each without spaces: lines break where the page ends, words do not change.
fn pages(pdf: &[u8]) -> Vec<String> {
    let text = poppler("pdftotext", &["-layout"], pdf);
    let pages = text.trim_end_matches('\u{c}').split('\u{c}');
    pages.map(|page| page.split_whitespace().collect()).collect()
}

/// Every word of the paper.
fn words(document: &Document) -> Vec<String> {
    let mut words = Vec::new();
    let mut take = |text: &str| words.extend(text.split_whitespace().map(str::to_owned));
    let of_runs = |runs: &[Run], take: &mut dyn FnMut(&str)| {
        for run in runs {
            if let Run::Text { text, .. } = run {
                take(text);
            }
        }
    };
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Paragraph(paragraph) => of_runs(&paragraph.runs, &mut take),
            Block::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| of_runs(&cell.runs, &mut take));
            }
            Block::Letterhead(head) => {
                take(&head.agency.to_uppercase());
                [&head.number, &head.about, &head.place_day, &head.corner].into_iter().flatten().for_each(|t| take(t));
            }
            Block::Signatures { .. } | Block::PageBreak => {}
        }
    }
    words
}

#[test]
fn every_sample_says_in_the_pdf_what_it_was_given() {
    let papers = papers();
    for sample in samples() {
        let (document, pdf) = printed(&papers, &sample.name);
        let text: String = poppler("pdftotext", &["-raw"], &pdf).split_whitespace().collect();
        for word in words(&document) {
            assert!(text.contains(&word), "{}: «{word}» is not in the PDF", sample.name);
        }
    }
}

#[test]
fn every_page_is_a4_lies_as_its_section_and_bears_the_version() {
    let papers = papers();
    for sample in samples() {
        let (document, pdf) = printed(&papers, &sample.name);
        let count = pages(&pdf).len();
        let info = poppler("pdfinfo", &["-f", "1", "-l", &count.to_string()], &pdf);
        let sizes: Vec<&str> = info.lines().filter(|line| line.contains("size:") && line.starts_with("Page")).collect();
        assert_eq!(sizes.len(), count, "{}", sample.name);
        for line in &sizes {
            assert!(line.contains("595.276 x 841.89") || line.contains("841.89 x 595.276"), "{}: {line}", sample.name);
        }
        let lies = |landscape: bool| if landscape { "841.89 x" } else { "595.276 x" };
        assert!(sizes[0].contains(lies(document.sections[0].landscape)), "{}", sample.name);
        assert!(sizes[count - 1].contains(lies(document.sections.last().unwrap().landscape)), "{}", sample.name);
        let foot: String = document.foot.words.split_whitespace().collect();
        for (number, page) in (1..).zip(pages(&pdf)) {
            assert!(page.contains(&foot), "{} page {number} does not bear «{}»", sample.name, document.foot.words);
        }
    }
}

#[test]
fn only_liberation_serif_stands_in_a_paper_and_it_is_embedded() {
    let papers = papers();
    for sample in samples() {
        let (_, pdf) = printed(&papers, &sample.name);
        let fonts = poppler("pdffonts", &[], &pdf);
        let mut found = 0;
        for line in fonts.lines().skip(2) {
            found += 1;
            assert!(line.contains("LiberationSerif"), "{}: {line}", sample.name);
            // emb, sub, uni: embedded, only the letters used, each with its meaning.
            assert!(line.contains("yes yes yes"), "{}: {line}", sample.name);
        }
        assert!(found > 0, "{}", sample.name);
    }
}

/// The letters beyond ASCII that Vietnamese is written with, and the sign of the currency.
fn vietnamese() -> String {
    let mut letters: String = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư₫".to_owned();
    letters.extend('\u{1EA0}'..='\u{1EF9}');
    letters
}

#[test]
fn every_vietnamese_letter_is_in_all_four_faces() {
    let papers = papers();
    let letters = vietnamese();
    // In words short enough for a line: what leaves the page is not read back.
    let words = letters.chars().collect::<Vec<_>>().chunks(12).map(String::from_iter).collect::<Vec<_>>().join(" ");
    let sample = sample("refusal_letter");
    let mut document = papers.document_of(sample.kind, &sample.context).unwrap();
    document.sections.truncate(1);
    for (bold, italic) in [(false, false), (true, false), (false, true), (true, true)] {
        document.sections[0].blocks = vec![Block::Paragraph(documents::official::model::Paragraph {
            role: documents::official::model::Role::Line,
            keep_next: false,
            runs: vec![Run::Text { text: words.clone(), bold, italic }],
        })];
        let text: String =
            poppler("pdftotext", &[], &papers.draw(&document, Format::Pdf).unwrap()).split_whitespace().collect();
        for letter in letters.chars() {
            assert!(text.contains(letter), "{letter} is lost where bold is {bold} and italic {italic}");
        }
    }
}

fn long_list() -> PostedList {
    let mut list: PostedList = serde_json::from_value(sample("posted_list").context).unwrap();
    let household = |number: u16| ListedHousehold {
        head_name: format!("Nguyễn Thị Thử {number}"),
        birth_year: Some(1980),
        persons: 4,
        ..ListedHousehold::default()
    };
    list.groups = vec![ListGroup { title: "Hộ nghèo".to_owned(), households: (1..=300).map(household).collect() }];
    list
}

#[test]
fn a_long_list_repeats_its_head_and_numbers_its_pages_from_the_second() {
    let pdf = papers().render(&long_list(), Format::Pdf).unwrap();
    let pages = pages(&pdf);
    assert!(pages.len() >= 8, "{} pages", pages.len());
    assert!(!pages[0].starts_with('1'), "the first page bears no number");
    let whole = pages.concat();
    for number in 1..=300 {
        assert!(whole.contains(&format!("NguyễnThịThử{number}")), "household {number}");
    }
    for (number, page) in (2..).zip(&pages[1..]) {
        assert!(page.starts_with(&number.to_string()), "page {number} begins {}", &page[..20]);
        let has_rows = page.contains("NguyễnThịThử");
        assert_eq!(has_rows, page.contains("Họvàtênchủhộ"), "page {number} repeats the head of its table");
    }
}

#[test]
fn an_appendix_counts_its_pages_by_itself() {
    let (_, pdf) = printed(&papers(), "recognition_decision");
    let pages = pages(&pdf);
    let first = pages.iter().position(|page| page.starts_with("Phụlục")).expect("the appendix begins without a number");
    assert!(pages[first - 1].starts_with(&first.to_string()), "the decision counts on to its end");
    assert!(pages[first + 1].starts_with('2'), "the appendix's second page is 2");
}

#[test]
fn words_stay_inside_the_margins_of_the_decree() {
    let papers = papers();
    // Points; the margins of norms/documents/page.yaml.
    let (left, right, top) = (30.0 / 25.4 * 72.0, (210.0 - 15.0) / 25.4 * 72.0, 20.0 / 25.4 * 72.0);
    for name in ["posted_list", "recognition_decision", "refusal_letter", "meeting_minutes", "certificate"] {
        let (_, pdf) = printed(&papers, name);
        let boxes = poppler("pdftotext", &["-bbox"], &pdf);
        for line in boxes.lines().filter(|line| line.trim_start().starts_with("<word")) {
            let side = |key: &str| -> f64 {
                let (_, rest) = line.split_once(&format!("{key}=\"")).unwrap();
                rest.split_once('"').unwrap().0.parse().unwrap()
            };
            assert!(side("xMin") > left - 1.0, "{name}: {line}");
            assert!(side("xMax") < right + 1.0, "{name}: {line}");
            let is_page_number = side("yMax") < top && line.contains(">2<") || line.contains(">3<");
            assert!(is_page_number || side("yMin") > top - 4.0, "{name}: {line}");
        }
    }
}

#[test]
fn many_papers_in_one_file_each_begin_on_a_page_of_their_own() {
    let papers = papers();
    let sample = sample("certificate");
    assert_eq!(sample.kind, PaperKind::Certificate);
    let document = papers.document_of(sample.kind, &sample.context).unwrap();
    let pdf = papers.print_all(&[document.clone(), document]).unwrap();
    let pages = pages(&pdf);
    assert_eq!(pages.len(), 2);
    for page in pages {
        assert!(page.contains("GIẤYCHỨNGNHẬN"), "{page}");
        assert!(!page.starts_with('2'), "each begins with its first page");
    }
}
