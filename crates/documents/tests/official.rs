//! Official papers without their PDF: templates, DOCX and print page, read back.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on stops; that is its report")]

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use documents::official::context::{Head, PostedList, RefusalLetter, cited};
use documents::official::model::{Block, Document, Run as LetterRun};
use documents::official::{
    FolderShelf, Format, KINDS, Leaf, PaperFault, PaperKind, Papers, PdfPrinter, Progress, ReportForm, Run, Shelf,
    print_run, samples,
};
use documents::write::{FormPaper, PaperMarks};
use domain::review::form::{Cell, Form, Row, RowKey};
use kernel::Day;
use norms::{LegalBases, Norms, PageLayout};
use quick_xml::events::Event;

/// Stands for the printer where no page is set: writes down what it was given.
#[derive(Default)]
struct Notes(Mutex<usize>);

impl PdfPrinter for Notes {
    fn print(&self, documents: &[Document]) -> Result<Vec<u8>, PaperFault> {
        *self.0.lock().unwrap() += 1;
        Ok(documents.iter().map(|document| document.title.as_str()).collect::<Vec<_>>().join("\n").into_bytes())
    }
}

fn page() -> PageLayout {
    Norms::embedded().unwrap().in_force("documents.page", Day::last_of(2023)).unwrap().value
}

fn papers() -> Papers {
    Papers::load(None, page(), Arc::new(Notes::default())).unwrap()
}

fn context(name: &str) -> serde_json::Value {
    samples().into_iter().find(|sample| sample.name == name).unwrap().context
}

/// A part of a DOCX; panics when it is not well-formed.
fn part(docx: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    let mut reader = quick_xml::Reader::from_str(&text);
    reader.config_mut().check_end_names = true;
    while reader.read_event().unwrap() != Event::Eof {}
    text
}

/// The words of `word/document.xml` or of a page, without tags and spaces.
fn words_of(xml: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for sign in xml.chars() {
        match sign {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside && !sign.is_whitespace() => text.push(sign),
            _ => {}
        }
    }
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn texts(document: &Document) -> Vec<String> {
    let mut texts = Vec::new();
    let mut take = |runs: &[LetterRun]| {
        for run in runs {
            if let LetterRun::Text { text, .. } = run {
                texts.push(text.split_whitespace().collect());
            }
        }
    };
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Paragraph(paragraph) => take(&paragraph.runs),
            Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| take(&cell.runs)),
            _ => {}
        }
    }
    texts
}

#[test]
fn every_kind_has_a_sample_that_its_template_prints() {
    let papers = papers();
    let samples = samples();
    for kind in KINDS {
        assert!(samples.iter().any(|sample| sample.name == kind.id()), "{} has no sample", kind.id());
    }
    for sample in &samples {
        let document = papers.document_of(sample.kind, &sample.context).unwrap();
        assert!(!document.title.is_empty() && !document.sections.is_empty(), "{}", sample.name);
    }
}

#[test]
fn word_and_the_print_page_say_the_same_as_the_paper() {
    let papers = papers();
    for sample in samples() {
        let document = papers.document_of(sample.kind, &sample.context).unwrap();
        let docx = words_of(&part(&papers.draw(&document, Format::Docx).unwrap(), "word/document.xml"));
        let html = words_of(&String::from_utf8(papers.draw(&document, Format::Html).unwrap()).unwrap());
        for text in texts(&document) {
            assert!(docx.contains(&text), "{}: «{text}» is not in the Word file", sample.name);
            assert!(html.contains(&text), "{}: «{text}» is not on the print page", sample.name);
        }
    }
}

#[test]
fn a_word_file_keeps_the_page_of_the_decree() {
    let papers = papers();
    for sample in samples() {
        let document = papers.document_of(sample.kind, &sample.context).unwrap();
        let docx = papers.draw(&document, Format::Docx).unwrap();
        let body = part(&docx, "word/document.xml");
        // A4 in twentieths of a point; margins of 20, 15, 20 and 30 mm.
        let margins = "w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\"";
        assert_eq!(body.matches(margins).count(), document.sections.len(), "{}", sample.name);
        assert_eq!(body.matches("<w:titlePg/>").count(), document.sections.len(), "{}", sample.name);
        assert_eq!(body.matches("<w:pgNumType w:start=\"1\"/>").count(), document.sections.len(), "{}", sample.name);
        for section in &document.sections {
            let size = if section.landscape { "w:w=\"16838\" w:h=\"11906\"" } else { "w:w=\"11906\" w:h=\"16838\"" };
            assert!(body.contains(size), "{}", sample.name);
        }
        let styles = part(&docx, "word/styles.xml");
        assert!(styles.contains("w:ascii=\"Times New Roman\"") && styles.contains("w:lang w:val=\"vi-VN\""));
        assert!(part(&docx, "word/header1.xml").contains(" PAGE "), "{}", sample.name);
        assert!(!part(&docx, "word/header2.xml").contains("PAGE"), "the first page bears no number");
        let foot: String = document.foot.words.split_whitespace().collect();
        assert!(words_of(&part(&docx, "word/footer1.xml")).contains(&foot), "{}", sample.name);
        for name in ["[Content_Types].xml", "_rels/.rels", "word/settings.xml", "docProps/core.xml"] {
            part(&docx, name);
        }
    }
}

#[test]
fn rows_of_a_table_are_as_wide_as_the_table() {
    let papers = papers();
    for sample in samples() {
        let document = papers.document_of(sample.kind, &sample.context).unwrap();
        for block in document.sections.iter().flat_map(|section| &section.blocks) {
            let Block::Table(table) = block else { continue };
            let covered: usize =
                table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.colspan * cell.rowspan).sum();
            assert_eq!(covered, table.rows.len() * table.columns.len(), "{}", sample.name);
        }
    }
}

#[test]
fn sample_data_and_unconfirmed_values_are_said_on_every_page() {
    let papers = papers();
    let mut list: PostedList = serde_json::from_value(context("posted_list")).unwrap();
    let marked = papers.document(&list).unwrap();
    assert!(marked.foot.words.contains("DỮ LIỆU MẪU") && marked.foot.words.contains("chưa được xác nhận"));
    assert!(texts(&marked).iter().any(|text| text.contains("Sốngàyniêmyết")), "the value is named");
    list.standing = documents::official::Standing::default();
    let plain = papers.document(&list).unwrap();
    assert!(!plain.foot.words.contains("MẪU") && !plain.foot.words.contains("xác nhận"));
    let Block::Letterhead(head) = &plain.sections[0].blocks[0] else { panic!("a paper begins with its head") };
    assert_eq!(head.corner, None);
}

#[test]
fn nothing_in_the_data_becomes_layout() {
    let papers = papers();
    let plain: RefusalLetter = serde_json::from_value(context("refusal_letter")).unwrap();
    let blocks = |letter: &RefusalLetter| papers.document(letter).unwrap().sections[0].blocks.len();
    for evil in [
        "@table 1c",
        "@end",
        "**đậm**",
        "__nghiêng__",
        "[..50]",
        "| a | b",
        "{{ 7 * 7 }}",
        "\\",
        "<b>&",
        "  x",
        "# ^ <",
    ] {
        let mut letter = plain.clone();
        letter.reasons[0].words = evil.to_owned();
        letter.to = evil.to_owned();
        let document = papers.document(&letter).unwrap();
        assert_eq!(document.sections[0].blocks.len(), blocks(&plain), "{evil}");
        let wanted: String = evil.split_whitespace().collect();
        assert!(texts(&document).iter().any(|text| text.contains(&wanted)), "{evil} is printed as it is");
        for format in [Format::Docx, Format::Html] {
            let drawn = papers.draw(&document, format).unwrap();
            let drawn = if format == Format::Docx {
                part(&drawn, "word/document.xml")
            } else {
                String::from_utf8(drawn).unwrap()
            };
            assert!(words_of(&drawn).contains(&wanted), "{evil} as {format:?}");
        }
    }
}

#[test]
fn days_and_numbers_are_written_as_the_decree_writes_them() {
    let papers = papers();
    let table = [
        // number, day, as printed
        (Some(5), Some("2024-01-05"), "Số: 05/UBND-LĐTBXH", "Hương Trạch, ngày 05 tháng 01 năm 2024"),
        (Some(9), Some("2024-02-10"), "Số: 09/UBND-LĐTBXH", "Hương Trạch, ngày 10 tháng 02 năm 2024"),
        (Some(10), Some("2024-03-01"), "Số: 10/UBND-LĐTBXH", "Hương Trạch, ngày 01 tháng 3 năm 2024"),
        (Some(142), Some("2024-12-31"), "Số: 142/UBND-LĐTBXH", "Hương Trạch, ngày 31 tháng 12 năm 2024"),
        (
            None,
            None,
            "Số: \u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}/UBND-LĐTBXH",
            "Hương Trạch, ngày …… tháng …… năm ………",
        ),
    ];
    for (number, day, number_printed, day_printed) in table {
        let mut letter: RefusalLetter = serde_json::from_value(context("refusal_letter")).unwrap();
        letter.head = Head { number, day: day.and_then(Day::from_iso), ..letter.head };
        let document = papers.document(&letter).unwrap();
        let Block::Letterhead(head) = &document.sections[0].blocks[0] else { panic!("a paper begins with its head") };
        assert_eq!(head.number.as_deref(), Some(number_printed));
        assert_eq!(head.place_day.as_deref(), Some(day_printed));
    }
}

#[test]
fn data_of_another_shape_are_refused_with_the_field() {
    let papers = papers();
    let mut wrong = context("certificate");
    wrong["yaers"] = serde_json::json!([]);
    let fault = papers.render_json(PaperKind::Certificate, &wrong, Format::Docx).unwrap_err();
    assert_eq!(fault.code, "PAP-006");
    assert!(fault.what.vi.contains("yaers"), "{fault}");
}

#[test]
fn a_faulty_template_is_refused_when_it_is_loaded_with_its_line() {
    let table = [
        // file, its text, code, place
        ("posted_list.txt", "@title A\n{{ yaer }}\n", "PAP-003", "posted_list.txt:2"),
        ("posted_list.txt", "@title A\n\n{% for x in %}\n", "PAP-002", "posted_list.txt:3"),
        ("posted_list.txt", "@title A\n@tilte B\n", "PAP-004", "posted_list.txt:2"),
        ("posted_list.txt", "@table 1c 2l\n# A | B\n| 1\n@end\n", "PAP-005", "posted_list.txt:3"),
        (
            "posted_list.txt",
            "{% for g in groups %}\n@table 1c 2l\n| 1 | 2 | 3\n@end\n{% endfor %}\n",
            "PAP-005",
            "posted_list.txt:3",
        ),
        ("posted_list.txt", "@table 1x\n@end\n", "PAP-004", "posted_list.txt:1"),
        ("posted_list.txt", "A\n@signatures\n@signer\nname: B\n", "PAP-004", "posted_list.txt:2"),
        ("posted_list.txt", "A\n{% include \"parts/no.txt\" %}\n", "PAP-001", "posted_list.txt:2"),
        ("parts/bases.txt", "{{ bases.nothing.there }}\n", "PAP-003", "parts/bases.txt:1"),
        ("postedlist.txt", "@title A\n", "PAP-001", "postedlist.txt"),
    ];
    for (file, text, code, place) in table {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("parts")).unwrap();
        std::fs::write(folder.path().join(file), text).unwrap();
        let loaded = Papers::load(Some(folder.path()), page(), Arc::new(Notes::default()));
        let faults = loaded.err().unwrap_or_else(|| panic!("{file} is taken: {text}"));
        let fault = &faults[0];
        assert_eq!((fault.code, fault.place.as_ref().unwrap().to_string().as_str()), (code, place), "{text}\n{fault}");
    }
}

#[test]
fn a_folder_with_no_template_is_refused_and_not_silently_unused() {
    let folder = tempfile::tempdir().unwrap();
    let faults = Papers::load(Some(folder.path()), page(), Arc::new(Notes::default())).err().unwrap();
    assert_eq!(faults[0].code, "PAP-001");
}

#[test]
fn a_province_replaces_one_template_and_keeps_the_others() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("refusal_letter.txt"), "@title Thư của tỉnh\nGửi {{ to }}.\n").unwrap();
    let changed = Papers::load(Some(folder.path()), page(), Arc::new(Notes::default())).unwrap();
    let letter: RefusalLetter = serde_json::from_value(context("refusal_letter")).unwrap();
    let document = changed.document(&letter).unwrap();
    assert_eq!(texts(&document), ["THƯCỦATỈNH", "GửiÔngBùiHữuPhước."]);
    let list: PostedList = serde_json::from_value(context("posted_list")).unwrap();
    let (own, built_in) = (changed.document(&list).unwrap(), papers().document(&list).unwrap());
    assert_eq!(own.sections, built_in.sections);
}

#[test]
fn the_same_data_make_the_same_version_and_any_change_another() {
    let papers = papers();
    let list: PostedList = serde_json::from_value(context("posted_list")).unwrap();
    let version = papers.version_hash(&list).unwrap();
    assert_eq!(papers.version_hash(&list.clone()).unwrap(), version);
    let mut changed = list.clone();
    changed.groups[0].households[0].persons += 1;
    assert_ne!(papers.version_hash(&changed).unwrap(), version);
    assert_eq!(papers.document(&list).unwrap().foot.code.unwrap().name, version);
}

#[test]
fn every_report_form_of_the_law_becomes_a_paper_with_all_its_numbers() {
    let norms = Norms::embedded().unwrap();
    let papers = papers();
    let rules = norms.rulebook(2023, "42").unwrap();
    assert_eq!(rules.forms.len(), 11);
    for layout in rules.forms {
        let columns = layout.value.columns.len();
        let row = |key: RowKey, first: i64| Row {
            key,
            label: "Thôn Thử".to_owned(),
            cells: (first..).take(columns).map(Cell::Count).collect(),
        };
        let rows = vec![
            row(RowKey::Area(norms::Area::Urban), 11_000),
            row(RowKey::Unit { area: norms::Area::Urban, key: "a".into() }, 12_000),
            row(RowKey::Area(norms::Area::Rural), 13_000),
            row(RowKey::Total, 14_000),
        ];
        let number = layout.value.number.clone();
        let shown: Vec<usize> =
            (0..).zip(&layout.value.columns).filter(|(_, column)| !column.hidden).map(|(at, _)| at).collect();
        let form = Form { layout, rows, gaps: Vec::new() };
        let paper = FormPaper { form: &form, checks: &[], marks: PaperMarks { year: 2023, ..PaperMarks::default() } };
        let paper = ReportForm::of(&paper, Head { agency: "Ủy ban nhân dân xã".into(), ..Head::default() });
        assert!(paper.official, "{number}");
        let document = papers.document(&paper).unwrap();
        assert!(document.sections[0].landscape, "{number}");
        let texts = texts(&document);
        for at in shown {
            for first in [11_000, 12_000, 13_000, 14_000] {
                let printed = kernel::group_thousands(first + i64::try_from(at).unwrap());
                assert!(texts.contains(&printed), "form {number} lacks {printed}");
            }
        }
    }
}

#[test]
fn the_survey_sheet_numbers_every_question_once_and_prints_every_answer_with_its_code() {
    let norms = Norms::embedded().unwrap();
    let rules = norms.rulebook(2023, "42").unwrap();
    let pack = norms.pack("illustrative-b1").unwrap();
    let sheet = documents::official::context::SurveySheet::of(&rules, Some(pack), 2023);
    let questions: Vec<_> =
        sheet.parts.iter().flat_map(|part| &part.questions).chain(&sheet.member_questions).collect();
    let codes: Vec<String> = questions.iter().map(|question| question.code.clone()).collect();
    let expected: Vec<String> = (1..=questions.len()).map(|number| number.to_string()).collect();
    assert_eq!(codes, expected);
    assert_eq!(
        questions.len(),
        pack.items.len() + rules.facts.value.household.len() + 2 + 3 + rules.facts.value.person.len(),
        "the causes and their words, and what is known of every member, beside the questions"
    );
    let text: String = texts(&papers().document(&sheet).unwrap()).concat();
    for question in questions {
        for choice in &question.choices {
            let label: String = choice.label.split_whitespace().collect();
            assert!(text.contains(&label), "{} {label}", question.code);
        }
    }
}

#[test]
fn every_kind_that_cites_the_law_finds_its_acts_on_both_sides_of_july_2025() {
    let norms = Norms::embedded().unwrap();
    for day in [Day::last_of(2023), Day::last_of(2025)] {
        let bases: LegalBases = norms.in_force("documents.legal_bases", day).unwrap().value;
        for paper in bases.papers.keys() {
            assert!(PaperKind::from_id(paper).is_some(), "{paper} is no kind of paper");
            assert!(cited(&bases, paper).iter().all(|basis| basis.starts_with("Căn cứ ")), "{paper}");
        }
        assert_eq!(cited(&bases, "recognition_decision").len(), 5, "{day}");
    }
}

fn certificates(papers: &Papers, count: u32) -> impl Iterator<Item = Result<Leaf, PaperFault>> {
    certificates_of("certificate", papers, count)
}

fn certificates_of(stem: &str, papers: &Papers, count: u32) -> impl Iterator<Item = Result<Leaf, PaperFault>> {
    let context = context("certificate");
    (1..=count).map(move |number| {
        let mut context = context.clone();
        context["head"]["number"] = number.into();
        let document = papers.document_of(PaperKind::Certificate, &context)?;
        Ok(Leaf { stem: stem.to_owned(), document })
    })
}

fn thirty_to_a_file() -> Run {
    Run { papers_per_file: 30, at_once: 2 }
}

#[test]
fn a_run_can_be_left_and_goes_on_without_making_a_file_twice() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = FolderShelf(folder.path().to_owned());
    let printer = Arc::new(Notes::default());
    let papers = Papers::load(None, page(), printer.clone()).unwrap();
    let mut leave = |_: Progress| ControlFlow::Break(());
    let left = print_run(&papers, certificates(&papers, 200), &thirty_to_a_file(), &shelf, &mut leave).unwrap();
    assert!(left.papers < 200 && left.files >= 1, "{left:?}");
    let mut go_on = |_: Progress| ControlFlow::Continue(());
    let done = print_run(&papers, certificates(&papers, 200), &thirty_to_a_file(), &shelf, &mut go_on).unwrap();
    assert_eq!(done, Progress { papers: 200, files: 7, kept: left.files });
    assert_eq!(*printer.0.lock().unwrap(), 7, "no file is made twice");
    let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names.len(), 7);
    assert!(names[6].to_string_lossy().starts_with("certificate-0007-"), "{names:?}");
}

#[test]
fn a_run_whose_data_changed_replaces_the_files_it_concerns() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = FolderShelf(folder.path().to_owned());
    let papers = papers();
    let mut go_on = |_: Progress| ControlFlow::Continue(());
    print_run(&papers, certificates(&papers, 60), &thirty_to_a_file(), &shelf, &mut go_on).unwrap();
    let changed = print_run(&papers, certificates(&papers, 50), &thirty_to_a_file(), &shelf, &mut go_on).unwrap();
    assert_eq!(changed, Progress { papers: 50, files: 2, kept: 1 });
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn papers_of_one_stem_share_files_and_the_next_stem_begins_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let papers = papers();
    let leaves = certificates_of("xa-1", &papers, 40).chain(certificates_of("xa-2", &papers, 30));
    let mut go_on = |_: Progress| ControlFlow::Continue(());
    let done =
        print_run(&papers, leaves, &thirty_to_a_file(), &FolderShelf(folder.path().to_owned()), &mut go_on).unwrap();
    assert_eq!(done, Progress { papers: 70, files: 3, kept: 0 });
    let mut names: Vec<String> =
        std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    for (name, start) in names.iter().zip(["xa-1-0001-", "xa-1-0002-", "xa-2-0001-"]) {
        assert!(name.starts_with(start), "{names:?}");
    }
}

#[test]
fn a_run_ends_with_the_fault_of_the_paper_that_cannot_be_made() {
    struct Nowhere;
    impl Shelf for Nowhere {
        fn has(&self, _: &str) -> bool {
            false
        }
        fn put(&self, _: &str, _: &str, _: &[u8]) -> Result<(), PaperFault> {
            Err(PaperFault::new("PAP-008", "đầy đĩa", "the disk is full"))
        }
    }
    let papers = papers();
    let mut go_on = |_: Progress| ControlFlow::Continue(());
    let broken = certificates(&papers, 40).chain(std::iter::once(Err(PaperFault::new("PAP-006", "sai", "wrong"))));
    let fault =
        print_run(&papers, broken, &thirty_to_a_file(), &FolderShelf(tempfile::tempdir().unwrap().keep()), &mut go_on);
    assert_eq!(fault.unwrap_err().code, "PAP-006");
    let fault = print_run(&papers, certificates(&papers, 300), &thirty_to_a_file(), &Nowhere, &mut go_on);
    assert_eq!(fault.unwrap_err().code, "PAP-008");
}
