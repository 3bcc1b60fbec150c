//! `vuon review run` as a person runs it: lists of ten seeds with ever more faults, files that are no lists, rows mended
//! and brought back, last year's list, totals. Reads the papers with another reader than the program's own writer.
//! Never calls into the program; start with `ten_seeds_are_read_to_the_letter`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops; that is its report"
)]

#[path = "review_run/bench.rs"]
mod bench;

use std::collections::{BTreeMap, HashMap};

use bench::{Book, Run, Workbench, book_bytes, made_list, run_into, run_of_year, sample_list, text};
use calamine::{Data, DataType};
use serde_json::Value;

/// The keys that the head of `make_review_list.py` defines.
const KEYS: [&str; 7] = ["rows", "households", "persons", "aside", "classes", "escaped", "faults"];

fn differences(summary: &Value, expected: &Value) -> Vec<String> {
    let differs = |key: &&&str| summary[**key] != expected[**key];
    let told = |key: &&str| format!("{key}: {} expected, {} found", expected[*key], summary[*key]);
    KEYS.iter().filter(differs).map(told).collect()
}

fn exit_for(expected: &Value) -> i32 {
    if expected["aside"]["households"] == 0 { 0 } else { 3 }
}

#[test]
fn ten_seeds_are_read_to_the_letter() {
    let bench = Workbench::new("seeds");
    let rates = ["0", "0.02", "0.04", "0.06", "0.08", "0.1", "0.15", "0.2", "0.25", "0.3"];
    let mut wrong = Vec::new();
    for (seed, rate) in (1..).zip(rates) {
        let (list, expected) = made_list(&bench, seed, rate);
        let run = bench.run(&list, &[]);
        let code = exit_for(&expected);
        if run.code != code {
            wrong.push(format!("seed {seed}, faults {rate}: exit {code} expected, {} found: {}", run.code, run.says));
            continue;
        }
        wrong.extend(differences(&run.summary(), &expected).iter().map(|d| format!("seed {seed}, faults {rate}: {d}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_sample_of_three_communes_is_read_to_the_letter() {
    let bench = Workbench::new("sample");
    let (list, expected) = sample_list();
    let run = bench.run(&list, &[]);
    assert_eq!(run.code, 3, "{}", run.says);
    assert_eq!(differences(&run.summary(), &expected), Vec::<String>::new());
    assert!(run.summary()["notes"].is_object(), "what else is worth saying stands under notes");
}

#[test]
fn a_year_without_rules_is_for_the_person_to_mend_and_says_so_in_vietnamese() {
    let bench = Workbench::new("no-rules");
    let (list, _) = sample_list();
    let table = [
        ("2019", "NRM-102", "chỉ có từ ngày"),
        ("2027", "NRM-104", "chưa có giá trị"),
        ("2031", "NRM-103", "hết hiệu lực"),
    ];
    for (year, code, words) in table {
        let run = run_of_year((&list, year), &bench.path(year), &[]);
        assert_eq!(run.code, 2, "{year}: {}", run.says);
        assert!(run.says.contains(code) && run.says.contains(words), "{year}: {}", run.says);
        assert!(run.says.contains(&format!("không rà soát được năm {year}")), "{}", run.says);
    }
}

#[test]
fn a_file_that_is_no_list_is_refused_with_a_sentence_that_says_what_to_do() {
    let bench = Workbench::new("no-list");
    let (list, _) = sample_list();
    let whole = std::fs::read(&list).unwrap();
    let mut other = Book::new();
    let words = |row: &[&str]| row.iter().map(|w| text(w)).collect::<Vec<_>>();
    other.insert(
        "Thu chi".into(),
        vec![words(&["Ngày", "Khoản", "Số tiền"]), words(&["01/02/2023", "Điện", "120.000"])],
    );
    let table: [(&str, Vec<u8>, &str); 6] = [
        ("text.txt", "Kính gửi Ủy ban nhân dân xã,\nđây là công văn.\n".into(), "LST-002"),
        ("empty.xlsx", Vec::new(), "DOC-001"),
        ("blank.csv", " \n\n".into(), "DOC-001"),
        ("picture.png", [0x89, b'P', b'N', b'G', 0, 0, 0, 13].into(), "DOC-002"),
        ("cut.xlsx", whole[..whole.len() / 2].to_vec(), "DOC-002"),
        ("other.xlsx", book_bytes(&other), "LST-002"),
    ];
    for (name, bytes, code) in table {
        let file = bench.path(name);
        std::fs::write(&file, bytes).unwrap();
        let run = bench.run(&file, &[]);
        assert_eq!(run.code, 2, "{name}: {}", run.says);
        assert!(run.says.contains(code), "{name}: {}", run.says);
        let asks = ["Dùng đúng mẫu", "Lưu tệp", "Lưu lại", "Mở lại"].iter().any(|word| run.says.contains(word));
        assert!(asks, "{name} must say what to do: {}", run.says);
        assert!(!run.says.contains("panicked") && !run.out.exists(), "{name}: {}", run.says);
    }
}

#[test]
fn a_previous_list_that_is_no_list_stops_the_run_too() {
    let bench = Workbench::new("no-previous");
    let (list, _) = sample_list();
    let previous = bench.path("previous.csv");
    std::fs::write(&previous, "a,b\n1,2\n").unwrap();
    let run = bench.run(&list, &["--previous", previous.to_str().unwrap()]);
    assert_eq!(run.code, 2, "{}", run.says);
    assert!(run.says.contains("previous.csv") && run.says.contains("LST-002"), "{}", run.says);
}

#[test]
fn what_the_machine_refuses_is_a_fault_of_ours() {
    let bench = Workbench::new("machine");
    let (list, _) = sample_list();
    let blocked = bench.path("a-file");
    std::fs::write(&blocked, "here is no room for a folder").unwrap();
    let run = run_into(&list, &blocked.join("out"), &[]);
    assert_eq!(run.code, 1, "{}", run.says);
    assert!(run.says.contains("a-file"), "{}", run.says);
    let run = bench.run(&bench.path("not-there.xlsx"), &[]);
    assert_eq!(run.code, 2, "a path that leads nowhere is for the person to mend: {}", run.says);
    assert!(run.says.contains("not-there.xlsx"), "{}", run.says);
}

#[test]
fn rows_set_aside_come_back_once_they_are_mended() {
    let bench = Workbench::new("mended");
    for (seed, rate) in [(31, "0.05"), (32, "0.15"), (33, "0.3")] {
        let (list, expected) = made_list(&bench, seed, rate);
        let first = bench.run(&list, &[]);
        assert_eq!(first.code, 3, "{}", first.says);
        let mut aside = first.book("aside.xlsx");
        let mended = mend(&mut aside, &codes_of_communes(&bench::read_book(&list)));
        assert!(mended >= 3, "seed {seed}: only {mended} cells were wrong");
        let file = bench.path(&format!("mended-{seed}.xlsx"));
        std::fs::write(&file, book_bytes(&aside)).unwrap();
        let second = bench.run(&file, &[]);
        assert_eq!(second.code, 0, "seed {seed}: {}\n{}", second.says, second.summary()["faults"]);
        let summary = second.summary();
        assert_eq!(summary["households"], expected["aside"]["households"], "seed {seed}");
        assert_eq!(summary["rows"], expected["aside"]["rows"], "seed {seed}");
        assert_eq!(summary["aside"]["households"], 0, "seed {seed}");
    }
}

/// The code that a sound row writes for its commune.
fn codes_of_communes(list: &Book) -> HashMap<String, Data> {
    let rows = list.iter().find(|(name, _)| name.starts_with("DANH SÁCH")).unwrap().1;
    let header = rows.iter().position(|r| r.first() == Some(&text("STT"))).unwrap();
    let at = |name: &str| rows[header].iter().position(|h| *h == text(name)).unwrap();
    let (commune, code) = (at("Xã"), at("Mã xã"));
    let mut counted: HashMap<String, BTreeMap<String, usize>> = HashMap::new();
    for row in rows.iter().skip(header + 1).filter(|r| r.len() > code && r[code] != Data::Empty) {
        *counted.entry(row[commune].to_string()).or_default().entry(row[code].to_string()).or_default() += 1;
    }
    let most = |codes: BTreeMap<String, usize>| codes.into_iter().max_by_key(|(_, n)| *n).unwrap().0;
    counted.into_iter().map(|(commune, codes)| (commune, text(&most(codes)))).collect()
}

/// Puts right every cell that a reason of setting aside names, as a clerk would; how many there were.
fn mend(aside: &mut Book, codes: &HashMap<String, Data>) -> usize {
    let mut mended = 0;
    for rows in aside.values_mut() {
        let header = rows[0].clone();
        let at = |name: &str| header.iter().position(|h| *h == text(name));
        let Some(reason) = at("Lý do để riêng") else { continue };
        for row in rows.iter_mut().skip(1) {
            let why = row.get(reason).map(ToString::to_string).unwrap_or_default();
            if why.contains("không có trong lịch") || why.contains("ngày cuối của năm rà soát") {
                row[at("Ngày sinh").unwrap()] = text("05/06/1980");
                mended += 1;
            }
            if why.contains("Mã xã «") {
                row[at("Mã xã").unwrap()] = codes[&row[at("Xã").unwrap()].to_string()].clone();
                mended += 1;
            }
            if why.contains("phải là bội số") {
                let b2 = header.iter().position(|h| ["Điểm B2", "Tổng điểm B", "B2"].map(text).contains(h)).unwrap();
                row[b2] = Data::Float(30.0);
                mended += 1;
            }
        }
    }
    mended
}

#[test]
fn the_list_that_comes_out_goes_in_again_and_says_the_same() {
    let bench = Workbench::new("again");
    for (seed, rate) in [(41, "0"), (42, "0.1"), (43, "0.3")] {
        let (list, expected) = made_list(&bench, seed, rate);
        let first = bench.run(&list, &[]);
        let second = bench.run(&first.out.join("lists.xlsx"), &[]);
        assert_eq!(second.code, 0, "seed {seed}: {}", second.says);
        let summary = second.summary();
        for key in ["households", "persons", "classes"] {
            assert_eq!(summary[key], expected[key], "seed {seed}: {key}");
        }
        assert_eq!(summary["rows"], expected["persons"], "seed {seed}");
        let third = bench.run(&second.out.join("lists.xlsx"), &[]);
        assert_eq!(second.book("lists.xlsx"), third.book("lists.xlsx"), "seed {seed}: a second round changes nothing");
    }
}

#[test]
fn heads_that_left_a_class_stay_on_the_sheet_they_came_from() {
    let bench = Workbench::new("escaped");
    let (list, expected) = made_list(&bench, 44, "0.05");
    let first = bench.run(&list, &[]);
    let second = bench.run(&first.out.join("lists.xlsx"), &[]);
    assert_eq!(first.summary()["escaped"], expected["escaped"]);
    assert_eq!(second.summary()["escaped"], expected["escaped"]);
}

/// The forms that count deprivations.
const OF_MARKS: [&str; 5] = ["Mau 7.4", "Mau 7.5", "Mau 7.6", "Mau 7.7", "Mau 7.11"];

/// The list with its twelve further columns: as many marks in each household as its B2 says. Gives the marks of poor ones.
fn with_marks(list: &std::path::Path, to: &std::path::Path) -> u32 {
    let mut book = bench::read_book(list);
    // Heads that left a class bring no marks with them.
    book.retain(|name, _| name.starts_with("DANH SÁCH"));
    let (_, rows) = book.iter_mut().find(|(name, _)| name.starts_with("DANH SÁCH")).unwrap();
    let header = rows.iter().position(|r| r.first() == Some(&text("STT"))).unwrap();
    let at = |names: &[&str]| rows[header].iter().position(|h| names.iter().any(|name| *h == text(name))).unwrap();
    let (b2, class) = (at(&["Điểm B2", "Tổng điểm B", "B2"]), at(&["Phân loại"]));
    let width = rows[header].len();
    let mut of_poor = 0;
    for (place, row) in rows.iter_mut().enumerate().skip(header) {
        row.resize(width, Data::Empty);
        let scored = row[b2].to_string().parse::<u32>().ok();
        for number in 1..=12 {
            row.push(match scored {
                _ if place == header => text(&format!("TH{number}")),
                Some(points) if number <= points / 10 => text("x"),
                Some(_) => text("0"),
                None => Data::Empty,
            });
        }
        of_poor += scored.filter(|_| row[class] == text("N")).unwrap_or(0) / 10;
    }
    std::fs::write(to, book_bytes(&book)).unwrap();
    of_poor
}

#[test]
fn without_the_twelve_marks_the_forms_that_count_them_tell_no_number_and_say_why() {
    let bench = Workbench::new("no-marks");
    let (list, _) = made_list(&bench, 53, "0");
    let run = bench.run(&list, &[]);
    for sheet in OF_MARKS {
        let total = total_row(&run, sheet);
        assert!(total.contains(&text("chưa đủ dữ liệu")), "{sheet}: {total:?}");
        let all =
            run.book("forms.xlsx")[sheet].iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(all.contains("chưa đủ các dấu thiếu hụt"), "{sheet} does not say what is missing");
        assert!(all.contains("Chưa phải bản chính thức"), "{sheet}");
    }
}

#[test]
fn twelve_further_columns_fill_the_forms_that_count_deprivations() {
    let bench = Workbench::new("marks");
    let (list, expected) = made_list(&bench, 53, "0");
    let marked = bench.path("marked.xlsx");
    let of_poor = with_marks(&list, &marked);
    let run = bench.run(&marked, &[]);
    assert_eq!(run.code, exit_for(&expected), "{}", run.says);
    for sheet in OF_MARKS {
        let total = total_row(&run, sheet);
        assert!(!total.contains(&text("chưa đủ dữ liệu")), "{sheet}: {total:?}");
    }
    let total = total_row(&run, "Mau 7.4");
    let counted: f64 = total[total.len() - 12..].iter().filter_map(DataType::get_float).sum();
    assert!(of_poor > 0 && (counted - f64::from(of_poor)).abs() < 0.5, "{counted} counted of {of_poor}: {total:?}");
}

/// `(check, word, why)` under one form.
fn checks_under(run: &Run, sheet: &str) -> Vec<(String, String, String)> {
    let book = run.book("forms.xlsx");
    let rows = &book[sheet];
    let from = rows.iter().position(|r| r.get(1) == Some(&text("Kiểm tra"))).unwrap();
    let cell = |row: &Vec<Data>, at: usize| row.get(at).map(ToString::to_string).unwrap_or_default();
    let line = |row: &Vec<Data>| (cell(row, 1), cell(row, 2), cell(row, 3));
    rows[from + 1..].iter().map(line).take_while(|(check, ..)| !check.is_empty()).collect()
}

fn total_row(run: &Run, sheet: &str) -> Vec<Data> {
    let book = run.book("forms.xlsx");
    book[sheet].iter().find(|r| r.get(1) == Some(&text("Tổng cộng"))).unwrap().clone()
}

#[test]
fn without_last_years_list_no_movement_is_told() {
    let bench = Workbench::new("no-movement");
    let (list, _) = made_list(&bench, 51, "0");
    let run = bench.run(&list, &[]);
    for sheet in ["Mau 7.2", "Mau 7.3"] {
        let total = total_row(&run, sheet);
        assert_eq!(total[2], text("chưa đủ dữ liệu"), "{sheet}: column 1");
        let balance =
            checks_under(&run, sheet).into_iter().find(|(check, ..)| check.contains("cuối năm: cột 9")).unwrap();
        assert_eq!((balance.1.as_str(), balance.2.contains("chưa có danh sách năm trước")), ("chưa đủ dữ liệu", true));
        let standing = run.book("forms.xlsx")[sheet][3][0].to_string();
        assert!(standing.contains("Chưa phải bản chính thức"), "{sheet}: {standing}");
    }
}

#[test]
fn with_last_years_list_the_movements_balance() {
    let bench = Workbench::new("movements");
    let (list, expected) = made_list(&bench, 52, "0");
    let previous = bench.path("previous.xlsx");
    let mut book = bench::read_book(&list);
    let rows = book.iter_mut().find(|(name, _)| name.starts_with("DANH SÁCH")).unwrap().1;
    let changed = raise_b1(rows, 20);
    std::fs::write(&previous, book_bytes(&book)).unwrap();
    let run = bench.run(&list, &["--previous", previous.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.says);
    assert_eq!(run.summary()["notes"]["previous"]["aside"], 0);
    for sheet in ["Mau 7.2", "Mau 7.3"] {
        for (check, word, why) in checks_under(&run, sheet) {
            assert_ne!(word, "không đạt", "{sheet}: {check}: {why}");
            assert_eq!(word == "chưa đủ dữ liệu", !why.is_empty(), "{sheet}: {check} must say what is missing: {why}");
        }
        assert_eq!(checks_under(&run, sheet)[1].1, "đạt", "{sheet}: the households balance");
    }
    let total = total_row(&run, "Mau 7.2");
    assert_eq!(total[2 + 16], Data::Float(expected["classes"]["poor"].as_f64().unwrap()), "column 9: {total:?}");
    assert_eq!(total[2 + 12], Data::Float(f64::from(changed)), "column 7, newly arising: {total:?}");
}

/// Twenty poor households were not poor a year ago; how many there were.
fn raise_b1(rows: &mut [Vec<Data>], wanted: u32) -> u32 {
    let header = rows.iter().position(|r| r.first() == Some(&text("STT"))).unwrap();
    let at = |names: &[&str]| rows[header].iter().position(|h| names.iter().any(|n| *h == text(n))).unwrap();
    let (class, b1) = (at(&["Phân loại"]), at(&["Điểm B1", "Tổng điểm A", "B1"]));
    let mut changed = 0;
    for row in rows.iter_mut().skip(header + 1) {
        if changed < wanted && row.get(class) == Some(&text("N")) {
            row[class] = text("KN");
            row[b1] = Data::Float(300.0);
            changed += 1;
        }
    }
    changed
}

#[test]
fn rates_are_printed_once_the_totals_are_known() {
    let bench = Workbench::new("population");
    let (list, expected) = made_list(&bench, 61, "0");
    let without = total_row(&bench.run(&list, &[]), "Mau 7.1");
    for column in [2, 3, 5, 7, 9, 11] {
        assert_eq!(without[column], text("chưa đủ dữ liệu"), "column {column} without totals: {without:?}");
    }
    let codes: Vec<String> = codes_of_communes(&bench::read_book(&list)).values().map(ToString::to_string).collect();
    let totals = bench.path("totals.csv");
    let lines: Vec<String> = codes.iter().map(|code| format!("{code},,1000,3500")).collect();
    std::fs::write(&totals, format!("commune_code,village,households,persons\n{}", lines.join("\n"))).unwrap();
    let run = bench.run(&list, &["--population", totals.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.says);
    let with = total_row(&run, "Mau 7.1");
    let poor = expected["classes"]["poor"].as_f64().unwrap();
    assert_eq!(with[2..5], [Data::Float(3000.0), Data::Float(10500.0), Data::Float(poor)], "{with:?}");
    let Data::Float(rate) = with[5] else { panic!("a rate was expected: {with:?}") };
    assert!((rate - poor / 30.0).abs() < 0.006, "{rate} of {poor}");
}

#[test]
fn a_total_that_cannot_be_read_is_named_with_its_row() {
    let bench = Workbench::new("totals");
    let (list, _) = sample_list();
    let totals = bench.path("totals.csv");
    for (table, word) in [
        ("xã,số\n1,2\n", "commune_code"),
        ("commune_code,households,persons\n18073,nhiều,3\n", "dòng 2"),
        ("commune_code,households,persons\n99999,1,3\n", "99999"),
    ] {
        std::fs::write(&totals, table).unwrap();
        let run = bench.run(&list, &["--population", totals.to_str().unwrap()]);
        assert_eq!(run.code, 2, "{}", run.says);
        assert!(run.says.contains(word), "{}", run.says);
    }
}

#[test]
fn totals_that_reach_further_than_the_list_are_told_in_the_notes_and_on_every_form() {
    let bench = Workbench::new("wider");
    let (list, _) = made_list(&bench, 62, "0");
    let mut codes: Vec<String> =
        codes_of_communes(&bench::read_book(&list)).values().map(ToString::to_string).collect();
    let totals = bench.path("totals.csv");
    let told = |codes: &[String]| {
        let mut rows = vec!["commune_code,village,households,persons".to_owned()];
        rows.extend(codes.iter().map(|code| format!("{code},,1000,3500")));
        std::fs::write(&totals, rows.join("\n")).unwrap();
        let run = bench.run(&list, &["--population", totals.to_str().unwrap()]);
        let standing = run.book("forms.xlsx")["Mau 7.1"][3][0].to_string();
        (
            run.summary()["notes"]["population_without_list"].clone(),
            standing.contains("không có hộ nào trong danh sách"),
        )
    };
    assert_eq!(told(&codes), (serde_json::json!([]), false));
    let other = ["18073", "18076", "18079"].into_iter().find(|code| !codes.iter().any(|c| c == code)).unwrap();
    codes.push(other.to_owned());
    assert_eq!(told(&codes), (serde_json::json!([other]), true));
}

#[test]
fn a_command_typed_wrongly_has_a_code_of_its_own_and_help_has_none() {
    let vuon = |words: &[&str]| {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_vuon")).args(words).output().unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    for words in [&["review", "run"][..], &["review", "run", "a.xlsx", "--year", "hai nghìn"], &["rà-soát"]] {
        let (code, says) = vuon(words);
        assert_eq!(code, Some(64), "{words:?}: {says}");
        assert!(says.contains("gõ chưa đúng"), "{says}");
    }
    assert_eq!(vuon(&["--help"]).0, Some(0));
}
