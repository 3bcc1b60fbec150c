//! Files as people have them: separators, encodings, blank rows, cells over several lines, dates, broken files.

use documents::{ReadProblem, read_file, read_paste};
use domain::review::list::{Cell, Sheet};
use kernel::Day;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

fn texts(sheet: &Sheet) -> Vec<Vec<String>> {
    sheet.rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect()
}

#[test]
fn a_table_is_the_same_whatever_parts_and_encodes_it() {
    let expected = [["Họ và tên", "Điểm B1"], ["Lê Thị Lan", "120,5"]];
    let utf16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let table: [(&str, Vec<u8>); 6] = [
        ("semicolons", "Họ và tên;Điểm B1\nLê Thị Lan;120,5\n".into()),
        ("commas, quoted", "Họ và tên,Điểm B1\r\nLê Thị Lan,\"120,5\"\r\n".into()),
        ("tabs", "Họ và tên\tĐiểm B1\nLê Thị Lan\t120,5".into()),
        ("marked UTF-8", "\u{feff}Họ và tên;Điểm B1\nLê Thị Lan;120,5".into()),
        ("UTF-16 of a spreadsheet", utf16("Họ và tên\tĐiểm B1\r\nLê Thị Lan\t120,5\r\n")),
        ("letters and marks apart", "Ho\u{323} va\u{300} tên;Điê\u{309}m B1\nLê Thi\u{323} Lan;120,5".into()),
    ];
    for (what, bytes) in table {
        let sheets = read_file(bytes).unwrap();
        assert_eq!(texts(&sheets[0]), expected, "{what}");
    }
    assert_eq!(texts(&read_paste("Họ và tên\tĐiểm B1\nLê Thị Lan\t120,5\n").unwrap()[0]), expected);
}

#[test]
fn rows_keep_the_numbers_that_a_spreadsheet_gives_them() {
    let table: [(&str, &str, &[usize]); 5] = [
        ("plain", "a;b\nc;d\n", &[1, 2]),
        ("a blank line", "a;b\n\nc;d\n\n\ne;f\n", &[1, 3, 6]),
        ("blank lines of Windows", "a;b\r\n\r\nc;d\r\n", &[1, 3]),
        ("a blank beginning", "\n\na;b\nc;d", &[3, 4]),
        ("a cell of two lines", "a;\"b\nb\"\nc;d\n\ne;f\n", &[1, 2, 4]),
    ];
    for (what, text, expected) in table {
        let sheet = read_file(text.into()).unwrap().remove(0);
        let filled: Vec<usize> = (0..sheet.rows.len()).filter(|at| !sheet.is_blank_row(*at)).map(|at| at + 1).collect();
        assert_eq!(filled, expected, "{what}");
    }
}

#[test]
fn a_workbook_gives_texts_numbers_and_days_where_they_stand() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Danh sách").unwrap();
    let day = ExcelDateTime::from_ymd(1985, 9, 5).unwrap();
    sheet.write_with_format(4, 1, &day, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
    sheet.write_number(4, 2, 42_069_227_120.0).unwrap();
    sheet.write_string(4, 3, "140,0").unwrap();
    sheet.write_formula(4, 4, rust_xlsxwriter::Formula::new("=1+1").set_result("2")).unwrap();
    let sheets = read_file(workbook.save_to_buffer().unwrap()).unwrap();
    let sheet = &sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.rows.len()), ("Danh sách", 5));
    assert_eq!(sheet.cell(4, 0), &Cell::Empty);
    assert_eq!(sheet.cell(4, 1), &Cell::Day(Day::new(1985, 9, 5).unwrap()));
    let shown: Vec<String> = (1..5).map(|column| sheet.cell(4, column).text()).collect();
    assert_eq!(shown, ["05/09/1985", "42069227120", "140,0", "2"]);
}

#[test]
fn what_cannot_be_opened_says_why() {
    let table: [(&str, Vec<u8>, &str); 6] = [
        ("nothing", Vec::new(), "DOC-001"),
        ("blanks", b" \r\n\t\n".to_vec(), "DOC-001"),
        ("a picture", vec![0x89, b'P', b'N', b'G', 0, 1], "DOC-002"),
        ("a broken archive", b"PK\x03\x04 and then nothing".to_vec(), "DOC-002"),
        ("an old document", [&[0xd0, 0xcf, 0x11, 0xe0][..], &[7; 600]].concat(), "DOC-002"),
        ("half a UTF-16 sign", vec![0xff, 0xfe, 0x41], "DOC-001"),
    ];
    for (what, bytes, code) in table {
        let problem: ReadProblem = read_file(bytes).expect_err(what);
        assert_eq!(problem.code(), code, "{what}");
    }
}
